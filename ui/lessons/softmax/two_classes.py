"""Softmax of two scores beside one sigmoid unit, which is the same model: sentences and picture."""

import numpy as np

from core import ACTIVATIONS
from core.lessons.softmax import Steps, two_classes
from ui.charts.layers import SCHEMA, Rows, between, layer, names, quantity
from ui.charts.palette import CLASS_COLOURS, LINE_COLOUR, activation_look
from ui.lessons.softmax.controls import NAMES
from ui.shell.language import N_, _
from ui.shell.numbers import probability, written

TITLE = N_("Two classes: one sigmoid unit is enough")
INTRODUCTION = N_(
    "For two classes, softmax needs only the difference of the two scores. So one output is enough: a **sigmoid** unit "
    "with this difference as its z gives the probability of class 1. Above the **threshold 0.5**, the answer is class "
    "1. The picture has the z of class 0 and class 1 from above; class 2 is left out. Such a unit directly on the "
    "inputs, without hidden layers, is called *logistic regression*."
)
FORMULA = r"p_1 = \frac{e^{z_1}}{e^{z_0} + e^{z_1}} = \frac{1}{1 + e^{-(z_1 - z_0)}} = \sigma(z_1 - z_0)"
THRESHOLD = 0.5
WORDS_WIDTH = 420  # pixels of the sentences, beside the picture or, on a phone, below it

_NUMBERS = N_(
    "Softmax of z₀ = {z0} and z₁ = {z1} gives class 1 the probability **{by_softmax}**. The sigmoid of z₁ − z₀ = "
    "{difference} is **{by_sigmoid}**."
)
_ABOVE = N_("This is above the threshold, because z₁ is larger than z₀. The answer is **class 1**.")
_BELOW = N_("This is below the threshold, because z₁ is smaller than z₀. The answer is **class 0**.")
_ON = N_("This is exactly the threshold, because z₀ and z₁ are equal. Both classes are equally likely.")
_WORDS = N_(
    "Probability of class 1: {by_softmax} by softmax of two scores, {by_sigmoid} by one sigmoid unit at z₁ − z₀ = "
    "{difference}. The threshold is {threshold}."
)
_BY_SOFTMAX, _BY_SIGMOID, _OF_CLASS_1 = N_("Softmax"), N_("One sigmoid unit"), N_("Probability of class 1")
_CLASS, _PROBABILITY = N_("Class"), N_("Probability")

BAR, CURVE, HEIGHT, GAP = 46, 200, 170, 26  # pixels: together not too wide for a phone
LEAST_REACH = 6.0  # of the difference, to both sides
PLACES = 101


def numbers(shown: Steps) -> str:
    """What both make of the scores on screen."""
    z0, z1 = shown.scaled[:2]
    by_softmax, by_sigmoid = (probability(p) for p in two_classes(shown.scaled))
    difference = written(_difference(shown), 5)
    return _(
        _NUMBERS,
        z0=written(z0, 5),
        z1=written(z1, 5),
        by_softmax=by_softmax,
        by_sigmoid=by_sigmoid,
        difference=difference,
    )


def decision(shown: Steps) -> str:
    """Which class the threshold makes of it."""
    difference = _difference(shown)
    return _(_ABOVE if difference > 0 else _BELOW if difference < 0 else _ON)


def two_classes_chart(shown: Steps) -> dict:
    """The Vega-Lite specification: the probabilities by softmax as one bar, class 1 below; beside it, on the same axis,
    the sigmoid of the difference, with the unit's place on it and the threshold through both."""
    p, by_sigmoid = two_classes(shown.scaled)
    difference = _difference(shown)
    reach = max(LEAST_REACH, abs(difference))
    z = np.linspace(-reach, reach, PLACES)
    curve = [{"z": x, "p": y} for x, y in zip(z.tolist(), ACTIVATIONS["sigmoid"].value(z).tolist())]
    look = activation_look("sigmoid")
    x, y = _axis("z", "z₁ − z₀", [-reach, reach], 5), _axis("p", _(_OF_CLASS_1), [0, 1], 5)
    parts = [
        {"class": _(NAMES[1]), "p": 0.0, "to": p, "probability": p, "colour": CLASS_COLOURS[1]},
        {"class": _(NAMES[0]), "p": p, "to": 1.0, "probability": 1 - p, "colour": CLASS_COLOURS[0]},
    ]
    bar = _layer(parts, {"type": "bar", "width": BAR}, y=y, y2={"field": "to"}, color=_as_it_is("colour"))
    bar["encoding"]["tooltip"] = [names("class", _(_CLASS)), quantity("probability", _(_PROBABILITY), format=".3~g")]
    line = _layer(
        curve, {"type": "line", "color": look.colour, "strokeDash": list(look.dash)}, x=x, y=y | {"axis": None}
    )
    here = _layer(
        [{"z": difference, "p": by_sigmoid}], {"type": "point", "filled": True, "size": 90, "opacity": 1}, x=x, y=y
    )
    here["mark"]["color"] = look.colour
    here["encoding"]["tooltip"] = [
        quantity("z", "z₁ − z₀", format=".3~g"),
        quantity("p", _(_OF_CLASS_1), format=".3~g"),
    ]
    return SCHEMA | {
        "hconcat": [
            {"width": BAR, "height": HEIGHT, "title": _(_BY_SOFTMAX), "layer": [bar, _threshold(y)]},
            {"width": CURVE, "height": HEIGHT, "title": _(_BY_SIGMOID), "layer": [line, _threshold(y), here]},
        ],
        "bounds": "flush",
        "spacing": GAP,
        "autosize": "pad",
        "config": {"view": {"stroke": None}},
    }


def two_classes_text(shown: Steps) -> str:
    """The picture of `two_classes_chart` in words, for those who cannot see it."""
    p, by_sigmoid = two_classes(shown.scaled)
    return _(
        _WORDS, by_softmax=written(p, 3), by_sigmoid=written(by_sigmoid, 3), difference=written(_difference(shown)),
        threshold=written(THRESHOLD),
    )  # fmt: skip


def _difference(shown: Steps) -> float:
    z0, z1 = shown.scaled[:2].tolist()
    return z1 - z0


def _threshold(y: dict) -> dict:
    mark = {"type": "rule", "color": LINE_COLOUR, "strokeDash": [4, 3], "aria": False}
    return _layer([{"p": THRESHOLD}], mark, y=y)


def _layer(rows: Rows, mark: dict, **channels: dict) -> dict:
    return layer(rows, mark, **channels)


def _axis(field: str, title: str, domain: list[float], ticks: int) -> dict:
    return quantity(field, title, scale=between(*domain), axis={"tickCount": ticks})


def _as_it_is(field: str) -> dict:
    return names(field, scale=None)
