"""Charts of a mission: its data, which may be seen before the prediction, and every seed's value, which may not."""

import math

from core import DatasetSpec, load
from ui.charts.layers import (
    LINE_HEIGHT,
    SCHEMA,
    in_lines,
    layer,
    names,
    no_narrower,
    one_each,
    quantity,
    title_in_lines,
)
from ui.charts.lines import in_percent
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES, LINE_COLOUR, setting_looks
from ui.missions.measures import LOWER, MEASURES
from ui.missions.mission import Goal, Mission
from ui.missions.outcome_words import never, outside, rows
from ui.missions.outcomes import Outcome, cells, experiment_of
from ui.missions.sight import most_in_sight, rule_in_sight
from ui.shell.classes import said_classes
from ui.shell.language import N_, _
from ui.shell.numbers import count

SIDE = 260  # pixels of the data's picture
ROW, SURROUNDINGS = 34, 84  # pixels of a row of dots, and of the axis
_READING = N_("Dot: one of {seeds}. Bar: their median.")
_PREDICTED, _GOAL = N_("Dashed line: your prediction."), N_("Dashed line: the goal.")
_GOAL_OUTSIDE = N_("The goal is outside this chart: {bound}.")
_DATA = N_("The training data: {samples} samples of {classes} classes.")


def data_chart(spec: DatasetSpec) -> dict:
    """The Vega-Lite specification of the samples that the networks are trained on, in the plane of their pictures."""
    data = load(spec)
    plane = data.to_plane(data.X_train).astype(float).round(3)
    domain = said_classes(data.class_names)
    classes = [domain[label] for label in data.y_train]
    points = [{"x": x, "y": y, "class": name} for (x, y), name in zip(plane.tolist(), classes)]
    bare = {"title": None, "axis": None}
    legend = {"title": None, "orient": "bottom"}
    of_class = names("class", sort=domain, legend=legend)
    marks = layer(
        "points",
        {"type": "point", "size": 30, "filled": True, "opacity": 0.9},
        x=quantity("x", scale={"nice": False, "zero": False, "padding": 8}) | bare,
        y=quantity("y", scale={"nice": False, "zero": False, "padding": 8}) | bare,
        color=of_class | {"scale": one_each(domain, CLASS_COLOURS[: data.classes])},
        shape=of_class | {"scale": one_each(domain, CLASS_SHAPES[: data.classes])},
    )
    size = {"width": SIDE, "height": SIDE, "view": {"stroke": LINE_COLOUR}, "autosize": "pad"}
    return SCHEMA | marks | size | {"datasets": {"points": points}}


def data_text(spec: DatasetSpec) -> str:
    """The picture of `data_chart` in words."""
    return _(_DATA, samples=spec.size.training_samples, classes=spec.size.classes)


def strip_chart(mission: Mission, seen: Outcome, rule: float | None = None) -> dict:
    """The Vega-Lite specification: a row for each network (of each cell), a dot for each seed, a bar at their median,
    and a dashed `rule` at a number; what is too large for it is left to `reading_strip`."""
    most, rule = most_in_sight(mission, seen), rule_in_sight(mission, seen, rule)
    measure, labels = MEASURES[mission.measure], rows(mission)
    looks = list(setting_looks(experiment_of(mission, 0, cells(mission)[0])).values())
    dots, bars = [], []
    for name, row in zip(labels, seen.by_row):
        middle = measure.median(row)
        bars += [{"row": name, "value": middle}] if middle <= most else []
        dots += [
            {"row": name, "value": float(value), "told": measure.write(value), "seed": seed,
             "place": (seed + 0.5) / len(row)}
            for seed, value in enumerate(row)
            if value <= most
        ]  # fmt: skip
    axis, height = in_lines(labels)
    colours = one_each(labels, [looks[place % len(looks)].colour for place in range(len(labels))])
    ends = [each["value"] for each in dots] + ([] if rule is None else [rule]) or [0.0, 1.0]
    percent = {"labelExpr": in_percent()} if measure.in_percent else {}
    title = title_in_lines(_(measure.label))
    domain = no_narrower(ends, measure.width, 1.0 if measure.in_percent else math.inf)
    x = quantity("value", title, scale={"domain": list(domain), "nice": True}, axis={"tickCount": 5, **percent})
    y = names("row", sort=list(labels), scale={"domain": list(labels)}, axis={"ticks": False, "grid": True, **axis})
    colour = names("row", scale=colours, legend=None)
    inside = {"scale": {"domain": [0, 1]}}
    tooltip = [names("row", _("Network")), {"field": "seed", "type": "ordinal", "title": _("Seed")},
               names("told", _(measure.label))]  # fmt: skip
    layers = [
        layer("dots", {"type": "circle", "size": 50, "opacity": 0.7}, x=x, y=y, color=colour, tooltip=tooltip,
              yOffset=quantity("place") | inside),
    ]  # fmt: skip
    if bars:
        layers.append(layer("bars", {"type": "tick", "thickness": 3, "size": max(ROW, height) - 4}, x=x, y=y,
                            color=colour, yOffset={"datum": 0.5} | inside))  # fmt: skip
    if rule is not None:
        dashed = {"type": "rule", "color": LINE_COLOUR, "strokeDash": [5, 4], "strokeWidth": 2}
        layers.append(layer("rule", dashed, x=x))
    datasets = {"dots": dots, "bars": bars, "rule": [] if rule is None else [{"value": rule}]}
    size = {"height": len(labels) * max(ROW, height) + SURROUNDINGS}
    size["height"] += LINE_HEIGHT * (len(title) - 1)
    return SCHEMA | {"layer": layers, "datasets": {name: each for name, each in datasets.items() if each}} | size


def reading_strip(mission: Mission, seen: Outcome, rule: float | None) -> str:
    """How to read the strip, and what is not drawn in it."""
    parts = [_(_READING, seeds=count(seen.seeds, "seed"))]
    if any(map(MEASURES[mission.measure].is_lower, seen.by_row)):
        parts.append(_(LOWER))
    if rule is not None and rule_in_sight(mission, seen, rule) is None:
        parts.append(_(_GOAL_OUTSIDE, bound=MEASURES[mission.measure].chosen(rule)))
    elif rule is not None:
        parts.append(_(_GOAL if isinstance(mission.answers, Goal) else _PREDICTED))
    return " ".join(filter(None, [*parts, outside(mission, seen), never(mission, seen)]))
