"""What activation functions are like, in words: a table, what to notice, and the intervals of z in both."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core import ACTIVATIONS
from core.lessons.function_facts import REACH, Facts, Interval, Range, facts, go_on
from ui.shell.numbers import rounded

EVERYWHERE, NOWHERE = "everywhere", "nowhere"
CAPTION = (
    f"All found by looking at the functions themselves, closely from z = −{REACH} to {REACH} and far out. "
    "*Values* are the least and the greatest, *greatest slope* is without its sign. *Mean output* is for z drawn from "
    "the standard normal distribution (around 0, most of them between −2 and 2); if it is 0, the function is "
    "zero-centred. *Saturated* is where less than 5 % of the greatest slope is left, also for a moment where a "
    "function *turns* from down to up (where slopes grow without end, 5 % of the slope at z = 1; not where a slope "
    "stays as it is, however far out, as that of leaky_relu); *dead* is where the slope is exactly 0."
)
FORMULAS_TEXT = "For each chosen function: the formula of its value and the formula of its slope."
TABLE_TEXT = "For each chosen function: its range, slope, mean output, flat intervals and breaks."
_FORMULAS = ("f(z)", "f′(z)")
_COLUMNS = ("Values", "Greatest slope", "Mean output", "Saturated", "Dead", "Shape")

_SLOPES = (
    "**Slope.** A gradient that comes back through a unit is multiplied by it. Greatest here: {greatest}, of "
    "{steepest}. Least: at most {least}, of {flattest}."
)
_SAME_SLOPE = (
    "**Slope.** A gradient that comes back through a unit is multiplied by it, here by at most {greatest}: {steepest}."
)
_DEAD = (
    "**Flat for good.** A unit whose z are all where the slope is exactly 0 gets no gradient at all, and is dead: "
    "{where}."
)
_SATURATED = (
    "**Flat for good?** On no stretch is the slope exactly 0. Less than 5 % of the greatest slope is left for {where}."
)
_NEVER_FLAT = "**Never flat.** However far out, the slope does not go to 0."
_SOME_CENTRED = (
    "**Centre.** With z from the standard normal distribution, the mean output is 0 (zero-centred) for {centred}. "
    "Farthest from it: {far}."
)
_ALL_CENTRED = "**Centre.** With z from the standard normal distribution, the mean output is 0: zero-centred."
_NONE_CENTRED = (
    "**Centre.** With z from the standard normal distribution, no mean output is 0, so none is zero-centred. Farthest "
    "from it: {far}."
)
_NOT_CENTRED = (
    "**Centre.** With z from the standard normal distribution, the mean output is {mean}, so it is not zero-centred."
)


def formulas_table(names: Sequence[str]) -> pd.DataFrame:
    """A row for each function, in Markdown: the formulas of its value and of its slope."""
    rows = {name: (f"${ACTIVATIONS[name].formula}$", f"${ACTIVATIONS[name].slope_formula}$") for name in names}
    return pd.DataFrame.from_dict(rows, orient="index", columns=_FORMULAS)


def facts_table(names: Sequence[str]) -> pd.DataFrame:
    """A row for each function, in Markdown."""
    return pd.DataFrame.from_dict({name: _row(facts(name)) for name in names}, orient="index", columns=_COLUMNS)


def notices(names: Sequence[str]) -> list[str]:
    """What there is to notice, with these functions' figures."""
    found = [facts(name) for name in names]
    return [_slope_notice(found), _flat_notice(found), _centre_notice(found)]


def places(intervals: Sequence[Interval]) -> str:
    """Intervals of z, and single places: `|z| > 4.36`, `z < 0`, `z = 0, z = ±3.14, …`, `z → ∞`."""
    if tuple(intervals) == ((-np.inf, np.inf),):
        return EVERYWHERE
    mirrored = {(-high, -low) for low, high in intervals} == set(intervals)
    shown = [(low, high) for low, high in intervals if high >= 0] if mirrored else intervals
    parts = [_place(low, high, mirrored) for low, high in shown] + ["…"] * go_on(intervals)
    return ", ".join(parts) or NOWHERE


def bounds(found: Range) -> str:
    """`[0, ∞)`, with a round bracket where no z gives the bound."""
    left, right = "[" if found.has_least else "(", "]" if found.has_greatest else ")"
    return f"{left}{rounded(found.least)}, {rounded(found.greatest)}{right}"


def _place(low: float, high: float, mirrored: bool) -> str:
    z = "|z|" if mirrored else "z"
    if low == high:
        return f"z {'→' if np.isinf(low) else '='} {'±' if mirrored and low else ''}{rounded(low)}"
    if np.isinf(low) or (mirrored and low < 0):
        return f"{z} < {rounded(high)}"
    return f"{z} > {rounded(low)}" if np.isinf(high) else f"{rounded(low)} < {z} < {rounded(high)}"


def _row(found: Facts) -> list[str]:
    return [
        bounds(found.range),
        f"{rounded(found.greatest_slope)}, {places(found.steepest)}",
        _mean(found),
        places(found.saturated),
        places(found.dead),
        _shape(found),
    ]


def _mean(found: Facts) -> str:
    return "0" if found.is_zero_centred else rounded(found.mean_output)


def _shape(found: Facts) -> str:
    breaks = (("jump", found.jumps), ("corner", found.corners))
    parts = [f"{kind} at {places([(z, z) for z in at])}" for kind, at in breaks if at] or ["smooth"]
    return ", ".join(parts if found.is_monotone else [*parts, "turns"]).replace("z = ", "")


def _slope_notice(found: list[Facts]) -> str:
    slopes = [rounded(each.greatest_slope) for each in sorted(found, key=lambda each: each.greatest_slope)]
    least, greatest = slopes[0], slopes[-1]
    steepest, flattest = (
        [each for each in found if rounded(each.greatest_slope) == extreme] for extreme in (greatest, least)
    )
    return (_SAME_SLOPE if least == greatest else _SLOPES).format(
        greatest=greatest, steepest=_each(steepest, "steepest"), least=least, flattest=_names(flattest)
    )


def _flat_notice(found: list[Facts]) -> str:
    if any(each.dead for each in found):
        return _DEAD.format(where=_each(found, "dead"))
    if any(each.saturated for each in found):
        return _SATURATED.format(where=_each(found, "saturated"))
    return _NEVER_FLAT


def _centre_notice(found: list[Facts]) -> str:
    centred = [each for each in found if each.is_zero_centred]
    if len(centred) == len(found):
        return _ALL_CENTRED
    if len(found) == 1:
        return _NOT_CENTRED.format(mean=_mean(found[0]))
    farthest = rounded(max(abs(each.mean_output) for each in found))
    far = [f"**{each.name}** ({_mean(each)})" for each in found if rounded(abs(each.mean_output)) == farthest]
    return (_SOME_CENTRED if centred else _NONE_CENTRED).format(centred=_names(centred), far=", ".join(far))


def _names(found: Sequence[Facts]) -> str:
    return ", ".join(f"**{each.name}**" for each in found)


def _each(found: Sequence[Facts], field: str) -> str:
    """Those that have such intervals, with them."""
    with_intervals = ((each.name, getattr(each, field)) for each in found)
    return ", ".join(f"**{name}** ({places(intervals)})" for name, intervals in with_intervals if intervals)
