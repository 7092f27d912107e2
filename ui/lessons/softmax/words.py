"""Softmax: the sentences and numbers of the lesson about scores that are set by hand."""

import numpy as np
import pandas as pd

from core.lessons.softmax import Steps, cross_entropy, steps
from ui.lessons.softmax.controls import NAMES, Asked
from ui.shell.numbers import probability, short, written

SEEN = 5e-4  # a difference that is seen: probabilities on screen have three digits

_LEAD = (
    "**{first}** leads {second} by {lead} in z, and is e to that power, **{factor} times**, as likely: differences of "
    "scores become ratios of probabilities."
)
_TIE = "**{first}** and {second} have the same z, and so the same probability."
_LEAD_LOST = "**{first}** leads {second} by {lead} in z, and should be e to that power, **{factor} times**, as likely."
_TIE_LOST = "**{first}** and {second} have the same z, and should have the same probability."
_SUM = "The bars of the last row are those above it, end to end. Divided by their sum, {total}, they make 1."
_NO_CONSTANT = "Add a constant: every z moves by the same, and no probability does."
_CONSTANT = "The constant moves every z by {moved}, and no probability by more than {difference}: rounding."
_CONSTANT_EXACT = "The constant moves every z by {moved}, and no probability at all."
_BACK = (
    "**There they are again.** The plain formula fails here. With the largest z subtracted, the largest exponential is "
    "1, whatever the constant is, and the probabilities are those without it, but for rounding."
)
_SUBTRACTED = (
    "With the largest z subtracted, the largest exponential is 1, whatever the constant is: none can overflow, and the "
    "probabilities are the same."
)
_TOO_LARGE = (
    "**The plain formula fails here.** With z = {largest}, the sum of the exponentials is more than float32, a "
    'number of 32 bits, can hold ({most}): it becomes inf, and what is divided by it 0 or nan, "not a number".'
)
_TOO_SMALL = (
    "**The plain formula fails here.** Even with z = {largest}, the exponential is less than float32, a number of 32 "
    'bits, can hold: all become 0, and 0 / 0 is nan, "not a number".'
)
_WRONG = (
    "**The plain formula is wrong here.** Even with z = {largest}, the exponential is so small that float32, a number "
    "of 32 bits, keeps too few of its digits: probabilities are off by up to {difference}."
)
_MENDED = "With the largest z subtracted first, the same scores give {shares}."

_TEMPERATURE = (
    "Towards temperature 0 the largest score takes all, unless others are as large. The hotter, the more alike all "
    "probabilities become."
)
_TEMPERATURE_IN_SPITE = (
    "Towards temperature 0 the largest score takes all, unless others are as large. The hotter, the more alike all "
    "probabilities become. The curves do not fail with the plain formula above: the largest z is subtracted first."
)
_MOST = short(np.finfo(np.float32).max)
OVERFLOW_READING = (
    f"Both formulas in float32, in which networks are trained: numbers of 32 bits, that go up to {_MOST}. What is "
    'beyond is inf, infinity; nan is "not a number". The plain formula, and the stable one, in which m, the largest '
    "z, is subtracted first:"
)

_FORMULA = r"p_k = \frac{e^{z_k}}{\sum_i e^{z_i}}, \qquad z_k = \frac{a_k + c}{T}"
_FORMULA_SUBTRACTED = r"p_k = \frac{e^{z_k - m}}{\sum_i e^{z_i - m}}, \qquad m = \max_i z_i"
_SHARE = "Here, for {name}: p = {exponential} / {total} = **{share}**."
LOSS_FORMULA = (
    r"\begin{gathered} L = -\ln p_{\text{true}} \\[6pt] \frac{\partial L}{\partial z_k} = p_k - t_k \end{gathered}"
)
_LOSS = (
    "The true class, {name}, has probability {p}; the cross-entropy, L = −ln p, is **{loss}**. Its slopes, with t = 1 "
    "for the true class and 0 for the others: {slopes}."
)
_LOSS_IN_SPITE = (
    "The plain formula gives no right probability above. With the largest z subtracted first, the true class, {name}, "
    "has probability {p}; the cross-entropy, L = −ln p, is **{loss}**. Its slopes, with t = 1 for the true class and 0 "
    "for the others: {slopes}."
)


def notices(asked: Asked, shown: Steps) -> list[str]:
    """What there is to notice in the steps on screen."""
    wrong = _what_is_wrong(asked, shown)
    first, second = np.argsort(-shown.scaled, kind="stable")[:2]
    lead, p = float(shown.scaled[first] - shown.scaled[second]), shown.probabilities
    is_kept = not wrong and np.isclose(p[first], np.exp(lead) * p[second], rtol=0.01)
    sentence = (_LEAD if lead else _TIE) if is_kept else (_LEAD_LOST if lead else _TIE_LOST)
    line = sentence.format(
        first=NAMES[first], second=NAMES[second], lead=written(lead, 3), factor=written(np.exp(lead), 5)
    )
    if wrong:
        stable = asked.steps(subtract=True).probabilities
        shares = ", ".join(f"{name}: {probability(share)}" for name, share in zip(NAMES, stable))
        return [line, wrong, _MENDED.format(shares=shares)]
    lines = [line, _SUM.format(total=written(shown.total))]
    if shown.subtract:
        return [*lines, _BACK if _what_is_wrong(asked, asked.steps(subtract=False)) else _SUBTRACTED]
    if not asked.constant:
        return [*lines, _NO_CONSTANT]
    difference, moved = _difference(asked, shown), written(asked.constant / asked.temperature, 5)
    return [*lines, (_CONSTANT if difference else _CONSTANT_EXACT).format(moved=moved, difference=short(difference))]


def share_formula(shown: Steps) -> tuple[str, str]:
    """The formula, and the same with the numbers of the likeliest class."""
    k = int(shown.scaled.argmax())
    words = _SHARE.format(
        name=NAMES[k],
        exponential=written(shown.exponentials[k]),
        total=written(shown.total),
        share=probability(shown.probabilities[k]),
    )
    return _FORMULA_SUBTRACTED if shown.subtract else _FORMULA, words


def loss_words(asked: Asked, shown: Steps) -> str:
    """The cross-entropy of the true class, and its slopes: of the stable formula, whatever the steps on screen give."""
    stable, true = asked.steps(subtract=True), asked.true_class
    loss, slopes = cross_entropy(stable.scaled, true)
    listed = ", ".join(f"{name}: {'+' * bool(slope > 0)}{written(slope, 3)}" for name, slope in zip(NAMES, slopes))
    return (_LOSS_IN_SPITE if fails(asked, shown) else _LOSS).format(
        name=NAMES[true], p=probability(stable.probabilities[true]), loss=written(loss), slopes=listed
    )


def temperature_reading(asked: Asked, shown: Steps) -> str:
    """What the curves show and, where the steps above them show other probabilities, why."""
    return _TEMPERATURE_IN_SPITE if fails(asked, shown) else _TEMPERATURE


def fails(asked: Asked, shown: Steps) -> bool:
    """Whether the steps on screen give wrong probabilities, or none."""
    return bool(_what_is_wrong(asked, shown))


def both_formulas(asked: Asked) -> pd.DataFrame:
    """The exponentials and probabilities of each class, with their sums, by the plain formula and by the stable one."""
    rows = {}
    for how, subtract in (("plain", False), ("stable", True)):
        found = asked.steps(subtract)
        power = "e^(z − m)" if subtract else "e^z"
        rows[f"{how} {power}"] = [*found.exponentials, found.total]
        rows[f"{how} p"] = [*found.probabilities, found.probabilities.sum()]
    return pd.DataFrame.from_dict(rows, orient="index", columns=[*NAMES, "sum"]).map(written)


def _what_is_wrong(asked: Asked, shown: Steps) -> str:
    """How the plain formula fails, if it does."""
    numbers, largest = np.finfo(np.float32), written(shown.scaled.max(), 5)
    if shown.total == np.inf:
        return _TOO_LARGE.format(largest=largest, most=_MOST)
    if not shown.total:
        return _TOO_SMALL.format(largest=largest)
    difference = _difference(asked, shown)
    if shown.exponentials.max() < numbers.tiny and difference >= SEEN:
        return _WRONG.format(largest=largest, difference=short(difference))
    return ""


def _difference(asked: Asked, shown: Steps) -> float:
    """The most that the constant changes of a probability."""
    return np.abs(shown.probabilities - steps(asked.scores, 0, asked.temperature).probabilities).max()
