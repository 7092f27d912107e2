"""How long activation functions take: a bar for each, the fastest on top."""

from operator import attrgetter

import altair as alt
import pandas as pd

from core.lessons.stopwatch import Measurement, Timing
from ui.charts.palette import LINE_COLOUR, activation_look
from ui.charts.specification import vega_lite
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import fixed

BAR, SURROUNDINGS = 24, 110  # pixels; the second: axis and legend
PARTS = {"value": N_("Value"), "slope": N_("Slope")}
_TIME, _WITHOUT_KERNEL = N_("{time} ms"), N_("{time} ms *")
_WORDS = N_("Milliseconds for the values and for the slopes of a million numbers. {times}.")
_OF_ONE = N_("{function}: {value} and {slope}")
_ROOM = 1.25  # times the longest bar, for the label behind it


def timings_chart(measured: Measurement) -> dict:
    """The Vega-Lite specification: milliseconds for the value and, paler, for the slope, labelled with their sum."""
    rows = sorted(measured.timings, key=attrgetter("both"))
    names = [label("activation", row.name) for row in rows]
    kinds = [_(part) for part in PARTS.values()]
    parts = [
        {"function": name, "part": kind, "place": place, "time": getattr(row, part)}
        for name, row in zip(names, rows) for place, (part, kind) in enumerate(zip(PARTS, kinds))
    ]  # fmt: skip
    ends = [{"function": name, "both": row.both, "label": _label(row)} for name, row in zip(names, rows)]
    y = alt.Y("function:N", sort=names, title=None, axis=alt.Axis(labelLimit=0, labelFontSize=13))
    scale = alt.Scale(domain=[0, _ROOM * rows[-1].both], nice=False)
    x = {"title": _("Milliseconds for a million values"), "scale": scale, "axis": alt.Axis(tickCount=6)}
    colours = alt.Scale(domain=names, range=[activation_look(row.name).colour for row in rows])
    opacities = alt.Scale(domain=kinds, range=[1, 0.5])
    legend = alt.Legend(title=None, orient="bottom", symbolFillColor=LINE_COLOUR, symbolStrokeWidth=0)
    bars = (
        alt.Chart(pd.DataFrame(parts))
        .mark_bar()
        .encode(
            x=alt.X("time:Q", **x), y=y, color=alt.Color("function:N", scale=colours, legend=None),
            opacity=alt.Opacity("part:O", scale=opacities, legend=legend),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("function:N", title=_("Function")), alt.Tooltip("part:N", title=_("Part")),
                alt.Tooltip("time:Q", title=_("Milliseconds"), format=".3f"),
            ],
        )
    )  # fmt: skip
    labels = alt.Chart(pd.DataFrame(ends)).mark_text(align="left", dx=5, fontSize=12)
    labels = labels.encode(x=alt.X("both:Q", **x), y=y, text=alt.Text("label:N"))
    return vega_lite(alt.layer(bars, labels).properties(height=BAR * len(rows) + SURROUNDINGS))


def timings_text(measured: Measurement) -> str:
    """The picture of `timings_chart` in words, for those who cannot see it."""
    rows = sorted(measured.timings, key=attrgetter("both"))
    times = [
        _(_OF_ONE, function=label("activation", row.name), value=fixed(row.value, 2), slope=fixed(row.slope, 2))
        for row in rows
    ]
    return _(_WORDS, times="; ".join(times))


def _label(row: Timing) -> str:
    return _(_TIME if row.has_kernel else _WITHOUT_KERNEL, time=fixed(row.both, 2))
