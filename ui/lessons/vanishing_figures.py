"""Vanishing gradients: the table, and the sentences that have its figures."""

from collections.abc import Iterator

import numpy as np
import streamlit as st

from core import ACTIVATIONS, History
from core.chain import Chain, chain_figures
from core.summary import network_names
from ui.charts.palette import run_looks
from ui.words import RAISED, count, short

_REACHES = "Before training, the gradient of the first layer is **{share}** times that of the output layer."
_REACH = (
    "Before training, the gradient of the first layer is **{share}** times that of the output layer in **{network}**, "
    "and {other_share} times in **{other}**."
)
_NONE_REACHES = "Before training, the gradient of the first layer is **0** in **{silent}**."
_SOME_REACH = (
    "Before training, the gradient of the first layer is **0** in **{silent}**. In **{other}**, it is {other_share} "
    "times that of the output layer."
)
_MADE_UP = (
    "The slopes of **{network}** alone leave **{slopes}** of the gradient. Its initial weights multiply that by "
    "**{weights}**, which makes **{left}**."
)
_WEIGHTS = "The initial weights of **{network}** multiply the gradient by **{weights}**, its slopes by {slopes}."
_NOTHING_LEFT = "Before training, nothing of the gradient gets through all hidden layers."
_LEARNT = (
    "After {epochs}, **{network}** is right for **{accuracy:.1f} %** of the test samples. Its training loss was "
    "{before} at the start, and is {after} now."
)
_LEARNT_BESIDE = (
    "After {epochs}, **{network}** is right for **{accuracy:.1f} %** of the test samples, **{other}** for {best:.1f} "
    "%. The training loss of {network} was {before} at the start, and is {after} now."
)
_NUMBERS = (
    "**{network}**, {layers}, before training: slopes times weights, {slopes} × {weights} = **{left}**, is left of the "
    "gradient.\n\nSlopes alone can leave at most {greatest:.4g}{power} = **{bound}**. Weights have no such bound: "
    "large ones can make up for small slopes."
)
_NO_BOUND = (
    "**{network}**, {layers}, before training: slopes times weights, {slopes} × {weights} = **{left}**, is left of the "
    "gradient. Its slopes have no bound."
)
_BLEW_UP = "Blew up: **{networks}**. Compare tells why, and what helps."

_NUMBER = {"format": "%.2g"}
_COLUMNS = {
    "network": st.column_config.TextColumn("Network"),
    "bound": st.column_config.NumberColumn(
        "At most", help="The most that slopes can leave of the gradient: the greatest slope, once a layer.", **_NUMBER
    ),
    "slopes": st.column_config.NumberColumn(
        "Slopes", help="What slopes leave of the gradient, over all hidden layers, without the weights.", **_NUMBER
    ),
    "weights": st.column_config.NumberColumn("Weights", help="What weights multiply the gradient by.", **_NUMBER),
    "left": st.column_config.NumberColumn(
        "Slopes × weights", help="What is left at the first layer of the gradient at the output.", **_NUMBER
    ),
    "gradient_ratio": st.column_config.NumberColumn(
        "Grad. first ÷ output",
        help="Norm of the gradient by the first layer's weights and biases, divided by that of the output layer's.",
        **_NUMBER,
    ),
    "test_accuracy": st.column_config.NumberColumn(
        "Test acc.", help="After the last epoch, or at the last finite one.", format="%.1f %%"
    ),
}  # fmt: skip


def blown_up(history: History) -> str | None:
    """Which networks became infinite, and when."""
    ends = zip(network_names(history.experiment), history.diverged_at)
    names = [f"{name} (epoch {epoch})" for name, epoch in ends if epoch >= 0]
    return _BLEW_UP.format(networks=", ".join(names)) if names else None


def notices(history: History, followed: Chain) -> Iterator[str]:
    """What there is to notice, with the figures of the networks on screen."""
    table = chain_figures(history, followed)
    yield from _reach(table)
    some_left = _with_some_left(table)
    made_up = some_left[(some_left.slopes < 1) & (some_left.weights > 1)]
    if len(made_up):
        yield _MADE_UP.format(**_in_words(made_up.loc[made_up.left.idxmax()]))
    elif len(some_left):
        yield _WEIGHTS.format(**_in_words(some_left.loc[some_left.slopes.idxmax()]))
    accuracy = table.test_accuracy[history.diverged_at < 0]
    if not len(accuracy):
        return
    worst, best = accuracy.idxmin(), accuracy.idxmax()
    yield (_LEARNT if worst == best else _LEARNT_BESIDE).format(
        epochs=count(int(history.epochs[-1]), "epoch"),
        network=table.network[worst],
        accuracy=100 * accuracy[worst],
        other=table.network[best],
        best=100 * accuracy[best],
        before=_loss(history.train_loss[worst, 0]),
        after=_loss(history.train_loss[worst, -1]),
    )


def numbers(history: History, followed: Chain) -> str:
    """The formula, in the numbers of the network that has least of its gradient left, if it has any."""
    layers = len(history.experiment.hidden)
    some_left = _with_some_left(chain_figures(history, followed))
    if not len(some_left):
        return _NOTHING_LEFT
    row = some_left.loc[some_left.left.idxmin()]
    greatest = ACTIVATIONS[history.experiment.runs[row.name].activation].greatest_slope
    return (_NUMBERS if np.isfinite(greatest) else _NO_BOUND).format(
        layers=count(layers, "hidden layer"),
        greatest=greatest,
        power=str(layers).translate(RAISED),
        bound=short(row.bound),
        **_in_words(row),
    )


def show_figures(history: History, followed: Chain) -> None:
    """A row for each network: what slopes and weights leave of the gradient, and what came of it."""
    table = chain_figures(history, followed)
    table["test_accuracy"] *= 100
    colours = dict(zip(table.network, (look.colour for look in run_looks(history.experiment))))
    coloured = table.style.map(lambda name: f"background-color: {colours[name]}; color: white", ["network"])
    st.dataframe(coloured, column_config=_COLUMNS, hide_index=True)


def _reach(table) -> Iterator[str]:
    """How much of the gradient is in the first layer; nothing if that is known of no network."""
    ratios = table.gradient_ratio.dropna()
    if not len(ratios):
        return
    silent, least, most = ratios.index[ratios == 0], ratios.idxmin(), ratios.idxmax()
    several = _SOME_REACH if len(silent) else _REACH
    alike = _NONE_REACHES if len(silent) else _REACHES
    yield (alike if least == most else several).format(
        silent=", ".join(table.network[silent]),
        network=table.network[least],
        share=short(ratios[least]),
        other=table.network[most],
        other_share=short(ratios[most]),
    )


def _with_some_left(table):
    """The rows of `chain_figures` in which slopes and weights leave something; both are finite."""
    return table[(table.left > 0) & np.isfinite(table.slopes * table.weights)]


def _loss(number: float) -> str:
    return f"{number:.3f}" if 1e-3 <= number < 1e3 else short(number)


def _in_words(row) -> dict[str, str]:
    """The network of a row of `chain_figures`, and what slopes and weights leave."""
    return {"network": row.network} | {name: short(row[name]) for name in ("slopes", "weights", "left")}
