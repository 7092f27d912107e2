"""Lines that have a look each: their colours and dashes with a legend below, and a rule that reads all of them."""

import math
from collections.abc import Iterable, Mapping, Sequence

from ui.charts.layers import LEGEND, layer, one_each, quantity
from ui.charts.palette import LINE_COLOUR, Look
from ui.shell.language import _
from ui.shell.numbers import RAISED, short

# Pixels that a name takes in a legend: its line with the gaps beside it, and each letter, at the most.
SYMBOL, LETTER = 44, 6.6
NEAREST = "nearest"  # the parameter of `reading_rule`


def line_channels(field: str, looks: Mapping[str, Look], columns: str, title: str | None = None) -> tuple[dict, dict]:
    """Colour and dash of the lines that `field` names, with a legend in at most so many `columns`, a Vega expression,
    and in no more than its names leave room for in the chart's width."""
    room = f"max(1, min({columns}, floor(width / {round(name_width(looks))})))"
    legend = LEGEND | {"title": title, "columns": {"expr": room}, "symbolOpacity": 1}
    colours = one_each(looks, [look.colour for look in looks.values()])
    dashes = one_each(looks, [list(look.dash) for look in looks.values()])
    of_lines = {"field": field, "type": "nominal"}
    return of_lines | {"scale": colours, "legend": legend}, of_lines | {"scale": dashes}


def in_percent() -> str:
    """A Vega expression of a share on an axis or in a legend, in percent as in sentences."""
    before, after = _percent_sign()
    return f"'{before}' + format(round(1000 * datum.value) / 10, '~g') + '{after}'"


def as_in_sentences() -> dict:
    """The part of a chart's `config` with which its formats, as `.1%`, write a share as in sentences."""
    english = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]}
    return {"locale": {"number": english | {"percent": _percent_sign()[1]}}}


def _percent_sign() -> list[str]:
    """What sentences have before a number in percent, and behind it."""
    return _("{number} %", number="\n").split("\n")


def decades(low: int, high: int, most: int) -> dict:
    """The axis of a logarithmic scale with labels at powers of 10, `0.001` or `10⁻⁴`, from the exponent `high` down to
    `low`: at most so many, equally far apart."""
    step = max(1, math.ceil((high - low) / most))
    powers = range(high, low - 1, -step)
    labels = f"{[_power(k) for k in powers]}[round(({high} - log(datum.value) / LN10) / {step})]"
    return {"values": [10.0**k for k in powers], "labelExpr": labels, "labelFlush": False}


def _power(exponent: int) -> str:
    return f"10{str(exponent).translate(RAISED)}" if abs(exponent) > 3 else short(10.0**exponent)


def legend_rows(names: Sequence[str], columns: int, width: int) -> int:
    """How many rows a legend of so many columns has in a chart whose axes are about so many pixels wide."""
    return math.ceil(len(names) / max(1, min(columns, int(width // name_width(names)))))


def name_width(names: Iterable[str]) -> float:
    """Pixels that each of the names takes in a legend, at the most."""
    return SYMBOL + LETTER * max(map(len, names))


def reading_rule(rows: str, names: Sequence[str], value: str, x: dict, number: str = ".4g") -> dict:
    """The layer of a rule at the place along `x` nearest to the pointer, that tells the `value` of every line there.

    The rows, a data set of the chart, are long: their `line` is the place of a row's line among `names`.
    """
    tooltip = [quantity(f"line{line}", name, format=number) for line, name in enumerate(names)]
    rule = layer(
        rows,
        {"type": "rule", "color": LINE_COLOUR},
        x=x,
        strokeOpacity={"condition": {"param": NEAREST, "empty": False, "value": 0.6}, "value": 0},
        tooltip=[quantity(x["field"], x["title"]), *tooltip],
    )
    nearest = {"type": "point", "nearest": True, "on": "pointerover", "clear": "pointerout", "fields": [x["field"]]}
    pivot = {"pivot": "key", "value": value, "groupby": [x["field"]]}
    transform = [{"calculate": "'line' + datum.line", "as": "key"}, pivot]
    return rule | {"transform": transform, "params": [{"name": NEAREST, "select": nearest}]}
