"""What went wrong in a training, why, and a button that fixes it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st

from core import Branch, Experiment, History
from core.analysis.failures import Divergence
from core.analysis.repeats import runs_by_setting
from core.analysis.summary import constant_loss
from core.analysis.what_helps import Remedies, Remedy
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.compare.standstill import same_networks, standstills
from ui.jobs import results
from ui.shell.conversion import settings_for
from ui.shell.experiments import listed
from ui.shell.factors import BRANCH, LEARNING_RATES, text_of
from ui.shell.fixed import is_fixed
from ui.shell.labels import label, setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count, exact, written
from ui.shell.page import link_to
from ui.shell.settings import differing

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
            link_to(page, **(same_networks(history.experiment) if page == "vanishing" else {}))


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
