"""The sigmoid on its way to tanh: before and after a move, with arrows that show where its points go."""

import altair as alt
import numpy as np
import pandas as pd

from core import ACTIVATIONS
from core.lessons.reshaping import TANH_MOVES
from core.nn.activations import Function
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
    table = pd.DataFrame({"z": z} | {f"curve{k}": function(z) for k, (function, _) in enumerate(curves.values())})
    labels = dict(zip(table.columns[1:], curves))
    looks = [look for _, look in curves.values()]
    legend = alt.Legend(title=None, orient="bottom", symbolType="stroke", symbolSize=400, labelLimit=0)
    colours = alt.Scale(domain=list(curves), range=[look.colour for look in looks])
    dashes = alt.Scale(domain=list(curves), range=[look.dash for look in looks])
    x, y = _axes("z:Q", "value:Q")
    lines = (
        alt.Chart(table.rename(columns=labels).melt("z", var_name="curve"))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x, y=y, color=alt.Color("curve:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash("curve:N", scale=dashes),
        )
    )  # fmt: skip
    at = alt.selection_point(nearest=True, on="pointerover", clear="pointerout", fields=["z"], empty=False)
    told = [alt.Tooltip(f"{field}:Q", title=label, format=".4~f") for field, label in labels.items()]
    reader = (
        alt.Chart(table)
        .mark_rule(color=LINE_COLOUR)
        .encode(x=x, opacity=alt.condition(at, alt.value(0.6), alt.value(0)), tooltip=[alt.Tooltip("z:Q"), *told])
        .add_params(at)
    )
    return alt.layer(*_arrows(move), lines, reader).properties(height=HEIGHT).to_dict()


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


def _arrows(move: int) -> list[alt.Chart]:
    """From some points of the curve before the move to where they are after it."""
    if not move:
        return []
    before, after = TANH_MOVES[move - 1 : move + 1]
    x, x2 = before.place(ARROWS), after.place(ARROWS)
    y, y2 = before.value(x), after.value(x2)
    angles = np.degrees(np.arctan2(x2 - x, y2 - y))  # from upwards, clockwise
    table = pd.DataFrame({"z": x, "z2": x2, "value": y, "value2": y2, "angle": angles})
    across, up = _axes("z:Q", "value:Q")
    rules = alt.Chart(table).mark_rule(color=LINE_COLOUR).encode(x=across, x2=alt.X2("z2"), y=up, y2=alt.Y2("value2"))
    across, up = _axes("z2:Q", "value2:Q")
    heads = (
        alt.Chart(table)
        .mark_point(shape="triangle", filled=True, color=LINE_COLOUR, size=70, opacity=1)
        .encode(x=across, y=up, angle=alt.Angle("angle:Q", scale=None))
    )
    return [rules, heads]


def _axes(across: str, up: str) -> tuple[alt.X, alt.Y]:
    x = alt.X(across, title="z", scale=alt.Scale(domain=[-REACH, REACH], nice=False), axis=alt.Axis(tickCount=9))
    return x, alt.Y(up, title=_("Value"), scale=alt.Scale(domain=VALUES, nice=False))
