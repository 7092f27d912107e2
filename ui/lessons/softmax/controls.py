"""Softmax: the controls of the lesson about scores that are set by hand, and what does not depend on them."""

from dataclasses import dataclass

import streamlit as st

from core.lessons.softmax import Steps, steps
from ui.lessons.lesson import Try
from ui.shell import controls
from ui.shell.address import Address, between, one_of, switch
from ui.shell.numbers import exact

INTRODUCTION = (
    "A network ends in one score for each class, and a score can be any number. **Softmax** makes probabilities of "
    "them: it takes e to the power of each score, and divides by the sum of all."
)
NAMES = ("class 0", "class 1", "class 2")
LABELS = ("Score a₀", "Score a₁", "Score a₂")
SCORE = "z = (a + c) / T"
SCORES, DEFAULT_SCORES = (-5.0, 5.0), (2.0, 1.0, 0.1)
CONSTANTS = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000]
TEMPERATURES = [0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0]
_SCORE_HELP = "Of {name}: as a network would give it, any number."
_CONSTANT_HELP = "Added to every score."
_TEMPERATURE_HELP = "Every score is divided by it, after the constant was added."
_SUBTRACT_HELP = "Takes the largest z from all of them before the exponentials, as libraries do."
_TRUE_HELP = "The class that is right. The loss is taken of its probability."

TRIES = (
    Try(
        "Add 1000",
        {"constant": 1000},
        "All scores grow by 1000, which should change nothing. But e to the power of 1000 is more than a number "
        'of 32 bits (float32) can hold: it becomes inf, and inf divided by inf is nan, "not a number". Switch on '
        "**Subtract the largest first**, and the probabilities are back.",
    ),
    Try(
        "Temperature 0.1",
        {"temperature": 0.1},
        "**Cold**: a lead of 1 becomes a lead of 10 in z, and class 0 takes next to everything. The real network "
        "further down is cold now, too, and surer than it was.",
    ),
    Try(
        "Temperature 10",
        {"temperature": 10.0},
        "**Hot**: the same scores, and no class is much likelier than another. Their order stays as it was.",
    ),
    Try(
        "All equal",
        {"score0": 3.0, "score1": 3.0, "score2": 3.0},
        "Three equal scores make three equal probabilities, however large they are: only differences count.",
    ),
    Try(
        "A confident mistake",
        {"score0": 5.0, "score1": -5.0, "true_class": 1},
        "Class 1 is true, and class 0 gets nearly all of the probability. Look at **Two losses** further down: the "
        "slope of cross-entropy is as steep as it gets, and squared error has hardly any.",
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


def choose(address: Address) -> Asked:
    """The lesson's controls, but for those of the network's outputs."""
    with st.container(horizontal=True):
        scores = tuple(_score(address, k) for k in range(len(NAMES)))
        with address.setting("true_class", 0, one_of("true class", range(len(NAMES)))):
            places = range(len(NAMES))
            true_class = st.segmented_control("True class", places, key="true_class", required=True, help=_TRUE_HELP)
    with st.container(horizontal=True, vertical_alignment="center"):
        constant = controls.slide(
            address, "Constant c", "constant", CONSTANTS, 0, help=_CONSTANT_HELP, format_func=exact, width=250
        )
        with address.setting("temperature", 1.0, one_of("temperature", TEMPERATURES)):
            temperature = st.select_slider(
                "Temperature T", TEMPERATURES, key="temperature", help=_TEMPERATURE_HELP, format_func=exact, width=250
            )
        with address.setting("subtract", False, switch("subtract")):
            subtract = st.toggle("Subtract the largest first", key="subtract", help=_SUBTRACT_HELP)
    return Asked(scores, true_class, constant, temperature, subtract)


def _score(address: Address, k: int) -> float:
    key, about = f"score{k}", _SCORE_HELP.format(name=NAMES[k])
    with address.setting(key, DEFAULT_SCORES[k], between(f"score of {NAMES[k]}", *SCORES)):
        return st.slider(LABELS[k], *SCORES, step=0.1, format="%.1f", key=key, help=about, width=170)
