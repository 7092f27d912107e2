"""Every seed's test accuracy, network by network: how far the networks overlap."""

import altair as alt
import numpy as np
import pandas as pd

from core import History
from core.analysis.repeats import mean_figures, runs_by_setting
from ui.charts.curves import TITLES
from ui.charts.layers import in_lines
from ui.charts.lines import in_percent
from ui.charts.linked import brought_out, linked
from ui.charts.palette import LINE_COLOUR, setting_looks
from ui.charts.specification import vega_lite
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import percent
from ui.shell.parts import accuracy, as_named

_IN_WORDS = N_("{measure} of every seed, from the lowest to the highest. {networks}. Chance level: {chance}.")
_AFTER, _MEAN = N_("{measure} after the last epoch"), N_("Mean {measure}")
_RANGE = N_("{network}: {low} to {high}")
ROW_HEIGHT, SURROUNDINGS = 30, 60  # pixels of a network's row, and of the axis


def seeds_chart(history: History, chance: float) -> dict:
    """The Vega-Lite specification: a row for each network, a dot for each seed, a bar at their mean, and a dashed rule
    at chance level unless it is out of sight (see `is_in_sight`)."""
    looks = setting_looks(history.experiment)
    names, colours = list(looks), [look.colour for look in looks.values()]
    table, means = _seeds(history), mean_figures(history)[["test_accuracy"]].assign(network=names)
    measure = _measure(history)
    after = _(_AFTER, measure=measure)
    x = alt.X("test_accuracy:Q", title=after, scale=alt.Scale(zero=False, padding=12))
    labels, label_height = in_lines(names)
    row_height = max(ROW_HEIGHT, label_height)
    y = alt.Y("network:N", sort=names, title=None, axis=alt.Axis(ticks=False, grid=True, gridOpacity=0.4, **labels))
    channels = {
        "x": x.axis(labelExpr=in_percent(), tickCount=6),
        "y": y,
        "color": alt.Color("network:N", scale=alt.Scale(domain=names, range=colours), legend=None),
    }
    within = alt.Scale(domain=[0, 1])  # of a row's height
    network = alt.Tooltip("network:N", title=_("Network"))
    of_seed = alt.Tooltip("test_accuracy:Q", format=".1%", title=measure)
    tooltip = [network, alt.Tooltip("seed:O", title=_("Seed")), of_seed]
    dots = alt.Chart(table).mark_circle(size=50, opacity=1)
    dots = dots.encode(
        **channels,
        yOffset=alt.YOffset("place:Q", scale=within),
        fillOpacity=alt.FillOpacityValue(**brought_out(0.7)),
        tooltip=tooltip,
    )
    mean = alt.Tooltip("test_accuracy:Q", format=".1%", title=_(_MEAN, measure=accuracy(history.experiment.dataset)))
    bars = alt.Chart(means).mark_tick(thickness=3, size=row_height - 4)
    bars = bars.encode(
        **channels,
        yOffset=alt.YOffset(datum=0.5),
        fillOpacity=alt.FillOpacityValue(**brought_out()),
        tooltip=[network, mean],
    )
    layers = [dots, bars]
    if is_in_sight(history, chance):
        level = alt.Chart(pd.DataFrame({"test_accuracy": [chance]}))
        layers.insert(0, level.mark_rule(color=LINE_COLOUR, strokeDash=[5, 4]).encode(x=x))
    chart = alt.layer(*layers).properties(height=len(names) * row_height + SURROUNDINGS)
    return linked(vega_lite(chart))


def is_in_sight(history: History, chance: float) -> bool:
    """Whether chance level is drawn: not if it is so far from all accuracies that these would be squeezed together."""
    accuracies = history.test_accuracy[:, -1]
    return bool(accuracies.min() - chance <= np.ptp(accuracies))


def seeds_text(history: History, chance: float) -> str:
    """The picture of `seeds_chart` in words, for those who cannot see it."""
    rows = zip(setting_labels(history.experiment), mean_figures(history).itertuples())
    parts = [
        _(_RANGE, network=name, low=percent(row.test_accuracy_least), high=percent(row.test_accuracy_greatest))
        for name, row in rows
    ]
    return _(_IN_WORDS, measure=_measure(history), networks="; ".join(parts), chance=percent(chance))


def _measure(history: History) -> str:
    return _(TITLES[as_named(history.experiment.dataset, "test_accuracy")])


def _seeds(history: History) -> pd.DataFrame:
    names = setting_labels(history.experiment)
    accuracies = history.test_accuracy[:, -1]
    rows = [
        {
            "network": name,
            "seed": history.experiment.runs[run].seed,
            "test_accuracy": accuracies[run],
            "place": (number + 0.5) / len(runs),  # one below the other, so that equal ones are seen
        }
        for name, runs in zip(names, runs_by_setting(history.experiment))
        for number, run in enumerate(runs)
    ]
    return pd.DataFrame(rows)
