"""Mending one mistake: what it does to that sample, and to the others."""

import altair as alt
import pandas as pd

from core.lessons.correction import Mending
from ui.charts.lines import line_channels
from ui.charts.palette import DASHES, LINE_COLOUR, NEGATIVE, POSITIVE, Look
from ui.shell.numbers import percent, written

HEIGHT, LEGEND = 220, 40  # pixels
LOOKS = {"broken": Look(NEGATIVE, DASHES[0]), "mended": Look(POSITIVE, DASHES[1])}


def probability_chart(mending: Mending) -> dict:
    """The Vega-Lite specification of the true class's probability, over the change of the weights."""
    table = pd.DataFrame({"change": mending.change, "probability": mending.probability})
    y = alt.Y("probability:Q", title="Probability", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5))
    tooltip = [alt.Tooltip("change:Q", format=".2%"), alt.Tooltip("probability:Q", format=".3g")]
    line = alt.Chart(table).mark_line(color=LINE_COLOUR, strokeWidth=2.5, point={"size": 12, "color": LINE_COLOUR})
    chart = alt.layer(*_rule(mending), line.encode(x=_across(), y=y, tooltip=tooltip))
    return chart.properties(title="This sample: its true class, at temperature 1", height=HEIGHT).to_dict()


def others_chart(mending: Mending) -> dict:
    """The Vega-Lite specification of how many other test samples become wrong and right, over the same change."""
    table = pd.DataFrame({"change": mending.change, "broken": mending.broken, "mended": mending.mended})
    table = table.melt("change", var_name="others", value_name="samples")
    colour, dash = line_channels("others", LOOKS, "2")
    base = alt.Chart(table).mark_line(strokeWidth=2.5, interpolate="step-after")
    lines = base.encode(
        x=_across(),
        y=alt.Y("samples:Q", title="Samples", axis=alt.Axis(tickMinStep=1)),
        color=colour,
        strokeDash=dash,
        tooltip=[alt.Tooltip("change:Q", format=".2%"), alt.Tooltip("others:N"), alt.Tooltip("samples:Q")],
    )
    title = "Other test samples, that were right or wrong before"
    return alt.layer(*_rule(mending), lines).properties(title=title, height=HEIGHT + LEGEND).to_dict()


def probability_text(mending: Mending) -> str:
    """The picture of `probability_chart` in words, for those who cannot see it."""
    first, last = mending.probability[[0, -1]]
    return (
        f"The true class's probability, at temperature 1, goes from {written(first, 3)} to {written(last, 3)} as the "
        f"weights change{_until(mending)}."
    )


def others_text(mending: Mending) -> str:
    """The picture of `others_chart` in words, for those who cannot see it."""
    return (
        f"As the weights changed{_until(mending)}, {mending.broken[-1]} of the other test samples went from right to "
        f"wrong, and {mending.mended[-1]} from wrong to right."
    )


def _until(mending: Mending) -> str:
    return f" by up to {percent(mending.change[-1])} of their length"


def _across() -> alt.X:
    return alt.X("change:Q", title="Change of all weights", axis=alt.Axis(format=".1%", tickCount=5))


def _rule(mending: Mending) -> list[alt.Chart]:
    """Where the sample becomes right, if it does."""
    if mending.right_after is None:
        return []
    table = pd.DataFrame({"change": [mending.change[mending.right_after]]})
    return [alt.Chart(table).mark_rule(color=LINE_COLOUR, strokeDash=[3, 3]).encode(x=_across())]
