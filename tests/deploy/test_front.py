"""What nginx passes on, as it is shipped: heard by a server of the test's own."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.browser.running import answers, wait_until
from tests.deploy.serving import fetch, front


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent."""

    def do_GET(self) -> None:
        body = json.dumps(list(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_the_app_hears_where_a_visitor_is_and_not_where_the_visitor_says(tmp_path, without):
    """Wrong codes of rooms are counted by it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with front(tmp_path, [server.server_port]) as (url, _):
                wait_until(lambda: answers(url))
                heard = json.loads(fetch(url, X_Forwarded_For="203.0.113.9").text)
        except FileNotFoundError as missing:
            without(missing)
        finally:
            server.shutdown()
    assert [value for name, value in heard if name.lower() == "x-forwarded-for"] == ["127.0.0.1"]
