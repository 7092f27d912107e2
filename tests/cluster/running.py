"""A real Dask cluster on this machine: a scheduler and its workers, which end whatever becomes of the test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import Client

from tests import ROOT
from tests.browser.running import end, free_port

START = 120  # seconds within which all workers are there, on a loaded machine


@dataclass
class Running:
    """Address, the scheduler's process, and those that keep the workers' processes."""

    address: str
    scheduler: subprocess.Popen
    nannies: list[subprocess.Popen]

    def kill_a_worker(self) -> None:
        """One of those that compute, whichever."""
        with Client(self.address, set_as_default=False) as client:
            pid = next(iter(client.run(os.getpid).values()))
        psutil.Process(pid).kill()

    def kill_the_scheduler(self) -> None:
        self.scheduler.kill()
        self.scheduler.wait()


@contextmanager
def running_cluster(folder: Path, workers: int) -> Iterator[Running]:
    """A scheduler and so many worker processes of one thread each; what they print goes to files in the folder."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        options = ["--host", "127.0.0.1", "--no-dashboard"]
        scheduler = stack.enter_context(_started(folder, "scheduler", *options, "--port", str(port)))
        own = ["--nthreads", "1", "--death-timeout", "60", "--local-directory", str(folder)]
        command = ["worker", address, *options, *own, "--nworkers", str(workers)]
        nannies = [stack.enter_context(_started(folder, *command))]
        with Client(address, timeout=START, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=START)
        yield Running(address, scheduler, nannies)


@contextmanager
def _started(folder: Path, *command: str) -> Iterator[subprocess.Popen]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
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
