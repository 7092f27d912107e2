"""Comparisons worth seeing, good and bad: each sets all controls, and says what to notice."""

from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from ui.compare import opened
from ui.shell.address import Address, go_to
from ui.shell.language import N_, _
from ui.shell.page import LESSONS, PAGES, STRIP
from ui.shell.settings import OF_THE_VIEW, query

_FIRST_LESSON = N_("Start with lesson 1")


@dataclass(frozen=True)
class Preset:
    """`settings` are the controls, by key, that differ from their defaults; `icon` is one of Streamlit's own."""

    name: str
    icon: str
    settings: dict[str, object]
    notice: str

    @cached_property
    def query(self) -> dict[str, list[str]]:
        """Its settings as the page's address has them."""
        return query(self.settings)


_RECORDS = (
    Preset(
        N_("Only a straight line"), ":material/horizontal_rule:",
        {"dataset": "circles", "activations": ["identity", "relu", "tanh"]},
        N_(
            "**Identity** stays near chance level, although it has two hidden layers of 16 units. Layers without an "
            "activation function work like one linear layer, so the boundary is a straight line. No straight line "
            "separates a ring from its centre. ReLU and tanh bend their boundaries around it."
        ),
    ),
    Preset(
        N_("Ten sigmoid layers"), ":material/layers:",
        {
            "dataset": "moons", "activations": ["sigmoid", "tanh", "relu", "selu"], "layers": 10,
            "optimizer": "momentum", "initializer": "xavier_normal",
        },
        N_(
            "All networks have ten hidden layers and Xavier's initial weights, and **sigmoid** stays near chance "
            "level. In each layer, its slope multiplies the gradient by at most 0.25, and the weights do not make up "
            "for it. Almost nothing is left at the first layer. To see its gradient, tick *All columns* in the table "
            "of final results. Then choose the optimizer Adam: with it, sigmoid learns too."
        ),
    ),
    Preset(
        N_("Better initial weights"), ":material/school:",
        {
            "dataset": "moons", "compare": "initializer",
            "initializers": ["xavier_normal", "pytorch_default", "xavier_4", "auto"], "activation": "sigmoid",
            "layers": 10, "optimizer": "momentum",
        },
        N_(
            "Only the initial weights differ. With Xavier's weights and with PyTorch's default, ten layers of sigmoid "
            "stay near chance level. Sigmoid needs larger weights: **4 × Xavier** or **Auto**. With these, enough of "
            "the gradient reaches the first layer, and the networks learn."
        ),
    ),
    Preset(
        N_("Dead ReLU units"), ":material/heart_broken:",
        {
            "dataset": "moons", "compare": "learning_rate", "learning_rates": [0.003, 0.01, 0.03, 0.1, 0.3],
            "layers": 3,
        },
        N_(
            "With small learning rates, few **ReLU** units die. With the largest, most die. One step that is too large "
            "can make a unit's weighted sum negative for every training sample. Its slope is then 0, and no gradient "
            "changes its weights. See *Hidden units* below."
        ),
    ),
    Preset(
        N_("All weights zero"), ":material/exposure_zero:",
        {
            "dataset": "moons", "compare": "initializer", "initializers": ["zeros", "small_normal", "he_normal"],
            "activation": "sigmoid",
        },
        N_(
            "With **Zeros**, all units of a layer get the same gradient, so they always stay equal: sixteen units do "
            "the work of one. Small random weights make the units different. Weights of a suitable size learn better."
        ),
    ),
    Preset(
        N_("Adam and SGD"), ":material/cyclone:",
        {
            "compare": "optimizer", "optimizers": ["sgd", "momentum", "rmsprop", "adam"], "dataset": "spiral",
            "classes": 3, "activation": "tanh", "initializer": "xavier_normal", "layers": 4, "epochs": 30, "seeds": 3,
        },
        N_(
            "Each optimizer turns gradients into steps in its own way. After 30 epochs here, **Adam** has a higher "
            "mean test accuracy than **SGD**. Three seeds are too few to be sure. Continue to 100 epochs: SGD then "
            "separates the arms of the spiral well, too."
        ),
    ),
    Preset(
        N_("Overfitting"), ":material/grain:",
        {
            "dataset": "moons", "noise": 0.5, "samples": 100, "units": "32", "layers": 3, "epochs": 200,
            "compare": "l2",
        },
        N_(
            "Without a penalty, the training loss goes towards 0 and the **test loss rises**: the network learns the "
            "noise. A penalty on large weights keeps the boundary smooth and the test loss lower."
        ),
    ),
    Preset(
        N_("Digits"), ":material/looks_5:",
        {"dataset": "digits", "view": "all", "activations": ["identity", "sigmoid", "relu", "gelu"], "epochs": 30},
        N_(
            "64 pixels, ten classes, and every network gets more than 90 % right, even **Identity**. A large problem "
            "does not always need a non-linear function. Each picture shows only two directions of the 64 dimensions."
        ),
    ),
)  # fmt: skip

PRESETS: dict[str, Preset] = {record.name: record for record in _RECORDS}


def choose_preset(address: Address) -> None:
    """A link to the first lesson and a button for each preset; the one that the controls stand at is marked.

    To be called after the page's last control, in a container above the pictures."""
    at, lesson = _preset_at(address), PAGES[LESSONS[0]]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{STRIP} presets"):
        st.page_link(lesson.path, label=_(_FIRST_LESSON), icon=":material/menu_book:", width="content")
        for number, preset in enumerate(PRESETS.values()):
            if not address.allows(query(preset.settings)):
                continue
            st.button(
                _(preset.name), key=f"preset {number}", icon=preset.icon,
                type="primary" if preset is at else "secondary", on_click=_go_to, args=[preset],
            )  # fmt: skip


def notice(address: Address) -> str | None:
    """What to notice, if the controls stand at a preset, however they came there."""
    preset = _preset_at(address)
    return _(preset.notice) if preset else None


def _go_to(preset: Preset) -> None:
    opened.leave()
    go_to(preset.query)


def _preset_at(address: Address) -> Preset | None:
    """The one that the controls stand at, however it is looked at."""
    settings = {key: value for key, value in address.settings.items() if key not in OF_THE_VIEW}
    return next((preset for preset in PRESETS.values() if preset.query == settings), None)
