"""Softmax: the controls and sentences of the lesson about scores that are set by hand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from core.probabilities import Steps, cross_entropy, steps
from ui import controls
from ui.address import Address, between, one_of, switch
from ui.factors import number
from ui.lesson import Try

INTRODUCTION = (
    "A network ends in one score for each class, and a score can be any number. **Softmax** makes probabilities of "
    "them: it takes e to the power of each score, and divides by the sum of all."
)
NAMES = ("class 0", "class 1", "class 2")
SCORE = "z = (a + c) / T"
SCORES, DEFAULT_SCORES = (-5.0, 5.0), (2.0, 1.0, 0.1)
CONSTANTS = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000]
TEMPERATURES = [0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0]
_CONSTANT_HELP = "Added to every score."
_TEMPERATURE_HELP = "Every score is divided by it, after the constant was added."
_SUBTRACT_HELP = "Takes the largest z from all of them before the exponentials, as libraries do."
_TRUE_HELP = "The class that is right. The loss is taken of its probability."

TRIES = (
    Try(
        "Add 1000",
        {"constant": 1000},
        "All scores grow by 1000, which should change nothing. But e to the power of 1000 is more than float32 can "
        "hold: the formula divides inf by inf, and gives nan. Switch on **Subtract the largest first**, and the "
        "probabilities are back.",
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
)

_LEAD = (
    "**{first}** leads {second} by {lead:.3g} in z, and is e to that power, **{factor:,.5g} times**, as likely: "
    "differences of scores become ratios of probabilities."
)
_TIE = "**{first}** and {second} have the same z, and so the same probability."
_SUM = "The bars of the last row are those above it, end to end. Divided by their sum, {total:.4g}, they make 1."
_NO_CONSTANT = "Add a constant: every z moves by the same, and no probability does."
_CONSTANT = "The constant moves every z by {moved:.5g}, and no probability by more than {difference:.1g}: rounding."
_SUBTRACTED = (
    "With the largest z subtracted, the largest exponential is 1, whatever the constant is: none can overflow, and the "
    "probabilities are the same."
)
_TOO_LARGE = (
    "**The plain formula fails here.** With z = {largest:.5g}, the sum of the exponentials is more than float32 can "
    "hold ({most:.2g}): it becomes inf, and what is divided by it 0 or nan."
)
_TOO_SMALL = (
    "**The plain formula fails here.** Even with z = {largest:.5g}, the exponential is less than float32 can hold: all "
    "become 0, and 0 / 0 is nan."
)
_MENDED = "With the largest z subtracted first, the same scores give {shares}."

_FORMULA = r"p_k = \frac{e^{z_k}}{\sum_i e^{z_i}}, \qquad z_k = \frac{a_k + c}{T}"
_FORMULA_SUBTRACTED = r"p_k = \frac{e^{z_k - m}}{\sum_i e^{z_i - m}}, \qquad m = \max_i z_i"
_SHARE = "Here, for {name}: p = {exponential:.4g} / {total:.4g} = **{share:.3g}**."
LOSS_FORMULA = (
    r"\begin{gathered} L = -\ln p_{\text{true}} \\[6pt] \frac{\partial L}{\partial z_k} = p_k - t_k \end{gathered}"
)
_LOSS = (
    "If {name} is the true class, the cross-entropy is L = −ln {p:.4g} = **{loss:.4g}**. Its slopes, with t = 1 for "
    "the true class and 0 for the others: {slopes}."
)
TEMPERATURE_READING = (
    "Towards temperature 0 the largest score takes all. The hotter, the more alike all probabilities become."
)
OVERFLOW_READING = (
    "Both formulas in float32, in which networks are trained: the plain one, and the stable one, in which m, the "
    "largest z, is subtracted first."
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
        constant = controls.slide(address, "Constant", "constant", CONSTANTS, 0, help=_CONSTANT_HELP, width=250)
        temperature = controls.slide(
            address, "Temperature", "temperature", TEMPERATURES, 1.0, help=_TEMPERATURE_HELP, width=250,
            format_func=number,
        )  # fmt: skip
        with address.setting("subtract", False, switch("subtract")):
            subtract = st.toggle("Subtract the largest first", key="subtract", help=_SUBTRACT_HELP)
    return Asked(scores, true_class, constant, temperature, subtract)


def notices(asked: Asked, shown: Steps) -> list[str]:
    """What there is to notice in the steps on screen."""
    stable, largest = asked.steps(subtract=True).probabilities, float(shown.scaled.max())
    first, second = np.argsort(-shown.scaled, kind="stable")[:2]
    lead = float(shown.scaled[first] - shown.scaled[second])
    names = {"first": NAMES[first], "second": NAMES[second]}
    lines = [(_LEAD if lead else _TIE).format(**names, lead=lead, factor=np.exp(lead))]
    if not 0 < shown.total < np.inf:
        fails = _TOO_LARGE if shown.total else _TOO_SMALL
        shares = ", ".join(f"{name}: {share:.3g}" for name, share in zip(NAMES, stable))
        return [*lines, fails.format(largest=largest, most=np.finfo(np.float32).max), _MENDED.format(shares=shares)]
    lines.append(_SUM.format(total=shown.total))
    if shown.subtract:
        return [*lines, _SUBTRACTED]
    if not asked.constant:
        return [*lines, _NO_CONSTANT]
    without = steps(asked.scores, 0, asked.temperature).probabilities
    difference = np.abs(shown.probabilities - without).max()
    return [*lines, _CONSTANT.format(moved=asked.constant / asked.temperature, difference=difference)]


def share_formula(shown: Steps) -> tuple[str, str]:
    """The formula, and the same with the numbers of the likeliest class."""
    k = int(shown.scaled.argmax())
    words = _SHARE.format(
        name=NAMES[k], exponential=shown.exponentials[k], total=shown.total, share=shown.probabilities[k]
    )
    return _FORMULA_SUBTRACTED if shown.subtract else _FORMULA, words


def loss_words(asked: Asked) -> str:
    """The cross-entropy of the true class, and its slopes."""
    stable = asked.steps(subtract=True)
    loss, slopes = cross_entropy(stable.scaled, asked.true_class)
    listed = ", ".join(f"{name}: {slope:+.3g}" for name, slope in zip(NAMES, slopes))
    return _LOSS.format(
        name=NAMES[asked.true_class], p=stable.probabilities[asked.true_class], loss=loss, slopes=listed
    )


def both_formulas(asked: Asked) -> pd.DataFrame:
    """The exponentials and probabilities of each class, with their sums, by the plain formula and by the stable one."""
    rows = {}
    for how, subtract in (("plain", False), ("stable", True)):
        found = asked.steps(subtract)
        power = "e^(z − m)" if subtract else "e^z"
        rows[f"{how} {power}"] = [*found.exponentials, found.total]
        rows[f"{how} p"] = [*found.probabilities, found.probabilities.sum()]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*NAMES, "sum"]).map("{:.4g}".format)


def _score(address: Address, k: int) -> float:
    key = f"score{k}"
    with address.setting(key, DEFAULT_SCORES[k], between(f"score of {NAMES[k]}", *SCORES)):
        return st.slider(f"Score of {NAMES[k]}", *SCORES, step=0.1, format="%.1f", key=key, width=170)
