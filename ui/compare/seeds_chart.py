"""Every seed's test accuracy, network by network: how far the networks overlap."""

import numpy as np

from core import History
from core.analysis.repeats import mean_figures, runs_by_setting
from ui.charts.curves import TITLES
from ui.charts.layers import LEAST_SHARES, SCHEMA, Rows, in_lines, layer, no_narrower, one_each, quantity
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.linked import brought_out, linked
from ui.charts.palette import LINE_COLOUR, setting_looks
from ui.charts.steady import steady, steady_scale
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
    looks, measure = setting_looks(history.experiment), _measure(history)
    labels, label_height = in_lines(list(looks))
    row_height = max(ROW_HEIGHT, label_height)
    scale = steady_scale("x", nice=True, padding=12)
    axis = {"labelExpr": in_percent(), "tickCount": 6}
    x = quantity("test_accuracy", seeds_title(history), scale=scale, axis=axis)
    colours = one_each(looks, [look.colour for look in looks.values()])
    channels = {
        "x": x,
        "y": nominal("network", sort=list(looks), axis={"ticks": False, "grid": True, "gridOpacity": 0.4, **labels}),
        "color": nominal("network", scale=colours, legend=None),
    }
    network = nominal("network", _("Network"))
    of_seed = [
        network,
        {"field": "seed", "type": "ordinal", "title": _("Seed")},
        nominal("told", measure),
    ]
    place = quantity("place", scale={"domain": [0, 1]})  # of a row's height
    dots = layer(
        "seeds",
        {"type": "circle", "size": 50, "opacity": 1},
        yOffset=place,
        fillOpacity=brought_out(0.7),
        tooltip=of_seed,
        **channels,
    )
    mean = nominal("told", _(_MEAN, measure=accuracy(history.experiment.dataset)))
    bars = layer(
        "means",
        {"type": "tick", "thickness": 3, "size": row_height - 4},
        yOffset={"datum": 0.5},
        fillOpacity=brought_out(),
        tooltip=[network, mean],
        **channels,
    )
    rule = layer("level", {"type": "rule", "color": LINE_COLOUR, "strokeDash": [5, 4]}, x=x)
    level = [{"test_accuracy": chance}] if is_in_sight(history, chance) else []
    datasets = {"seeds": _seeds(history), "means": _means(history), "level": level}
    height = len(looks) * row_height + SURROUNDINGS
    specification = linked(SCHEMA | {"layer": [rule, dots, bars], "height": height, "datasets": datasets})
    drawn = [*_ends(history), *(row["test_accuracy"] for row in level)]
    return steady(specification, seeds_text(history, chance), x=(min(drawn), max(drawn)))


def seeds_title(history: History) -> str:
    """What `seeds_chart` is of."""
    return _(_AFTER, measure=_measure(history))


def is_in_sight(history: History, chance: float) -> bool:
    """Whether chance level is drawn: not if it is so far from all accuracies that these would be squeezed together."""
    accuracies = history.test_accuracy[:, -1]
    return bool(accuracies.min() - chance <= np.ptp(accuracies) or _ends(history)[0] <= chance)


def _ends(history: History) -> tuple[float, float]:
    """Of the axis without chance level."""
    return no_narrower(history.test_accuracy[:, -1], LEAST_SHARES, 1.0)


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


def _seeds(history: History) -> Rows:
    accuracies = history.test_accuracy[:, -1].tolist()
    return [
        {
            "network": name,
            "seed": history.experiment.runs[run].seed,
            "test_accuracy": accuracies[run],
            "told": percent(accuracies[run]),
            "place": (number + 0.5) / len(runs),  # one below the other, so that equal ones are seen
        }
        for name, runs in zip(setting_labels(history.experiment), runs_by_setting(history.experiment))
        for number, run in enumerate(runs)
    ]


def _means(history: History) -> Rows:
    means = mean_figures(history).test_accuracy.tolist()
    return [
        {"network": name, "test_accuracy": mean, "told": percent(mean)}
        for name, mean in zip(setting_labels(history.experiment), means)
    ]
