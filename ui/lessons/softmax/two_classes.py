"""Softmax of two scores beside one sigmoid unit, which is the same model: sentences and picture."""

import numpy as np

from core import ACTIVATIONS
from core.lessons.softmax import Steps, two_classes
from ui.charts.palette import CLASS_COLOURS, LINE_COLOUR, activation_look
from ui.lessons.softmax.controls import NAMES
from ui.shell.numbers import probability, written

TITLE = "Two classes: one sigmoid unit is enough"
INTRODUCTION = (
    "Of two classes, softmax needs the difference of the scores only. So one output will do: a **sigmoid** unit whose "
    "z is that difference gives the probability of class 1, and above the **threshold 0.5** the answer is class 1. "
    "Here are class 0 and class 1 with the z from above, and without class 2. Such a unit on the inputs alone, "
    "without hidden layers, is *logistic regression*."
)
FORMULA = r"p_1 = \frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \frac{1}{1 + e^{-(z_1 - z_0)}} = \sigma(z_1 - z_0)"
THRESHOLD = 0.5
WORDS_WIDTH = 420  # pixels of the sentences, beside the picture or, on a phone, below it

_NUMBERS = (
    "Softmax of z₀ = {z0} and z₁ = {z1} gives class 1 the probability **{by_softmax}**. The sigmoid of z₁ − z₀ = "
    "{difference} is **{by_sigmoid}**."
)
_ABOVE = "That is above the threshold, because z₁ is larger than z₀: the answer is **class 1**."
_BELOW = "That is below the threshold, because z₁ is smaller than z₀: the answer is **class 0**."
_ON = "That is the threshold itself, because z₀ and z₁ are the same: neither class is likelier."

BAR, CURVE, HEIGHT, GAP = 46, 200, 170, 26  # pixels: together not too wide for a phone
LEAST_REACH = 6.0  # of the difference, to both sides
PLACES = 101


def numbers(shown: Steps) -> str:
    """What both make of the scores on screen."""
    z0, z1 = shown.scaled[:2]
    by_softmax, by_sigmoid = (probability(p) for p in two_classes(shown.scaled))
    difference = written(_difference(shown), 5)
    return _NUMBERS.format(
        z0=written(z0, 5), z1=written(z1, 5), by_softmax=by_softmax, by_sigmoid=by_sigmoid, difference=difference
    )


def decision(shown: Steps) -> str:
    """Which class the threshold makes of it."""
    difference = _difference(shown)
    return _ABOVE if difference > 0 else _BELOW if difference < 0 else _ON


def two_classes_chart(shown: Steps) -> dict:
    """The Vega-Lite specification: the probabilities by softmax as one bar, class 1 below; beside it, on the same axis,
    the sigmoid of the difference, with the unit's place on it and the threshold through both."""
    p, by_sigmoid = two_classes(shown.scaled)
    difference = _difference(shown)
    reach = max(LEAST_REACH, abs(difference))
    z = np.linspace(-reach, reach, PLACES)
    curve = [{"z": x, "p": y} for x, y in zip(z.tolist(), ACTIVATIONS["sigmoid"].value(z).tolist())]
    look = activation_look("sigmoid")
    x, y = _axis("z", "z₁ − z₀", [-reach, reach], 5), _axis("p", "Probability of class 1", [0, 1], 5)
    parts = [
        {"class": NAMES[1], "p": 0.0, "to": p, "probability": p, "colour": CLASS_COLOURS[1]},
        {"class": NAMES[0], "p": p, "to": 1.0, "probability": 1 - p, "colour": CLASS_COLOURS[0]},
    ]
    bar = _layer(parts, {"type": "bar", "width": BAR}, y=y, y2={"field": "to"}, color=_as_it_is("colour"))
    bar["encoding"]["tooltip"] = [_told("class", "nominal"), _told("probability")]
    line = _layer(
        curve, {"type": "line", "color": look.colour, "strokeDash": list(look.dash)}, x=x, y=y | {"axis": None}
    )
    here = _layer(
        [{"z": difference, "p": by_sigmoid}], {"type": "point", "filled": True, "size": 90, "opacity": 1}, x=x, y=y
    )
    here["mark"]["color"] = look.colour
    here["encoding"]["tooltip"] = [_told("z"), _told("p")]
    return {
        "hconcat": [
            {"width": BAR, "height": HEIGHT, "title": "Softmax", "layer": [bar, _threshold(y)]},
            {"width": CURVE, "height": HEIGHT, "title": "One sigmoid unit", "layer": [line, _threshold(y), here]},
        ],
        "bounds": "flush",
        "spacing": GAP,
        "autosize": "pad",
        "config": {"view": {"stroke": None}},
    }


def two_classes_text(shown: Steps) -> str:
    """The picture of `two_classes_chart` in words, for those who cannot see it."""
    p, by_sigmoid = two_classes(shown.scaled)
    return (
        f"Probability of class 1: {written(p, 3)} by softmax of two scores, {written(by_sigmoid, 3)} by one sigmoid "
        f"unit at z₁ - z₀ = {written(_difference(shown))}. The threshold is {THRESHOLD}."
    )


def _difference(shown: Steps) -> float:
    z0, z1 = shown.scaled[:2].tolist()
    return z1 - z0


def _threshold(y: dict) -> dict:
    mark = {"type": "rule", "color": LINE_COLOUR, "strokeDash": [4, 3], "aria": False}
    return _layer([{"p": THRESHOLD}], mark, y=y)


def _layer(rows: list[dict], mark: dict, **channels: dict) -> dict:
    return {"data": {"values": rows}, "mark": mark, "encoding": channels | {"tooltip": {"value": None}}}


def _axis(field: str, title: str, domain: list[float], ticks: int) -> dict:
    scale = {"domain": domain, "nice": False}
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": {"tickCount": ticks}}


def _as_it_is(field: str) -> dict:
    return {"field": field, "type": "nominal", "scale": None}


def _told(field: str, kind: str = "quantitative") -> dict:
    return {"field": field, "type": kind} | ({"format": ".3~g"} if kind == "quantitative" else {})
