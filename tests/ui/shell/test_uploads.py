"""Uploads in memory, and the limits of the server's configuration."""

import asyncio
import re
import tomllib
from collections.abc import AsyncIterator

from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from core.limits import EXPERIMENT_CHARACTERS, FILE_BYTES
from tests import ROOT
from ui.shell.uploads import MEGABYTES, MOST

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


def test_a_session_has_few_files():
    manager = MemoryUploadedFileManager("/upload")
    for number in range(100):
        manager.add_file("one", UploadedFileRec(str(number), "mine.csv", "text/csv", b"1"))
    manager.add_file("another", UploadedFileRec("0", "mine.csv", "text/csv", b"1"))
    assert list(manager.file_storage["one"]) == [str(number) for number in range(100 - MOST, 100)]
    assert list(manager.file_storage["another"]) == ["0"]


def test_the_server_takes_what_the_pages_offer_and_no_more():
    server = CONFIGURATION["server"]
    assert server["maxUploadSize"] == MEGABYTES
    nginx = (ROOT / "deploy" / "nginx" / "default.conf.template").read_text()
    assert int(re.search(r"client_max_body_size (\d+)m;", nginx)[1]) > MEGABYTES, "a form adds some"
    assert FILE_BYTES <= MEGABYTES * 1e6 <= EXPERIMENT_CHARACTERS
    assert server["maxMessageSize"] <= 20
    assert CONFIGURATION["client"]["showErrorDetails"] == "none"
