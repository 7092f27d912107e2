"""Vanishing gradients: the table of what slopes and weights leave of the gradient, and of the test accuracy."""

import math
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core import History
from core.lessons.vanishing import Chain, chain_figures
from ui.charts.palette import run_looks, text_on
from ui.shell.labels import network_labels
from ui.shell.language import N_, _
from ui.shell.numbers import cell, percent, short, written

if TYPE_CHECKING:
    import pandas as pd

# By the column of `chain_figures`: its header and its help.
_COLUMNS = {
    "bound": (
        N_("Slopes at most"),
        N_(
            "The most that slopes can leave of the gradient: the greatest slope, multiplied once for each hidden layer."
        ),
    ),
    "slopes": (N_("Slopes"), N_("What the slopes of all hidden layers leave of the gradient, without the weights.")),
    "weights": (N_("Weights"), N_("What the weights multiply the gradient by.")),
    "left": (
        N_("Left"),
        N_("Slopes × weights: the share of the output's gradient δ that is left at the first layer."),
    ),
    "gradient_ratio": (
        N_("Gradient of the weights, first ÷ output"),
        N_("Norm of the gradient of the first layer's weights and biases, divided by that of the output layer's."),
    ),
    "test_accuracy": (N_("Test accuracy"), N_("After the last epoch, or after the last epoch with finite numbers.")),
}


def labelled_figures(history: History, followed: Chain, epoch_index: int = 0) -> "pd.DataFrame":
    """`chain_figures`, with the networks' labels as people see them."""
    return chain_figures(history, followed, epoch_index).assign(network=network_labels(history.experiment))


def show_figures(history: History, followed: Chain) -> None:
    """A row for each network: what slopes and weights leave of the gradient, and its test accuracy."""
    table = labelled_figures(history, followed)
    table["test_accuracy"] *= 100
    colours = dict(zip(table.network, (look.colour for look in run_looks(history.experiment))))
    coloured = table.style.map(lambda name: _name_style(colours[name]), ["network"])
    figures = coloured.format(_three_digits, ["bound", "slopes", "weights", "left"]).format(share, ["gradient_ratio"])
    # The same digits as in the sentences: the browser rounds 96.25 up, Python to the even digit.
    figures.format(lambda accuracy: percent(accuracy / 100), ["test_accuracy"])
    columns = {"network": st.column_config.TextColumn(_("Network"))} | {
        name: st.column_config.NumberColumn(_(header), help=_(words)) for name, (header, words) in _COLUMNS.items()
    }
    st.dataframe(figures, column_config=columns, hide_index=True, placeholder=cell(math.nan))


def _name_style(colour: str) -> str:
    return f"background-color: {colour}; color: {text_on(colour)}"


def _three_digits(number: float) -> str:
    """So many that the product of two is nearly the third."""
    return cell(number, partial(written, digits=3))


def share(number: float) -> str:
    """How much of the output layer's gradient the first layer's is, with two digits."""
    return cell(number, short)
