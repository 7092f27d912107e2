"""A slower server on this machine: processes that stand still for a share of the time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PERIOD = 0.006  # seconds, of going on and standing still: short beside what anybody waits for


@contextmanager
def slower(process: psutil.Process, share: float) -> Iterator[None]:
    """Has a process, and those that it has started, go on for that share of the time only."""
    if share >= 1:
        yield
        return
    processes = [process, *process.children(recursive=True)]
    command = [sys.executable, str(Path(__file__).resolve()), str(share), *(str(each.pid) for each in processes)]
    pulse = subprocess.Popen(command)
    try:
        yield
    finally:
        pulse.kill()
        pulse.wait()
        for each in processes:
            each.send_signal(signal.SIGCONT)


def _pulse(share: float, pids: list[int]) -> None:
    while True:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(PERIOD * (1 - share))
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
        time.sleep(PERIOD * share)


if __name__ == "__main__":
    _pulse(float(sys.argv[1]), [int(pid) for pid in sys.argv[2:]])
