"""A picture of a claim: a dot for each repeat, the median of each part with its interval, and the side that speaks for
the claim."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.claims import (
    AUXILIARY,
    EPOCHS,
    LOSS,
    MECHANISM,
    POINTS,
    RATIO,
    SHARE,
    TRIVIAL,
    Row,
    Trial,
    interval,
    outcome,
    right,
)
from ui.charts.palette import LINE_COLOUR, POSITIVE, activation_look
from ui.charts.specification import vega_lite
from ui.lessons.claims.details import detail, part_label
from ui.lessons.claims.two_by_two import two_by_two_chart
from ui.shell.language import N_, _
from ui.shell.numbers import written

ROWS = {1: 24, 2: 42}  # pixels of a part, by the lines of its label
SURROUNDINGS = 140  # pixels of title, words above, and axis
ONE_LINE, LINE = 25, 14  # letters of a label, and its pixels from above to below
MARGIN = 0.06  # of the axis, beyond the outermost figure at each end
LEAST_MARGIN = {RATIO: 0.1, SHARE: 0.01, POINTS: 1, LOSS: 0.01, EPOCHS: 1}  # of ratios, of their logarithm
TICKS = 5
_AXES = {
    RATIO: N_("Ratio (log scale; 1: no difference)"),
    SHARE: N_("Share (%)"),
    POINTS: N_("Difference in percentage points"),
    LOSS: N_("Difference of losses"),
}
_LABELS = {RATIO: "~g", SHARE: ".0%", POINTS: "~f", LOSS: "~g", EPOCHS: "~g"}
_FOR, _NEAR = N_("supports the claim →"), N_("supports the claim: shaded")
_CLAIMED = N_("claimed: {claimed}")
_APART = {
    MECHANISM: N_("a mechanism: does not count"),
    AUXILIARY: N_("for comparison: does not count"),
    TRIVIAL: N_("true by definition: does not count"),
}
_PART_AND_OUTCOME = N_("{part}: {outcome}")
_TEXT = N_("{name}: {what}. Medians: {medians}.")
_TEXT_FOR = N_("{name}: {what}. Above {line} supports the claim. Medians: {medians}.")
_TEXT_NEAR = N_("{name}: {what}. Between {least} and {greatest} supports the claim. Medians: {medians}.")
_MEDIAN = N_("{part}, {median}")
_REPEATS = {"seed": N_("Seed"), "turn": N_("Turn")}
_ABOVE, _LETTERS = 32, 12  # pixels for such words, between title and picture, and of their letters
_BETWEEN = "|"  # the lines of a label, of which the first, the trial's, is not shown
_NO_GRID = {"condition": {"test": f"indexof(datum.value, '{_BETWEEN}') < 0", "value": 0}, "value": 1}


def picture_chart(trials: tuple[Trial, ...], rows: tuple[Row, ...], repeat_noun: str) -> dict:
    """The Vega-Lite specification for the rows of these trials, which share a picture.

    Trials that share one have their labels as headings.  Ratios have a logarithmic axis.
    """
    first = trials[0]
    if first.kind == EPOCHS:
        return two_by_two_chart(trials, rows)
    table = pd.concat([_table(trial, rows) for trial in trials])
    line, claimed = _on_axis(first, first.line), _on_axis(first, first.claimed)
    side = [] if line is None else [_on_axis(first, end) for end in right(first) if np.isfinite(end)]
    in_sight = [*table.drawn, *side, *(value for value in (line, claimed) if value is not None)]
    low, high = _domain(first.kind, in_sight)
    x_scale = alt.Scale(domain=[low, high], type="log" if first.kind == RATIO else "linear", nice=False)
    axis = alt.Axis(tickCount=TICKS, format=_LABELS[first.kind], labelFlush=True, labelOverlap=True)
    x = alt.X("drawn:Q", title=_(_AXES[first.kind]), scale=x_scale, axis=axis)
    places = [place for trial in trials for place in _places(trial, table, with_heading=len(trials) > 1)]
    lines = max(place.count(_BETWEEN) for place in places)
    y, row = _down(places, lines), ROWS[lines]
    numbers = ".1%" if first.kind == SHARE else ".3g"
    tooltip = [
        alt.Tooltip("trial:N", title=_("Trial")),
        alt.Tooltip("part:N", title=_("Part")),
        alt.Tooltip("repeat:N", title=_(_REPEATS[repeat_noun])),
        alt.Tooltip("figure:Q", title=_("Figure"), format=numbers),
        alt.Tooltip("median:Q", title=_("Median"), format=numbers),
        alt.Tooltip("least:Q", title=_("95 % interval from"), format=numbers),
        alt.Tooltip("greatest:Q", title=_("95 % interval to"), format=numbers),
        alt.Tooltip("detail:N", title=_("Details")),
    ]
    colour = alt.Color("colour:N", scale=None)
    dots = (
        alt.Chart(table)
        .mark_circle(opacity=0.55, size=36)
        .encode(
            x=x, y=y, color=colour, yOffset=alt.YOffset("repeat:O", scale=alt.Scale(paddingOuter=1)), tooltip=tooltip
        )
    )
    medians = (
        alt.Chart(table.drop_duplicates("row"))
        .mark_tick(opacity=1, thickness=4, size=row * 0.7)
        .encode(color=colour, x=alt.X("median:Q", scale=x_scale), y=y, tooltip=tooltip)
    )
    intervals = (
        alt.Chart(table.drop_duplicates("row"))
        .mark_rule(strokeWidth=3, opacity=0.8)
        .encode(color=colour, x=alt.X("least:Q", scale=x_scale), x2=alt.X2("greatest:Q"), y=y, tooltip=tooltip)
    )
    layers = [dots, intervals, medians]
    if len(trials) > 1:
        layers.append(_headings(trials, alt.value(0) if line is None else alt.datum(line), y))
    if line is None:
        layers.append(_corner(_(_APART[first.role])))
    else:
        shade = side if claimed is not None else [line, high]
        layers = [*_side(line, *shade, x_scale), *layers, _corner(_(_FOR if claimed is None else _NEAR))]
    if claimed is not None:
        layers += _claimed(claimed, x_scale)
    title = alt.Title(_(first.picture or first.label), offset=_ABOVE)
    return vega_lite(alt.layer(*layers).properties(title=title, height=row * len(places) + SURROUNDINGS))


def picture_text(trials: tuple[Trial, ...], rows: tuple[Row, ...]) -> str:
    """The picture of `picture_chart` in words, for those who cannot see it."""
    return " ".join(_text(trial, [row for row in rows if row.trial == trial.name]) for trial in trials)


def _text(trial: Trial, rows: Sequence[Row]) -> str:
    medians = "; ".join(
        _(_MEDIAN, part=_part(trial, row), median=written(_on_axis(trial, np.median(row.figures)), 3)) for row in rows
    )
    fields = {"name": _(trial.label), "what": _(trial.what), "medians": medians}
    if trial.line is None:
        return _(_TEXT, **fields)
    if trial.claimed is None:
        return _(_TEXT_FOR, line=written(_on_axis(trial, trial.line)), **fields)
    least, greatest = (written(_on_axis(trial, end), 3) for end in right(trial))
    return _(_TEXT_NEAR, least=least, greatest=greatest, **fields)


def _places(trial: Trial, table: pd.DataFrame, with_heading: bool) -> list[str]:
    """On the vertical axis, from above: the trial's label, if it is a heading, and a row for each part."""
    label = _(trial.label)
    return [label] * with_heading + list(table.row[table.trial == label].unique())


def _down(places: list[str], lines: int) -> alt.Y:
    """Vega puts the first line of a label beside its row: it goes up, so that all of them are."""
    labels = alt.Axis(
        labelExpr=f"slice(split(datum.value, '{_BETWEEN}'), 1)", labelLimit=0, labelOverlap=False, ticks=False,
        labelOffset=-LINE / 2 * (lines - 1), domain=False, grid=True, gridOpacity=_NO_GRID,
    )  # fmt: skip
    return alt.Y("row:N", title=None, scale=alt.Scale(domain=places), axis=labels)


def _headings(trials: Sequence[Trial], x: alt.XDatum | alt.XValue, y: alt.Y) -> alt.Chart:
    """Beside the line, which would cross them, or at the left end."""
    table = pd.DataFrame({"row": [_(trial.label) for trial in trials]})
    mark = alt.Chart(table).mark_text(align="left", dx=6, dy=4, fontWeight="bold", fontSize=_LETTERS)
    return mark.encode(x=x, y=y, text=alt.Text("row:N"))


def _on_axis(trial: Trial, figure: float | None) -> float | None:
    """As it is drawn: points are hundredths."""
    return 100 * figure if trial.kind == POINTS and figure is not None else figure


def _part(trial: Trial, row: Row) -> str:
    """Its name and, if the trial is judged, what came out there."""
    if trial.line is None:
        return part_label(row.part)
    return _(_PART_AND_OUTCOME, part=part_label(row.part), outcome=_(outcome(row.figures, *right(trial))))


def _label(part: str) -> str:
    return part if len(part) <= ONE_LINE else part.replace(": ", _BETWEEN)


def _table(trial: Trial, rows: tuple[Row, ...]) -> pd.DataFrame:
    """A row for each figure of the trial.  A logarithm has no 0: such a figure is drawn at the least one above it."""
    ends = {row.part: _shown(row.figures) for row in rows if row.trial == trial.name}
    table = pd.DataFrame(
        [
            {
                "trial": _(trial.label),
                "part": part_label(row.part),
                "row": _(trial.label) + _BETWEEN + _label(_part(trial, row)),
                "repeat": number,
                "figure": _on_axis(trial, figure),
                "median": _on_axis(trial, float(np.median(row.figures))),
                "least": _on_axis(trial, ends[row.part][0]),
                "greatest": _on_axis(trial, ends[row.part][1]),
                "colour": activation_look(trial.activation).colour,
                "detail": detail(row),
            }
            for row in rows
            if row.trial == trial.name
            for number, figure in enumerate(row.figures, start=1)
        ]
    )
    if trial.kind != RATIO:
        return table.assign(drawn=table.figure)
    least = min((figure for figure in table.figure if figure > 0), default=1)
    drawn = table[["median", "least", "greatest"]].clip(lower=least)
    return table.assign(drawn=table.figure.clip(lower=least), **drawn)


def _shown(figures: Sequence[float]) -> tuple[float, float]:
    """The interval of their median or, where they are too few for one, from the least to the greatest of them."""
    low, high = interval(figures)
    return max(low, min(figures)), min(high, max(figures))


def _domain(kind: str, values: Sequence[float]) -> tuple[float, float]:
    """All of them, with a margin."""
    low, high = min(values), max(values)
    if kind == RATIO:
        low, high = np.log(low), np.log(high)
        margin = max(MARGIN * (high - low), LEAST_MARGIN[kind])
        return float(np.exp(low - margin)), float(np.exp(high + margin))
    margin = max(MARGIN * (high - low), LEAST_MARGIN[kind])
    return float(low - margin), float(high + margin)


def _side(line: float, start: float, end: float, x_scale: alt.Scale) -> list[alt.Chart]:
    """The line, and a shade where the claim is right."""
    place = alt.Chart(pd.DataFrame({"line": [line], "start": [start], "end": [end]}))
    return [
        place.mark_rect(color=POSITIVE, opacity=0.12).encode(x=alt.X("start:Q", scale=x_scale), x2=alt.X2("end:Q")),
        place.mark_rule(color=LINE_COLOUR, strokeWidth=1.5).encode(x=alt.X("line:Q", scale=x_scale)),
    ]


def _corner(words: str) -> alt.Chart:
    """Above the picture, at its right end."""
    mark = alt.Chart(pd.DataFrame({"text": [words]})).mark_text(align="right", dy=-8, y=0, fontSize=_LETTERS)
    return mark.encode(x=alt.value("width"), text=alt.Text("text:N"))


def _claimed(claimed: float, x_scale: alt.Scale) -> list[alt.Chart]:
    place = alt.Chart(pd.DataFrame({"claimed": [claimed], "text": [_(_CLAIMED, claimed=written(claimed))]}))
    x = alt.X("claimed:Q", scale=x_scale)
    return [
        place.mark_rule(color=LINE_COLOUR, strokeWidth=2, strokeDash=[5, 4]).encode(x=x),
        place.mark_text(align="center", dy=-23, y=0, fontSize=_LETTERS).encode(x=x, text=alt.Text("text:N")),
    ]
