"""What is said of a sweep's size, how far it is, and why it cannot be."""

import math
from dataclasses import replace

from core import Grid
from ui.jobs.limits import OWN
from ui.jobs.sweeps import Sweep
from ui.shell.numbers import grouped
from ui.sweep import words

GRID = Grid({"activation": ("relu", "tanh"), "l2": (0.0, 0.1, 0.2)}, seeds=4)


def test_a_sweep_has_as_many_networks_as_combinations_times_seeds():
    assert words.trained(GRID) == "6 combinations, 4 seeds each: **24 networks**, all trained."
    seconds = grouped(math.ceil(GRID.seconds() / 2))
    assert words.size(GRID, 2) == f"6 combinations, 4 seeds each: **24 networks**, about {seconds} s to train."
    assert words.size(Grid({"l2": (0.0,)}, seeds=2), 10_000).endswith("about 1 s to train.")


def test_what_is_too_much_is_the_number_of_networks_or_the_time():
    needed = GRID.seconds()
    assert words.over(OWN, GRID) is None
    assert words.over(replace(OWN, sweep_networks=24, sweep_seconds=needed), GRID) is None
    assert "has 24 networks, and the limit of this server is 23." in words.over(replace(OWN, sweep_networks=23), GRID)
    assert "limit of this server is 1 s." in words.over(replace(OWN, sweep_seconds=needed / 2), GRID)


def test_how_far_it_is_why_it_failed_and_who_else_is_there():
    sweep = Sweep(GRID)
    assert words.progress(sweep, 7.2) == "0 of 24 networks trained, about 8 s left"
    assert words.stopped(sweep).startswith("**Stopped: 0 of 24 networks are trained.**")
    assert "no memory" in words.failed("no memory")
    others = [words.others(number) for number in range(3)]
    assert others == [None, "1 other sweep takes turns with yours.", "2 other sweeps take turns with yours."]
