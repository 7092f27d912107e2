"""What went wrong in a training, why, and a button that mends it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from core import Experiment, History
from core.analysis.failures import Divergence, Remedy, dies_out
from core.analysis.repeats import runs_by_setting, setting_names
from core.analysis.summary import STANDSTILL, stands_still
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.jobs import results
from ui.shell.factors import LEARNING_RATES, text_of
from ui.shell.numbers import count, exact, short
from ui.shell.page import link_to
from ui.shell.settings import SETTINGS, differing, settings_for

_BLEW_UP = "**{network}** blew up in epoch {epoch}, step {step}{seeds}: {quantity} became infinite."
_BLEW_UP_MEASURED = "**{network}** blew up in epoch {epoch}{seeds}: {quantity} became infinite."
_FROM_THE_START = "**{network}** is infinite before any training{seeds}: {quantity} overflow."
_OF_SEEDS = ", with {some} of {all} seeds"
_QUANTITY, _LOSS = "the {quantity} of {layer}", "the losses of some samples"
_SHOWN = "What is shown is the last finite state."
_WHY = {
    "learning_rate": "**The steps were too large.** With learning rate {value}, none of these networks blows up.",
    "initializer": "**The initial weights were too large.** With {value}, which suits each activation, none blows up.",
    "hidden": "**From layer to layer the numbers grow.** With {value}, none of these networks blows up.",
}
_MEND = {
    "learning_rate": "Set the learning rate to {value}",
    "initializer": "Set the initial weights to {value}",
    "hidden": "Use {value}",
}
_NO_REMEDY = (
    "None of the changes that were tried helps: smaller steps, the weights that suit each activation, fewer layers."
)
_TOO_LARGE = "**It is what is compared that blows up.**"
_OTHERS = "The others stay finite."
_LEAVE_OUT = "Leave out {networks}"
_ZEROS = (
    "**From zeros: {networks}.** With all weights at 0, nothing passes the hidden layers, forwards or backwards "
    "as a gradient: there is next to nothing to learn from. Random initial weights mend it."
)
_DIES_OUT = (
    "**Dead: {networks}.** Every unit of a hidden layer has slope 0 for all training samples, so no gradient passes: "
    "that layer and all below it stay as they are. To step that is natural; relu comes to it by large steps, or by bad "
    "luck with the initial weights. An activation with a slope on both sides, such as leaky_relu, keeps units alive."
)
_VANISHED = (
    "**First layer all but standing still: {networks}.** Hardly any gradient reaches it (its norm is below {least}): "
    "on its way back it is multiplied by the weights and the slopes of every layer, and here they make it small. Fewer "
    "layers, smaller steps, or initial weights that suit the activation, usually help."
)


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
        remedy = results.what_would_help(history, LEARNING_RATES)
        why, mend = _advice(comparison, history, remedy)
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
    still = stands_still(history) & ~dead & finite
    kinds = (
        ("vanishing", _ZEROS, (dead | still) & from_zeros),
        ("dead_relu", _DIES_OUT, dead & ~from_zeros),
        ("vanishing", _VANISHED, still & ~from_zeros),
    )
    settings = list(zip(setting_names(history.experiment), runs_by_setting(history.experiment)))
    for page, sentence, which in kinds:
        if which.any():
            names = ", ".join(name for name, runs in settings if which[runs].any())
            yield page, sentence.format(networks=names, least=short(STANDSTILL))


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


def _advice(comparison: Comparison, history: History, remedy: Remedy | None) -> tuple[str, _Mend | None]:
    factor, experiment = comparison.factor, comparison.experiment
    if remedy is not None and remedy.field not in (factor.field, *differing(experiment)):
        layers = len(remedy.value) if remedy.field == "hidden" else 0
        value = count(layers, "hidden layer") if layers else exact(remedy.value)
        # What was tried, as the controls say it: with fewer layers, fewer activations may be named.
        mended = remedy.applied_to(experiment)
        tried = settings_for(mended)
        keys = ("layers", "activation", "activations") if layers else (remedy.field,)
        settings = {key: tried[key] for key in keys if key in tried}
        return _WHY[remedy.field].format(value=value), _Mend(_MEND[remedy.field].format(value=value), mended, settings)
    chosen = [getattr(run, factor.field) for run in experiment.runs]
    values = [text_of(value) if factor.field == "activation" else value for value in chosen]
    bad = list(dict.fromkeys(value for value, at in zip(values, history.diverged_at) if at >= 0))
    rest = [value for value in dict.fromkeys(values) if value not in bad]
    why = _NO_REMEDY if remedy is None else _TOO_LARGE
    if not rest:
        return why, None
    label = _LEAVE_OUT.format(networks=", ".join(map(SETTINGS[factor.field].text, bad)))
    finite = tuple(run for run, value in zip(experiment.runs, values) if value in rest)
    return f"{why} {_OTHERS}", _Mend(label, replace(experiment, runs=finite), {factor.several: rest})
