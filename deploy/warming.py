"""The server's first visitor is the server itself: a session that opens a view, and stays until all of it is drawn.

So whatever the pages need is there when people come: imports, worker processes, trainings, and what is drawn of them.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.state import SCRIPT_RUN_WITHOUT_ERRORS_KEY

from ui.shell.environment import from_environment, one_of

WARM_UP = "ACTIVATION_LAB_WARM_UP"  # environment variable: "default" leaves out the presets
_NOT_DEFAULT = "The environment variable {name} is {value}, and must be 'default', or not be set."
TRY_AGAIN = 5.0  # seconds after a view that ended in an error
PATIENCE = 300.0  # seconds in which a view is drawn, unless something is wrong: a training that fails says so for ever
_log = logging.getLogger(__name__)


class Window(SessionClient):
    """What a browser would have heard of a session's script."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()
        self.again: float | None = None  # seconds after which a part of the page wants to run once more

    def write_forward_msg(self, message: ForwardMsg) -> None:
        if message.HasField("auto_rerun"):
            self.again = message.auto_rerun.interval
        elif message.HasField("script_finished") and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.finished.set()


async def warm_up() -> AsyncIterator[str]:
    """Visits the default comparison and the presets, one after the other; gives the address of each that is drawn."""
    await asyncio.to_thread(_start_workers)
    runtime = get_instance()
    for address in await asyncio.to_thread(addresses):
        while not await visited(runtime, address):
            _log.error("the view /?%s was not drawn; it is tried again in %g s", address, TRY_AGAIN)
            await asyncio.sleep(TRY_AGAIN)
        yield address


async def visited(runtime: Runtime, address: str) -> bool:
    """Opens a view and stays until nothing of it is computed any more; whether that went well."""
    window, end = Window(), time.monotonic() + PATIENCE
    session = runtime.connect_session(window, user_info={})
    try:
        while True:
            window.again = None
            window.finished.clear()
            runtime.handle_backmsg(session, _opening(address))
            await window.finished.wait()
            went_well = runtime.get_app_session(session).session_state[SCRIPT_RUN_WITHOUT_ERRORS_KEY]
            if window.again is None or not went_well:
                return went_well
            if time.monotonic() > end:
                return False
            await asyncio.sleep(window.again)
    finally:
        runtime.close_session(session)


def _opening(address: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string = address
    return message


def _start_workers() -> None:
    from ui.jobs import results  # imported in a thread: it takes seconds

    results.start_workers()


def addresses() -> list[str]:
    """What is visited, as queries of Compare: the default comparison first."""
    from ui.compare.presets import PRESETS
    from ui.shell.settings import query

    presets = PRESETS.values() if with_presets() else []
    return ["", *(urlencode(query(preset.settings), doseq=True) for preset in presets)]


def with_presets() -> bool:
    """Whether the presets are visited too, as the host says.  Raises `ValueError` if it says something else."""
    return from_environment(WARM_UP, one_of({"default": False}), True, _NOT_DEFAULT)
