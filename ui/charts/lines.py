"""Lines that have a look each: their colours and dashes with a legend below, and a rule that reads all of them."""

import math
from collections.abc import Iterable, Mapping, Sequence

import altair as alt
import pandas as pd

from ui.charts.palette import LINE_COLOUR, Look
from ui.shell.numbers import RAISED, short

# A share on an axis or in a legend, in percent as in sentences: Vega's own format has no space before the sign.
IN_PERCENT = "format(round(1000 * datum.value) / 10, '~g') + ' %'"
# Pixels that a name takes in a legend: its line with the gaps beside it, and each letter, at the most.
SYMBOL, LETTER = 44, 6.6


def line_channels(
    field: str, looks: Mapping[str, Look], columns: str, title: str | None = None
) -> tuple[alt.Color, alt.StrokeDash]:
    """Colour and dash of the lines that `field` names, with a legend in at most so many `columns`, a Vega expression,
    and in no more than its names leave room for in the chart's width."""
    legend = alt.Legend(
        title=title, orient="bottom", columns=alt.ExprRef(columns_with_room(columns, looks)), symbolType="stroke",
        symbolSize=400, symbolOpacity=1, labelLimit=0,
    )  # fmt: skip
    names = list(looks)
    colours = alt.Scale(domain=names, range=[look.colour for look in looks.values()])
    dashes = alt.Scale(domain=names, range=[look.dash for look in looks.values()])
    return alt.Color(f"{field}:N", scale=colours, legend=legend), alt.StrokeDash(f"{field}:N", scale=dashes)


def decades(low: int, high: int, most: int) -> alt.Axis:
    """The axis of a logarithmic scale with labels at powers of 10, `0.001` or `10⁻⁴`, from the exponent `high` down to
    `low`: at most so many, equally far apart."""
    step = max(1, math.ceil((high - low) / most))
    powers = range(high, low - 1, -step)
    labels = f"{[_power(k) for k in powers]}[round(({high} - log(datum.value) / LN10) / {step})]"
    return alt.Axis(values=[10.0**k for k in powers], labelExpr=labels, labelFlush=False)


def _power(exponent: int) -> str:
    return f"10{str(exponent).translate(RAISED)}" if abs(exponent) > 3 else short(10.0**exponent)


def legend_rows(names: Sequence[str], columns: int, width: int) -> int:
    """How many rows a legend of so many columns has in a chart whose axes are about so many pixels wide."""
    return math.ceil(len(names) / max(1, min(columns, int(width // name_width(names)))))


def columns_with_room(columns: str, names: Iterable[str]) -> str:
    """Vega's expression for so many columns of a legend, and no more than the names leave room for."""
    return f"max(1, min({columns}, floor(width / {round(name_width(names))})))"


def name_width(names: Iterable[str]) -> float:
    """Pixels that each of the names takes in a legend, at the most."""
    return SYMBOL + LETTER * max(map(len, names))


def reading_rule(
    table: pd.DataFrame | alt.NamedData, names: Sequence[str], value: str, x: alt.X, number: str = ".4g"
) -> alt.Chart:
    """A rule at the place along `x` nearest to the pointer, that tells the `value` of every line there.

    The table is long: its column `line` has the place of each row's line among `names`.
    """
    at = x.shorthand.removesuffix(":Q")
    nearest = alt.selection_point(nearest=True, on="pointerover", clear="pointerout", fields=[at], empty=False)
    tooltip = [alt.Tooltip(f"line{line}:Q", title=name, format=number) for line, name in enumerate(names)]
    return (
        alt.Chart(table)
        .transform_calculate(key="'line' + datum.line")
        .transform_pivot("key", value=value, groupby=[at])
        .mark_rule(color=LINE_COLOUR)
        .encode(
            x=x,
            opacity=alt.condition(nearest, alt.value(0.6), alt.value(0)),
            tooltip=[alt.Tooltip(x.shorthand), *tooltip],
        )
        .add_params(nearest)
    )
