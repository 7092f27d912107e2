"""A server of the app that can be killed at any moment, and started again where it was."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.running import A_MOMENT, free_port, is_healthy, wait_until
from tests.rooms.served import serve

# Copies of one process, which has the libraries in memory: importing them takes most of a server's start.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([serve.__module__])


class App:
    """A process of the app without workers, which keeps its port and its database while processes come and go."""

    def __init__(self, log: Path, **environment: str) -> None:
        self._log, self._port = log, free_port()
        self._environment = {"ACTIVATION_LAB_WORKERS": "0"} | environment
        self.url = f"http://localhost:{self._port}"

    def start(self) -> None:
        """Starts a process, and waits until it answers."""
        self._process = _PROCESSES.Process(target=serve, args=(self._port, str(self._log), self._environment))
        self._process.start()
        wait_until(lambda: is_healthy(self.url) or not self._process.is_alive())
        assert self._process.is_alive(), f"the app did not start: {self._log.read_text()}"

    def kill(self) -> None:
        """As `kill -9` does: nothing is told, closed or written."""
        self._process.kill()
        self._process.join()

    def end(self) -> None:
        """Stops the process, and kills it if it does not stop."""
        self._process.terminate()
        self._process.join(A_MOMENT)
        self.kill()


@contextmanager
def running(log: Path, **environment: str) -> Iterator[App]:
    """A server that is there, and whichever process of it is left at the end is ended."""
    app = App(log, **environment)
    app.start()
    try:
        yield app
    finally:
        app.end()
