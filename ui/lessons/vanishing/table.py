"""Vanishing gradients: the table of what slopes and weights leave of the gradient, and of the test accuracy."""

from functools import partial
from typing import TYPE_CHECKING

from core import History
from core.lessons.vanishing import Chain, chain_figures
from ui.shell.columns import Column, sortable
from ui.shell.labels import network_labels
from ui.shell.language import N_, _
from ui.shell.numbers import cell, percent, short, written

if TYPE_CHECKING:
    import pandas as pd


def _three_digits(number: float) -> str:
    """So many that the product of two is nearly the third."""
    return cell(number, partial(written, digits=3))


def share(number: float) -> str:
    """How much of the output layer's gradient the first layer's is, with two digits."""
    return cell(number, short)


# By the column of `chain_figures`: its heading, its meaning, and how its numbers are written.
_COLUMNS = {
    "bound": (
        N_("Slopes at most"),
        N_(
            "The most that slopes can leave of the gradient: the greatest slope, multiplied once for each hidden layer."
        ),
        _three_digits,
    ),
    "slopes": (
        N_("Slopes"),
        N_("What the slopes of all hidden layers leave of the gradient, without the weights."),
        _three_digits,
    ),
    "weights": (N_("Weights"), N_("What the weights multiply the gradient by."), _three_digits),
    "left": (
        N_("Left"),
        N_("Slopes × weights: the share of the output's gradient δ that is left at the first layer."),
        _three_digits,
    ),
    "gradient_ratio": (
        N_("Gradient of the weights, first ÷ output"),
        N_("Norm of the gradient of the first layer's weights and biases, divided by that of the output layer's."),
        share,
    ),
    "test_accuracy": (
        N_("Test accuracy"),
        N_("After the last epoch, or after the last epoch with finite numbers."),
        partial(cell, write=percent),
    ),
}


def labelled_figures(history: History, followed: Chain, epoch_index: int = 0) -> "pd.DataFrame":
    """`chain_figures`, with the networks' labels as people see them."""
    return chain_figures(history, followed, epoch_index).assign(network=network_labels(history.experiment))


def columns(history: History, followed: Chain) -> list[Column]:
    """With a row for each network: what slopes and weights leave of the gradient, and its test accuracy."""
    figures = labelled_figures(history, followed)
    return [
        Column(name, _(heading), _(meaning), list(map(write, figures[name])), sortable(figures[name]))
        for name, (heading, meaning, write) in _COLUMNS.items()
    ]
