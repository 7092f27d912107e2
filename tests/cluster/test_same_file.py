"""The command of sweeps by one process, by two and by a cluster: the same file, whoever is killed meanwhile."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core import DatasetSpec, Experiment, Grid
from core.sweeps.cluster import ADDRESS
from tests import ROOT
from tests.browser.running import PATIENCE, end, wait_until
from tests.cluster.running import running_cluster

# Of one shape and seed are two networks, and so is each block: enough of them for all workers.
GRID = Grid(
    {"activation": ["relu", "sin"], "units": [8, 12, 16], "batch_size": [8, 16], "noise": [0.1, 0.2]},
    Experiment(DatasetSpec("moons", samples=200), epochs=40),
    seeds=4,
)

# Whoever runs the tests may ignore SIGINT, as a shell does for what runs in its background; children inherit that.
HELD = f"""
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from core.sweeps.command import main
from core.sweeps.saving import Saved

def add(self, block, results, add=Saved.add):
    add(self, block, results)
    time.sleep({10 * PATIENCE})

Saved.add = add
main()
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grid") / "grid.json"
    path.write_text(GRID.to_json())
    return path


@pytest.fixture(scope="module")
def expected(grid: Path) -> bytes:
    """The file that one process writes."""
    out = grid.with_name("one.csv")
    done = run(grid, out, "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert len(out.read_bytes().splitlines()) == GRID.networks + 1
    return out.read_bytes()


def command(grid: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "core.sweep", str(grid), "--out", str(out), *options]


def run(grid: Path, out: Path, *options: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(grid, out, *options), cwd=ROOT, capture_output=True, text=True, env=os.environ | environment
    )


def begun(command: list[str], out: Path) -> subprocess.Popen:
    """The command, when it has written some rows; what it says goes to a file, which processes left behind may hold."""
    with out.with_suffix(".txt").open("w") as said:
        process = subprocess.Popen(command, cwd=ROOT, stderr=said)
    wait_until(lambda: rows(out) > 0 or process.poll() is not None)
    return process


def held(grid: Path, out: Path, *options: str) -> list[str]:
    """The command, which goes no further than to the first rows."""
    return [sys.executable, "-c", HELD, *command(grid, out, *options)[3:]]


def said(out: Path) -> str:
    return out.with_suffix(".txt").read_text()


def rows(out: Path) -> int:
    return max(out.read_bytes().count(b"\n") - 1, 0) if out.exists() else 0


def test_two_processes_and_a_cluster_write_the_file_of_one(cluster, grid, expected, tmp_path):
    assert run(grid, tmp_path / "two.csv", "--workers", "2").returncode == 0
    assert run(grid, tmp_path / "three.csv", "--scheduler", cluster.address).returncode == 0
    assert run(grid, tmp_path / "named.csv", **{ADDRESS: cluster.address}).returncode == 0
    for name in ("two.csv", "three.csv", "named.csv"):
        assert (tmp_path / name).read_bytes() == expected, name


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(grid, expected, tmp_path):
    with running_cluster(tmp_path, 3) as running:
        running.workers[0].suspend()  # so that what it is given is not done before it is killed
        process = begun(command(grid, out := tmp_path / "out.csv", "--scheduler", running.address), out)
        assert rows(out) < GRID.networks
        running.workers[0].kill()
        assert process.wait(PATIENCE) == 0, said(out)
    assert out.read_bytes() == expected


def test_a_scheduler_that_is_killed_in_the_middle_leaves_a_sentence_and_a_file_to_go_on_from(grid, expected, tmp_path):
    with running_cluster(tmp_path, 3) as running:
        running.workers[0].suspend()
        process = begun(command(grid, out := tmp_path / "out.csv", "--scheduler", running.address), out)
        running.kill_the_scheduler()
        running.workers[0].kill()
        assert process.wait(PATIENCE) == 1
    there = rows(out)
    assert 0 < there < GRID.networks
    assert said(out).splitlines() == [
        f"The connection to the Dask scheduler at {running.address} was lost. {there} of {GRID.networks} networks are "
        f"in {out}; the same command goes on from there."
    ]
    assert run(grid, out, "--workers", "2").returncode == 0
    assert out.read_bytes() == expected


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_command_that_is_stopped_leaves_a_file_to_go_on_from(grid, expected, tmp_path, ends):
    process = begun(held(grid, out := tmp_path / "out.csv", "--workers", "2"), out)
    try:
        process.send_signal(ends)
        process.wait(PATIENCE)
    finally:
        end(process)
    assert 0 < rows(out) < GRID.networks
    if ends != signal.SIGKILL:
        assert process.returncode == 130
        assert said(out).startswith("Stopped. ")
    assert run(grid, out, "--workers", "2").returncode == 0
    assert out.read_bytes() == expected


def test_a_command_without_workers_waits_for_the_first(grid, expected, tmp_path):
    with running_cluster(tmp_path, 0) as running:
        process = subprocess.Popen(
            command(grid, out := tmp_path / "out.csv", "--scheduler", running.address),
            cwd=ROOT, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert "no workers yet" in process.stderr.readline()
            with running.more_workers(2):
                assert process.wait(PATIENCE) == 0
        finally:
            end(process)
    assert out.read_bytes() == expected
