"""What every answer of the server carries, and which of Streamlit's own routes are closed.

Streamlit's page has one inline script, which the policy allows by its hash; its components are modules from `blob:`
addresses; its charts run in Vega's interpreter, so nothing needs `unsafe-eval`.
"""

import base64
import hashlib
import os
import re
import secrets
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell.environment import from_environment

FRAME_ANCESTORS = "ACTIVATION_LAB_FRAME_ANCESTORS"  # environment variable: who may show the app in a frame
METRICS_TOKEN = "ACTIVATION_LAB_METRICS_TOKEN"  # environment variable: who knows it may read Streamlit's metrics
_CLOSED = re.compile(r"/_stcore/(metrics|agent|script-health-check)(/|$)")
_SOURCE = re.compile(r"'self'|'none'|(?!(self|none)$)[\w.:/*\[\]-]+", re.ASCII)
_NO_SOURCES = (
    "The environment variable {name} is {value}, and must be addresses of sites with spaces between them, such as "
    "'self' https://school.example: without commas, and 'self' with its quotation marks."
)
_UNUSED = ("camera", "geolocation", "microphone", "midi", "payment", "serial", "usb")


def settings() -> dict[str, str]:
    """The arguments of `Guard`, as the environment has them.  Raises `ValueError` for what browsers would not take."""
    return {
        "frame_ancestors": from_environment(FRAME_ANCESTORS, _sources, "'self'", _NO_SOURCES),
        "metrics_token": os.environ.get(METRICS_TOKEN, ""),
    }


def _sources(text: str) -> str:
    """As they stand in a policy, of which browsers would ignore what they do not understand."""
    if not all(map(_SOURCE.fullmatch, text.split())):
        raise ValueError(text)
    return text


class Guard:
    """Middleware: security headers for all answers; 404 for metrics without their token, and for the agents' routes."""

    def __init__(self, app: ASGIApp, frame_ancestors: str = "'self'", metrics_token: str = "") -> None:
        self._app = app
        self._token = metrics_token
        self._headers = {
            "Content-Security-Policy": content_policy(frame_ancestors),
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
            "Referrer-Policy": "same-origin",  # a link holds the settings of a view
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=[_partitioned(*header) for header in message["headers"]])
                headers.update(self._headers)
                message = message | {"headers": headers.raw}
            await send(message)

        is_closed = scope["type"] == "http" and self._is_closed(scope)
        app = PlainTextResponse("Not Found", status_code=404) if is_closed else self._app
        await app(scope, receive, send_guarded)

    def _is_closed(self, scope: Scope) -> bool:
        route = _CLOSED.search(scope["path"])
        if route is None:
            return False
        shown = Headers(scope=scope).get("Authorization", "").encode()
        is_known = bool(self._token) and secrets.compare_digest(shown, f"Bearer {self._token}".encode())
        return not (route[1] == "metrics" and is_known)


def _partitioned(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """The header, by which a cookie for foreign frames is kept for each site around them: browsers that keep none of
    a foreign frame keep that, and without Streamlit's own no file can be sent."""
    is_for_frames = name.lower() == b"set-cookie" and b"samesite=none" in value.lower()
    return name, value + b"; Partitioned" if is_for_frames else value


def content_policy(frame_ancestors: str) -> str:
    """The Content-Security-Policy with which all pages work, in frames of these origins."""
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' blob: {' '.join(inline_scripts())}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )


def inline_scripts() -> list[str]:
    """The hashes of the scripts that stand in the page of the Streamlit that is installed."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(script.encode()).digest() for script in re.findall(r"<script>(.*?)</script>", page, re.S))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
