"""What nginx passes on and what it refuses, as it is shipped: in front of a server of the test's own."""

import json
import sys
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from tests.browser.running import PATIENCE, wait_until
from tests.deploy.serving import fetch, front


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent."""

    protocol_version = "HTTP/1.1"  # which keeps the line, so that thousands of requests take seconds
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        body = json.dumps(list(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url(tmp_path, without) -> Iterator[str]:
    """nginx's address, with that server behind it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with front(tmp_path, [server.server_port]) as nginx:
                nginx.wait_until_it_answers()
                yield nginx.url
        except FileNotFoundError as missing:
            without(missing)
        finally:
            server.shutdown()


def test_the_app_hears_where_a_visitor_is_and_not_where_the_visitor_says(url):
    """Wrong codes of rooms are counted by it."""
    heard = json.loads(fetch(url, X_Forwarded_For="203.0.113.9").text)
    assert [value for name, value in heard if name.lower() == "x-forwarded-for"] == ["127.0.0.1"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine has to be given a second address")
@pytest.mark.parametrize(
    ("path", "burst"), [("/_stcore/upload_file/a/b", 100), ("/_stcore/stream", 200), ("/neuron", 1000)]
)
def test_an_address_that_asks_for_too_much_is_refused_until_later_and_others_are_not(url, path, burst):
    def visitor(address: str) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", urlsplit(url).port, timeout=PATIENCE, source_address=(address, 0))

    def status(line: HTTPConnection) -> int:
        line.request("GET", path)
        with line.getresponse() as answer:
            answer.read()
            return answer.status

    one, other = visitor("127.0.0.1"), visitor("127.0.0.2")
    assert {status(one) for _ in range(burst)} == {200}, "a room of people is one address"
    # Some more are let in meanwhile, so it is not the next one for sure that is refused.
    assert 429 in (status(one) for _ in range(10 * burst))
    assert status(other) == 200
    wait_until(lambda: status(one) == 200)
