"""The sigmoid on its way to tanh: before and after a move, with arrows that show where its points go."""

import numpy as np

from core import ACTIVATIONS
from core.lessons.reshaping import TANH_MOVES
from core.nn.activations import Function
from ui.charts.layers import LEGEND, SCHEMA, Rows, between, layer, names, one_each, quantity
from ui.charts.palette import DASHES, LINE_COLOUR, Look, activation_look
from ui.shell.language import N_, _
from ui.shell.numbers import exact, series

FORMULAS = ("σ(z)", "σ(2z)", "2 σ(2z)", "2 σ(2z) − 1")  # of TANH_MOVES
TANH = "tanh z"
_WORDS = N_("Values at z = {least}, 0 and {greatest}. {curves}.")
REACH, VALUES = 4.0, (-1.1, 2.1)  # of the axes, at every move
HEIGHT = 420  # pixels, title, axes and legend included
PLACES = 161  # of z
ARROWS = np.array([-3.0, -1.5, 1.5, 3.0])  # where they start on the sigmoid


def moves_chart(move: int) -> dict:
    """The Vega-Lite specification of the curve before and after that one of `TANH_MOVES`, and of tanh."""
    curves, z = _curves(move), np.linspace(-REACH, REACH, PLACES).round(6)
    values = [function(z).tolist() for function, look in curves.values()]
    rows = [
        {"z": place, "curve": label, "value": value}
        for label, column in zip(curves, values)
        for place, value in zip(z.tolist(), column)
    ]
    readings = [
        {"z": place} | {f"curve{k}": value for k, value in enumerate(row)}
        for place, *row in zip(z.tolist(), *values)
    ]  # fmt: skip
    x, y = _axes("z", "value")
    looks = [look for function, look in curves.values()]
    colour = names("curve", scale=one_each(curves, [look.colour for look in looks]), legend=LEGEND)
    dash = names("curve", scale=one_each(curves, [list(look.dash) for look in looks]))
    lines = layer("curves", {"type": "line", "strokeWidth": 2.5}, x=x, y=y, color=colour, strokeDash=dash)
    told = [quantity("z", "z"), *(quantity(f"curve{k}", label, format=".4~f") for k, label in enumerate(curves))]
    shown = {"condition": {"param": "at", "empty": False, "value": 0.6}, "value": 0}
    reader = layer("readings", {"type": "rule", "color": LINE_COLOUR}, x=x, opacity=shown, tooltip=told)
    nearest = {"type": "point", "fields": ["z"], "nearest": True, "on": "pointerover", "clear": "pointerout"}
    return SCHEMA | {
        "height": HEIGHT,
        "layer": [*_arrows(move), lines, reader | {"name": "reader"}],
        "params": [{"name": "at", "select": nearest, "views": ["reader"]}],
        "datasets": {"curves": rows, "readings": readings, "arrows": _arrow_rows(move)},
    }


def moves_text(move: int) -> str:
    """The picture of `moves_chart` in words, for those who cannot see it: each curve at both ends of the picture and
    in the middle."""
    z = np.array([-REACH, 0.0, REACH])
    parts = [f"{label}: {series(function(z), 3)}" for label, (function, _) in _curves(move).items()]
    return _(_WORDS, least=exact(-REACH), greatest=exact(REACH), curves="; ".join(parts))


def _curves(move: int) -> dict[str, tuple[Function, Look]]:
    """By formula, what is drawn and how: before, after, tanh on top."""
    solid = DASHES[0]
    before = {FORMULAS[move - 1]: (TANH_MOVES[move - 1].value, Look(LINE_COLOUR, solid))} if move else {}
    after = {FORMULAS[move]: (TANH_MOVES[move].value, Look(activation_look("sigmoid").colour, solid))}
    return before | after | {TANH: (ACTIVATIONS["tanh"].value, activation_look("tanh"))}


def _arrows(move: int) -> list[dict]:
    """From some points of the curve before the move to where they are after it."""
    if not move:
        return []
    (x, y), (x2, y2) = _axes("z", "value"), _axes("z2", "value2")
    head = {"type": "point", "shape": "triangle", "filled": True, "color": LINE_COLOUR, "size": 70, "opacity": 1}
    return [
        layer(
            "arrows", {"type": "rule", "color": LINE_COLOUR}, x=x, x2={"field": "z2"}, y=y, y2={"field": "value2"}
        ),
        layer("arrows", head, x=x2, y=y2, angle=quantity("angle", scale=None)),
    ]  # fmt: skip


def _arrow_rows(move: int) -> Rows:
    if not move:
        return []
    before, after = TANH_MOVES[move - 1 : move + 1]
    x, x2 = before.place(ARROWS), after.place(ARROWS)
    y, y2 = before.value(x), after.value(x2)
    angles = np.degrees(np.arctan2(x2 - x, y2 - y))  # from upwards, clockwise
    columns = (each.tolist() for each in (x, x2, y, y2, angles))
    return [dict(zip(("z", "z2", "value", "value2", "angle"), row)) for row in zip(*columns)]


def _axes(across: str, up: str) -> tuple[dict, dict]:
    x = quantity(across, "z", scale=between(-REACH, REACH), axis={"tickCount": 9})
    return x, quantity(up, _("Value"), scale=between(*VALUES))
