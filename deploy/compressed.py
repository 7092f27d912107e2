"""Streamlit's scripts and style sheets, each compressed once.

A browser that comes for the first time fetches 3.6 MB of them.  Streamlit sends them as they are and leaves it to a
proxy to compress them; where there is none, as on Hugging Face Spaces, a phone on a slow line looks at a white page
meanwhile.
"""

import asyncio
import gzip
import re
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FILE = re.compile(r"/static/(js|css)/[^/]+$")
_TYPES = ("text/javascript", "application/javascript", "text/css")
_LEVEL = 6  # of 9: 9 takes twice as long, for a hundredth less


@dataclass(frozen=True)
class _Kept:
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Compressed:
    """Middleware: answers with the compressed file, if the browser takes it so, and asks the app for each file once.

    What it keeps is bounded by the files that there are, 7 MB for all of Streamlit's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_wanted(scope):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        kept = self._kept.get(path) or await self._first(scope, receive, send)
        if kept is None:
            return
        self._kept[path] = kept
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": kept.body})

    async def _first(self, scope: Scope, receive: Receive, send: Send) -> _Kept | None:
        """What is to be kept of a file; None if it is none, and what the app says of it has been sent."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, collect)
        start, *bodies = messages
        headers = MutableHeaders(raw=list(start["headers"]))
        if start["status"] != 200 or not headers.get("content-type", "").startswith(_TYPES):
            for message in messages:
                await send(message)
            return None
        content = b"".join(each.get("body", b"") for each in bodies)
        body = await asyncio.to_thread(gzip.compress, content, _LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
        headers.add_vary_header("Accept-Encoding")
        for name in ("etag", "accept-ranges"):  # of the file as it is
            del headers[name]
        return _Kept(headers.raw, body)


def _is_wanted(scope: Scope) -> bool:
    """Whether somebody asks for all of a file who has none of it, and takes it compressed."""
    if scope["type"] != "http" or scope["method"] != "GET" or not _FILE.search(scope["path"]):
        return False
    asked = Headers(scope=scope)
    has_it = any(name in asked for name in ("range", "if-none-match", "if-modified-since"))
    return "gzip" in asked.get("accept-encoding", "") and not has_it
