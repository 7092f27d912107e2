"""A trial of a claim: a dot for each repeat, the median of each part, and the side that speaks for the claim."""

from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from core.claims import LOSS, POINTS, RATIO, SHARE, Row, Trial, is_right, outcome
from ui.charts.palette import LINE_COLOUR, POSITIVE, activation_look

ROW, SURROUNDINGS = 36, 150  # pixels: of a part, whose label has two lines; of title, words above, and axis
MARGIN = 0.06  # of the axis, beyond the outermost figure at each end
TICKS = 5
_AXES = {
    RATIO: "Ratio (1: no difference)",
    SHARE: "Share",
    POINTS: "Percentage points",
    LOSS: "Difference of losses",
}
_LABELS = {SHARE: "format(datum.value, '.0%')", POINTS: "format(100 * datum.value, '~g')"}
_FOR, _CLAIMED, _COMPARISON = "for the claim →", "claimed: {claimed:g}", "for comparison"
_ABOVE = 30  # pixels for such words, between title and picture


@lru_cache(maxsize=64)
def trial_chart(trial: Trial, rows: tuple[Row, ...], repeat_noun: str) -> dict:
    """The Vega-Lite specification for the rows of this trial, not to be changed; ratios have a logarithmic axis."""
    table = _table(trial, rows, repeat_noun)
    low, high = _domain(trial, table.drawn)
    x_scale = alt.Scale(domain=[low, high], type="log" if trial.kind == RATIO else "linear", nice=False)
    axis = alt.Axis(tickCount=TICKS, format="~g", labelFlush=True, labelOverlap=True)
    if trial.kind in _LABELS:
        axis = alt.Axis(tickCount=TICKS, labelExpr=_LABELS[trial.kind], labelFlush=True, labelOverlap=True)
    x = alt.X("drawn:Q", title=_AXES[trial.kind], scale=x_scale, axis=axis)
    y = alt.Y(
        "part:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            ticks=False, labelExpr="split(datum.label, ': ')", labelLimit=0, labelOverlap=False, grid=True, domain=False
        ),
    )
    colour = activation_look(trial.activation).colour
    tooltip = [
        alt.Tooltip("dataset:N", title="in"),
        alt.Tooltip("repeat:N", title=repeat_noun),
        alt.Tooltip("figure:Q", format=".3g"),
        alt.Tooltip("median:Q", format=".3g"),
        alt.Tooltip("detail:N"),
    ]
    dots = (
        alt.Chart(table)
        .mark_circle(color=colour, opacity=0.55, size=36)
        .encode(x=x, y=y, yOffset=alt.YOffset("repeat:O", scale=alt.Scale(paddingOuter=1)), tooltip=tooltip)
    )
    medians = (
        alt.Chart(table.drop_duplicates("part"))
        .mark_tick(color=colour, opacity=1, thickness=4, size=ROW * 0.7)
        .encode(x=alt.X("median:Q", scale=x_scale), y=y, tooltip=tooltip)
    )
    layers = [dots, medians]
    if trial.line is None:
        layers.append(_corner(_COMPARISON))
    else:
        layers = [*_side(trial.line, high, x_scale), *layers, _corner(_FOR)]
    if trial.claimed is not None:
        layers += _claimed(trial.claimed, x_scale)
    title = alt.Title(trial.name, offset=_ABOVE)
    return alt.layer(*layers).properties(title=title, height=ROW * len(rows) + SURROUNDINGS).to_dict()


def trial_text(trial: Trial, rows: tuple[Row, ...], part_noun: str) -> str:
    """The same in words."""
    said = "; ".join(f"{_part(trial, row)}, {np.median(row.figures):.3g}" for row in rows)
    line = f" Above {trial.line:g} speaks for the claim." if trial.line is not None else ""
    return f"{trial.name}: {trial.what}, median of each {part_noun}.{line} {said}."


def _part(trial: Trial, row: Row) -> str:
    """Its name and, if the trial is judged, what came out there."""
    if trial.line is None:
        return row.part
    found = outcome(row.figures, trial.line)
    if trial.claimed is None:
        return f"{row.part}: {found}"
    return f"{row.part}: {found}, {'right' if is_right(row.figures, trial.line, trial.claimed) else 'not right'}"


def _table(trial: Trial, rows: tuple[Row, ...], repeat_noun: str) -> pd.DataFrame:
    """A row for each figure.  A logarithm has no 0: such a figure is drawn at the least one above it."""
    table = pd.DataFrame(
        [
            {
                "dataset": row.part,
                "part": _part(trial, row),
                "repeat": number,
                "figure": figure,
                "median": float(np.median(row.figures)),
                "detail": row.detail,
            }
            for row in rows
            for number, figure in enumerate(row.figures, start=1)
        ]
    )
    if trial.kind != RATIO:
        return table.assign(drawn=table.figure)
    least = min((figure for figure in table.figure if figure > 0), default=1)
    return table.assign(drawn=table.figure.clip(lower=least), median=table["median"].clip(lower=least))


def _domain(trial: Trial, drawn: pd.Series) -> tuple[float, float]:
    """All figures, the line and what is claimed, with a margin."""
    ends = [drawn.min(), drawn.max(), *(value for value in (trial.line, trial.claimed) if value is not None)]
    if trial.kind == RATIO:
        low, high = np.log(min(ends)), np.log(max(ends))
        margin = max(MARGIN * (high - low), 0.1)
        return float(np.exp(low - margin)), float(np.exp(high + margin))
    margin = max(MARGIN * (max(ends) - min(ends)), 0.01)
    return float(min(ends) - margin), float(max(ends) + margin)


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
    place = alt.Chart(pd.DataFrame({"claimed": [claimed], "text": [_CLAIMED.format(claimed=claimed)]}))
    x = alt.X("claimed:Q", scale=x_scale)
    return [
        place.mark_rule(color=LINE_COLOUR, strokeWidth=2, strokeDash=[5, 4]).encode(x=x),
        place.mark_text(align="center", dy=-22, y=0).encode(x=x, text=alt.Text("text:N")),
    ]
