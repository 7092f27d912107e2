"""Streamlit's files come compressed to those who take them so, and are what they were."""

import asyncio
import gzip
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deploy.compressed import Compressed

SCRIPT = b"const answer = 42 // " + 200 * b"again and "
GZIP = {"accept-encoding": "br;q=0.5, gzip"}


@dataclass
class Answer:
    status: int
    headers: Headers
    body: bytes


class Site:
    """An app with one script, which says a page of its own wherever there is none, as Streamlit does."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._app = Compressed(Starlette(routes=[Route("/{path:path}", self._file, methods=["GET", "POST"])]))

    async def _file(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        if "if-none-match" in request.headers:
            return Response(status_code=304)
        if not request.url.path.endswith("there.js"):
            return Response("<html>", media_type="text/html")
        kept = {"cache-control": "public, immutable, max-age=31536000", "etag": '"1"', "vary": "Origin"}
        return Response(SCRIPT, media_type="text/javascript", headers=kept)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": raw, "query_string": b"", "root_path": ""}
        sent: list[dict] = []

        async def send(message: dict) -> None:
            sent.append(message)

        asyncio.run(self._app(scope, asyncio.Queue().get, send))
        start, *bodies = sent
        return Answer(
            start["status"], Headers(raw=start["headers"]), b"".join(each.get("body", b"") for each in bodies)
        )


@pytest.mark.parametrize("path", ["/static/js/there.js", "/lab/static/js/there.js"])
def test_a_script_comes_compressed_and_is_asked_for_once(path):
    site = Site()
    for _ in range(3):
        answer = site.get(path, **GZIP)
        assert gzip.decompress(answer.body) == SCRIPT and len(answer.body) < len(SCRIPT) / 4
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) == len(answer.body)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["cache-control"] == "public, immutable, max-age=31536000"
        assert {name.strip() for name in answer.headers["vary"].split(",")} == {"Origin", "Accept-Encoding"}
        assert "etag" not in answer.headers
    assert site.asked == [path]


@pytest.mark.parametrize(
    "headers", [{}, {"accept-encoding": "br"}, GZIP | {"range": "bytes=0-1"}, GZIP | {"if-none-match": '"1"'}]
)
def test_who_takes_it_otherwise_gets_what_the_app_says(headers):
    site = Site()
    site.get("/static/js/there.js", **GZIP)
    answer = site.get("/static/js/there.js", **headers)
    assert answer.body == (b"" if "if-none-match" in headers else SCRIPT)
    assert "content-encoding" not in answer.headers
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("path", "method"), [("/", "GET"), ("/static/js/gone.js", "GET"), ("/static/js/there.js", "POST"), ("/x.js", "GET")]
)
def test_what_is_no_file_of_streamlits_is_not_kept(path, method):
    site = Site()
    answers = [site.get(path, method, **GZIP) for _ in range(2)]
    assert len(site.asked) == 2 and all("content-encoding" not in answer.headers for answer in answers)
