"""What went wrong in a training, why, and a button that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from core import Experiment, History
from core.analysis.failures import Divergence, Remedies, Remedy, dies_out
from core.analysis.repeats import runs_by_setting, setting_names
from core.analysis.summary import STANDSTILL, constant_loss, stands_still, weights_left
from core.lessons.function_facts import facts
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.jobs import results
from ui.shell.experiments import listed
from ui.shell.factors import LEARNING_RATES, text_of
from ui.shell.numbers import count, exact, percent, short, written
from ui.shell.page import link_to
from ui.shell.settings import SETTINGS, differing, settings_for

_BLEW_UP = "**{network}** blew up in epoch {epoch}, step {step}{seeds}: {quantity} became infinite."
_BLEW_UP_MEASURED = "**{network}** blew up in epoch {epoch}{seeds}: {quantity} became infinite."
_FROM_THE_START = "**{network}** is infinite before any training{seeds}: {quantity} overflow."
_OF_SEEDS = ", with {some} of {all} seeds"
_QUANTITY, _LOSS = "the {quantity} of {layer}", "the losses of some samples"
_SHOWN = "What is shown is the last finite state."
_WHY = {
    "learning_rate": "**The steps were too large.** With learning rate {value}, none of these networks blows up. "
    "{loss}",
    "initializer": "**The initial weights do not suit.** With {value}, which suits each activation, none of these "
    "networks blows up. {loss}",
    "l2": "**The L2 penalty is too large.** Without it, none of these networks blows up. {loss}",
    "l1": "**The L1 penalty is too large.** Without it, none of these networks blows up. {loss}",
    "hidden": "**There are too many layers for these settings.** With {value}, none of these networks blows up. {loss}",
}
_MEND = {
    "learning_rate": "Set the learning rate to {value}",
    "initializer": "Set the initial weights to {value}",
    "l2": "Set the L2 penalty to {value}",
    "l1": "Set the L1 penalty to {value}",
    "hidden": "Use {value}",
}
_LEARNS = (
    "Of the changes that were tried, it gives the lowest training loss: {loss}, as a mean over the networks. A network "
    "that ignores its inputs has {constant}."
)
_FINITE_ONLY = (
    "But they learn nothing then: the training loss is {loss}, as a mean over the networks, and a network that ignores "
    "its inputs has {constant}."
)
_TRIED = {
    "learning_rate": "smaller steps",
    "initializer": "the weights that suit each activation",
    "l2": "no L2 penalty",
    "l1": "no L1 penalty",
    "hidden": "fewer layers",
}
_NO_REMEDY = "With none of these changes alone do all networks stay finite: {tried}."
_NONE_TRIED = "There was no single change to try."
_TOO_LARGE = "**It is what is compared that blows up.**"
_OTHERS = "The others stay finite."
_LEAVE_OUT = "Leave out {networks}"
_ZEROS = (
    "**From zeros: {networks}.** With all weights at 0, a hidden layer gives every sample the same outputs, and what "
    "goes back through it as a gradient is multiplied by 0. Random initial weights prevent that."
)
_DIES_OUT = (
    "**Dead: {networks}.** Every unit of a hidden layer has slope 0 for all training samples, so no gradient passes: "
    "that layer and all below it stay as they are. {why}"
)
_SLOPE_0_EVERYWHERE = "The slope of {functions} is 0 everywhere: such units are dead from the start."
_SLOPE_0_SOMEWHERE = (
    "The slope of {functions} is 0 on a stretch of z, and units whose weighted sums all lie there are dead. Large "
    "steps and unlucky initial weights bring them there. The slope of leaky_relu is nowhere 0, so its units cannot die."
)
_SLOPE_ROUNDED = (
    "The slope of {functions} is 0 on no stretch of z, but where it is too small for the computer's numbers it is "
    "rounded to 0, and units whose weighted sums all lie there are dead. The slope of leaky_relu is at least 0.01."
)
_SHRUNK = (
    "**First layer all but standing still: {networks}.** Hardly any gradient reaches it (its norm is below {least}). "
    "The penalty has made the weights small, and they multiply the gradient on its way back: in the end the weights "
    "have {share} of their initial length. Try a smaller penalty."
)
_VANISHED = (
    "**First layer all but standing still: {networks}.** Hardly any gradient reaches it (its norm is below {least}): "
    "on its way back it is multiplied by the weights and the slopes of every layer, and here they make it small. Fewer "
    "layers, smaller steps, or initial weights that suit the activation, usually help."
)
_SHRUNKEN = 0.5  # of the initial length of a network's weights: a penalty has taken more than half


@dataclass(frozen=True)
class _Mend:
    """A button: this experiment, for which these controls get these values."""

    label: str
    experiment: Experiment
    settings: dict[str, object]

    def apply(self, is_opened: bool) -> None:
        """One that was opened is mended as a whole: the controls cannot say all of it."""
        if is_opened:
            opened.change_to(self.experiment)
        else:
            st.session_state.update(self.settings)


def show_troubles(comparison: Comparison, history: History) -> None:
    """A box for all networks that blew up, with where and why and what helps; and one for those that cannot learn."""
    found = results.why_it_blew_up(history)
    if found:
        why, mend = _advice(comparison, history, results.what_would_help(history, LEARNING_RATES))
        shown = [_SHOWN] if any(divergence.epoch for divergence in found.values()) else []
        with st.container(border=True):
            st.warning(" ".join([*_where(history, found), *shown, why]))
            if mend:
                st.button(mend.label, key="mend", on_click=mend.apply, args=[comparison.is_opened])
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
        ("vanishing", _ZEROS, (dead | stands_still(history)) & finite & from_zeros),
        *(("dead_relu", _DIES_OUT.replace("{why}", why), which) for why, which in _deaths(history, dead & ~from_zeros)),
        ("vanishing", _SHRUNK, shrunk),
        ("vanishing", _VANISHED, still & ~shrunk),
    ]
    settings = list(zip(setting_names(history.experiment), runs_by_setting(history.experiment)))
    for page, sentence, which in kinds:
        if which.any():
            names = ", ".join(name for name, runs in settings if which[runs].any())
            yield page, sentence.format(networks=names, least=short(STANDSTILL), share=left)


def _deaths(history: History, died: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Why units of runs that died out could die, with the runs (run,) that it is true of: by where the functions of
    their dead layers have slope 0."""
    hidden = history.experiment.hidden
    everywhere, somewhere, rounded = {}, {}, {}
    for run in np.flatnonzero(died):
        layers = np.flatnonzero(history.dead_units[run, -1] == np.array(hidden))
        name = history.experiment.runs[run].layer_activations(len(hidden))[layers[0]]
        dead = facts(name).dead
        kind = rounded if not dead else everywhere if np.isinf(dead[0]).all() else somewhere
        kind.setdefault(name, []).append(run)
    kinds = ((_SLOPE_0_EVERYWHERE, everywhere), (_SLOPE_0_SOMEWHERE, somewhere), (_SLOPE_ROUNDED, rounded))
    for why, functions in kinds:
        which = np.zeros(len(died), bool)
        which[[run for runs in functions.values() for run in runs]] = True
        yield why.format(functions=listed(functions)), which


def _same_networks(experiment: Experiment) -> dict[str, list[str]]:
    """What the lesson on vanishing gradients has controls for."""
    first = experiment.runs[0]
    names = dict.fromkeys(name for run in experiment.runs for name in run.layer_activations(1))
    settings = {"layers": len(experiment.hidden), "optimizer": first.optimizer, "initializer": first.initializer}
    return {"activations": list(names)} | {key: SETTINGS[key].texts(value) for key, value in settings.items()}


def _where(history: History, found: dict[int, Divergence]) -> Iterator[str]:
    """For each setting, where the first of its seeds blew up."""
    last = len(history.experiment.hidden) + 1
    for name, runs in zip(setting_names(history.experiment), runs_by_setting(history.experiment)):
        bad = [found[run] for run in runs if run in found]
        if not bad:
            continue
        first = min(bad, key=lambda divergence: (divergence.epoch, divergence.step))
        layer = "the output layer" if first.layer == last else f"hidden layer {first.layer}"
        is_loss = first.quantity == "outputs" and first.layer == last
        sentence = _BLEW_UP if first.step else _BLEW_UP_MEASURED if first.epoch else _FROM_THE_START
        yield sentence.format(
            network=name,
            epoch=first.epoch,
            step=first.step,
            seeds=_OF_SEEDS.format(some=len(bad), all=len(runs)) if len(runs) > 1 else "",
            quantity=_LOSS if is_loss else _QUANTITY.format(quantity=first.quantity, layer=layer),
        )


def _advice(comparison: Comparison, history: History, found: Remedies) -> tuple[str, _Mend | None]:
    factor, experiment, remedy = comparison.factor, comparison.experiment, found.best
    chosen = [getattr(run, factor.field) for run in experiment.runs]
    values = [text_of(value) if factor.field == "activation" else value for value in chosen]
    bad = list(dict.fromkeys(value for value, at in zip(values, history.diverged_at) if at >= 0))
    rest = [value for value in dict.fromkeys(values) if value not in bad]
    # Where some choices of what is compared stay finite, it would be wrong to blame what all have in common.
    is_compared = factor.field in _WHY and bool(rest)
    if remedy is not None and not is_compared and remedy.field not in (factor.field, *differing(experiment)):
        return _change(experiment, remedy)
    tried = listed(_TRIED[field] for field in found.tried)
    failed = _NO_REMEDY.format(tried=tried) if found.tried else _NONE_TRIED
    why = failed if remedy is None and not is_compared else _TOO_LARGE
    if not rest:
        return why, None
    label = _LEAVE_OUT.format(networks=", ".join(map(SETTINGS[factor.field].text, bad)))
    finite = tuple(run for run, value in zip(experiment.runs, values) if value in rest)
    return f"{why} {_OTHERS}", _Mend(label, replace(experiment, runs=finite), {factor.several: rest})


def _change(experiment: Experiment, remedy: Remedy) -> tuple[str, _Mend]:
    """What a remedy is worth, and its button."""
    layers = len(remedy.value) if remedy.field == "hidden" else 0
    value = count(layers, "hidden layer") if layers else exact(remedy.value)
    # What was tried, as the controls say it: with fewer layers, fewer activations may be named.
    mended = remedy.applied_to(experiment)
    tried = settings_for(mended)
    keys = ("layers", "activation", "activations") if layers else (remedy.field,)
    settings = {key: tried[key] for key in keys if key in tried}
    constant = constant_loss(experiment)
    loss = (_LEARNS if remedy.loss < constant else _FINITE_ONLY).format(
        loss=written(remedy.loss, 3), constant=written(constant, 3)
    )
    why = _WHY[remedy.field].format(value=value, loss=loss)
    return why, _Mend(_MEND[remedy.field].format(value=value), mended, settings)
