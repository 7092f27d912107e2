"""What went wrong in a training, why, and a button that mends it."""

from dataclasses import dataclass

import streamlit as st

from core import History
from core.blowup import BlowUp, Remedy, dies_out
from core.summary import STANDSTILL, network_names, stands_still
from ui import results
from ui.comparison import Comparison
from ui.factors import FACTORS, LEARNING_RATES, Factor, number, text_of

_BLEW_UP = "**{network}** blew up in epoch {epoch}, step {step}: {quantity} of {layer} became infinite."
_BLEW_UP_MEASURED = "**{network}** blew up in epoch {epoch}: {quantity} of {layer} became infinite."
_FROM_THE_START = "**{network}** is infinite before any training: {quantity} of {layer} overflow."
_LOSS = "the loss"
_QUANTITIES = {
    "weighted sums": "the weighted sums",
    "outputs": "the outputs",
    "gradient": "the gradient",
    "weights": "the weights",
}
_SHOWN = "What is shown is the last finite state."
_WHY = {
    "learning_rate": "**Its steps were too large.** With learning rate {value}, none of these networks blows up.",
    "initializer": "**Its initial weights were too large.** With {value}, which suits each activation, none does.",
    "hidden": "**From layer to layer its numbers grow.** With {value}, none of these networks blows up.",
}
_NO_REMEDY = "Neither smaller steps nor other initial weights nor fewer layers help here."
_MEND = {
    "learning_rate": "Set the learning rate to {value}",
    "initializer": "Set the initial weights to {value}",
    "hidden": "Use {value}",
}
_LEAVE_OUT = "Leave out {networks}"
_TOO_LARGE = "**The choices that are compared are what blows up.** The others do well without them."
_DIES_OUT = (
    "**Dead: {networks}.** Every unit of a hidden layer has slope 0 for all training samples, so no gradient passes: "
    "that layer and all below it stay as they are. Large steps do this to relu, and to step it is natural; smaller "
    "steps, or an activation with a slope on both sides, such as leaky_relu, keep units alive."
)
_VANISHED = (
    "**First layer all but standing still: {networks}.** Hardly any gradient reaches it (its norm is below {least:g}): "
    "on its way back through the layers it is multiplied by each one's slopes, which are small here. Fewer layers, or "
    "initial weights that suit the activation, usually help."
)


@dataclass(frozen=True)
class _Mend:
    """A button: these controls get these values."""

    label: str
    settings: dict[str, object]


def show_troubles(comparison: Comparison, history: History) -> None:
    """A box for all networks that blew up, with where and why and what helps; and one for those that cannot learn."""
    found = results.why_it_blew_up(history)
    if found:
        remedy = results.what_would_help(history, LEARNING_RATES)
        why, mend = _advice(comparison, history, remedy)
        with st.container(border=True, key="blow-ups"):
            shown = [_SHOWN] if any(blow_up.epoch for blow_up in found.values()) else []
            st.warning(" ".join([*(_where(history, blow_up) for blow_up in found.values()), *shown, why]))
            st.button(mend.label, key="mend", on_click=_apply, args=[mend.settings])
    for sentence in standstills(history):
        st.warning(sentence)


def standstills(history: History) -> list[str]:
    """Networks that cannot learn, by what is in their way."""
    names, dead = network_names(history.experiment), dies_out(history)
    still = stands_still(history) & ~dead & (history.diverged_at < 0)
    sentences = []
    if dead.any():
        sentences.append(_DIES_OUT.format(networks=_listed(names, dead)))
    if still.any():
        sentences.append(_VANISHED.format(networks=_listed(names, still), least=STANDSTILL))
    return sentences


def _where(history: History, blow_up: BlowUp) -> str:
    last = len(history.experiment.hidden) + 1
    of_loss = blow_up.quantity == "outputs" and blow_up.layer == last
    sentence = _BLEW_UP if blow_up.step else _BLEW_UP_MEASURED if blow_up.epoch else _FROM_THE_START
    return sentence.format(
        network=network_names(history.experiment)[blow_up.run],
        epoch=blow_up.epoch,
        step=blow_up.step,
        quantity=_LOSS if of_loss else _QUANTITIES[blow_up.quantity],
        layer="the output layer" if blow_up.layer == last else f"hidden layer {blow_up.layer}",
    )


def _advice(comparison: Comparison, history: History, remedy: Remedy | None) -> tuple[str, _Mend]:
    factor = comparison.factor
    if remedy is not None and remedy.field != factor.field:
        value = f"{len(remedy.value)} hidden layers" if remedy.field == "hidden" else number(remedy.value)
        settings = {"layers": len(remedy.value)} if remedy.field == "hidden" else {remedy.field: remedy.value}
        return _WHY[remedy.field].format(value=value), _Mend(_MEND[remedy.field].format(value=value), settings)
    bad = _choices(history, factor, diverged=True)
    rest = [choice for choice in _choices(history, factor, diverged=False) if choice not in bad]
    label = _LEAVE_OUT.format(networks=", ".join(map(number, bad)))
    return _NO_REMEDY if remedy is None else _TOO_LARGE, _Mend(label, {factor.several: rest})


def _choices(history: History, factor: Factor, diverged: bool) -> list:
    """Of the factor that is compared, those with a network that diverged, or with one that did not."""
    runs = history.experiment.runs
    chosen = [run for run, at in zip(runs, history.diverged_at) if (at >= 0) == diverged]
    values = [getattr(run, factor.field) for run in chosen]
    return list(dict.fromkeys(text_of(value) if factor is FACTORS["activation"] else value for value in values))


def _apply(settings: dict[str, object]) -> None:
    for key, value in settings.items():
        st.session_state[key] = value


def _listed(names: list[str], which) -> str:
    return ", ".join(name for name, chosen in zip(names, which) if chosen)
