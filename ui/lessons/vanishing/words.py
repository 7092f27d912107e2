"""Vanishing gradients: the sentences that have figures of the networks on screen."""

import math

import numpy as np

from core import ACTIVATIONS, OPTIMIZERS, History
from core.analysis.summary import chance_level
from core.lessons.vanishing import Chain, back_to_layers
from ui.lessons.vanishing.table import labelled_figures, share
from ui.shell.experiments import listed
from ui.shell.labels import label, network_labels
from ui.shell.language import N_, _
from ui.shell.numbers import RAISED, count, loss, percent, short, written

MOST_SHARES = 6  # in one sentence
SMALL = 1e-3  # share of the output's gradient: with less at the first layer, it is called vanishing
LARGE = 1e3  # with more, exploding
COIN = math.log(2)  # cross-entropy of a guess among two classes
_FIGURES = ("slopes", "weights", "left")  # the third is the product of the others

_READING = N_(
    "**Thick lines: at the epoch on the slider. Thin lines: before training.** The height is the norm of the layer's "
    "gradient, which is its length. See whether the line falls towards layer 1; its height does not matter. After a "
    "network has learned, the gradients of all its layers are small."
)
_READING_SLOPES = N_(
    "What the slopes alone leave of the gradient, from the output back to each layer. Short bars: the most that they "
    "can leave, the greatest slope multiplied once for each layer."
)
_READING_ZERO = N_("A triangle in the strip **0** marks a layer where the value is exactly 0.")
_SHARES = N_(
    "Before training, the gradient $\\delta$ (by the weighted sums) at the first layer, divided by that at the output: "
    "{shares}."
)
_SHARE = N_("**{network}** {share}")
_ENDS = N_(
    "Before training, the gradient $\\delta$ (by the weighted sums) at the first layer, divided by that at the output: "
    "lowest (**{share}**) for {networks}, and highest ({other_share}) for {others}."
)
_SAME_SHARE = N_(
    "Before training, the gradient $\\delta$ (by the weighted sums) at the first layer, divided by that at the output: "
    "**{share}** for {networks}."
)
_VANISHES = N_("**Vanishing** (less than a thousandth is left): {networks}.")
_EXPLODES = N_("**Exploding** (more than a thousand times as large): {networks}.")
_LATER = N_("After {epochs}, less than a thousandth is left in {networks}.")
_LATER_TOO = N_("After {epochs}, less than a thousandth is also left in {networks}.")
_NEITHER = N_("No gradient vanishes or explodes: all these numbers are between a thousandth and a thousand.")
_FROM = N_(
    "**{activation}** from two kinds of initial weights: with {initializer}, {left} of its gradient is left, and with "
    "{other}, **{other_left}**. The slopes alone leave {slopes} and {other_slopes}; the weights multiply that by "
    "{weights} and {other_weights}."
)
_FROM_ALIKE = N_(
    "With {initializers}, equally much of the gradient of **{activation}** is left: **{left}**. The slopes alone leave "
    "{slopes}; the weights multiply that by {weights}."
)
_MADE_UP = N_(
    "The slopes of **{network}** alone leave **{slopes}** of the gradient. Its initial weights multiply that by "
    "**{weights}**, so **{left}** is left."
)
_WEIGHTS = N_("The initial weights of **{network}** multiply the gradient by **{weights}**, its slopes by {slopes}.")
_NOTHING_LEFT = N_("Before training, nothing of the gradient passes through all hidden layers.")
_LEARNED = N_(
    "After {epochs}, the test accuracy of **{network}** is **{accuracy}**. Its training loss was {before} before "
    "training, and is {after} now."
)
_LEARNED_BESIDE = N_(
    "After {epochs}, the test accuracy of **{network}** is **{accuracy}**, that of **{other}** {best}. The training "
    "loss of {network} was {before} before training, and is {after} now."
)
_LEARNED_ALIKE = N_(
    "After {epochs}, the test accuracy of **all {networks} networks** is **{accuracy}**. The training loss of "
    "{network} was {before} before training, and is {after} now."
)
_LEARNED_ALIKE_BUT_SOME = N_(
    "After {epochs}, the test accuracy of **all {networks} networks** that did not diverge is **{accuracy}**. The "
    "training loss of {network} was {before} before training, and is {after} now."
)
_LEARNED_IN_SPITE = N_(
    "**{network}** learns, although so little of its gradient is left. After {epochs}, its test accuracy is "
    "**{accuracy}**. Its training loss was {before} before training, and is {after} now."
)
_HELD_BACK = N_(
    "{optimizer} divides its steps by the size of the gradient, but never by less than {least}. In the first layer of "
    "**{network}**, the gradient of a weight was {size} before training (root mean square). That is less than {least}, "
    "so the steps there are small at first."
)
_DIVIDES = N_("{optimizer} divides its steps by the size of the gradient, so small gradients also give large steps.")
_BY_SIGN = N_(
    "With {optimizer}, the size of a step does not depend on the size of the gradient, so small gradients also give "
    "large steps."
)
_COIN_TOSS = N_("A network that gives both classes a probability of 0.5 has a loss of ln 2 = {coin}.")
_NUMBERS = N_(
    "**{network}**, {layers}, before training: slopes × weights = {slopes} × {weights} = **{left}** of the gradient is "
    "left.\n\nThe slopes alone can leave at most {greatest}{power} = **{bound}**. Weights have no such bound: large "
    "weights can make up for small slopes."
)
_NO_BOUND = N_(
    "**{network}**, {layers}, before training: slopes × weights = {slopes} × {weights} = **{left}** of the gradient is "
    "left. The slopes of this function have no bound."
)
_DIVERGED = N_("Diverged (a number became infinite): **{networks}**. The page Compare says why, and what helps.")
_DIVERGED_AT = N_("{network} (epoch {epoch})")
_READING_FIGURES = N_(
    "All numbers are from before training, except the test accuracy; its chance level is {chance}. *Left* is slopes × "
    "weights: what is left of $\\delta$, the gradient by the weighted sums. The first chart shows the gradient by the "
    "weights, which is $\\delta$ times the inputs of the layer."
)


def reading(history: History) -> str:
    """How to read the first picture, and the strip below it if something stands there."""
    return " ".join([_(_READING), *([_(_READING_ZERO)] if (history.gradient_norm == 0).any() else [])])


def reading_slopes(followed: Chain) -> str:
    """The same for the second."""
    some_zero = (back_to_layers(followed.slopes) == 0).any()
    return " ".join([_(_READING_SLOPES), *([_(_READING_ZERO)] if some_zero else [])])


def diverged(history: History) -> str | None:
    """Which networks became infinite, and when."""
    ends = zip(network_labels(history.experiment), history.diverged_at)
    names = [_(_DIVERGED_AT, network=name, epoch=epoch) for name, epoch in ends if epoch >= 0]
    return _(_DIVERGED, networks=", ".join(names)) if names else None


def notices(history: History, followed: Chain) -> list[str]:
    """What there is to notice, with the figures of the networks on screen: three lines at most."""
    table = labelled_figures(history, followed)
    lines = (_reach(history, followed, table), _weights(history, table), _outcome(history, table))
    return [line for line in lines if line]


def reading_figures(history: History) -> str:
    """How to read the table."""
    return _(_READING_FIGURES, chance=percent(chance_level(history.experiment)))


def numbers(history: History, followed: Chain) -> str:
    """The formula, in the numbers of the network that has least of its gradient left, if it has any."""
    layers = len(history.experiment.hidden)
    some_left = _with_some_left(labelled_figures(history, followed))
    if not len(some_left):
        return _(_NOTHING_LEFT)
    row = some_left.loc[some_left.left.idxmin()]
    greatest = ACTIVATIONS[history.experiment.runs[row.name].activation].greatest_slope
    return _(
        _NUMBERS if np.isfinite(greatest) else _NO_BOUND,
        layers=count(layers, "hidden layer"),
        greatest=written(greatest),
        power=str(layers).translate(RAISED),
        bound=written(row.bound, 3),
        **_in_words(row),
    )


def _reach(history: History, followed: Chain, table) -> str:
    """How much of the gradient is at the first layer, and what that is called; nothing if it is known of no network."""
    known = table.dropna(subset="left")
    if not len(known):
        return ""
    if len(known) <= MOST_SHARES:
        shares = [_(_SHARE, network=row.network, share=share(row.left)) for row in known.itertuples()]
        sentences = [_(_SHARES, shares=", ".join(shares))]
    else:
        sentences = [_ends(known)]
    later = known[(known.left >= SMALL) & (followed.left[known.index, -1, 0] < SMALL)]
    vanishes = known[known.left < SMALL]
    after = _LATER_TOO if len(vanishes) else _LATER
    kinds = {_VANISHES: vanishes, _EXPLODES: known[known.left > LARGE], after: later}
    epochs = count(int(history.epochs[-1]), "epoch")
    named = [_(kind, networks=_names(rows), epochs=epochs) for kind, rows in kinds.items() if len(rows)]
    return " ".join([*sentences, *(named or [_(_NEITHER)])])


def _ends(known) -> str:
    """The smallest and the largest share, each with all networks of which the same number is written."""
    written_shares = known.left.map(share)
    least, most = written_shares[known.left.idxmin()], written_shares[known.left.idxmax()]
    networks, others = (_names(known[written_shares == end]) for end in (least, most))
    if least == most:
        return _(_SAME_SHARE, share=least, networks=networks)
    return _(_ENDS, networks=networks, share=least, others=others, other_share=most)


def _weights(history: History, table) -> str:
    """What is the weights' doing and what the slopes': of the function that the initial weights matter most to, where
    there are several kinds of them; nothing if nothing is left of any gradient."""
    some_left = _with_some_left(table)
    runs = [history.experiment.runs[row] for row in some_left.index]
    of = some_left.assign(activation=[run.activation for run in runs], initializer=[run.initializer for run in runs])
    kins = [kin.sort_values("left") for name, kin in of.groupby("activation", sort=False) if len(kin) > 1]
    if kins:
        kin = max(kins, key=lambda kin: kin.left.iloc[-1] / kin.left.iloc[0])
        least, most = kin.iloc[0], kin.iloc[-1]
        activation = label("activation", least.activation)
        figures, others = ({name: written(row[name], 3) for name in _FIGURES} for row in (least, most))
        if figures == others:
            return _(_FROM_ALIKE, activation=activation, initializers=_initializers(kin), **figures)
        kinds = {name: label("initializer", row.initializer) for name, row in (("initializer", least), ("other", most))}
        figures |= {f"other_{name}": text for name, text in others.items()}
        return _(_FROM, activation=activation, **kinds, **figures)
    made_up = some_left[(some_left.slopes < 1) & (some_left.weights > 1)]
    if len(made_up):
        return _(_MADE_UP, **_in_words(made_up.loc[made_up.left.idxmax()]))
    return _(_WEIGHTS, **_in_words(some_left.loc[some_left.slopes.idxmax()])) if len(some_left) else ""


def _initializers(rows) -> str:
    return listed(label("initializer", row.initializer) for _index, row in rows.sort_index().iterrows())


def _names(rows) -> str:
    return ", ".join(f"**{name}**" for name in rows.network)


def _outcome(history: History, table) -> str:
    """Where the training ended, in one string; nothing if all networks diverged."""
    accuracy = table.test_accuracy[history.diverged_at < 0]
    if not len(accuracy):
        return ""
    told, best = accuracy.idxmin(), accuracy.idxmax()
    in_spite = _in_spite(history, table.left[accuracy.index])
    if in_spite is not None:
        told, sentence = in_spite, _LEARNED_IN_SPITE
    elif len(accuracy) == 1:
        sentence = _LEARNED
    elif accuracy[told] < accuracy[best]:
        sentence = _LEARNED_BESIDE
    else:
        sentence = _LEARNED_ALIKE if len(accuracy) == len(table) else _LEARNED_ALIKE_BUT_SOME
    before, after = history.train_loss[told, [0, -1]]
    parts = [
        _(
            sentence,
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
    if table.left[told] < SMALL:
        parts += _steps(history, told, table.network[told], in_spite is not None)
    if math.isclose(after, COIN, rel_tol=0.01):
        parts.append(_(_COIN_TOSS, coin=loss(COIN)))
    return " ".join(parts)


def _steps(history: History, run: int, network: str, learns: bool) -> list[str]:
    """What an optimizer that divides by the size of the gradient, or takes its sign, makes of a small one in the first
    layer."""
    name, size = history.experiment.runs[run].optimizer, _first_gradient(history, run)
    record, least, optimizer = OPTIMIZERS[name], OPTIMIZERS[name].least_divisor, label("optimizer", name)
    if 0 < size < least:
        return [_(_HELD_BACK, optimizer=optimizer, least=short(least), network=network, size=short(size))]
    sentence = _DIVIDES if least else _BY_SIGN
    return [_(sentence, optimizer=optimizer)] if learns and record.takes_full_steps(size) else []


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
    """The rows of `labelled_figures` in which slopes and weights leave something; both are finite."""
    return table[(table.left > 0) & np.isfinite(table.slopes * table.weights)]


def _in_words(row) -> dict[str, str]:
    """The network of a row of `labelled_figures`, and what slopes and weights leave."""
    return {"network": row.network} | {name: written(row[name], 3) for name in _FIGURES}
