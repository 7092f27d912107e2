"""Activation functions: value and slope of several on one axis of z, and a small picture of each."""

import base64
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from core import activation_of
from core.lessons.function_facts import facts
from core.nn.own_functions import KEPT
from ui.charts.layers import LEGEND, SCHEMA, between, layer, one_each, quantity
from ui.charts.layers import names as named
from ui.charts.lines import name_width
from ui.charts.palette import LINE_COLOUR, activation_look, activation_looks
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import series

PANELS = {"value": N_("Value f(z)"), "slope": N_("Slope f′(z)")}
_WORDS = N_("Value and slope of activation functions at z = {places}. {functions}.")
_OF_ONE = N_("{function}: values {values}, slopes {slopes}")
_TOLD = N_("{value}, slope {slope}")
WIDTH, HEIGHT = 360, 290  # pixels of a panel: two beside each other, or one on a phone
ROOM_FOR_TWO = 1200  # pixels of the window, with its sidebar
_IN_ONE = f"windowSize()[0] < {ROOM_FOR_TWO}"  # column
_POINTER = {"on": "pointerover", "clear": "pointerout"}
LABELS = 34  # pixels for those of the axis, so that panels below each other are aligned
PLACES = 201  # of z, at which the curves can be read
STEEPEST = 2.0  # slopes beyond are not drawn, nor values beyond those of z
BESIDE = 1e-4  # of the axis: how near to a break a curve is drawn
OUTSIDE = 100  # times as far as a panel reaches, at most, goes a curve: an endless line is drawn without dashes
SMALL = 64, 40  # pixels of a small picture
SMALL_REACH, SMALL_VALUES = 4, (-1.3, 1.7)  # of its z, from -4 to 4, and of its values


def functions_chart(names: Sequence[str], reach: float) -> dict:
    """The Vega-Lite specification of the functions for z from -reach to reach: value and slope, beside each other or
    below each other.  Pointing at either reads both, of every function; a click in the legend brings a curve out."""
    curves = pd.concat(_curve(name, reach) for name in names)
    panels = [_panel(column, names, curves, reach) for column in PANELS]
    return SCHEMA | {
        "concat": panels,
        "columns": {"signal": f"{_IN_ONE} ? 1 : 2"},
        "spacing": 20,
        "autosize": "pad",
        "params": [
            {"name": "picked", "bind": "legend", "select": {"type": "point", "fields": ["function"]}}
            | {"views": [f"curves of {column}" for column in PANELS]},
            {"name": "at", "select": {"type": "point", "fields": ["z"], "nearest": True} | _POINTER}
            | {"views": [f"readings of {column}" for column in PANELS]},
        ],
        "datasets": {"curves": curves.to_dict("records"), "readings": _readings(names, reach).to_dict("records")},
    }


def functions_text(names: Sequence[str], reach: float) -> str:
    """The chart of the functions in words: values and slopes at both ends of the axis and in the middle."""
    z = np.array([-reach, 0.0, reach])
    parts = [
        _(
            _OF_ONE, function=label("activation", name), values=series(activation_of(name).value(z), 3),
            slopes=series(activation_of(name).slope(z), 3),
        )
        for name in names
    ]  # fmt: skip
    return _(_WORDS, places=series(z, 3), functions=". ".join(parts))


def out_of_sight(names: Sequence[str], reach: float) -> list[str]:
    """The names of functions that leave the picture somewhere between -reach and reach."""
    return [name for name in names if _leaves(name, reach)]


@lru_cache(maxsize=KEPT)
def small_picture(name: str) -> str:
    """The values of a function as a `data:` URL of an SVG, on the same axes for all."""
    (width, height), (low, high), look = SMALL, SMALL_VALUES, activation_look(name)
    z = np.linspace(-SMALL_REACH, SMALL_REACH, width + 1)
    across, up = width / (2 * SMALL_REACH), height / (high - low)  # pixels of 1
    values = _finite(activation_of(name).value(z))
    curve = zip((z + SMALL_REACH) * across, (high - np.clip(values, -1e3, 1e3)) * up)
    points = " ".join(f"{x:.4g},{y:.4g}" for x, y in curve if np.isfinite(y))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path d="M0 {high * up:.4g}H{width}M{width / 2} 0V{height}" stroke="{LINE_COLOUR}" stroke-opacity="0.5"/>'
        f'<polyline points="{points}" fill="none" stroke="{look.colour}" stroke-width="2.2" '
        f'stroke-dasharray="{" ".join(map(str, look.dash))}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _panel(column: str, names: Sequence[str], curves: pd.DataFrame, reach: float) -> dict:
    limit = STEEPEST if column == "slope" else reach
    extent = np.clip(np.nan_to_num([curves[column].min(), curves[column].max()]), -limit, limit).tolist()
    x = quantity("z", "z", scale=between(-reach, reach))
    y = quantity(column, scale={"domain": extent, "nice": True}, axis={"minExtent": LABELS})
    looks, labels = activation_looks(names), [label("activation", name) for name in names]
    colours = one_each(labels, [look.colour for look in looks])
    dashes = one_each(labels, [list(look.dash) for look in looks])
    colour = named("function", scale=colours, legend=LEGEND | {"columns": _legend_columns(labels), "symbolOpacity": 1})
    dash = named("function", scale=dashes)
    faint = {"condition": {"param": "picked", "value": 1}, "value": 0.12}
    line = {"type": "line", "strokeWidth": 2, "clip": True}
    lines = layer("curves", line, x=x, y=y, color=colour, strokeDash=dash, opacity=faint)
    dots = layer(
        "curves",
        {"type": "point", "filled": True, "size": 45, "clip": True, "opacity": 1},
        x=x,
        y=y,
        color=colour,
    )
    return {
        "title": _(PANELS[column]),
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            lines | {"name": f"curves of {column}"},
            _reader(names, x) | {"name": f"readings of {column}"},
            dots | {"transform": [{"filter": {"param": "at", "empty": False}}]},
        ],
    }


def _legend_columns(labels: Sequence[str]) -> dict:
    """As many as there is room for, below one panel or below two."""
    one, two = (max(1, int(width // name_width(labels))) for width in (WIDTH, 2 * WIDTH + LABELS))
    return {"expr": f"{_IN_ONE} ? {one} : {two}"}


def _reader(names: Sequence[str], x: dict) -> dict:
    """A rule at the place nearest to the pointer, that tells every function's value and slope there."""
    told = [_in_quotes(_(_TOLD, value=_written(f"value{k}"), slope=_written(f"slope{k}"))) for k in range(len(names))]
    tooltip = [named(f"told{k}", label("activation", name)) for k, name in enumerate(names)]
    shown = {"condition": {"param": "at", "empty": False, "value": 0.6}, "value": 0}
    rule = layer(
        "readings", {"type": "rule", "color": LINE_COLOUR}, x=x, opacity=shown, tooltip=[quantity("z", "z"), *tooltip]
    )
    return rule | {"transform": [{"calculate": text, "as": f"told{k}"} for k, text in enumerate(told)]}


def _in_quotes(text: str) -> str:
    """A Vega expression of the text, in which `_written` has left its quotes."""
    return f"'{text}'"


def _written(field: str) -> str:
    return f"' + format(datum.{field}, '.4~g') + '"


def _curve(name: str, reach: float) -> pd.DataFrame:
    """Its value and slope at `PLACES` of z and on both sides of where it is broken, with a gap between them."""
    record, gaps = activation_of(name), np.concatenate([facts(name).poles, facts(name).jumps])
    breaks = np.concatenate([gaps, facts(name).corners])
    z = np.union1d(_places(reach), np.concatenate([breaks - BESIDE * reach, breaks, breaks + BESIDE * reach]))
    z = z[np.abs(z) <= reach]
    values, slopes = _finite(record.value(z)), _finite(record.slope(z))
    value = np.where(np.isin(z, gaps), np.nan, values)
    slope = np.where(np.isin(z, breaks) | np.isnan(values), np.nan, slopes)  # log(x) has none below 0
    value, slope = (np.clip(each, -OUTSIDE * far, OUTSIDE * far) for each, far in ((value, reach), (slope, STEEPEST)))
    return pd.DataFrame({"function": label("activation", name), "z": z, "value": value, "slope": slope})


def _readings(names: Sequence[str], reach: float) -> pd.DataFrame:
    """A row for each place, a column for each function's value and slope."""
    z = _places(reach)
    columns = {"z": z}
    for k, name in enumerate(names):
        record = activation_of(name)
        columns |= {f"value{k}": _finite(record.value(z)), f"slope{k}": _finite(record.slope(z))}
    return pd.DataFrame(columns)


def _finite(numbers: np.ndarray) -> np.ndarray:
    """With a gap where a function that somebody wrote has no finite value."""
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _places(reach: float) -> np.ndarray:
    return np.linspace(-reach, reach, PLACES).round(6)


@lru_cache(maxsize=KEPT)
def _leaves(name: str, reach: float) -> bool:
    curve = _curve(name, reach)
    return bool(curve.value.abs().max() > 1.1 * reach or curve.slope.abs().max() > STEEPEST)
