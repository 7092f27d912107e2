"""From scores to probabilities: the steps side by side, probabilities over temperatures, and the picture of a digit."""

from collections.abc import Sequence

import numpy as np

from core.lessons.softmax import Steps, over_temperatures
from ui.charts.layers import AVAILABLE_WIDTH, LEGEND, SCHEMA, Rows, between, layer, names, one_each, quantity
from ui.charts.palette import CLASS_COLOURS, DASHES, LINE_COLOUR
from ui.shell.language import N_, _
from ui.shell.numbers import exact, written

STEP, NUMBER, GAP, ROW = 230, 70, 24, 24  # pixels: one of the steps, in it the numbers, between two of them, a row
MARK = 80  # pixels that the last step is wider by: it says which class is true
LETTER = 6.5  # pixels that a letter of a class's name takes
HEAD = 112  # pixels of a step's title and axis
TITLES = (N_("1. z from the scores"), N_("2. Exponentials"), N_("3. Probabilities"))
SUM, TRUE = N_("Sum"), N_("{number}  ← true class")
HEIGHT = 340  # pixels of the curves, title, axis and legend included
LEAST_SCORE = 5.0  # the axis of scores reaches at least so far to both sides, so that small changes do not rescale it
TEMPERATURES = (0.1, 10.0)
SIDE, PIXEL = 8, 20  # pixels of a digit's side, and of the screen for each
PAPER, INK, MOST_INK = "#ffffff", "#1c1c1c", 16

_POWER, _POWER_SUBTRACTED, _SHARE = N_("e^z"), N_("e^(z − largest z)"), N_("Share of the sum")
_STEPS = N_("From scores to probabilities. {classes}. True class: {true}.")
_STEPS_OF_ONE = N_("{name}: z {z}, exponential {exponential}, probability {p}")
_OVER_TEMPERATURES = N_("Probabilities over temperatures; {parts}.")
_AT_ONE = N_("at temperature {temperature}: {probabilities}")
_DIGIT = N_("A handwritten digit of {side} by {side} pixels, row by row: {rows}.")
_CLASS, _ROW, _COLUMN = N_("Class"), N_("Row"), N_("Column")
_PROBABILITY, _TEMPERATURE = N_("Probability"), N_("Temperature T")


def steps_chart(steps: Steps, classes: Sequence[str], true_class: int, score: str) -> dict:
    """The Vega-Lite specification: scores, exponentials, probabilities as bars, a row for each class, side by side or
    below each other, as there is room; the last row has the sum, made of its parts.

    `score` says what the scores are, as the title of their axis: `z = a / T`.  An infinite exponential is drawn up to
    the greatest number that float32 can hold; NaN is no bar.
    """
    z, exponentials, probabilities = steps.scaled, steps.exponentials, steps.probabilities
    reach = [min(-LEAST_SCORE, float(z.min())), max(LEAST_SCORE, float(z.max()))]
    top = float(np.minimum(steps.total, np.finfo(np.float32).max)) or 1.0
    power = _(_POWER_SUBTRACTED if steps.subtract else _POWER)
    width = STEP - NUMBER - LETTER * max(map(len, (*classes, _(SUM))))
    parts = [
        _bars(z, classes, score, reach, 5),
        _bars(exponentials, classes, power, [0, top], 4, steps.total),
        _bars(probabilities, classes, _(_SHARE), [0, 1], 3, probabilities.sum(), true_class),
    ]
    size = {"width": width, "height": ROW * (len(classes) + 1)}
    return SCHEMA | {
        "concat": [{"title": _(title), **size, "layer": part} for title, part in zip(TITLES, parts)],
        # Two below each other and one beside them would be read in the wrong order.
        "columns": {"signal": f"{AVAILABLE_WIDTH} < {3 * STEP + 2 * GAP + MARK} ? 1 : 3"},
        # Flush: bars alone are laid out, so that nothing moves when a number or a name grows longer.
        "bounds": "flush",
        "spacing": {"row": HEAD, "column": STEP - width + GAP},
        "autosize": "pad",  # Streamlit's, fit, is not for several charts
        "config": {"view": {"stroke": None}},
    }


def steps_text(steps: Steps, classes: Sequence[str], true_class: int) -> str:
    """The picture of `steps_chart` in words, for those who cannot see it."""
    parts = [
        _(_STEPS_OF_ONE, name=name, z=written(z), exponential=written(exponential), p=written(p, 3))
        for name, z, exponential, p in zip(classes, steps.scaled, steps.exponentials, steps.probabilities)
    ]
    return _(_STEPS, classes="; ".join(parts), true=classes[true_class])


def temperature_chart(scores: Sequence[float], temperature: float, classes: Sequence[str]) -> dict:
    """The Vega-Lite specification: the probability of each class over temperatures, with the chosen one marked."""
    temperatures = np.geomspace(*TEMPERATURES, 61)
    x = quantity("temperature", _(_TEMPERATURE), scale=between(*TEMPERATURES) | {"type": "log"})
    y = quantity("probability", _(_PROBABILITY), scale={"domain": [0, 1]}, axis={"tickCount": 5})
    dashes = one_each(classes, [list(DASHES[k % len(DASHES)]) for k in range(len(classes))])
    colour = names("class", scale=_colours(classes), legend=LEGEND)
    told = [
        names("class", _(_CLASS)),
        quantity("temperature", _(_TEMPERATURE), format=".3g"),
        quantity("probability", _(_PROBABILITY), format=".3g"),
    ]
    line, point = {"type": "line", "strokeWidth": 2}, {"type": "point", "size": 70, "filled": True, "opacity": 1}
    curves, here = _curves(scores, temperatures, classes), _curves(scores, [temperature], classes)
    rule = {"type": "rule", "color": LINE_COLOUR, "strokeWidth": 1.5}
    return SCHEMA | {
        "height": HEIGHT,
        "layer": [
            layer([{"temperature": temperature}], rule, x=x),
            layer(curves, line, x=x, y=y, color=colour, strokeDash=names("class", scale=dashes), tooltip=told),
            layer(here, point, x=x, y=y, color=colour, tooltip=told),
        ],
    }


def temperature_text(scores: Sequence[float], temperature: float, classes: Sequence[str]) -> str:
    """The picture of `temperature_chart` in words, for those who cannot see it: at both ends, and at the chosen one."""
    ends = [TEMPERATURES[0], temperature, TEMPERATURES[1]]
    listed = [
        ", ".join(f"{name} {written(p, 3)}" for name, p in zip(classes, column))
        for column in over_temperatures(scores, ends).T
    ]
    parts = [_(_AT_ONE, temperature=exact(at), probabilities=each) for at, each in zip(ends, listed)]
    return _(_OVER_TEMPERATURES, parts="; ".join(parts))


def digit_chart(pixels: np.ndarray) -> dict:
    """The Vega-Lite specification of a digit's picture from its pixels (`SIDE` * `SIDE`,), row by row, with ink from 0
    to `MOST_INK`: dark on paper."""
    cells = [{"row": k // SIDE + 1, "column": k % SIDE + 1, "ink": ink} for k, ink in enumerate(pixels.tolist())]
    shade = {"domain": [0, MOST_INK], "range": [PAPER, INK], "interpolate": "rgb"}
    ink = quantity("ink", scale=shade, legend=None)
    across, up = (
        {"field": field, "type": "ordinal", "title": _(title)} for field, title in (("column", _COLUMN), ("row", _ROW))
    )
    squares = layer(
        cells,
        {"type": "rect", "strokeWidth": 1},
        x=across | {"axis": None},
        y=up | {"axis": None},
        color=ink,
        stroke=ink,  # else the page is seen between two squares
        tooltip=[up, across, quantity("ink", _("Ink, from 0 to 16"))],
    )
    size = {"width": SIDE * PIXEL, "height": SIDE * PIXEL}
    return SCHEMA | size | {"layer": [squares], "config": {"view": {"stroke": LINE_COLOUR}}}


def digit_text(pixels: np.ndarray) -> str:
    """The picture of `digit_chart` in words, for those who cannot see it: its rows, a mark for each pixel that has
    more than half of the ink."""
    rows = ["".join("#" if ink > MOST_INK / 2 else "." for ink in row) for row in pixels.reshape(SIDE, SIDE)]
    return _(_DIGIT, side=SIDE, rows=" ".join(rows))


def _bars(
    values: np.ndarray, classes: Sequence[str], axis: str, domain: list[float], digits: int,
    total: np.float32 | None = None, true_class: int | None = None,
) -> list[dict]:  # fmt: skip
    """One of the steps: a bar and a number for each class, and for the total one that is put together from them."""
    drawn = np.clip(np.nan_to_num(values.astype(float), nan=0), *domain)
    ends = np.minimum(np.cumsum(drawn), domain[1])
    bars = [
        {"row": name, "class": name, "from": 0.0, "to": float(to), "value": written(value, digits)}
        for name, to, value in zip(classes, drawn, values)
    ]
    numbers = [{"row": bar["row"], "text": bar["value"]} for bar in bars]
    if true_class is not None:
        numbers[true_class]["text"] = _(TRUE, number=numbers[true_class]["text"])
    if total is not None:
        parts = zip(bars, [0.0, *ends[:-1].tolist()], ends.tolist())
        bars += [bar | {"row": _(SUM), "from": start, "to": to} for bar, start, to in parts]
        numbers.append({"row": _(SUM), "text": written(total, digits)})
    rows = {"domain": [*classes, _(SUM)], "paddingInner": 0.25, "paddingOuter": 0.1}
    shown = list({bar["row"]: 0 for bar in bars})
    y = names("row", scale=rows, axis={"values": shown, "ticks": False, "labelLimit": 0})
    ticks = {"tickCount": 3, "format": ".5~g", "grid": True}
    return [
        layer(
            bars,
            {"type": "bar"},
            x=quantity("from", axis, scale=between(*domain) | {"zero": False}, axis=ticks),
            x2={"field": "to"},
            y=y,
            color=names("class", scale=_colours(classes), legend=None),
            tooltip=[names("class", _(_CLASS)), names("value", axis)],
        ),
        layer(
            numbers, {"type": "text", "align": "left", "dx": 6, "fontSize": 12}, x={"value": "width"}, y=y,
            text=names("text"),
        ),
    ]  # fmt: skip


def _colours(classes: Sequence[str]) -> dict:
    return one_each(classes, CLASS_COLOURS[: len(classes)])


def _curves(scores: Sequence[float], temperatures: Sequence[float], classes: Sequence[str]) -> Rows:
    return [
        {"temperature": float(temperature), "class": name, "probability": float(p)}
        for name, row in zip(classes, over_temperatures(scores, temperatures))
        for temperature, p in zip(temperatures, row)
    ]
