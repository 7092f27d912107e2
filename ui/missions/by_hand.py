"""One neuron whose weights are set by hand: which points it has on the correct side, and the picture of that."""

from dataclasses import dataclass

import numpy as np

from core import DatasetSpec, load
from core.lessons.neuron import Neuron
from ui.charts.layers import SCHEMA, between, layer, names, one_each, quantity
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES, LINE_COLOUR
from ui.missions.mission import Mission
from ui.shell.classes import said_classes
from ui.shell.language import N_, _
from ui.shell.numbers import exact, exact_percent, in_tex, percent

REACH, STEP = 3.0, 0.1  # of weights and bias
PLANE = 3.0  # the picture goes so far to each side: inputs are standardised
SIDE = 340  # pixels
_GOAL = N_("**Goal:** {share} of the points on the correct side. The neuron says class 1 where z is above 0.")
_RIGHT = N_("Points on the correct side: **{right} of {of}, {share}**.")
_REACHED = N_("**Goal reached.** Points on the correct side: **{right} of {of}, {share}**.")
_READING = N_(
    "Line: z = 0. Background: the class that the neuron says. A ring marks a point on the wrong side. Both inputs are "
    "standardised."
)
_TEXT = N_("Points on the correct side of the line z = 0: {right} of {of}.")


@dataclass(frozen=True)
class Sides:
    """How many of the points are on the correct side of the neuron's line."""

    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of


def sides(spec: DatasetSpec, neuron: Neuron) -> Sides:
    """Computed from exactly these weights: class 1 is where the neuron fires."""
    x, y = _points(spec)
    return Sides(int(((neuron.weighted_sum(x) > 0) == y).sum()), len(y))


def goal(mission: Mission) -> str:
    """What is to be reached."""
    return _(_GOAL, share=exact_percent(mission.answers.share))


def said(mission: Mission, found: Sides) -> str:
    """How far the neuron has come."""
    message = _REACHED if found.share >= mission.answers.share else _RIGHT
    return _(message, right=found.right, of=found.of, share=percent(found.share))


def formula(neuron: Neuron) -> str:
    """The weighted sum with its numbers, as LaTeX."""
    w1, w2 = (in_tex(exact(round(weight, 1))) for weight in neuron.weights)
    return rf"z = ({w1})\,x_1 + ({w2})\,x_2 + ({in_tex(exact(round(neuron.bias, 1)))})"


def reading() -> str:
    """How to read the picture."""
    return _(_READING)


def points_chart(spec: DatasetSpec) -> dict:
    """The Vega-Lite specification of the points alone; see `with_neuron`."""
    (x, y), labels = _points(spec), said_classes(load(spec).class_names)
    rows = [
        {"x1": round(float(x1), 3), "x2": round(float(x2), 3), "class": labels[label], "label": int(label)}
        for (x1, x2), label in zip(x, y)
    ]
    of_class = names("class", sort=list(labels), legend={"title": None, "orient": "bottom"})
    marks = layer(
        "points", {"type": "point", "size": 30, "filled": True, "opacity": 0.9}, **_plane(),
        color=of_class | {"scale": one_each(labels, CLASS_COLOURS[:2])},
        shape=of_class | {"scale": one_each(labels, CLASS_SHAPES[:2])},
    )  # fmt: skip
    size = {"width": SIDE, "height": SIDE, "autosize": "pad", "view": {"stroke": LINE_COLOUR}}
    return SCHEMA | {"layer": [marks], "datasets": {"points": rows}} | size


def with_neuron(chart: dict, neuron: Neuron) -> dict:
    """The chart of the points with both sides of the neuron's line, and a ring around each point on the wrong one.

    Cheap: the points stay as they are sent, and the browser finds those that are wrong.
    """
    w1, w2, b = (float(number) for number in neuron.parameters)
    says = f"{w1!r} * datum.x1 + {w2!r} * datum.x2 + {b!r} > 0"
    wrong = layer("points", {"type": "point", "size": 130, "filled": False, "color": LINE_COLOUR}, **_plane())
    wrong |= {"transform": [{"filter": f"({says}) != (datum.label == 1)"}]}
    halves = [
        _area(_half(neuron.parameters * sign), CLASS_COLOURS[label]) for label, sign in ((1, 1.0), (0, -1.0))
    ]  # fmt: skip
    ends = neuron.line(4 * PLANE)
    line = [] if ends is None else [_path(ends, {"color": LINE_COLOUR, "strokeWidth": 2})]
    return chart | {"layer": [*halves, *line, *chart["layer"], wrong]}


def text(found: Sides) -> str:
    """The picture in words."""
    return _(_TEXT, right=found.right, of=found.of)


def _points(spec: DatasetSpec) -> tuple[np.ndarray, np.ndarray]:
    """All points (n, 2), as the networks see them, and their classes (n,)."""
    data = load(spec)
    return np.vstack([data.X_train, data.X_test]), np.concatenate([data.y_train, data.y_test])


def _half(parameters: np.ndarray) -> np.ndarray:
    """(corner, 2): the part of the picture where the weighted sum is above 0."""
    corners = PLANE * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    z = corners @ parameters[:2] + parameters[2]
    kept = []
    for here, there, at, then in zip(corners, np.roll(corners, -1, 0), z, np.roll(z, -1)):
        kept += [here] if at > 0 else []
        if (at > 0) != (then > 0):
            kept.append(here + (there - here) * at / (at - then))
    return np.array(kept).reshape(-1, 2)


def _area(corners: np.ndarray, colour: str) -> dict:
    filled = {"fill": colour, "fillOpacity": 0.18, "strokeWidth": 0, "interpolate": "linear-closed"}
    return _path(corners, filled)


def _path(corners: np.ndarray, mark: dict) -> dict:
    rows = [{"x1": float(x1), "x2": float(x2), "place": place} for place, (x1, x2) in enumerate(corners)]
    return layer(rows, {"type": "line", "clip": True, **mark}, **_plane(), order=quantity("place"))


def _plane() -> dict:
    return {
        "x": quantity("x1", "x\u2081", scale=between(-PLANE, PLANE)),
        "y": quantity("x2", "x\u2082", scale=between(-PLANE, PLANE)),
    }
