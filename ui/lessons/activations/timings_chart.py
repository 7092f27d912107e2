"""How long activation functions take: a bar for each, the fastest on top."""

from operator import attrgetter

import altair as alt
import pandas as pd

from core.lessons.stopwatch import Measurement, Timing
from ui.charts.palette import LINE_COLOUR, activation_look
from ui.shell.numbers import fixed

BAR, SURROUNDINGS = 24, 110  # pixels; the second: axis and legend
PARTS = ("value", "slope")
NO_KERNEL = "*"
_ROOM = 1.25  # times the longest bar, for the label behind it


def timings_chart(measured: Measurement) -> dict:
    """The Vega-Lite specification: milliseconds for the value and, paler, for the slope, labelled with their sum."""
    rows = sorted(measured.timings, key=attrgetter("both"))
    names = [row.name for row in rows]
    parts = [{"function": row.name, "part": part, "time": getattr(row, part)} for row in rows for part in PARTS]
    ends = [{"function": row.name, "both": row.both, "label": _label(row)} for row in rows]
    y = alt.Y("function:N", sort=names, title=None, axis=alt.Axis(labelLimit=0))
    scale = alt.Scale(domain=[0, _ROOM * rows[-1].both], nice=False)
    x = {"title": "Milliseconds for a million values", "scale": scale, "axis": alt.Axis(tickCount=6)}
    colours = alt.Scale(domain=names, range=[activation_look(name).colour for name in names])
    opacities = alt.Scale(domain=PARTS, range=[1, 0.5])
    legend = alt.Legend(title=None, orient="bottom", symbolFillColor=LINE_COLOUR, symbolStrokeWidth=0)
    bars = (
        alt.Chart(pd.DataFrame(parts))
        .mark_bar()
        .encode(
            x=alt.X("time:Q", **x), y=y, color=alt.Color("function:N", scale=colours, legend=None),
            opacity=alt.Opacity("part:O", scale=opacities, legend=legend),
            order=alt.Order("part:N", sort="descending"),  # the value first
            tooltip=[
                alt.Tooltip("function:N"), alt.Tooltip("part:N"),
                alt.Tooltip("time:Q", title="milliseconds", format=".3f"),
            ],
        )
    )  # fmt: skip
    labels = alt.Chart(pd.DataFrame(ends)).mark_text(align="left", dx=5, fontSize=12)
    labels = labels.encode(x=alt.X("both:Q", **x), y=y, text=alt.Text("label:N"))
    return alt.layer(bars, labels).properties(height=BAR * len(rows) + SURROUNDINGS).to_dict()


def timings_text(measured: Measurement) -> str:
    """The picture of `timings_chart` in words, for those who cannot see it."""
    rows = sorted(measured.timings, key=attrgetter("both"))
    times = "; ".join(f"{row.name}: {fixed(row.value, 2)} and {fixed(row.slope, 2)}" for row in rows)
    return f"Milliseconds for the values and for the slopes of a million numbers. {times}."


def _label(row: Timing) -> str:
    return f"{fixed(row.both, 2)} ms" if row.has_kernel else f"{fixed(row.both, 2)} ms {NO_KERNEL}"
