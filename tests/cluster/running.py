"""A real Dask cluster on this machine: a scheduler and its workers, which end whatever becomes of the test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from distributed import Client

from tests import ROOT
from tests.browser.running import end, free_port

HERE = ("--host", "127.0.0.1", "--no-dashboard")
FORGOTTEN = 600  # seconds without work, after which it ends by itself
START = 120  # seconds within which all workers are there, on a loaded machine


@dataclass
class Running:
    """Its address, the scheduler's process, those that compute as they were at first, and where all find modules."""

    address: str
    scheduler: subprocess.Popen
    folder: Path
    path: Path
    workers: list[psutil.Process] = field(default_factory=list)

    def kill_the_scheduler(self) -> None:
        self.scheduler.kill()
        self.scheduler.wait()

    @contextmanager
    def more_workers(self, number: int) -> Iterator[None]:
        """So many worker processes of one thread each, from when they are there."""
        own = ["--nthreads", "1", "--nworkers", str(number), "--local-directory", str(self.folder)]
        with _started(self.folder, self.path, "worker", self.address, *HERE, *own):
            with Client(self.address, timeout=START, set_as_default=False) as client:
                client.wait_for_workers(number, timeout=START)
                self.workers = [psutil.Process(pid) for pid in client.run(os.getpid).values()]
            yield


@contextmanager
def running_cluster(folder: Path, workers: int, path: Path = ROOT, port: int | None = None) -> Iterator[Running]:
    """A scheduler and so many workers, which find modules in `path`; what they print goes to files in the folder."""
    port = port or free_port()
    forgotten = ["--idle-timeout", str(FORGOTTEN)]  # if this process is killed
    with ExitStack() as stack:
        scheduler = stack.enter_context(_started(folder, path, "scheduler", *HERE, *forgotten, "--port", str(port)))
        running = Running(f"tcp://127.0.0.1:{port}", scheduler, folder, path)
        Client(running.address, timeout=START, set_as_default=False).close()  # it answers
        if workers:
            stack.enter_context(running.more_workers(workers))
        yield running


@contextmanager
def _started(folder: Path, path: Path, *command: str) -> Iterator[subprocess.Popen]:
    environment = os.environ | {"PYTHONPATH": str(path)}
    with (
        (folder / f"{command[0]}.txt").open("w") as out,
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command], cwd=folder, env=environment, stdout=out, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield process
        finally:
            end(process)
