"""What is said of a sweep's size, how far it is, and why it cannot be."""

from dataclasses import replace

from core import Grid
from ui.jobs.limits import OWN
from ui.jobs.sweep import Sweep
from ui.sweep import words

GRID = Grid({"activation": ("relu", "tanh"), "l2": (0.0, 0.1, 0.2)}, seeds=4)


def test_a_sweep_has_as_many_networks_as_combinations_times_seeds():
    assert words.trained(GRID) == "6 combinations, 4 seeds each: **24 networks**, all trained."
    assert words.size(GRID, 1234.5) == "6 combinations, 4 seeds each: **24 networks**, about 1,235 s to train."
    alone = words.trained(Grid({"activation": ("relu",)}, seeds=2))
    assert alone == "1 combination, 2 seeds each: **2 networks**, all trained."
    assert words.size(GRID, 0.001).endswith("about 1 s to train.")


def test_what_is_too_much_is_the_number_of_networks_or_the_time():
    at_most = replace(OWN, sweep_networks=24, sweep_seconds=7.0)
    assert words.over(at_most, GRID, 7.0) is None
    assert "limit of this server is 7 s." in words.over(at_most, GRID, 7.1)
    fewer = replace(at_most, sweep_networks=23)
    assert "has 24 networks, and the limit of this server is 23." in words.over(fewer, GRID, 7.0)


def test_how_far_it_is_why_it_failed_and_who_else_is_there():
    sweep = Sweep(GRID)
    assert words.progress(sweep, 7.2) == "0 of 24 networks trained, about 8 s left"
    assert words.stopped(sweep).startswith("**Stopped: 0 of 24 networks are trained.**")
    assert "no memory" in words.failed("no memory")
    others = [words.others(number) for number in range(3)]
    assert others == [None, "1 other sweep takes turns with yours.", "2 other sweeps take turns with yours."]
