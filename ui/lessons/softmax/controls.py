"""Softmax: the controls of the lesson about scores that are set by hand, and what does not depend on them."""

from dataclasses import dataclass

import streamlit as st

from core.lessons.softmax import Steps, steps
from core.notes import Note
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.language import N_, _
from ui.shell.numbers import exact
from ui.shell.readers import between, one_of, switch

INTRODUCTION = N_(
    "A network ends with one score for each class, and a score can be any number. **Softmax** turns scores into "
    "probabilities: it computes e to the power of each score and divides by the sum of these powers."
)
NAMES = (N_("class 0"), N_("class 1"), N_("class 2"))
LABELS = (N_("Score a₀"), N_("Score a₁"), N_("Score a₂"))
SCORE = "z = (a + c) / T"
SCORES, DEFAULT_SCORES = (-5.0, 5.0), (2.0, 1.0, 0.1)
CONSTANTS = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000]
TEMPERATURES = [0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0]
_SCORE_HELP = N_("The score of {name}. A network can give any number.")
_CONSTANT_HELP = N_("This number is added to every score.")
_TEMPERATURE_HELP = N_("Every score is divided by T, after the constant is added.")
_SUBTRACT_HELP = N_("The largest z is subtracted from every z before the exponentials are computed, as in libraries.")
_TRUE_HELP = N_("The correct class. The loss depends on its probability.")

TRIES = (
    Try(
        N_("Add 1000"),
        {"constant": 1000},
        N_(
            "Every score grows by 1000, which should change no probability. But e to the power of 1000 is too large "
            "for float32, a number of 32 bits. It becomes inf (infinity), and inf / inf is nan (not a number). Switch "
            "on **Subtract the largest z first**: the probabilities are back."
        ),
    ),
    Try(
        N_("Temperature 0.1"),
        {"temperature": 0.1},
        N_(
            "**Low temperature**: a difference of 1 between scores becomes a difference of 10 in z. Class 0 gets "
            "almost all of the probability. The network further down uses the same temperature: it is more confident "
            "than at temperature 1."
        ),
    ),
    Try(
        N_("Temperature 10"),
        {"temperature": 10.0},
        N_("**High temperature**: the same scores give similar probabilities. Their order does not change."),
    ),
    Try(
        N_("Equal scores"),
        {"score0": 3.0, "score1": 3.0, "score2": 3.0},
        N_(
            "Three equal scores give three equal probabilities, however large the scores are. Only the differences "
            "between scores count."
        ),
    ),
    Try(
        N_("A confident mistake"),
        {"score0": 5.0, "score1": -5.0, "true_class": 1},
        N_(
            "Class 1 is the true class, but class 0 gets nearly all of the probability. Look at **Two losses** further "
            "down: the slope of cross-entropy is close to −1, the slope of squared error is close to 0."
        ),
    ),
)


@dataclass(frozen=True)
class Asked:
    """One score for each of `NAMES`; `true_class` counts from 0."""

    scores: tuple[float, ...]
    true_class: int
    constant: float
    temperature: float
    subtract: bool

    def steps(self, subtract: bool) -> Steps:
        return steps(self.scores, self.constant, self.temperature, subtract)


def class_names() -> list[str]:
    """What the classes of these scores are called."""
    return [_(name) for name in NAMES]


def choose(address: Address) -> Asked:
    """The lesson's controls, but for those of the network's outputs."""
    with st.container(horizontal=True):
        scores = tuple(_score(address, k) for k in range(len(NAMES)))
        with address.setting("true_class", 0, one_of(Note("true class"), range(len(NAMES)))):
            places = range(len(NAMES))
            true_class = control(
                st.segmented_control, _("True class"), places, key="true_class", required=True, help=_(_TRUE_HELP)
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        constant = controls.slide(
            address, _("Constant c"), "constant", CONSTANTS, 0, help=_(_CONSTANT_HELP), format_func=exact, width=250
        )
        with address.setting("temperature", 1.0, one_of(Note("temperature"), TEMPERATURES)):
            temperature = control(
                st.select_slider,
                _("Temperature T"),
                TEMPERATURES,
                key="temperature",
                help=_(_TEMPERATURE_HELP),
                format_func=exact,
                width=250,
            )  # fmt: skip
        with address.setting("subtract", False, switch(Note("subtract"))):
            subtract = control(st.toggle, _("Subtract the largest z first"), key="subtract", help=_(_SUBTRACT_HELP))
    return Asked(scores, true_class, constant, temperature, subtract)


def _score(address: Address, k: int) -> float:
    key, about = f"score{k}", _(_SCORE_HELP, name=_(NAMES[k]))
    with address.setting(key, DEFAULT_SCORES[k], between(Note("score of {name}", name=Note(NAMES[k])), *SCORES)):
        return control(st.slider, _(LABELS[k]), *SCORES, step=0.1, format="%.1f", key=key, help=about, width=170)
