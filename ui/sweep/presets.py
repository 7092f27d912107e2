"""Sweeps worth seeing: each answers one question, with a sentence on what came out."""

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from ui.shell.address import Address, go_to
from ui.shell.language import N_, _
from ui.shell.page import STRIP
from ui.sweep.settings import SETTINGS, query
from ui.sweep.words import INTRODUCTION


@dataclass(frozen=True)
class Preset:
    """`settings` are the controls, by key, that differ from their defaults."""

    question: str
    settings: dict[str, object]
    notice: str

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Its settings as the page's address has them."""
        return query(self.settings)


_FOUR = ["sigmoid", "tanh", "relu", "gelu"]
PRESETS = (
    Preset(
        N_("Does the ranking depend on the learning rate?"),
        {},
        N_(
            "At Adam's default learning rate, **ReLU** leads **sigmoid**. Each at its best learning rate, most of that "
            "lead is gone."
        ),
    ),
    Preset(
        N_("Does depth matter?"),
        {
            "vary": ["activation", "layers", "rate_multiple"], "activations": _FOUR, "layer_counts": [1, 2, 4, 8],
            "rate_multiples": [0.3, 1.0, 3.0], "dataset": "moons", "optimizer": "momentum",
            "initializer": "xavier_normal",
        },
        N_(
            "With one hidden layer, all four functions learn. With eight, **sigmoid** stays near chance level at "
            "each of these learning rates. The other three still learn."
        ),
    ),
    Preset(
        N_("Does the optimizer matter more than the activation?"),
        {
            "vary": ["activation", "optimizer", "rate_multiple"], "activations": _FOUR,
            "optimizers": ["sgd", "momentum", "rmsprop", "adam"], "rate_multiples": [0.1, 0.3, 1.0, 3.0, 10.0],
        },
        N_(
            "Here it does: the **optimizer** explains more of the differences than the activation function. The "
            "**learning rate** explains more than both together."
        ),
    ),
)  # fmt: skip


def choose_preset(address: Address) -> None:
    """A button for each, and the sentence of the one that the controls stand at, however they came there, or else what
    the page is for.

    To be called after the page's last control, in a container above the results."""
    settings = {key: value for key, value in address.settings.items() if key in SETTINGS}  # not those of the views
    at = next((preset for preset in PRESETS if preset.query == settings), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{STRIP} presets"):
        for number, preset in enumerate(PRESETS):
            if not address.allows(preset.query):
                continue
            kind = "primary" if preset is at else "secondary"
            st.button(_(preset.question), key=f"preset {number}", type=kind, on_click=go_to, args=[preset.query])
    if at:
        st.info(_(at.notice), icon=":material/visibility:")
    else:
        st.markdown(_(INTRODUCTION))
