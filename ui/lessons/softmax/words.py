"""Softmax: the sentences and numbers of the lesson about scores that are set by hand."""

import numpy as np
import pandas as pd

from core.lessons.softmax import Steps, cross_entropy, probability_of, steps
from ui.lessons.softmax.controls import NAMES, Asked, class_names
from ui.shell.language import N_, _
from ui.shell.numbers import brief, probability, short, written

SEEN = 5e-4  # a difference that is seen: probabilities on screen have three digits

_LEAD = N_(
    "The z of **{first}** is larger than the z of {second} by {lead}. So {first} is e^{lead} ≈ **{factor} times** as "
    "likely: differences of scores become ratios of probabilities."
)
_TIE = N_("**{first}** and {second} have the same z, so they have the same probability.")
_LEAD_LOST = N_(
    "The z of **{first}** is larger than the z of {second} by {lead}. So {first} should be e^{lead} ≈ **{factor} "
    "times** as likely."
)
_TIE_LOST = N_("**{first}** and {second} have the same z, so they should have the same probability.")
_SUM = N_(
    "The row *Sum* puts the bars one after another. The exponentials divided by their sum, {total}, are the "
    "probabilities, whose sum is 1."
)
_NO_CONSTANT = N_("If you add a constant, every z changes by the same amount. No probability should change.")
_CONSTANT = N_(
    "The constant changes every z by {moved}. No probability changes by more than {difference}, which is rounding "
    "error."
)
_CONSTANT_EXACT = N_("The constant changes every z by {moved}. No probability changes.")
_BACK = N_(
    "**The probabilities are back.** The plain formula fails here. With the largest z subtracted, the largest "
    "exponential is always 1. Apart from rounding, the probabilities are those without the constant."
)
_SUBTRACTED = N_(
    "With the largest z subtracted, the largest exponential is always 1. No exponential can overflow, and the "
    "probabilities are the same."
)
_TOO_LARGE = N_(
    "**The plain formula fails here.** With z = {largest}, the sum of the exponentials is larger than float32, a "
    "number of 32 bits, can hold ({most}). It becomes inf (infinity), and the probabilities become 0 or nan (not a "
    "number)."
)
_TOO_SMALL = N_(
    "**The plain formula fails here.** Even for the largest z, {largest}, the exponential is smaller than float32, a "
    "number of 32 bits, can hold. All exponentials become 0, and 0 / 0 is nan (not a number)."
)
_WRONG = N_(
    "**The plain formula is wrong here.** Even for the largest z, {largest}, the exponential is very small: float32, a "
    "number of 32 bits, keeps too few of its digits. Probabilities are wrong by up to {difference}."
)
_MENDED = N_("With the largest z subtracted first, the same scores give {shares}.")
_ONE_SHARE = N_("{name}: {share}")

_TEMPERATURE = N_(
    "Near temperature 0, the largest score gets all of the probability; equal largest scores share it. The higher the "
    "temperature, the more similar the probabilities."
)
_TEMPERATURE_IN_SPITE = N_("The curves are right where the plain formula fails: the largest z is subtracted first.")
_MOST = short(np.finfo(np.float32).max)
OVERFLOW = N_("Why subtract the largest z first?")
_OVERFLOW_READING = N_(
    "The table has both formulas in float32, as in training: numbers of 32 bits, up to {most}. Larger results become "
    "inf (infinity); nan means not a number. The stable formula first subtracts m, the largest z."
)
_FORMULAS = ((N_("Plain: e^z"), N_("Plain: p")), (N_("Stable: e^(z − m)"), N_("Stable: p")))

_FORMULA = r"p_k = \frac{e^{z_k}}{\sum_i e^{z_i}}, \qquad z_k = \frac{a_k + c}{T}"
_FORMULA_SUBTRACTED = r"p_k = \frac{e^{z_k - m}}{\sum_i e^{z_i - m}}, \qquad m = \max_i z_i"
_SHARE = N_("For {name}: p = {exponential} / {total} = **{share}**.")
LOSS_FORMULA = (
    r"\begin{gathered} L = -\ln p_{\text{true}} \\[6pt] \frac{\partial L}{\partial z_k} = p_k - t_k \end{gathered}"
)
_LOSS = N_(
    "True class: {name}, p = {p}. Cross-entropy: L = −ln p = **{loss}**. Slopes (t = 1 for the true class, 0 for the "
    "others): {slopes}."
)
_LOSS_IN_SPITE = N_("The plain formula fails above, so these numbers come from the stable formula.")


def notices(asked: Asked, shown: Steps) -> list[str]:
    """What there is to notice in the steps on screen."""
    wrong = _what_is_wrong(asked, shown)
    first, second = np.argsort(-shown.scaled, kind="stable")[:2]
    lead, p = float(shown.scaled[first] - shown.scaled[second]), shown.probabilities
    is_kept = not wrong and np.isclose(p[first], np.exp(lead) * p[second], rtol=0.01)
    sentence = (_LEAD if lead else _TIE) if is_kept else (_LEAD_LOST if lead else _TIE_LOST)
    line = _(
        sentence, first=_(NAMES[first]), second=_(NAMES[second]), lead=written(lead, 5), factor=brief(np.exp(lead), 3)
    )
    if wrong:
        stable = asked.steps(subtract=True).probabilities
        return [line, wrong, _(_MENDED, shares=_listed([probability(share) for share in stable]))]
    lines = [line, _(_SUM, total=written(shown.total))]
    if shown.subtract:
        return [*lines, _(_BACK if _what_is_wrong(asked, asked.steps(subtract=False)) else _SUBTRACTED)]
    if not asked.constant:
        return [*lines, _(_NO_CONSTANT)]
    difference, moved = _difference(asked, shown), written(asked.constant / asked.temperature, 5)
    return [*lines, _(_CONSTANT if difference else _CONSTANT_EXACT, moved=moved, difference=short(difference))]


def share_formula(shown: Steps) -> tuple[str, str]:
    """The formula, and the same with the numbers of the likeliest class."""
    k = int(shown.scaled.argmax())
    words = _(
        _SHARE,
        name=_(NAMES[k]),
        exponential=written(shown.exponentials[k]),
        total=written(shown.total),
        share=probability(shown.probabilities[k]),
    )
    return _FORMULA_SUBTRACTED if shown.subtract else _FORMULA, words


def loss_words(asked: Asked, shown: Steps) -> str:
    """The cross-entropy of the true class, and its slopes: of the stable formula, whatever the steps on screen give."""
    scaled, true = asked.steps(subtract=True).scaled.astype(float), asked.true_class
    loss, slopes = cross_entropy(scaled, true)
    words = _(
        _LOSS, name=_(NAMES[true]), p=probability(probability_of(scaled, true)), loss=written(loss),
        slopes=_listed([f"{'+' * bool(slope > 0)}{written(slope, 3)}" for slope in slopes]),
    )  # fmt: skip
    return f"{_(_LOSS_IN_SPITE)} {words}" if fails(asked, shown) else words


def temperature_reading(asked: Asked, shown: Steps) -> str:
    """What the curves show and, where the steps above them show other probabilities, why."""
    return " ".join([_(_TEMPERATURE), *([_(_TEMPERATURE_IN_SPITE)] if fails(asked, shown) else [])])


def overflow_reading() -> str:
    """What is in the table of both formulas."""
    return _(_OVERFLOW_READING, most=_MOST)


def fails(asked: Asked, shown: Steps) -> bool:
    """Whether the steps on screen give wrong probabilities, or none."""
    return bool(_what_is_wrong(asked, shown))


def both_formulas(asked: Asked) -> pd.DataFrame:
    """The exponentials and probabilities of each class, with their sums, by the plain formula and by the stable one."""
    rows = []
    for subtract, (power, p) in zip((False, True), _FORMULAS):
        found = asked.steps(subtract)
        exponentials, probabilities = [*found.exponentials, found.total], found.probabilities
        rows.append([_(power), *map(written, exponentials)])
        rows.append([_(p), *map(written, [*probabilities, probabilities.sum()])])
    return pd.DataFrame(rows, columns=[_("Formula"), *class_names(), _("Sum")])


def _listed(values: list[str]) -> str:
    """One for each of the classes."""
    return ", ".join(_(_ONE_SHARE, name=name, share=value) for name, value in zip(class_names(), values))


def _what_is_wrong(asked: Asked, shown: Steps) -> str:
    """How the plain formula fails, if it does."""
    numbers, largest = np.finfo(np.float32), written(shown.scaled.max(), 5)
    if shown.total == np.inf:
        return _(_TOO_LARGE, largest=largest, most=_MOST)
    if not shown.total:
        return _(_TOO_SMALL, largest=largest)
    difference = _difference(asked, shown)
    if shown.exponentials.max() < numbers.tiny and difference >= SEEN:
        return _(_WRONG, largest=largest, difference=short(difference))
    return ""


def _difference(asked: Asked, shown: Steps) -> float:
    """The most that the constant changes of a probability."""
    return np.abs(shown.probabilities - steps(asked.scores, 0, asked.temperature).probabilities).max()
