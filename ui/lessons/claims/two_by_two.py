"""The 2 × 2 of centre and slope: in each dataset, a line for each slope from the function that is not zero-centred to
the one that is."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.claims import Row, Trial, interval
from core.claims.learning import LARGE_SLOPE, SMALL_SLOPE
from ui.charts.layers import LEGEND
from ui.charts.palette import activation_look
from ui.charts.specification import vega_lite
from ui.lessons.claims.details import detail, part_label
from ui.shell.labels import label
from ui.shell.language import N_, _

HEIGHT = 320
_CENTRES = (N_("not centred"), N_("zero-centred"))
# By the legend: the functions, and whose colour it is.
_SLOPES = {
    N_("slope up to 1/4 (Sigmoid)"): (SMALL_SLOPE, "sigmoid"),
    N_("slope up to 1 (Tanh)"): (LARGE_SLOPE, "tanh"),
}
_SUBTITLE = N_("In each dataset, left: not centred, right: zero-centred")


def two_by_two_chart(trials: Sequence[Trial], rows: Sequence[Row]) -> dict:
    """The Vega-Lite specification for the epochs of the four functions, one trial each."""
    table = _table(trials, rows)
    slopes = [_(slope) for slope in _SLOPES]
    legend = alt.Legend(**LEGEND, symbolOpacity=1)  # one of colour and dash
    colour = alt.Color(
        "slope:N",
        title=None,
        sort=slopes,
        scale=alt.Scale(domain=slopes, range=[activation_look(name).colour for functions, name in _SLOPES.values()]),
        legend=legend,
    )
    scale = alt.Scale(type="log", nice=False, padding=10)
    base = alt.Chart(table).encode(
        x=alt.X("dataset:N", title=None, sort=list(dict.fromkeys(table.dataset)), axis=alt.Axis(labelAngle=0)),
        xOffset=alt.XOffset("centre:N", sort=[_(centre) for centre in _CENTRES]),
        y=alt.Y("median:Q", title=_("Epochs (log scale)"), scale=scale, axis=alt.Axis(tickCount=5, format="~g")),
        color=colour,
        tooltip=[
            alt.Tooltip("activation:N", title=_("Activation function")),
            alt.Tooltip("dataset:N", title=_("Part")),
            alt.Tooltip("median:Q", title=_("Median"), format=".3g"),
            alt.Tooltip("least:Q", title=_("95 % interval from"), format=".3g"),
            alt.Tooltip("greatest:Q", title=_("95 % interval to"), format=".3g"),
            alt.Tooltip("detail:N", title=_("Details")),
        ],
    )
    lines = base.mark_line(strokeWidth=2).encode(detail=["dataset:N", "slope:N"], strokeDash=alt.StrokeDash(
        "slope:N", title=None, sort=slopes, scale=alt.Scale(domain=slopes, range=[[5, 3], [1, 0]]), legend=legend
    ))  # fmt: skip
    intervals = base.mark_rule(opacity=0.6).encode(y=alt.Y("least:Q", scale=scale), y2=alt.Y2("greatest:Q"))
    points = base.mark_circle(size=60, opacity=1)
    title = alt.Title(_(trials[0].picture), subtitle=_(_SUBTITLE), subtitleFontSize=12)
    return vega_lite(alt.layer(lines, intervals, points).properties(title=title, height=HEIGHT))


def _table(trials: Sequence[Trial], rows: Sequence[Row]) -> pd.DataFrame:
    """A row for each function and dataset."""
    activations = {trial.name: trial.activation for trial in trials}
    places = {name: (slope, place) for slope, (names, look) in _SLOPES.items() for place, name in enumerate(names)}
    records = []
    for row in rows:
        if row.trial in activations:
            slope, place = places[activations[row.trial]]
            least, greatest = np.clip(interval(row.figures), min(row.figures), max(row.figures))
            records.append(
                {
                    "dataset": part_label(row.part), "activation": label("activation", activations[row.trial]),
                    "slope": _(slope), "centre": _(_CENTRES[place]), "median": float(np.median(row.figures)),
                    "least": float(least), "greatest": float(greatest), "detail": detail(row),
                }
            )  # fmt: skip
    return pd.DataFrame(records)
