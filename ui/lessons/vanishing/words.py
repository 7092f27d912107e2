"""Vanishing gradients: the sentences that have figures of the networks on screen."""

import math
from collections.abc import Iterator

import numpy as np

from core import ACTIVATIONS, History
from core.analysis.summary import chance_level, network_names
from core.lessons.vanishing import Chain, back_to_layers, chain_figures
from core.nn.optimizers import EPSILON
from ui.lessons.vanishing.table import share
from ui.shell.numbers import RAISED, count, loss, percent, short, written

MOST_SHARES = 6  # in one sentence
SMALL = 1e-3  # share of the output's gradient: with less at the first layer, it is called vanishing
LARGE = 1e3  # with more, exploding
COIN = math.log(2)  # cross-entropy of a guess among two classes
PLAIN = "sgd", "momentum", "nag"  # optimizers whose steps are as small as the gradient
ADDING = "rmsprop", "adam", "nadam", "radam", "adamw", "amsgrad", "adamax"  # those that add `EPSILON`

_READING = (
    "Press play: thick lines go through the training, thin lines stay at its start. Up is the norm of a layer's "
    "gradient, which is its length. Compare the layers of a line rather than its height: where a network has learnt, "
    "its gradient is small, too."
)
_READING_SLOPES = (
    "The product of the slopes alone, from the output back to each layer. Short bars are the most that they could "
    "leave: the greatest slope, once for each layer."
)
_READING_ZERO = "A triangle in the strip **0** is a layer where it is exactly 0."
_SHARES = (
    "Before training, the gradient by the weighted sums, $\\delta$, is at the first layer so many times what it is at "
    "the output: {shares}."
)
_SHARE = "**{network}** {share}"
_ENDS = (
    "Before training, the gradient by the weighted sums, $\\delta$, is at the first layer **{share}** times what it is "
    "at the output in **{network}**, which has least of it, and {other_share} times in **{other}**, which has most."
)
_VANISHES = "**Vanishing**, with less than a thousandth left: {networks}."
_EXPLODES = "**Exploding**, to more than a thousand times as much: {networks}."
_LATER = "After {epochs}, less than a thousandth is left in {networks}, too."
_NEITHER = "Neither vanishes nor explodes: all are between a thousandth and a thousand times."
_FROM = (
    "The same function from two kinds of initial weights: of the gradient of **{activation}**, {left} is left from "
    "{initializer}, and **{other_left}** from {other}. Its slopes leave {slopes} and {other_slopes} of it; the rest is "
    "the weights' doing, which multiply by {weights} and {other_weights}."
)
_MADE_UP = (
    "The slopes of **{network}** alone leave **{slopes}** of the gradient. Its initial weights multiply that by "
    "**{weights}**, which makes **{left}**."
)
_WEIGHTS = "The initial weights of **{network}** multiply the gradient by **{weights}**, its slopes by {slopes}."
_NOTHING_LEFT = "Before training, nothing of the gradient gets through all hidden layers."
_LEARNT = (
    "After {epochs}, **{network}** is right for **{accuracy}** of the test samples. Its training loss was "
    "{before} at the start, and is {after} now."
)
_LEARNT_BESIDE = (
    "After {epochs}, **{network}** is right for **{accuracy}** of the test samples, **{other}** for {best}. "
    "The training loss of {network} was {before} at the start, and is {after} now."
)
_LEARNT_ALIKE = (
    "After {epochs}, **all {networks}** are right for **{accuracy}** of the test samples. The training loss of "
    "{network} was {before} at the start, and is {after} now."
)
_LEARNT_IN_SPITE = (
    "With so small a share, **{network}** learns all the same: after {epochs}, it is right for **{accuracy}** "
    "of the test samples. Its training loss was {before} at the start, and is {after} now."
)
_ADDED = (
    "{optimizer} adds {epsilon} to what it divides a gradient by. At the first layer of **{network}**, the gradient by "
    "a weight was {size} before training, in the root mean square: less than that, so that steps are small there all "
    "the same."
)
_DIVIDES = "{optimizer} divides every step by the size of the gradient, so that small gradients make full steps, too."
_COIN_TOSS = "A coin toss has a loss of ln 2 = {coin}."
_NUMBERS = (
    "**{network}**, {layers}, before training: slopes times weights, {slopes} × {weights} = **{left}**, is left of the "
    "gradient.\n\nSlopes alone can leave at most {greatest}{power} = **{bound}**. Weights have no such bound: "
    "large ones can make up for small slopes."
)
_NO_BOUND = (
    "**{network}**, {layers}, before training: slopes times weights, {slopes} × {weights} = **{left}**, is left of the "
    "gradient. Its slopes have no bound."
)
_BLEW_UP = "Blew up: **{networks}**. Compare tells why, and what helps."

_READING_FIGURES = (
    "All but the accuracy is before training; for that, chance level is {chance}. *Left* is slopes times weights: what "
    "is left of $\\delta$, the gradient by the weighted sums. The first picture has the gradient by the weights, which "
    "is $\\delta$ times what enters the layer."
)


def reading(history: History) -> str:
    """How to read the first picture, and the strip below it if something stands there."""
    return " ".join([_READING, *([_READING_ZERO] if (history.gradient_norm == 0).any() else [])])


def reading_slopes(followed: Chain) -> str:
    """The same for the second."""
    some_zero = (back_to_layers(followed.slopes) == 0).any()
    return " ".join([_READING_SLOPES, *([_READING_ZERO] if some_zero else [])])


def blown_up(history: History) -> str | None:
    """Which networks became infinite, and when."""
    ends = zip(network_names(history.experiment), history.diverged_at)
    names = [f"{name} (epoch {epoch})" for name, epoch in ends if epoch >= 0]
    return _BLEW_UP.format(networks=", ".join(names)) if names else None


def notices(history: History, followed: Chain) -> Iterator[str]:
    """What there is to notice, with the figures of the networks on screen."""
    table = chain_figures(history, followed)
    yield from _reach(history, followed, table)
    yield from _from_others(history, table)
    some_left = _with_some_left(table)
    made_up = some_left[(some_left.slopes < 1) & (some_left.weights > 1)]
    if len(made_up):
        yield _MADE_UP.format(**_in_words(made_up.loc[made_up.left.idxmax()]))
    elif len(some_left):
        yield _WEIGHTS.format(**_in_words(some_left.loc[some_left.slopes.idxmax()]))
    yield from _outcome(history, table)


def reading_figures(history: History) -> str:
    """How to read the table."""
    return _READING_FIGURES.format(chance=percent(chance_level(history.experiment)))


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
        greatest=written(greatest),
        power=str(layers).translate(RAISED),
        bound=written(row.bound, 3),
        **_in_words(row),
    )


def _reach(history: History, followed: Chain, table) -> Iterator[str]:
    """How much of the gradient is at the first layer, and what that is called; nothing if it is known of no network."""
    known = table.dropna(subset="left")
    if not len(known):
        return
    if len(known) <= MOST_SHARES:
        shares = [_SHARE.format(network=row.network, share=share(row.left)) for row in known.itertuples()]
        yield _SHARES.format(shares=", ".join(shares))
    else:
        least, most = known.loc[known.left.idxmin()], known.loc[known.left.idxmax()]
        yield _ENDS.format(
            network=least.network, share=share(least.left), other=most.network, other_share=share(most.left)
        )
    parts = []
    if (known.left < SMALL).any():
        parts.append(_VANISHES.format(networks=_names(known[known.left < SMALL])))
    if (known.left > LARGE).any():
        parts.append(_EXPLODES.format(networks=_names(known[known.left > LARGE])))
    later = known[(known.left >= SMALL) & (followed.left[known.index, -1, 0] < SMALL)]
    if len(later):
        epochs = count(int(history.epochs[-1]), "epoch")
        parts.append(_LATER.format(epochs=epochs, networks=_names(later)))
    yield " ".join(parts or [_NEITHER])


def _from_others(history: History, table) -> Iterator[str]:
    """Of the function that the initial weights matter most to: what two kinds of them leave; nothing of one kind."""
    some_left = _with_some_left(table)
    runs = [history.experiment.runs[row] for row in some_left.index]
    of = some_left.assign(activation=[run.activation for run in runs], initializer=[run.initializer for run in runs])
    pairs = [
        (kin.loc[kin.left.idxmin()], kin.loc[kin.left.idxmax()])
        for _, kin in of.groupby("activation", sort=False)
        if len(kin) > 1
    ]
    if pairs:
        least, most = max(pairs, key=lambda pair: pair[1].left / pair[0].left)
        yield _FROM.format(
            activation=least.activation,
            initializer=least.initializer,
            other=most.initializer,
            **{name: written(least[name], 3) for name in ("left", "slopes", "weights")},
            **{f"other_{name}": written(most[name], 3) for name in ("left", "slopes", "weights")},
        )


def _names(rows) -> str:
    return ", ".join(f"**{name}**" for name in rows.network)


def _outcome(history: History, table) -> Iterator[str]:
    """What came of it, in one string; nothing if all networks blew up."""
    accuracy = table.test_accuracy[history.diverged_at < 0]
    if not len(accuracy):
        return
    told, best = accuracy.idxmin(), accuracy.idxmax()
    in_spite = _in_spite(history, table.left[accuracy.index])
    if in_spite is not None:
        told, sentence = in_spite, _LEARNT_IN_SPITE
    elif len(accuracy) == 1:
        sentence = _LEARNT
    else:
        sentence = _LEARNT_BESIDE if accuracy[told] < accuracy[best] else _LEARNT_ALIKE
    before, after = history.train_loss[told, [0, -1]]
    parts = [
        sentence.format(
            epochs=count(int(history.epochs[-1]), "epoch"),
            networks=len(accuracy),
            network=table.network[told],
            accuracy=percent(accuracy[told]),
            other=table.network[best],
            best=percent(accuracy[best]),
            before=loss(before),
            after=loss(after),
        )
    ]
    optimizer = history.experiment.runs[told].optimizer
    if in_spite is not None and optimizer not in PLAIN:
        parts.append(_DIVIDES.format(optimizer=optimizer))
    size = _first_gradient(history, told)
    if in_spite is None and optimizer in ADDING and 0 < size < EPSILON:
        parts.append(
            _ADDED.format(optimizer=optimizer, epsilon=short(EPSILON), network=table.network[told], size=short(size))
        )
    if math.isclose(after, COIN, rel_tol=0.01):
        parts.append(_COIN_TOSS.format(coin=loss(COIN)))
    yield " ".join(parts)


def _first_gradient(history: History, run: int) -> float:
    """The root mean square of the first layer's gradient before training, over its weights and biases."""
    n_in, n_out, *_ = history.experiment.sizes
    return float(history.gradient_norm[run, 0, 0]) / math.sqrt((n_in + 1) * n_out)


def _in_spite(history: History, left) -> int | None:
    """The run with the smallest share above 0 left, if that is small and it has learnt all the same."""
    above = left[left > 0]
    if not len(above) or above.min() >= SMALL:
        return None
    least = above.idxmin()
    return least if history.train_loss[least, -1] < 0.9 * COIN else None


def _with_some_left(table):
    """The rows of `chain_figures` in which slopes and weights leave something; both are finite."""
    return table[(table.left > 0) & np.isfinite(table.slopes * table.weights)]


def _in_words(row) -> dict[str, str]:
    """The network of a row of `chain_figures`, and what slopes and weights leave."""
    return {"network": row.network} | {name: written(row[name], 3) for name in ("slopes", "weights", "left")}
