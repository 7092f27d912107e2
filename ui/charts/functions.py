"""Activation functions: value and slope of several on one axis of z, and a small picture of each."""

import base64
from collections.abc import Sequence
from functools import cache

import altair as alt
import numpy as np
import pandas as pd

from core import ACTIVATIONS
from core.lessons.function_facts import facts
from ui.charts.lines import line_channels
from ui.charts.palette import LINE_COLOUR, activation_look
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import series

PANELS = {"value": N_("Value f(z)"), "slope": N_("Slope f′(z)")}
_WORDS = N_("Value and slope of activation functions at z = {places}. {functions}.")
_OF_ONE = N_("{function}: values {values}, slopes {slopes}")
_TOLD = N_("{value}, slope {slope}")
WIDTH, HEIGHT = 360, 290  # pixels of a panel: two beside each other, or one on a phone
ROOM_FOR_TWO = 1200  # pixels of the window, with its sidebar
LABELS = 34  # pixels for those of the axis, so that panels below each other are aligned
PLACES = 201  # of z, at which the curves can be read
STEEPEST = 2.0  # slopes beyond are not drawn, nor values beyond those of z
BESIDE = 1e-4  # of the axis: how near to a break a curve is drawn
SMALL = 64, 40  # pixels of a small picture
SMALL_REACH, SMALL_VALUES = 4, (-1.3, 1.7)  # of its z, from -4 to 4, and of its values

_picked = alt.selection_point(name="picked", fields=["function"], bind="legend")
_at = alt.selection_point(
    name="at", fields=["z"], nearest=True, on="pointerover", clear="pointerout", empty=False,
)  # fmt: skip


def functions_chart(names: Sequence[str], reach: float) -> dict:
    """The Vega-Lite specification of the functions for z from -reach to reach: value and slope, beside each other or
    below each other.  Pointing at either reads both, of every function; a click in the legend brings a curve out."""
    curves = pd.concat(_curve(name, reach) for name in names)
    specification = alt.concat(*(_panel(column, names, curves, reach) for column in PANELS), spacing=20).to_dict()
    specification["columns"] = {"signal": f"windowSize()[0] < {ROOM_FOR_TWO} ? 1 : 2"}
    specification["autosize"] = {"type": "pad"}
    specification["params"] = [  # each in both panels
        parameter.param.to_dict() | {"views": [panel["layer"][place]["name"] for panel in specification["concat"]]}
        for place, parameter in enumerate((_picked, _at))
    ]
    # Put in last: Altair copies data several times over.
    specification["datasets"] = {
        "curves": curves.to_dict("records"),
        "readings": _readings(names, reach).to_dict("records"),
    }
    return specification


def functions_text(names: Sequence[str], reach: float) -> str:
    """The chart of the functions in words: values and slopes at both ends of the axis and in the middle."""
    z = np.array([-reach, 0.0, reach])
    parts = [
        _(
            _OF_ONE, function=label("activation", name), values=series(ACTIVATIONS[name].value(z), 3),
            slopes=series(ACTIVATIONS[name].slope(z), 3),
        )
        for name in names
    ]  # fmt: skip
    return _(_WORDS, places=series(z, 3), functions=". ".join(parts))


def out_of_sight(names: Sequence[str], reach: float) -> list[str]:
    """The names of functions that leave the picture somewhere between -reach and reach."""
    return [name for name in names if _leaves(_curve(name, reach), reach)]


@cache
def small_picture(name: str) -> str:
    """The values of a function as a `data:` URL of an SVG, on the same axes for all."""
    (width, height), (low, high), look = SMALL, SMALL_VALUES, activation_look(name)
    z = np.linspace(-SMALL_REACH, SMALL_REACH, width + 1)
    across, up = width / (2 * SMALL_REACH), height / (high - low)  # pixels of 1
    curve = zip((z + SMALL_REACH) * across, (high - ACTIVATIONS[name].value(z)) * up)
    points = " ".join(f"{x:.4g},{y:.4g}" for x, y in curve)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path d="M0 {high * up:.4g}H{width}M{width / 2} 0V{height}" stroke="{LINE_COLOUR}" stroke-opacity="0.5"/>'
        f'<polyline points="{points}" fill="none" stroke="{look.colour}" stroke-width="2.2" '
        f'stroke-dasharray="{" ".join(map(str, look.dash))}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _panel(column: str, names: Sequence[str], curves: pd.DataFrame, reach: float) -> alt.LayerChart:
    limit = STEEPEST if column == "slope" else reach
    looks = {label("activation", name): activation_look(name) for name in names}
    colour, dash = line_channels("function", looks, "(windowSize()[0] < 640 ? 3 : 6)")
    extent = np.clip([curves[column].min(), curves[column].max()], -limit, limit).tolist()
    x = alt.X("z:Q", title="z", scale=alt.Scale(domain=[-reach, reach], nice=False))
    y = alt.Y(f"{column}:Q", title=None, scale=alt.Scale(domain=extent, nice=True), axis=alt.Axis(minExtent=LABELS))
    lines = (
        alt.Chart(alt.NamedData("curves"), name=f"curves of {column}")
        .mark_line(strokeWidth=2, clip=True)
        .encode(
            x=x, y=y, color=colour, strokeDash=dash,
            opacity=alt.condition(_picked, alt.value(1), alt.value(0.12)),
        )
    )  # fmt: skip
    dots = (
        alt.Chart(alt.NamedData("curves"))
        .transform_filter(_at)
        .mark_point(filled=True, size=45, clip=True, opacity=1)
        .encode(x=x, y=y, color=colour)
    )
    chart = alt.layer(lines, _reader(column, names, x), dots)
    return chart.properties(title=_(PANELS[column]), width=WIDTH, height=HEIGHT)


def _reader(column: str, names: Sequence[str], x: alt.X) -> alt.Chart:
    """A rule at the place nearest to the pointer, that tells every function's value and slope there."""
    told = {
        f"told{k}": _in_quotes(_(_TOLD, value=_written(f"value{k}"), slope=_written(f"slope{k}")))
        for k in range(len(names))
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=label("activation", name)) for field, name in zip(told, names)]
    return (
        alt.Chart(alt.NamedData("readings"), name=f"readings of {column}")
        .transform_calculate(**told)
        .mark_rule(color=LINE_COLOUR)
        .encode(x=x, opacity=alt.condition(_at, alt.value(0.6), alt.value(0)), tooltip=[alt.Tooltip("z:Q"), *tooltip])
    )


def _in_quotes(text: str) -> str:
    """A Vega expression of the text, in which `_written` has left its quotes."""
    return f"'{text}'"


def _written(field: str) -> str:
    return f"' + format(datum.{field}, '.4~g') + '"


def _curve(name: str, reach: float) -> pd.DataFrame:
    """Its value and slope at `PLACES` of z and on both sides of where it is broken, with a gap between them."""
    record, jumps = ACTIVATIONS[name], np.array(facts(name).jumps)
    breaks = np.concatenate([jumps, facts(name).corners])
    z = np.union1d(_places(reach), np.concatenate([breaks - BESIDE * reach, breaks, breaks + BESIDE * reach]))
    z = z[np.abs(z) <= reach]
    value = np.where(np.isin(z, jumps), np.nan, record.value(z))
    slope = np.where(np.isin(z, breaks), np.nan, record.slope(z))
    return pd.DataFrame({"function": label("activation", name), "z": z, "value": value, "slope": slope})


def _readings(names: Sequence[str], reach: float) -> pd.DataFrame:
    """A row for each place, a column for each function's value and slope."""
    z = _places(reach)
    columns = {"z": z}
    for k, name in enumerate(names):
        columns |= {f"value{k}": ACTIVATIONS[name].value(z), f"slope{k}": ACTIVATIONS[name].slope(z)}
    return pd.DataFrame(columns)


def _places(reach: float) -> np.ndarray:
    return np.linspace(-reach, reach, PLACES).round(6)


def _leaves(curve: pd.DataFrame, reach: float) -> bool:
    return bool(curve.value.abs().max() > 1.1 * reach or curve.slope.abs().max() > STEEPEST)
