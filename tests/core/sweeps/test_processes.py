"""Worker processes: what becomes of those that are killed, and of those whose parent is."""

import os
import signal
import struct
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

import psutil
import pytest

from core.sweeps.processes import Processes
from tests import ROOT
from tests.browser.running import wait_until
from tests.killed import attempts

GUARD = 120  # seconds, after which a test that hangs fails
PARENT = """
import os, time
from core.sweeps.processes import Processes
processes = Processes(1)
print(processes.submit(os.getpid).result(), flush=True)
time.sleep(600)
"""


def killed_while_it_hands_over(record: Path) -> str:
    """Kills its own process at the first attempt, when half of a result is in the pipe and the pipe is its own."""
    with record.open("a") as file:
        file.write("attempt\n")
    if attempts(record) == 1:
        frame = sys._getframe()
        while "result_queue" not in frame.f_locals:  # that of loky's loop
            frame = frame.f_back
        results = frame.f_locals["result_queue"]
        results._wlock.acquire()
        results._writer._send(struct.pack("!i", 1000) + b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return "result"


@pytest.mark.parametrize("processes", [1, 2])
def test_a_process_that_is_killed_half_way_through_a_result_is_replaced(tmp_path, processes):
    """loky waits for the other half for ever; another process lives, and could send one."""
    pool = Processes(processes)
    others = [pool.submit(time.sleep, 0.01) for _ in range(processes)]
    lost = pool.submit(killed_while_it_hands_over, tmp_path / "record")
    with pytest.raises(BrokenExecutor):
        lost.result(GUARD)
    assert all(other.done() for other in others)
    assert pool.submit(killed_while_it_hands_over, tmp_path / "record").result(GUARD) == "result"
    pool.shutdown()


def test_processes_end_when_they_are_shut_down():
    processes = Processes(1)
    pid = processes.submit(os.getpid).result(GUARD)
    processes.shutdown()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_processes_end_when_their_parent_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        worker = int(parent.stdout.readline())
        assert psutil.pid_exists(worker)
        parent.kill()
    wait_until(lambda: not psutil.pid_exists(worker) or psutil.Process(worker).status() == psutil.STATUS_ZOMBIE)
