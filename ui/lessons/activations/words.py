"""What activation functions are like, in words: a table, what to notice, and the intervals of z in both."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core import activation_of
from core.lessons.function_facts import Facts, facts
from core.lessons.function_intervals import Interval, go_on
from core.lessons.function_range import REACH, Range
from ui.charts.functions import out_of_sight
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import cell, rounded, short

EVERYWHERE, NOWHERE = N_("everywhere"), N_("nowhere")
MOST_PLACES = 6  # that are named one by one: a fast wave has hundreds
# How to read the table: a line for each column.
COLUMNS = (
    N_("**Values**: the least and the greatest. A round bracket means that f does not reach this value."),
    N_("**Greatest slope**: its size without the sign, and the z where it is."),
    N_(
        "**Mean output**: the mean of f(z) for z from the standard normal distribution (around 0, mostly between −2 "
        "and 2). If it is 0, the function is *zero-centred*."
    ),
    N_(
        "**Saturated**: where the slope is less than 5 % of the greatest slope. A slope that comes nowhere near 0, as "
        "that of Leaky ReLU, does not count. If the slope grows without limit, 5 % of the slope at z = 1 counts. "
        "If that is infinite, 5 % of the median slope between −1 and 1 counts."
    ),
    N_("**Dead**: where the slope is exactly 0."),
    N_(
        "**Shape**: poles (f grows or falls without limit), jumps, corners, places where f is vertical, and whether f "
        "only rises (monotone)."
    ),
)
_SOURCE = N_("Computed from the functions, at many z from −{reach} to {reach} and at very large z.")
FORMULAS_TEXT = N_("For each chosen function: the formula of its value and the formula of its slope.")
TABLE_TEXT = N_("For each chosen function: values, greatest slope, mean output, saturated and dead intervals, shape.")
_FUNCTION = N_("Function")
_FACTS = (
    N_("Values"), N_("Greatest slope"), N_("Mean output"), N_("Saturated"), N_("Dead"), N_("Shape"),
)  # fmt: skip
_READING = N_(
    "Point at a chart to read every value and slope at that z. Click a name in the legend to highlight its curve."
)
_OUT_OF_SIGHT = N_("**Leaves the chart: {names}.**")
_FORMULAS = ("f(z)", "f′(z)")
_POLE, _VERTICAL = N_("pole at {places}"), N_("vertical at {places}")
_JUMP, _CORNER = N_("jump at {places}"), N_("corner at {places}")
_SMOOTH, _NOT_MONOTONE = N_("smooth"), N_("not monotone")
_NEAR_ONLY = N_("{name}, for |z| ≤ {reach}")

_SLOPES = N_(
    "**Slope.** During learning, the gradient is multiplied by the slope of each unit. The largest slope here (without "
    "the sign) is {greatest}: {steepest}. The lowest peak of the slope is {least}, for {flattest}."
)
_SAME_SLOPE = N_(
    "**Slope.** During learning, the gradient is multiplied by the slope of each unit. Here the slope (without the "
    "sign) is at most {greatest}: {steepest}."
)
_DEAD = N_(
    "**Zero slope.** Where the slope is exactly 0, a unit gets no gradient. If all its z are there, it is dead: "
    "{where}."
)
_SATURATED = N_(
    "**Small slope.** There is no interval where the slope is exactly 0. The slope is less than 5 % of its greatest "
    "value for {where}."
)
_SATURATED_WITHOUT_LIMIT = N_(
    "**Small slope.** There is no interval where the slope is exactly 0. It is small for {where}: less than 5 % of its "
    "greatest value or, if it grows without limit, of its value at z = 1."
)
_NEVER_FLAT = N_("**Slope far from 0.** However large or small z is, the slope does not go to 0.")
_SOME_CENTRED = N_(
    "**Mean output.** If z is a standard normal number, the mean output is 0 for {centred} (zero-centred). Farthest "
    "from 0: {far}."
)
_ALL_CENTRED = N_(
    "**Mean output.** If z is a standard normal number, the mean output is 0. This is called zero-centred."
)
_NONE_CENTRED = N_(
    "**Mean output.** If z is a standard normal number, the mean output is never 0 here: no function is zero-centred. "
    "Farthest from 0: {far}."
)
_OTHERS_UNKNOWN = N_(
    "**Mean output.** If z is a standard normal number, the mean output is 0 for {centred} (zero-centred). For the "
    "others, it cannot be computed."
)
_NO_MEAN = N_("**Mean output.** It cannot be computed here, because the values are not finite or become too large.")
_INFINITE = N_(
    "**Not finite.** Value or slope is not finite for {where}. A network in which a unit gets such a z diverges."
)
_BEYOND = N_(
    "**Not for all z.** What is said here of {names} holds for z from −{reach} to {reach}. Beyond, there are other "
    "values or slopes."
)
_NOT_CENTRED = N_(
    "**Mean output.** If z is a standard normal number, the mean output is {mean}: the function is not zero-centred."
)


def reading(names: Sequence[str], reach: float) -> str:
    """How to read the picture, and what is not all in it."""
    beyond = ", ".join(label("activation", name) for name in out_of_sight(names, reach))
    return " ".join([_(_READING), *([_(_OUT_OF_SIGHT, names=beyond)] if beyond else [])])


def formulas_table(names: Sequence[str]) -> pd.DataFrame:
    """A row for each function, in Markdown: the formulas of its value and of its slope."""
    records = {name: activation_of(name) for name in names}
    rows = [(_bold(name), f"${record.formula}$", f"${record.slope_formula}$") for name, record in records.items()]
    return pd.DataFrame(rows, columns=[_(_FUNCTION), *_FORMULAS])


def facts_table(names: Sequence[str]) -> pd.DataFrame:
    """A row for each function, in Markdown."""
    rows = [[_whose(facts(name)), *_row(facts(name))] for name in names]
    return pd.DataFrame(rows, columns=[_(column) for column in (_FUNCTION, *_FACTS)])


def reading_facts() -> str:
    """How to read the table of facts, in Markdown."""
    return "\n".join([*(f"* {_(line)}" for line in COLUMNS), "", _(_SOURCE, reach=REACH)])


def notices(names: Sequence[str]) -> list[str]:
    """What there is to notice, with these functions' figures."""
    found = [facts(name) for name in names]
    infinite = _each(found, "infinite")
    said = [_slope_notice(found), _flat_notice(found), _centre_notice(found)]
    said += [_(_INFINITE, where=infinite)] if infinite else []
    near_only = [each for each in found if not each.holds_beyond]
    return [*said, *([_(_BEYOND, reach=REACH, names=_names(near_only))] if near_only else [])]


def places(intervals: Sequence[Interval]) -> str:
    """Intervals of z, and single places: `|z| > 4.36`, `z < 0`, `z = 0, z = ±3.14, …`, `z → ∞`."""
    if tuple(intervals) == ((-np.inf, np.inf),):
        return _(EVERYWHERE)
    mirrored = {(-high, -low) for low, high in intervals} == set(intervals)
    shown = [(low, high) for low, high in intervals if low + high >= 0] if mirrored else intervals
    parts = [_place(low, high, mirrored) for low, high in shown[:MOST_PLACES]]
    parts += ["…"] * (go_on(intervals) or len(shown) > MOST_PLACES)
    return ", ".join(parts) or _(NOWHERE)


def bounds(found: Range) -> str:
    """`[0, ∞)`, with a round bracket where no z gives the bound, which is then known to 8 digits."""
    least = f"[{_told(found.least)}" if found.has_least else f"({rounded(found.least)}"
    return f"{least}, " + (f"{_told(found.greatest)}]" if found.has_greatest else f"{rounded(found.greatest)})")


def _place(low: float, high: float, mirrored: bool) -> str:
    z, least, greatest = "|z|" if mirrored else "z", _told(low), _told(high)
    if least == greatest:
        return f"z {'→' if np.isinf(low) else '='} {'±' if mirrored and low else ''}{least}"
    if np.isinf(low) or (mirrored and low < 0):
        return f"{z} < {greatest}"
    return f"{z} > {least}" if np.isinf(high) else f"{least} < {z} < {greatest}"


def _told(number: float) -> str:
    """With two digits after the point or, where these would make 0 of it, with two that are not 0."""
    return short(number) if number and not round(number, 2) else rounded(number)


def _whose(found: Facts) -> str:
    """The name, and for which z the row is, if not for all."""
    return _bold(found.name) if found.holds_beyond else _(_NEAR_ONLY, name=_bold(found.name), reach=REACH)


def _row(found: Facts) -> list[str]:
    return [
        bounds(found.range),
        f"{_told(found.greatest_slope)}, {places(found.steepest)}",
        _mean(found),
        places(found.saturated),
        places(found.dead),
        _shape(found),
    ]


def _mean(found: Facts) -> str:
    return cell(found.mean_output, _told)


def _shape(found: Facts) -> str:
    breaks = ((_POLE, found.poles), (_JUMP, found.jumps), (_CORNER, found.corners), (_VERTICAL, found.vertical))
    parts = [_(kind, places=_numbers(at)) for kind, at in breaks if at] or [_(_SMOOTH)]
    return ", ".join(parts if found.is_monotone else [*parts, _(_NOT_MONOTONE)])


def _numbers(at: Sequence[float]) -> str:
    return places([(z, z) for z in at]).replace("z = ", "")


def _slope_notice(found: list[Facts]) -> str:
    slopes = [_told(each.greatest_slope) for each in sorted(found, key=lambda each: each.greatest_slope)]
    least, greatest = slopes[0], slopes[-1]
    steepest, flattest = (
        [each for each in found if _told(each.greatest_slope) == extreme] for extreme in (greatest, least)
    )
    return _(
        _SAME_SLOPE if least == greatest else _SLOPES,
        greatest=greatest,
        steepest=_each(steepest, "steepest"),
        least=least,
        flattest=_names(flattest),
    )


def _flat_notice(found: list[Facts]) -> str:
    if any(each.dead for each in found):
        return _(_DEAD, where=_each(found, "dead"))
    if saturated := [each for each in found if each.saturated]:
        has_limits = all(np.isfinite(each.greatest_slope) for each in saturated)
        return _(_SATURATED if has_limits else _SATURATED_WITHOUT_LIMIT, where=_each(saturated, "saturated"))
    return _(_NEVER_FLAT)


def _centre_notice(found: list[Facts]) -> str:
    centred = [each for each in found if each.is_zero_centred]
    known = [each for each in found if not np.isnan(each.mean_output)]
    if not known:
        return _(_NO_MEAN)
    if len(centred) == len(known) < len(found):
        return _(_OTHERS_UNKNOWN, centred=_names(centred))
    if len(centred) == len(found):
        return _(_ALL_CENTRED)
    if len(found) == 1:
        return _(_NOT_CENTRED, mean=_mean(found[0]))
    farthest = _told(max(abs(each.mean_output) for each in known))
    far = [f"{_bold(each.name)} ({_mean(each)})" for each in known if _told(abs(each.mean_output)) == farthest]
    return _(_SOME_CENTRED if centred else _NONE_CENTRED, centred=_names(centred), far=", ".join(far))


def _names(found: Sequence[Facts]) -> str:
    return ", ".join(_bold(each.name) for each in found)


def _each(found: Sequence[Facts], field: str) -> str:
    """Those that have such intervals, with them."""
    with_intervals = ((each.name, getattr(each, field)) for each in found)
    return ", ".join(f"{_bold(name)} ({places(intervals)})" for name, intervals in with_intervals if intervals)


def _bold(name: str) -> str:
    return f"**{label('activation', name)}**"
