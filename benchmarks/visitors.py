"""People who visit a running app, without their browsers: clients that speak Streamlit's protocol, and a blank page to
hold a page against.  `rerun.py` and `load.py` measure with them."""

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import psutil
from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.shown import Shown
from tests import ROOT
from tests.browser.running import answers, free_port, wait_until

MOST_BYTES = 50_000_000  # of a message: the library's own limit is smaller than a page
BLANK = """
import streamlit as st
for number in range({elements}):
    st.markdown(f"Element {{number}}")
"""


class Visitor:
    """One session of the app at `url`, to be used as a context."""

    def __init__(self, url: str, cookie: str = "") -> None:
        self._headers = {"Cookie": cookie} if cookie else None
        self._address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
        self.elements = 0  # that the last run put on the page
        self.bytes = 0  # that the last run sent
        self._page = Shown()
        self._looks: AutoRerun | None = None  # the part of the page that is to be run again, by itself

    def __enter__(self) -> "Visitor":
        self._connection = connect(
            self._address, subprotocols=["streamlit"], max_size=MOST_BYTES, additional_headers=self._headers
        )
        self._socket = self._connection.__enter__()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._connection.__exit__(kind, error, traceback)

    def open(self, page: str = "", query: str = "", timeout: float = 120.0, charts: int = 0) -> float:
        """Runs the page's script at an address, as Back would, and gives the seconds until it has run to its end
        and the page has at least so many charts: where a training takes longer, the page runs once more after it.

        Raises `TimeoutError` if it has not by then, and `RuntimeError` if it ended in an exception.
        """
        asked = self._page.opening(page, query)
        asked.rerun_script.is_history_navigation = True  # else a page that is open keeps its settings
        start, self._looks = time.perf_counter(), None
        self._send(asked)
        looks, due, drawn = AutoRerun(), math.inf, 0  # when a part of the page is to be run again, by itself
        while True:
            try:
                data = self._socket.recv(timeout=max(min(start + timeout, due) - time.perf_counter(), 0.001))
            except TimeoutError:
                if due == math.inf or time.perf_counter() > start + timeout:
                    raise
                due = time.perf_counter() + looks.interval
                asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = looks.fragment_id, True
                self._send(asked)
                continue
            answer = ForwardMsg.FromString(data)
            self._page.take(answer)
            if answer.HasField("new_session"):
                self.elements = self.bytes = drawn = 0
            self.bytes += len(data)
            if answer.HasField("auto_rerun"):
                looks, due = answer.auto_rerun, time.perf_counter() + answer.auto_rerun.interval
                self._looks = looks
            if answer.HasField("delta"):
                self.elements += answer.delta.HasField("new_element")
                drawn += answer.delta.new_element.HasField("vega_lite_chart")
            is_over = (
                answer.HasField("script_finished") and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            )
            if is_over and drawn >= charts:
                return time.perf_counter() - start

    def look(self, timeout: float = 120.0, at_once: bool = False) -> None:
        """Waits until the part of the page that runs again by itself has done so, when it is due or at once; raises
        `RuntimeError` if no part of the page that was opened does."""
        if self._looks is None:
            raise RuntimeError("no part of this page runs again by itself")
        if not at_once:
            time.sleep(self._looks.interval)
        asked = BackMsg()
        asked.rerun_script.fragment_id, asked.rerun_script.is_auto_rerun = self._looks.fragment_id, True
        last = time.monotonic() + timeout
        while True:  # as a browser does: a request that comes too soon after a run is dropped (ui/shell/running.py)
            self._send(asked)
            try:
                return self._wait(self._looks.interval)
            except TimeoutError:
                if time.monotonic() > last:
                    raise

    def use(self, name: str, *values: object, alone: bool = True, timeout: float = 120.0) -> None:
        """Sets a widget, by its label or key, and waits until the part of the page that it is in has run: that part
        alone, or else the whole page."""
        asked = self._page.using(name, *values)
        if not alone:
            asked.rerun_script.fragment_id = ""
        self._send(asked)
        self._wait(timeout)

    def _wait(self, timeout: float) -> None:
        """Until what was asked for has run to its end."""
        self.elements = self.bytes = 0
        while True:
            data = self._socket.recv(timeout=timeout)
            answer = ForwardMsg.FromString(data)
            self._page.take(answer)
            self.bytes += len(data)
            if answer.HasField("delta"):
                self.elements += answer.delta.HasField("new_element")
            if answer.HasField("script_finished"):
                return

    def _send(self, message: BackMsg) -> None:
        self._socket.send(message.SerializeToString())


@contextmanager
def server(script: Path = ROOT / "app.py", folder: Path = ROOT) -> Iterator[tuple[str, psutil.Process]]:
    """The address of a Streamlit server of that script with the settings of that folder, and its process."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true", f"--server.port={port}"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://localhost:{port}"
        try:
            wait_until(lambda: answers(f"{url}/_stcore/health"))
            yield url, psutil.Process(process.pid)
        finally:
            process.terminate()


@contextmanager
def blank_server(elements: int, is_plain: bool = False) -> Iterator[tuple[str, psutil.Process]]:
    """The same for a page of so many lines of text, on a server with this app's settings or on a plain one, as
    Streamlit comes."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "blank.py"
        script.write_text(BLANK.format(elements=elements))
        with server(script, Path(folder) if is_plain else ROOT) as running:
            yield running


def cpu_seconds(process: psutil.Process) -> float:
    """The processor time that a process has taken; that of its workers is theirs."""
    if sys.platform == "linux":
        return time.clock_gettime(~process.pid << 3 | 2)  # to the nanosecond: psutil's are hundredths of a second
    times = process.cpu_times()
    return times.user + times.system
