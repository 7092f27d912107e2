"""What is said of a sweep before it starts, while it is under way, and when it stands still."""

import math

from core import Grid
from ui.jobs.limits import Limits
from ui.jobs.sweep import Sweep
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count, grouped

INTRODUCTION = N_(
    "A ranking at one learning rate may depend on that rate. So this page trains every combination of the values that "
    "you choose."
)
START, STOP, GO_ON = N_("Start the sweep"), N_("Stop here"), N_("Continue")
START_HELP = N_("Small sweeps start by themselves.")
_SIZE = N_("{combinations}, {seeds} each: **{networks}**, about {seconds} s to train.")
_COMBINATIONS = NN_("{many} combination", "{many} combinations")
_TRAINED = N_("{combinations}, {seeds} each: **{networks}**, all trained.")
_LIMITS = N_("Limits of this server for one sweep: {networks} networks, {seconds} s of one processor.")
_MANY = N_(
    "**This sweep has {networks} networks, and the limit of this server is {most}.** Choose fewer values or "
    "fewer seeds."
)
_LONG = N_(
    "**This sweep would take about {seconds} s of one processor, and the limit of this server is {most} s.** Choose "
    "fewer values, seeds, epochs or samples, or smaller networks."
)
_PROGRESS = N_("{done} of {all} networks trained, about {seconds} s left")
_OTHERS = NN_("{number} other sweep takes turns with yours.", "{number} other sweeps take turns with yours.")
_STOPPED = N_("**Stopped: {done} of {all} networks are trained.** Results so far:")
_FAILED = N_("**The sweep failed:** {error}. Your settings are kept.")


def size(grid: Grid, seconds: float) -> str:
    """How large a sweep is, and about how long it takes."""
    return _(_SIZE, **_counts(grid), seconds=_seconds(seconds))


def trained(grid: Grid) -> str:
    """How large a sweep is that is over."""
    return _(_TRAINED, **_counts(grid))


def most(limits: Limits) -> str:
    """What one sweep may take."""
    return _(_LIMITS, networks=grouped(limits.sweep_networks), seconds=_seconds(limits.sweep_seconds))


def over(limits: Limits, grid: Grid, seconds: float) -> str | None:
    """The sentence about a sweep that takes more than these limits allow, so many seconds of one core; None if it does
    not."""
    if grid.networks > limits.sweep_networks:
        return _(_MANY, networks=grouped(grid.networks), most=grouped(limits.sweep_networks))
    if seconds > limits.sweep_seconds:
        return _(_LONG, seconds=_seconds(seconds), most=_seconds(limits.sweep_seconds))
    return None


def progress(sweep: Sweep, seconds_left: float) -> str:
    """The words beside the progress bar."""
    left = _seconds(seconds_left)
    return _(_PROGRESS, done=grouped(sweep.done), all=grouped(sweep.grid.networks), seconds=left)


def others(number: int) -> str | None:
    """The sentence about other people's sweeps; None if there are none."""
    return plural(*_OTHERS, number) if number else None


def stopped(sweep: Sweep) -> str:
    """The sentence about a sweep that stands still."""
    return _(_STOPPED, done=grouped(sweep.done), all=grouped(sweep.grid.networks))


def failed(error: str) -> str:
    """The sentence about a sweep that failed, with the reason in words."""
    return _(_FAILED, error=_(error))


def _counts(grid: Grid) -> dict[str, str]:
    combinations = grid.networks // grid.seeds
    return {
        "combinations": plural(*_COMBINATIONS, combinations, many=grouped(combinations)),
        "seeds": count(grid.seeds, "seed"),
        "networks": _networks(grid.networks),
    }


def _networks(number: int) -> str:
    return plural("{many} network", "{many} networks", number, many=grouped(number))


def _seconds(seconds: float) -> str:
    return grouped(max(math.ceil(seconds), 1))
