"""Claims, measured: the control of the page, and where each claim leads to."""

import streamlit as st

from core.claims import CLAIMS, Claim, verdict
from core.notes import Note
from ui.lessons.claims.measuring import rows_of
from ui.lessons.claims.words import badges, statement
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.language import N_, _
from ui.shell.page import MAIN_WIDTH
from ui.shell.readers import one_of

INTRODUCTION = N_(
    "People repeat these sentences about activation functions. An experiment on small networks tests each of them."
)
LESSON = N_("**The lesson on this:**")
ALL = N_("All claims")
ONE_RULE = N_("Each verdict follows from the measured numbers, by one rule for all claims.")
# The pages on what each claim is about, and the settings of Compare that show it.
LESSONS = {
    "six_times": "activations",
    "no_exp": "activations",
    "zero_centred": "activations",
    "no_vanishing": "vanishing",
    "leaky_cure": "dead_relu",
    "sparse_guard": "dead_relu",
    "output_only": "softmax",
}
_FOUR_LAYERS = {"layers": 3, "optimizer": "momentum", "batch_size": 128, "learning_rate": 0.3, "seeds": 5}
COMPARED = {
    "six_times": _FOUR_LAYERS | {"dataset": "xor", "activations": ["relu", "tanh"], "epochs": 30},
    "no_exp": {"dataset": "moons", "activations": ["relu", "sigmoid", "tanh"]},
    "zero_centred": _FOUR_LAYERS | {
        "dataset": "circles", "activations": ["sigmoid", "sigmoid_centred", "tanh_shifted", "tanh"], "epochs": 100,
    },
    "no_vanishing": {
        "dataset": "moons", "compare": "initializer", "initializers": ["he_normal", "xavier_uniform"],
        "activation": "relu", "layers": 20, "epochs": 30,
    },
    "leaky_cure": {
        "dataset": "circles", "activations": ["relu", "leaky_relu"], "layers": 3, "learning_rate": 1.0, "seeds": 5,
    },
    "sparse_guard": {
        "dataset": "moons", "noise": 0.4, "samples": 100, "activations": ["relu", "leaky_relu", "elu"], "units": "32",
        "epochs": 200, "seeds": 5,
    },
    "output_only": {
        "compare": "initializer", "initializers": ["xavier_normal", "xavier_4"], "activation": "sigmoid",
        "dataset": "circles", "layers": 6, "optimizer": "momentum",
    },
}  # fmt: skip


def choose(address: Address) -> Claim:
    """Which claim is looked at."""
    names = list(CLAIMS)
    with address.setting("claim", names[0], one_of(Note("claim"), names)):
        name = control(
            st.selectbox,
            _("Claim"),
            names,
            key="claim",
            format_func=lambda name: statement(CLAIMS[name]),
            width=MAIN_WIDTH,
        )
    return CLAIMS[name]


def all_claims() -> str:
    """A list of them with their verdicts."""
    lines = (f"* {statement(claim)} {badges(verdict(claim, rows_of(claim)))}" for claim in CLAIMS.values())
    return "\n".join([_(ONE_RULE), "", *lines])
