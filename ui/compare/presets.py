"""Comparisons worth seeing, good and bad: each sets all controls, and says what to notice."""

from dataclasses import dataclass

import streamlit as st

from ui.compare import opened
from ui.shell.address import Address, go_to
from ui.shell.settings import OF_THE_VIEW, query

_KEY = "preset"  # of the widget; what it sets is in the address, not the preset itself


@dataclass(frozen=True)
class Preset:
    """`settings` are the controls, by key, that differ from their defaults."""

    name: str
    settings: dict[str, object]
    notice: str


_RECORDS = (
    Preset(
        "A line can't do it",
        {"dataset": "circles", "activations": ["identity", "relu", "tanh"]},
        "Two hidden layers of 16 units, and **identity** stays at a guess: layers without an activation function are "
        "one layer, its boundary is a straight line, and no line parts a ring from its middle. relu and tanh bend "
        "theirs around it.",
    ),
    Preset(
        "Sigmoid, ten layers deep",
        {
            "activations": ["sigmoid", "tanh", "relu", "selu"], "layers": 10, "optimizer": "momentum",
            "initializer": "xavier_normal",
        },
        "The same ten layers from Xavier's initial weights, and **sigmoid** learns nothing: each layer's slopes "
        "multiply the gradient by at most 0.25, its weights do not make up for it, and next to nothing is left at the "
        "first. "
        "Compare *Grad. first* in the table below. Then take adam, which learns even from that.",
    ),
    Preset(
        "Ten layers of sigmoid, and they learn",
        {
            "compare": "initializer", "initializers": ["xavier_normal", "pytorch_default", "xavier_4", "auto"],
            "activation": "sigmoid", "layers": 10, "optimizer": "momentum",
        },
        "One function, one optimizer, and only the initial weights differ. From Xavier's and from PyTorch's own, "
        "ten layers of sigmoid stay at a guess. From weights that suit it, Xavier's four times as large or **auto**, "
        "enough of the gradient comes through, and they learn.",
    ),
    Preset(
        "A learning rate that kills ReLUs",
        {"compare": "learning_rate", "learning_rates": [0.003, 0.01, 0.03, 0.1, 0.3], "layers": 3},
        "With small steps a few units of **relu** die, with the largest most of them: one step too far, and a unit is "
        "negative for every sample, has slope 0, and gets no gradient that could bring it back. See *Hidden units*.",
    ),
    Preset(
        "Zeros never break symmetry",
        {"compare": "initializer", "initializers": ["zeros", "small_normal", "he_normal"], "activation": "sigmoid"},
        "From **zeros** all units of a layer get the same gradient and stay alike for ever: sixteen units worth "
        "one. A little chance is enough to part them, and the right amount is better.",
    ),
    Preset(
        "Adam against SGD on a spiral",
        {
            "compare": "optimizer", "optimizers": ["sgd", "momentum", "rmsprop", "adam"], "dataset": "spiral",
            "classes": 3, "activation": "tanh", "initializer": "xavier_normal", "layers": 4, "epochs": 30, "seeds": 3,
        },
        "Press play. The same gradients, turned into steps in four ways: after 30 epochs **adam** has wound the "
        "spiral, and plain **sgd** has not. Then train on, to 100 epochs: it has wound it, too.",
    ),
    Preset(
        "Too much noise: overfitting",
        {
            "noise": 0.5, "samples": 100, "units": 32, "layers": 3, "epochs": 200, "compare": "l2",
        },
        "Without a penalty the training loss goes towards 0 and the **test loss up**: the network learns the noise by "
        "heart. A penalty on large weights keeps the boundary smooth, and the test loss down.",
    ),
    Preset(
        "Digits",
        {"dataset": "digits", "view": "all", "activations": ["identity", "sigmoid", "relu", "gelu"], "epochs": 30},
        "64 pixels, ten classes, and nearly all right, even with **identity**: a problem can be large and still need "
        "no bend. Each picture is a slice through 64 dimensions.",
    ),
)  # fmt: skip

PRESETS: dict[str, Preset] = {record.name: record for record in _RECORDS}


def choose_preset(address: Address) -> None:
    """A choice of presets, and what to notice in the one that the controls stand at."""
    preset = _preset_at(address)
    st.session_state[_KEY] = preset.name if preset else None
    st.selectbox(
        "Start from", list(PRESETS), key=_KEY, index=None, placeholder="a preset …", on_change=_go_to_chosen,
    )  # fmt: skip


def notice(address: Address) -> str | None:
    """What to notice, if the controls stand at a preset, however they came there."""
    preset = _preset_at(address)
    return preset.notice if preset else None


def _go_to_chosen() -> None:
    name = st.session_state[_KEY]
    opened.leave()
    go_to(query(PRESETS[name].settings) if name else {})


def _preset_at(address: Address) -> Preset | None:
    """The one that the controls stand at, however it is looked at."""
    settings = {key: value for key, value in address.settings.items() if key not in OF_THE_VIEW}
    return next((preset for preset in PRESETS.values() if query(preset.settings) == settings), None)
