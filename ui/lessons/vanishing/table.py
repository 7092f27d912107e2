"""Vanishing gradients: the table of what slopes and weights leave of the gradient, and of what came of it."""

import math

import streamlit as st

from core import History
from core.lessons.vanishing import Chain, chain_figures
from ui.charts.palette import run_looks
from ui.shell.numbers import short, written

_NONE, _ENDLESS = "–", "∞"
_COLUMNS = {
    "network": st.column_config.TextColumn("Network"),
    "bound": st.column_config.NumberColumn(
        "At most", help="The most that slopes can leave of the gradient: the greatest slope, once a layer."
    ),
    "slopes": st.column_config.NumberColumn(
        "Slopes", help="What slopes leave of the gradient, over all hidden layers, without the weights."
    ),
    "weights": st.column_config.NumberColumn("Weights", help="What weights multiply the gradient by."),
    "left": st.column_config.NumberColumn(
        "Left", help="Slopes times weights: what is left at the first layer of the gradient at the output."
    ),
    "gradient_ratio": st.column_config.NumberColumn(
        "Grad. first ÷ output",
        help="Norm of the gradient by the first layer's weights and biases, divided by that of the output layer's.",
    ),
    "test_accuracy": st.column_config.NumberColumn(
        "Test acc.", help="After the last epoch, or at the last finite one."
    ),
}


def show_figures(history: History, followed: Chain) -> None:
    """A row for each network: what slopes and weights leave of the gradient, and what came of it."""
    table = chain_figures(history, followed)
    table["test_accuracy"] *= 100
    colours = dict(zip(table.network, (look.colour for look in run_looks(history.experiment))))
    coloured = table.style.map(lambda name: f"background-color: {colours[name]}; color: white", ["network"])
    figures = coloured.format(_cell, ["bound", "slopes", "weights", "left"]).format(share, ["gradient_ratio"])
    # The same digits as in the sentences: the browser rounds 96.25 up, Python to the even digit.
    figures.format("{:.1f} %", ["test_accuracy"])
    st.dataframe(figures, column_config=_COLUMNS, hide_index=True, placeholder=_NONE)


def _cell(number: float) -> str:
    """Three digits, so that the product of two is nearly the third."""
    return _NONE if math.isnan(number) else _ENDLESS if math.isinf(number) else written(number, 3)


def share(number: float) -> str:
    """Of the output layer's gradient, in two digits."""
    return short(number) if math.isfinite(number) else _cell(number)
