"""The drawings of a report, as SVG: what `pooled_charts` draws in the browser, without a browser."""

import math

from ui.charts.palette import LINE_COLOUR
from ui.shell.language import _
from ui.shell.numbers import exact_percent, written
from ui.workshop.markup import Element, element
from ui.workshop.pooled_charts import strip_text
from ui.workshop.strips import Found, middle, place_of, scale_in

_WIDTH, _LABELS, _RIGHT = 680, 190, 30  # pixels: all of it, what stands left of the strips, and right of them
_ROW, _AXIS = 34, 40
_TICKS = 5
_LETTERS = 28  # of a label


def strips(found: Found) -> Element:
    """A dot for each participant's seed, a bar at the middle of each strip."""
    low, high = scale_in(found)
    height = _ROW * len(found.strips)

    def across(value: float) -> float:
        return round(_LABELS + (value - low) / (high - low) * (_WIDTH - _LABELS - _RIGHT), 1)

    parts = [element("title", strip_text(found))]
    for tick in range(_TICKS + 1):
        value = low + tick * (high - low) / _TICKS
        said = exact_percent(value) if found.measure.in_percent else written(value, 3)
        parts.append(_line(across(value), 0, across(value), height, LINE_COLOUR, 0.5, opacity=0.5))
        parts.append(element("text", said, x=across(value), y=height + 16, text_anchor="middle"))
    if found.title:
        parts.append(element("text", found.title, x=_LABELS - 8, y=height + 34, text_anchor="end"))
    title = {"x": (_LABELS + _WIDTH - _RIGHT) / 2, "y": height + 34, "text_anchor": "middle"}
    parts.append(element("text", _(found.measure.label), **title))
    for row, strip in enumerate(found.strips):
        top, centre = row * _ROW, (row + 0.5) * _ROW
        label = strip.label if len(strip.label) <= _LETTERS else f"{strip.label[: _LETTERS - 1]}…"
        parts.append(element("text", label, x=_LABELS - 8, y=centre + 4, text_anchor="end"))
        for number, _seed, value in strip.dots:
            if low <= value <= high:
                y = round(top + _ROW * place_of(number), 1)
                parts.append(element("circle", cx=across(value), cy=y, r=2.6, fill=strip.colour, fill_opacity=0.65))
        at = middle(strip, found.measure)
        if math.isfinite(at) and low <= at <= high:
            parts.append(_line(across(at), top + 3, across(at), top + _ROW - 3, strip.colour, 3))
    return element("svg", *parts, viewBox=f"0 0 {_WIDTH} {height + _AXIS}", role="img", class_="strips")


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float, opacity: float = 1) -> Element:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_opacity=opacity)
