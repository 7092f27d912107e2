"""What is said of networks that cannot learn: dead layers, weights of zeros, and gradients that vanish."""

import math
from collections.abc import Iterator

import numpy as np

from core import OPTIMIZERS, Experiment, History
from core.analysis.failures import dies_out
from core.analysis.repeats import runs_by_setting
from core.analysis.summary import STANDSTILL, first_layer_change, halfway, stands_still, weights_left
from core.lessons.function_facts import facts
from ui.shell.experiments import listed
from ui.shell.labels import label, setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import percent, short
from ui.shell.settings import SETTINGS

_ZEROS = N_(
    "**All weights start at 0: {networks}.** Then a hidden layer gives the same outputs for every sample. The gradient "
    "is multiplied by these weights on its way back, so it becomes 0. Random initial weights prevent this."
)
_DIES_OUT = N_(
    "**Dead: {networks}.** Every unit of a hidden layer has slope 0 for all training samples, so no gradient passes. "
    "This layer and all layers before it cannot learn."
)
_SLOPE_0_EVERYWHERE = N_("The slope of {functions} is 0 everywhere, so such units are always dead.")
_SLOPE_0_SOMEWHERE = N_(
    "The slope of {functions} is 0 in a range of z. A unit is dead if all its weighted sums are there, for example "
    "after large steps or with unfavourable initial weights. The slope of Leaky ReLU is never 0, so its units cannot "
    "die."
)
_SLOPE_ROUNDED = N_(
    "The slope of {functions} is not 0 in any range of z. But where it is too small for the computer's numbers, it is "
    "rounded to 0. A unit is dead if all its weighted sums are there. The slope of Leaky ReLU is at least 0.01."
)
_VANISHED = N_(
    "**The first layer hardly changes: {networks}.** The norm of its gradient is below {least}. On its way back, the "
    "gradient is multiplied by the weights and the slopes of every layer, and here they make it very small. Fewer "
    "layers, a smaller learning rate, or initial weights that suit the activation function usually help."
)
_SHRUNK = N_(
    "**Next to no gradient reaches the first layer: {networks}.** In the end, its norm is below {least}. The penalty "
    "has made the weights small, and the gradient is multiplied by them on its way back. In the end, all weights "
    "together have at most {share} of their initial length. Try a smaller penalty."
)
_MOVES = N_(
    "**Next to no gradient reaches the first layer: {networks}.** In the end, its norm is below {least}. But the "
    "layer's weights still changed after epoch {epoch}, by up to {change} of their length. Fewer layers, or initial "
    "weights that suit the activation function, usually help."
)
_DIVIDED = N_(
    "With {optimizers}, steps are divided by the size of the gradient, so a very small gradient can also give large "
    "steps. They may not lower the loss."
)
_BY_SIGN = N_(
    "With {optimizers}, the size of a step does not depend on the size of the gradient, so a very small gradient can "
    "also give large steps. They may not lower the loss."
)
_WITHOUT_GRADIENT = N_("Penalties and weight decay change weights without any gradient.")
_SHRUNKEN = 0.5  # of the initial length of a network's weights: a penalty has taken more than half
_HARDLY = 0.01  # of the length of the first layer's weights: a change that is called none


def standstills(history: History) -> Iterator[tuple[str, str]]:
    """Networks that cannot learn, by what is in their way; of several seeds, those of which one cannot.  Each sentence
    comes after the name of the page that explains it."""
    finite = history.diverged_at < 0
    from_zeros = np.array([run.initializer == "zeros" for run in history.experiment.runs])
    dead = dies_out(history) & finite
    still = stands_still(history) & ~dead & finite & ~from_zeros
    shares, changes = weights_left(history), first_layer_change(history)
    shrunk = still & _is_penalised(history) & (shares < _SHRUNKEN)
    moves = still & ~shrunk & (changes > _HARDLY)
    fields = {
        "least": short(STANDSTILL),
        "share": percent(shares[shrunk].max(initial=0)),
        "change": percent(changes[moves].max(initial=0)),
        "epoch": history.epochs[halfway(history)],
    }
    kinds = [
        ("vanishing", _ZEROS, "", (dead | stands_still(history)) & finite & from_zeros),
        *(("dead_relu", _DIES_OUT, why, which) for why, which in _deaths(history, dead & ~from_zeros)),
        ("vanishing", _SHRUNK, "", shrunk),
        ("vanishing", _MOVES, _why_it_moves(history, moves), moves),
        ("vanishing", _VANISHED, "", still & ~shrunk & ~moves),
    ]
    settings = list(zip(setting_labels(history.experiment), runs_by_setting(history.experiment)))
    for page, message, why, which in kinds:
        if which.any():
            names = ", ".join(name for name, runs in settings if which[runs].any())
            sentence = _(message, networks=names, **fields)
            yield page, f"{sentence} {why}" if why else sentence


def _deaths(history: History, died: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Why units of runs that died out could die, with the runs (run,) that it is true of: by where the functions of
    their dead layers have slope 0."""
    hidden = history.experiment.hidden
    everywhere, somewhere, rounded = {}, {}, {}
    for run in np.flatnonzero(died):
        layers = np.flatnonzero(history.dead_units[run, -1] == np.array(hidden))
        name = history.experiment.runs[run].at(int(history.epochs[-1])).layer_activations(len(hidden))[layers[0]]
        dead = facts(name).dead
        kind = rounded if not dead else everywhere if np.isinf(dead[0]).all() else somewhere
        kind.setdefault(name, []).append(run)
    kinds = ((_SLOPE_0_EVERYWHERE, everywhere), (_SLOPE_0_SOMEWHERE, somewhere), (_SLOPE_ROUNDED, rounded))
    for why, functions in kinds:
        which = np.zeros(len(died), bool)
        which[[run for runs in functions.values() for run in runs]] = True
        yield _(why, functions=listed(label("activation", name) for name in functions)), which


def _why_it_moves(history: History, moves: np.ndarray) -> str:
    """What else than a gradient of some size moves the first layer of these runs (run,): a division by the gradient's
    size, its sign alone, or what needs no gradient."""
    n_in, n_out, *_rest = history.experiment.sizes
    since = history.gradient_norm[:, halfway(history) :, 0].max(axis=1) / math.sqrt((n_in + 1) * n_out)
    ends = [run.at(int(history.epochs[-1])).optimizer for run in history.experiment.runs]
    full = [OPTIMIZERS[name].takes_full_steps(size) for name, size in zip(ends, since)]
    moving = dict.fromkeys(ends[run] for run in np.flatnonzero(moves & full))
    dividing = [label("optimizer", name) for name in moving if OPTIMIZERS[name].least_divisor]
    by_sign = [label("optimizer", name) for name in moving if not OPTIMIZERS[name].least_divisor]
    stepping = ((_DIVIDED, dividing), (_BY_SIGN, by_sign))
    pulled = moves & (_is_penalised(history) | [name == "adamw" for name in ends])
    parts = [_(sentence, optimizers=listed(names)) for sentence, names in stepping if names]
    return " ".join([*parts, *([_(_WITHOUT_GRADIENT)] if pulled.any() else [])])


def _is_penalised(history: History) -> np.ndarray:
    return np.array([run.l1 > 0 or run.l2 > 0 for run in history.experiment.runs])


def same_networks(experiment: Experiment) -> dict[str, list[str]]:
    """What the lesson on vanishing gradients has controls for."""
    first = experiment.runs[0]
    names = dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1))
    settings = {"layers": len(experiment.hidden), "optimizer": first.optimizer, "initializer": first.initializer}
    return {"activations": list(names)} | {key: SETTINGS[key].texts(value) for key, value in settings.items()}
