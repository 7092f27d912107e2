"""A server of the app that can be killed at any moment, and started again where it was."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import ROOT
from tests.browser.running import end, free_port, is_healthy, wait_until


class App:
    """A process of the app without workers, which keeps its port and its database while processes come and go."""

    def __init__(self, log: Path, **environment: str) -> None:
        self._log, self._port = log, free_port()
        self._environment = os.environ | {"ACTIVATION_LAB_WORKERS": "0"} | environment
        self.url = f"http://localhost:{self._port}"

    def start(self) -> None:
        """Starts a process, and waits until it answers."""
        command = [
            sys.executable, "-m", "streamlit", "run", "app.py",
            "--server.headless=true", f"--server.port={self._port}",
        ]  # fmt: skip
        with self._log.open("a") as out:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=out, stderr=subprocess.STDOUT
            )
        wait_until(lambda: is_healthy(self.url) or self._process.poll() is not None)
        assert self._process.poll() is None, f"the app did not start: {self._log.read_text()}"

    def kill(self) -> None:
        """As `kill -9` does: nothing is told, closed or written."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        end(self._process)


@contextmanager
def running(log: Path, **environment: str) -> Iterator[App]:
    """A server that is there, and whichever process of it is left at the end is ended."""
    app = App(log, **environment)
    app.start()
    try:
        yield app
    finally:
        app.end()
