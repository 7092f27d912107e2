"""Accuracy against what it costs: multiply-adds, or epochs until a network is near its final accuracy."""

from collections.abc import Sequence

import numpy as np

from core import Grid
from core.analysis.luck import ROUNDING
from core.sweeps.front import NEAR, Front
from ui.charts.choice import CLICKABLE, choosable, outline
from ui.charts.layers import SCHEMA, layer, quantity, spanning, spanning_shares
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.linked import brought_out, linked
from ui.shell.language import N_, _
from ui.shell.numbers import percent, points, positive_percent, short
from ui.sweep.naming import coloured, said_value, value_label, value_looks
from ui.sweep.shown import cell_at, compared

HEIGHT = 320  # pixels
MOST = 3000  # points that are drawn; of more, the best and all of the front
TITLES = {
    "work": N_("Multiply-adds to train one network (log scale)"),
    "epochs": N_("Epochs until near the final accuracy (log scale)"),
}
_CHEAPEST = {
    "work": N_(
        "**The cheapest setting within {near} percentage points of the best needs {share} of its multiply-adds:** "
        "{setting}, with {accuracy}."
    ),
    "epochs": N_(
        "**The fastest setting within {near} percentage points of the best needs {share} of its epochs:** {setting}, "
        "with {accuracy}."
    ),
}
_BEST = {
    "work": N_("**No cheaper setting comes within {near} percentage points of the best:** {setting}, with {accuracy}."),
    "epochs": N_(
        "**No faster setting comes within {near} percentage points of the best:** {setting}, with {accuracy}."
    ),
}
_NEAR = N_("Epochs are counted until a network is within {near} percentage points of its final test accuracy.")
_READING = N_(
    "Point: one setting. Line: the Pareto front, the settings that no other one beats in accuracy for the same cost or "
    "less. It goes by the means, so a setting close behind may be as good."
)
_TEXT, _POINT = N_("{title}: the settings on the Pareto front. {points}."), N_("{setting}: {accuracy} at {cost}")


def front_chart(grid: Grid, found: Front, cost: str) -> dict:
    """The Vega-Lite specification: a point for each setting, and the front as a line in steps."""
    colour, rows = coloured(value_looks(grid, compared(grid))), _rows(grid, found)
    x = quantity("cost", _(TITLES[cost]), scale=spanning(rows, "cost") | {"type": "log", "nice": False, "padding": 12})
    x["axis"] = {"format": "~s", "tickCount": 5, "grid": False}
    y = quantity(
        "accuracy", _("Mean test accuracy"), scale=spanning_shares(rows, "accuracy") | {"zero": False, "padding": 8}
    )
    y["axis"] = {"labelExpr": in_percent(), "tickCount": 5}
    titles = {"setting": _("Setting"), "told": _("Mean test accuracy"), "cost_told": _("Cost")}
    told = [nominal(field, title) for field, title in titles.items()]
    place = {"x": x, "y": y}
    step = {"type": "line", "interpolate": "step-after", "strokeWidth": 1.5, "color": "#808080"}
    on_front = {"transform": [{"filter": "datum.on_front"}]}
    points = {"type": "circle", "size": 45} | CLICKABLE
    rings = {"type": "point", "size": 130, "strokeWidth": 2} | CLICKABLE
    layers = [
        layer("settings", step, **place) | on_front,
        layer("settings", points, **place, color=colour, opacity=brought_out(0.6), tooltip=told),
        layer("settings", rings, **place, color=colour, opacity=brought_out(), tooltip=told) | on_front,
        outline("settings", {"type": "point", "shape": "square", "size": 240}, **place),
    ]
    return choosable(linked(SCHEMA | {"layer": layers, "height": HEIGHT, "datasets": {"settings": rows}}))


def message(grid: Grid, found: Front, cost: str) -> str:
    """What the cheapest setting near the best one costs."""
    rows = [row for row in _rows(grid, found) if np.isfinite(row["cost"])]
    best = max(rows, key=lambda row: (row["accuracy"], -row["cost"]))
    near = [row for row in rows if row["accuracy"] >= best["accuracy"] - NEAR - ROUNDING]
    least = min(near, key=lambda row: (row["cost"], -row["accuracy"]))
    share = least["cost"] / best["cost"]
    sentence = (_CHEAPEST if share < 1 else _BEST)[cost]
    fields = {"setting": least["setting"], "accuracy": least["told"]}
    return _(sentence, near=points(NEAR), share=positive_percent(share), **fields)


def reading(costs: Sequence[str]) -> str:
    """How to read the charts of these costs."""
    return " ".join([_(_READING), *([_(_NEAR, near=points(NEAR))] if "epochs" in costs else [])])


def text(grid: Grid, found: Front, cost: str) -> str:
    """The front in words."""
    told = [row for row in _rows(grid, found) if row["on_front"]]
    parts = [_(_POINT, setting=row["setting"], accuracy=row["told"], cost=row["cost_told"]) for row in told]
    return _(_TEXT, title=_(TITLES[cost]), points="; ".join(parts))


def _rows(grid: Grid, found: Front) -> list[dict]:
    """Of all settings, or of many of those that matter, by their cost."""
    names, factor = [name for name, _values in found.factors], compared(grid)
    accuracy = np.where(found.on_front, 2, found.accuracy).ravel()
    rows = []
    for flat in np.argsort(-accuracy, kind="stable")[:MOST]:
        index = np.unravel_index(flat, found.accuracy.shape)
        setting = {name: values[place] for (name, values), place in zip(found.factors, index)}
        told = [said_value(name, setting[name]) for name in names if len(dict(found.factors)[name]) > 1]
        rows.append(
            {
                "network": value_label(factor, setting[factor]) if factor in setting else "",
                "setting": " · ".join(told or [said_value(*item) for item in setting.items()]),
                "cost": float(found.cost[index]), "cost_told": short(found.cost[index]),
                "accuracy": float(found.accuracy[index]), "told": percent(found.accuracy[index]),
                "on_front": bool(found.on_front[index]), "cell": cell_at(grid, setting),
            }
        )  # fmt: skip
    return sorted(rows, key=lambda row: row["cost"])
