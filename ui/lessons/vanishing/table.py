"""Vanishing gradients: the table of what slopes and weights leave of the gradient, and of what came of it."""

import math
from functools import partial

import streamlit as st

from core import History
from core.lessons.vanishing import Chain, chain_figures
from ui.charts.palette import run_looks
from ui.shell.numbers import cell, percent, short, written

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
    figures = coloured.format(_three_digits, ["bound", "slopes", "weights", "left"]).format(share, ["gradient_ratio"])
    # The same digits as in the sentences: the browser rounds 96.25 up, Python to the even digit.
    figures.format(lambda accuracy: percent(accuracy / 100), ["test_accuracy"])
    st.dataframe(figures, column_config=_COLUMNS, hide_index=True, placeholder=cell(math.nan))


def _three_digits(number: float) -> str:
    """So many that the product of two is nearly the third."""
    return cell(number, partial(written, digits=3))


def share(number: float) -> str:
    """How much of the output layer's gradient the first layer's is, with two digits."""
    return cell(number, short)
