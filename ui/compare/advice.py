"""What went wrong in a training, why, and a button that fixes it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from core import Branch, Experiment, History
from core.analysis.failures import Divergence, dies_out
from core.analysis.repeats import runs_by_setting
from core.analysis.summary import STANDSTILL, constant_loss, stands_still, weights_left
from core.analysis.what_helps import Remedies, Remedy
from core.lessons.function_facts import facts
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.jobs import results
from ui.shell.conversion import settings_for
from ui.shell.experiments import listed
from ui.shell.factors import BRANCH, LEARNING_RATES, text_of
from ui.shell.fixed import is_fixed
from ui.shell.labels import label, setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count, exact, percent, short, written
from ui.shell.page import link_to
from ui.shell.settings import SETTINGS, differing

_DIVERGED = N_("**{network} diverged** in epoch {epoch}, step {step}: {quantity} became {value}.")
_DIVERGED_MEASURED = N_("**{network} diverged** in epoch {epoch}: {quantity} became {value}.")
_FROM_THE_START = N_("**{network} diverged** before any training: {quantity} are {value}.")
_DIVERGED_OF_SEEDS = N_(
    "**{network} diverged** with {some} of {all} seeds, first in epoch {epoch}, step {step}: {quantity} became {value}."
)
_DIVERGED_MEASURED_OF_SEEDS = N_(
    "**{network} diverged** with {some} of {all} seeds, first in epoch {epoch}: {quantity} became {value}."
)
_FROM_THE_START_OF_SEEDS = N_(
    "**{network} diverged** with {some} of {all} seeds, first before any training: {quantity} are {value}."
)
# In a step, when the loss was measured, and with the initial weights.
_OF_ONE_SEED = _DIVERGED, _DIVERGED_MEASURED, _FROM_THE_START
_OF_SEVERAL_SEEDS = _DIVERGED_OF_SEEDS, _DIVERGED_MEASURED_OF_SEEDS, _FROM_THE_START_OF_SEEDS
# By `Divergence.quantity`: in a hidden layer, and in the output layer.
_QUANTITIES = {
    "weighted sums": (N_("the weighted sums of hidden layer {layer}"), N_("the weighted sums of the output layer")),
    "outputs": (N_("the outputs of hidden layer {layer}"), N_("the losses of some samples")),
    "gradient": (N_("the gradients of hidden layer {layer}"), N_("the gradients of the output layer")),
    "weights": (N_("the weights of hidden layer {layer}"), N_("the weights of the output layer")),
}
_INFINITE, _NAN = N_("infinite"), N_("NaN (not a number)")
_SHOWN = N_("The charts show the last finite state of such a network.")
_WHY = {
    "learning_rate": N_("**The steps were too large.** With learning rate {value}, none of these networks diverges."),
    "initializer": N_(
        "**The initial weights do not suit these networks.** With initial weights *{value}*, which suit each "
        "activation function, none of them diverges."
    ),
    "l2": N_("**The L2 penalty is too large.** Without it, none of these networks diverges."),
    "l1": N_("**The L1 penalty is too large.** Without it, none of these networks diverges."),
    "hidden": N_(
        "**There are too many hidden layers for these settings.** With {value}, none of these networks diverges."
    ),
}
_FIXES = {
    "learning_rate": N_("Set the learning rate to {value}"),
    "initializer": N_("Set the initial weights to {value}"),
    "l2": N_("Set the L2 penalty to {value}"),
    "l1": N_("Set the L1 penalty to {value}"),
    "hidden": N_("Use {value}"),
}
_LEARNS = N_(
    "Of all changes that were tried, this one gives the lowest training loss: {loss}, as a mean over the networks. A "
    "network that ignores its inputs has {constant}."
)
_FINITE_ONLY = N_(
    "But then the networks learn nothing: their mean training loss is {loss}. A network that ignores its inputs has "
    "{constant}."
)
_TRIED = {
    "learning_rate": N_("a smaller learning rate"),
    "initializer": N_("initial weights that suit each activation function"),
    "l2": N_("no L2 penalty"),
    "l1": N_("no L1 penalty"),
    "hidden": N_("fewer hidden layers"),
}
_NO_REMEDY = N_("None of these changes alone keeps all networks finite: {tried}.")
_NONE_TRIED = N_("There was no single change to try.")
_NONE_TRIED_OF_BRANCHES = N_("No single change was tried, because the networks change during the training.")
_BRANCH_DIVERGES = N_("**The cause is the change after epoch {epoch}.** Without it, the network stays finite.")
_BRANCH_HELPS = N_("**The change after epoch {epoch} helps.** With it, the network stays finite.")
_IS_COMPARED = N_("**The cause is the setting that is compared.**")
_OTHERS = N_("All other networks stay finite.")
_LEAVE_OUT = N_("Remove {networks}")
_ZEROS = N_(
    "**All weights start at 0: {networks}.** Then a hidden layer gives the same outputs for every sample. The gradient "
    "is multiplied by these weights on its way back, so it becomes 0. Random initial weights prevent this."
)
_DIES_OUT = N_(
    "**Dead: {networks}.** Every unit of a hidden layer has slope 0 for all training samples, so no gradient passes. "
    "This layer and all layers before it cannot learn."
)
_SLOPE_0_EVERYWHERE = N_("The slope of {functions} is 0 everywhere, so such units are dead from the start.")
_SLOPE_0_SOMEWHERE = N_(
    "The slope of {functions} is 0 in a range of z. A unit is dead if all its weighted sums are there, for example "
    "after large steps or with unfavourable initial weights. The slope of Leaky ReLU is never 0, so its units cannot "
    "die."
)
_SLOPE_ROUNDED = N_(
    "The slope of {functions} is not 0 in any range of z. But where it is too small for the computer's numbers, it is "
    "rounded to 0. A unit is dead if all its weighted sums are there. The slope of Leaky ReLU is at least 0.01."
)
_SHRUNK = N_(
    "**The first layer hardly changes: {networks}.** The norm of its gradient is below {least}. The penalty has made "
    "the weights small, and the gradient is multiplied by them on its way back. In the end, all weights together have "
    "at most {share} of their initial length. Try a smaller penalty."
)
_VANISHED = N_(
    "**The first layer hardly changes: {networks}.** The norm of its gradient is below {least}. On its way back, the "
    "gradient is multiplied by the weights and the slopes of every layer, and here they make it very small. Fewer "
    "layers, a smaller learning rate, or initial weights that suit the activation function usually help."
)
_SHRUNKEN = 0.5  # of the initial length of a network's weights: a penalty has taken more than half


@dataclass(frozen=True)
class _Fix:
    """A button: this experiment, for which these controls get these values."""

    label: str
    experiment: Experiment
    settings: dict[str, object]

    def apply(self, is_opened: bool) -> None:
        """One that was opened is fixed as a whole: the controls cannot say all of it."""
        if is_opened:
            opened.change_to(self.experiment)
        else:
            st.session_state.update(self.settings)


def show_troubles(comparison: Comparison, history: History) -> None:
    """A box for all networks that diverged, with where and why and what helps; and one for those that cannot learn."""
    found = results.why_it_diverged(history)
    if found:
        why, fix = _advice(comparison, history, results.what_would_help(history, LEARNING_RATES))
        shown = [_(_SHOWN)] if any(divergence.epoch for divergence in found.values()) else []
        with st.container(border=True):
            st.warning(" ".join([*_where(history, found), *shown, why]))
            if fix and not is_fixed(*fix.settings):
                st.button(fix.label, key="fix", on_click=fix.apply, args=[comparison.is_opened])
            link_to("optimizers")
    for page, sentence in standstills(history):
        with st.container(border=True):
            st.warning(sentence)
            link_to(page, **(_same_networks(history.experiment) if page == "vanishing" else {}))


def standstills(history: History) -> Iterator[tuple[str, str]]:
    """Networks that cannot learn, by what is in their way; of several seeds, those of which one cannot.  Each sentence
    comes after the name of the page that explains it."""
    finite = history.diverged_at < 0
    from_zeros = np.array([run.initializer == "zeros" for run in history.experiment.runs])
    dead = dies_out(history) & finite
    still = stands_still(history) & ~dead & finite & ~from_zeros
    shares = weights_left(history)
    is_penalised = np.array([run.l1 > 0 or run.l2 > 0 for run in history.experiment.runs])
    shrunk = still & is_penalised & (shares < _SHRUNKEN)
    left = percent(shares[shrunk].max(initial=0))
    kinds = [
        ("vanishing", _ZEROS, "", (dead | stands_still(history)) & finite & from_zeros),
        *(("dead_relu", _DIES_OUT, why, which) for why, which in _deaths(history, dead & ~from_zeros)),
        ("vanishing", _SHRUNK, "", shrunk),
        ("vanishing", _VANISHED, "", still & ~shrunk),
    ]
    settings = list(zip(setting_labels(history.experiment), runs_by_setting(history.experiment)))
    for page, message, why, which in kinds:
        if which.any():
            names = ", ".join(name for name, runs in settings if which[runs].any())
            sentence = _(message, networks=names, least=short(STANDSTILL), share=left)
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


def _same_networks(experiment: Experiment) -> dict[str, list[str]]:
    """What the lesson on vanishing gradients has controls for."""
    first = experiment.runs[0]
    names = dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1))
    settings = {"layers": len(experiment.hidden), "optimizer": first.optimizer, "initializer": first.initializer}
    return {"activations": list(names)} | {key: SETTINGS[key].texts(value) for key, value in settings.items()}


def _where(history: History, found: dict[int, Divergence]) -> Iterator[str]:
    """For each setting, where the first of its seeds diverged."""
    last = len(history.experiment.hidden) + 1
    for name, runs in zip(setting_labels(history.experiment), runs_by_setting(history.experiment)):
        bad = [found[run] for run in runs if run in found]
        if not bad:
            continue
        first = min(bad, key=lambda divergence: (divergence.epoch, divergence.step))
        in_a_hidden_layer, in_the_output_layer = _QUANTITIES[first.quantity]
        quantity = _(in_the_output_layer if first.layer == last else in_a_hidden_layer, layer=first.layer)
        step, measured, start = _OF_SEVERAL_SEEDS if len(runs) > 1 else _OF_ONE_SEED
        message = step if first.step else measured if first.epoch else start
        yield _(
            message, network=name, epoch=first.epoch, step=first.step, some=len(bad), all=len(runs), quantity=quantity,
            value=_(_NAN if first.is_nan else _INFINITE),
        )  # fmt: skip


def _advice(comparison: Comparison, history: History, found: Remedies) -> tuple[str, _Fix | None]:
    factor, experiment, remedy = comparison.factor, comparison.experiment, found.best
    chosen = [getattr(run, factor.field) for run in experiment.runs]
    values = [text_of(value) if factor.field == "activation" else value for value in chosen]
    bad = list(dict.fromkeys(value for value, at in zip(values, history.diverged_at) if at >= 0))
    rest = [value for value in dict.fromkeys(values) if value not in bad]
    # Where some choices of what is compared stay finite, it would be wrong to blame what all have in common.
    is_compared = factor.field in _WHY and bool(rest)
    if factor is BRANCH:
        return _of_branches(experiment, bad, rest), None
    if remedy is not None and not is_compared and remedy.field not in (factor.field, *differing(experiment)):
        return _change(experiment, remedy)
    tried = listed(_(_TRIED[field]) for field in found.tried)
    none = _NONE_TRIED if experiment.branch_epoch is None else _NONE_TRIED_OF_BRANCHES
    failed = _(_NO_REMEDY, tried=tried) if found.tried else _(none)
    why = failed if remedy is None and not is_compared else _(_IS_COMPARED)
    if not rest:
        return why, None
    settings = zip(setting_labels(experiment), runs_by_setting(experiment))
    removed = ", ".join(name for name, runs in settings if values[runs[0]] in bad)
    finite = tuple(run for run, value in zip(experiment.runs, values) if value in rest)
    label_of_fix, left = _(_LEAVE_OUT, networks=removed), replace(experiment, runs=finite)
    return f"{why} {_(_OTHERS)}", _Fix(label_of_fix, left, {factor.several: rest})


def _of_branches(experiment: Experiment, bad: list[Branch | None], rest: list[Branch | None]) -> str:
    if not rest or (None in bad and len(bad) > 1):
        return _(_NONE_TRIED_OF_BRANCHES)
    return _(_BRANCH_HELPS if None in bad else _BRANCH_DIVERGES, epoch=experiment.branch_epoch)


def _change(experiment: Experiment, remedy: Remedy) -> tuple[str, _Fix]:
    """What a remedy is worth, and its button."""
    layers = len(remedy.value) if remedy.field == "hidden" else 0
    if layers:
        value = count(layers, "hidden layer")
    else:
        value = label(remedy.field, remedy.value) if isinstance(remedy.value, str) else exact(remedy.value)
    # What was tried, as the controls say it: with fewer layers, fewer activations may be named.
    fixed = remedy.applied_to(experiment)
    tried = settings_for(fixed)
    keys = ("layers", "activation", "activations") if layers else (remedy.field,)
    settings = {key: tried[key] for key in keys if key in tried}
    constant = constant_loss(experiment)
    worth = _LEARNS if remedy.loss < constant else _FINITE_ONLY
    loss = _(worth, loss=written(remedy.loss, 3), constant=written(constant, 3))
    why = _(_WHY[remedy.field], value=value)
    return f"{why} {loss}", _Fix(_(_FIXES[remedy.field], value=value), fixed, settings)
