"""The connections of a server that `streamlit run` starts, with the libraries of requirements.txt."""

import asyncio
import socket
import sys

import pytest
from streamlit.web.bootstrap import _run_server_loop
from streamlit.web.server.starlette.starlette_server import _bind_socket


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop does not run on Windows")
def test_what_the_server_writes_is_sent_at_once():
    """Else the end of each answer waits until the browser acknowledges its beginning, 40 ms for every file."""
    options = []

    async def connected() -> None:
        accepted = asyncio.Event()

        def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            options.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            accepted.set()

        listening = _bind_socket("127.0.0.1", 0, backlog=1)
        async with await asyncio.start_server(accept, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            await accepted.wait()
            writer.close()

    _run_server_loop(connected())
    assert all(options) and len(options) == 1
