"""A picture of a claim: a dot for each repeat, the median of each part, and the side that speaks for the claim."""

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from core.claims import LOSS, POINTS, RATIO, SHARE, Row, Trial, is_right, outcome
from ui.charts.palette import LINE_COLOUR, POSITIVE, activation_look
from ui.shell.numbers import written

ROWS = {1: 24, 2: 42}  # pixels of a part, by the lines of its label
SURROUNDINGS = 140  # pixels of title, words above, and axis
ONE_LINE, LINE = 25, 14  # letters of a label, and its pixels from above to below
MARGIN = 0.06  # of the axis, beyond the outermost figure at each end
LEAST_MARGIN = {RATIO: 0.1, SHARE: 0.01, POINTS: 1, LOSS: 0.01}  # of ratios, of their logarithm
TICKS = 5
_AXES = {
    RATIO: "Ratio (1: no difference)",
    SHARE: "Share",
    POINTS: "Percentage points",
    LOSS: "Difference of losses",
}
_LABELS = {RATIO: "~g", SHARE: ".0%", POINTS: "~f", LOSS: "~g"}
_FOR, _CLAIMED, _COMPARISON = "for the claim →", "claimed: {claimed}", "for comparison"
_ABOVE = 30  # pixels for such words, between title and picture
_BETWEEN = "|"  # the lines of a label, of which the first, the trial's name, is not shown
_NO_GRID = {"condition": {"test": f"indexof(datum.value, '{_BETWEEN}') < 0", "value": 0}, "value": 1}


@lru_cache(maxsize=64)
def picture_chart(trials: tuple[Trial, ...], rows: tuple[Row, ...], repeat_noun: str) -> dict:
    """The Vega-Lite specification for the rows of these trials, which share a picture; not to be changed.

    Trials that share one have their names as headings.  Ratios have a logarithmic axis.
    """
    first = trials[0]
    table = pd.concat([_table(trial, rows) for trial in trials])
    line, claimed = _on_axis(first, first.line), _on_axis(first, first.claimed)
    low, high = _domain(first.kind, [*table.drawn, *(value for value in (line, claimed) if value is not None)])
    x_scale = alt.Scale(domain=[low, high], type="log" if first.kind == RATIO else "linear", nice=False)
    axis = alt.Axis(tickCount=TICKS, format=_LABELS[first.kind], labelFlush=True, labelOverlap=True)
    x = alt.X("drawn:Q", title=_AXES[first.kind], scale=x_scale, axis=axis)
    places = [place for trial in trials for place in _places(trial, table, with_heading=len(trials) > 1)]
    lines = max(place.count(_BETWEEN) for place in places)
    y, row = _down(places, lines), ROWS[lines]
    numbers = ".1%" if first.kind == SHARE else ".3g"
    tooltip = [
        alt.Tooltip("trial:N"),
        alt.Tooltip("dataset:N", title="in"),
        alt.Tooltip("repeat:N", title=repeat_noun),
        alt.Tooltip("figure:Q", format=numbers),
        alt.Tooltip("median:Q", format=numbers),
        alt.Tooltip("detail:N"),
    ]
    colour = activation_look(first.activation).colour
    dots = (
        alt.Chart(table)
        .mark_circle(color=colour, opacity=0.55, size=36)
        .encode(x=x, y=y, yOffset=alt.YOffset("repeat:O", scale=alt.Scale(paddingOuter=1)), tooltip=tooltip)
    )
    medians = (
        alt.Chart(table.drop_duplicates("row"))
        .mark_tick(color=colour, opacity=1, thickness=4, size=row * 0.7)
        .encode(x=alt.X("median:Q", scale=x_scale), y=y, tooltip=tooltip)
    )
    layers = [dots, medians]
    if len(trials) > 1:
        layers.append(_headings([trial.name for trial in trials], alt.value(0) if line is None else alt.datum(line), y))
    if line is None:
        layers.append(_corner(_COMPARISON))
    else:
        layers = [*_side(line, high, x_scale), *layers, _corner(_FOR)]
    if claimed is not None:
        layers += _claimed(claimed, x_scale)
    title = alt.Title(first.picture or first.name, offset=_ABOVE)
    return alt.layer(*layers).properties(title=title, height=row * len(places) + SURROUNDINGS).to_dict()


def picture_text(trials: tuple[Trial, ...], rows: tuple[Row, ...], part_noun: str) -> str:
    """The same in words."""
    return " ".join(_text(trial, [row for row in rows if row.trial == trial.name], part_noun) for trial in trials)


def _text(trial: Trial, rows: Sequence[Row], part_noun: str) -> str:
    said = "; ".join(f"{_part(trial, row)}, {written(_on_axis(trial, np.median(row.figures)), 3)}" for row in rows)
    line = f" Above {written(_on_axis(trial, trial.line))} speaks for the claim." if trial.line is not None else ""
    return f"{trial.name}: {trial.what}, median of each {part_noun}.{line} {said}."


def _places(trial: Trial, table: pd.DataFrame, with_heading: bool) -> list[str]:
    """On the vertical axis, from above: the trial's name, if it is a heading, and a row for each part."""
    return [trial.name] * with_heading + list(table.row[table.trial == trial.name].unique())


def _down(places: list[str], lines: int) -> alt.Y:
    """Vega puts the first line of a label beside its row: it goes up, so that all of them are."""
    labels = alt.Axis(
        labelExpr=f"slice(split(datum.value, '{_BETWEEN}'), 1)", labelLimit=0, labelOverlap=False, ticks=False,
        labelOffset=-LINE / 2 * (lines - 1), domain=False, grid=True, gridOpacity=_NO_GRID,
    )  # fmt: skip
    return alt.Y("row:N", title=None, scale=alt.Scale(domain=places), axis=labels)


def _headings(names: list[str], x: alt.XDatum | alt.XValue, y: alt.Y) -> alt.Chart:
    """Beside the line, which would cross them, or at the left end."""
    mark = alt.Chart(pd.DataFrame({"row": names})).mark_text(align="left", dx=6, dy=4, fontWeight="bold")
    return mark.encode(x=x, y=y, text=alt.Text("row:N"))


def _on_axis(trial: Trial, figure: float | None) -> float | None:
    """As it is drawn: points are hundredths."""
    return 100 * figure if trial.kind == POINTS and figure is not None else figure


def _part(trial: Trial, row: Row) -> str:
    """Its name and, if the trial is judged, what came out there."""
    if trial.line is None:
        return row.part
    found = outcome(row.figures, trial.line)
    if trial.claimed is not None:
        found += ", right" if is_right(row.figures, trial.line, trial.claimed) else ", not right"
    return f"{row.part}: {found}"


def _label(part: str) -> str:
    return part if len(part) <= ONE_LINE else part.replace(": ", _BETWEEN)


def _table(trial: Trial, rows: tuple[Row, ...]) -> pd.DataFrame:
    """A row for each figure of the trial.  A logarithm has no 0: such a figure is drawn at the least one above it."""
    table = pd.DataFrame(
        [
            {
                "trial": trial.name,
                "dataset": row.part,
                "row": trial.name + _BETWEEN + _label(_part(trial, row)),
                "repeat": number,
                "figure": _on_axis(trial, figure),
                "median": _on_axis(trial, float(np.median(row.figures))),
                "detail": row.detail,
            }
            for row in rows
            if row.trial == trial.name
            for number, figure in enumerate(row.figures, start=1)
        ]
    )
    if trial.kind != RATIO:
        return table.assign(drawn=table.figure)
    least = min((figure for figure in table.figure if figure > 0), default=1)
    return table.assign(drawn=table.figure.clip(lower=least), median=table["median"].clip(lower=least))


def _domain(kind: str, values: Sequence[float]) -> tuple[float, float]:
    """All of them, with a margin."""
    low, high = min(values), max(values)
    if kind == RATIO:
        low, high = np.log(low), np.log(high)
        margin = max(MARGIN * (high - low), LEAST_MARGIN[kind])
        return float(np.exp(low - margin)), float(np.exp(high + margin))
    margin = max(MARGIN * (high - low), LEAST_MARGIN[kind])
    return float(low - margin), float(high + margin)


def _side(line: float, high: float, x_scale: alt.Scale) -> list[alt.Chart]:
    """The line, and a shade from there to the end of the axis."""
    place = alt.Chart(pd.DataFrame({"line": [line], "end": [high]}))
    x = alt.X("line:Q", scale=x_scale)
    return [
        place.mark_rect(color=POSITIVE, opacity=0.12).encode(x=x, x2=alt.X2("end:Q")),
        place.mark_rule(color=LINE_COLOUR, strokeWidth=1.5).encode(x=x),
    ]


def _corner(words: str) -> alt.Chart:
    """Above the picture, at its right end."""
    mark = alt.Chart(pd.DataFrame({"text": [words]})).mark_text(align="right", dy=-8, y=0)
    return mark.encode(x=alt.value("width"), text=alt.Text("text:N"))


def _claimed(claimed: float, x_scale: alt.Scale) -> list[alt.Chart]:
    place = alt.Chart(pd.DataFrame({"claimed": [claimed], "text": [_CLAIMED.format(claimed=written(claimed))]}))
    x = alt.X("claimed:Q", scale=x_scale)
    return [
        place.mark_rule(color=LINE_COLOUR, strokeWidth=2, strokeDash=[5, 4]).encode(x=x),
        place.mark_text(align="center", dy=-22, y=0).encode(x=x, text=alt.Text("text:N")),
    ]
