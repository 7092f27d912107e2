"""Uploads in memory, and the limits of the server's configuration."""

import asyncio
import re
import tomllib
from collections.abc import AsyncIterator
from types import SimpleNamespace
from unittest.mock import ANY

import pytest
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser
from streamlit.runtime.uploaded_file_manager import DeletedFile
from streamlit.testing.v1 import AppTest

from core.limits import EXPERIMENT_CHARACTERS, FILE_BYTES
from tests import ROOT
from ui.shell.uploads import MEGABYTES, NOT_KEPT

CONFIGURATION = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())


def test_an_upload_is_written_to_no_file():
    """As Streamlit's server reads it; with Starlette's own limit it would be in a temporary file."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="mine.csv"\r\n\r\n'
    content = b"1" * (MEGABYTES * 2**20)

    async def body() -> AsyncIterator[bytes]:
        yield head + content + b"\r\n--x--\r\n"

    async def uploaded() -> tuple[bytes, bool]:
        headers = Headers({"content-type": "multipart/form-data; boundary=x"})
        file = (await MultiPartParser(headers, body()).parse())["f"]
        assert isinstance(file, UploadFile)
        return await file.read(), file.file._rolled

    assert asyncio.run(uploaded()) == (content, False)


def test_the_server_takes_what_the_pages_offer_and_no_more():
    server = CONFIGURATION["server"]
    assert server["maxUploadSize"] == MEGABYTES
    for file, limit in (
        ("nginx/default.conf.template", r"client_max_body_size (\d+)m;"),
        ("kubernetes/activation-lab.yaml", r"/proxy-body-size: (\d+)m\n"),
    ):
        (megabytes,) = re.findall(limit, (ROOT / "deploy" / file).read_text(encoding="utf-8"))
        assert int(megabytes) > MEGABYTES, "a form adds some"
    assert FILE_BYTES <= MEGABYTES * 1e6 <= EXPERIMENT_CHARACTERS
    assert server["maxMessageSize"] <= 20
    assert CONFIGURATION["client"]["showErrorDetails"] == "none"


@pytest.mark.parametrize(
    ("file", "kind", "said"),
    [
        (SimpleNamespace(type="text/csv"), None, None),
        (SimpleNamespace(type=NOT_KEPT), "error", "no memory left for this file"),
        (DeletedFile(file_id="1"), "warning", "choose it again"),
    ],
)
def test_why_the_server_does_not_have_a_file_is_said(file, kind, said):
    def page() -> None:
        import streamlit as st

        from ui.shell.uploads import chosen, say_if_missing

        st.text("used" if chosen("uploader") else "not used")
        say_if_missing("uploader")

    test = AppTest.from_function(page, default_timeout=60)
    test.session_state["uploader"] = file
    test.run()
    assert test.text[0].value == ("not used" if kind else "used")
    assert [each.value for each in test.error] == ([ANY] if kind == "error" else [])
    assert [each.value for each in test.warning] == ([ANY] if kind == "warning" else [])
    if kind:
        assert said in getattr(test, kind)[0].value
