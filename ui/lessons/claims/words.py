"""Claims, measured: the sentences of the page."""

from collections.abc import Callable, Iterator

from core.claims import (
    EPOCHS,
    LOSS,
    POINTS,
    RATIO,
    SHARE,
    Claim,
    Trial,
    TrialVerdict,
    Verdict,
    outermost,
)
from core.claims.rule import NOT_DECIDED, NOT_SUPPORTED, PARTLY, SUPPORTED, WEAKLY
from ui.lessons.claims.details import part_label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, percent, points, short, told_from, written

_STATEMENT = N_("“{statement}”")
_SOURCE = N_("**Who says so.** {source}")
_EXPERIMENT = N_(
    "**The experiment.**\n\n* **What is compared.** {compared}\n* **What is measured.** {measured}\n* **What supports "
    "the claim.** {decides}"
)
APART = N_("**Shown separately.** The following charts do not count for the verdict.")
_CANNOT_TELL = N_("**What it cannot tell.** {cannot_tell}")
# Of each claim: what came out of its trials, numbered in their order.
_SUMMARIES = {
    "six_times": N_(
        "ReLU is faster on {above0} of {parts} datasets and slower on {below0}; the median ratio is {median0}. "
        "Datasets with a ratio near the claimed {claimed0}: {holds0} of {parts}."
    ),
    "no_exp": N_(
        "A step takes {median0} times as long with Sigmoid (claimed: {claimed0}) and {median1} times as long with Tanh "
        "(claimed: {claimed1})."
    ),
    "zero_centred": N_(
        "Tanh is faster than Sigmoid on {holds0} of {parts} datasets. With the same slope, the zero-centred function "
        "is faster on {holds1} (slope up to 1/4) and on {holds2} (slope up to 1); the median ratios are {median1} and "
        "{median2}. The slope alone gives ratios of {median3} and {median4}."
    ),
    "no_vanishing": N_(
        "With He normal weights, the gradient reaches the first of 20 layers on {holds0} of {parts} datasets, and "
        "after training on {holds2}. With Xavier uniform, it reaches it on {holds1}: with ReLU {median1} of it is "
        "left, with Identity {median3}."
    ),
    "leaky_cure": N_(
        "By definition, Leaky ReLU has no dead units. It learns better than ReLU on {holds0} of {parts} datasets where "
        "steps are too large (median {median0}). Where the bias is too low, it does on {holds1} with Adam ({median1}) "
        "and on {holds2} with SGD ({median2})."
    ),
    "sparse_guard": N_(
        "Test loss at the same training loss, compared with ReLU. Leaky ReLU: higher on {holds0} of {parts} datasets, "
        "lower on {fails0}. ELU: higher on {holds1}, lower on {fails1}."
    ),
    "output_only": N_(
        "With Xavier weights, hidden Sigmoid units cost accuracy on {holds0} of {parts} datasets in a shallow network. "
        "In a deep one, they do on {holds1} with Adam and on {holds2} with Momentum. With weights 4 times as large: on "
        "{holds3}, {holds4} and {holds5}."
    ),
}
_COLOURS = {SUPPORTED: "green", PARTLY: "orange", WEAKLY: "orange", NOT_SUPPORTED: "red", NOT_DECIDED: "gray"}
_UNDER = N_("{condition}: {word}")
_TRIAL = N_("{name}: {parts} tests. Hold: **{holds}**, fail: {fails}, open: {undecided}.")
_TRIAL_CLAIMED = N_(
    "{name}: {parts} tests. Hold (near {claimed}): **{holds}**, fail: {fails}, open: {undecided}. Above {line}: "
    "{above}, below: {below}."
)
_NAMED = N_("{name}.")
_MEDIAN = N_("Median **{median}**, from {least} ({least_in}) to {greatest} ({greatest_in}).")
_MEDIAN_ALIKE = N_("Median **{median}**, the same in all tests.")
_POINTS = N_("{points} percentage points")
# How a figure is written, and with how many digits.
_IN_WORDS: dict[str, tuple[Callable[[float, int], str], int]] = {
    RATIO: (short, 2),
    SHARE: (percent, 1),
    POINTS: (lambda difference, places: _(_POINTS, points=points(difference, places)), 1),
    LOSS: (written, 2),
    EPOCHS: (written, 3),
}
# By what is repeated.
_READING = {
    "seed": N_(
        "Each dot is one seed. The short bar is the median of the row, the line through it the 95 % interval of the "
        "median. In the shaded area, the claim is right."
    ),
    "turn": N_(
        "Each dot is one turn. The short bar is the median of the row, the line through it the 95 % interval of the "
        "median. In the shaded area, the claim is right."
    ),
}
_RULE = N_(
    "A test is one row of a chart. It **holds** if the whole interval lies in the shaded area. It **fails** if the "
    "whole interval lies outside, and is **open** otherwise. To hold or fail, {needed} of its {repeats} dots must lie "
    "on one side of the line."
)
_RULE_CLAIMED = N_(
    "A test is one row of a chart. It **holds** if the whole interval lies in the shaded area, near the number that "
    "the claim names. It **fails** if the whole interval lies outside, and is **open** otherwise."
)
_COUNT = N_("Tests in the charts that count: {tests}. Hold: {holds}, fail: {fails}. The claim is **{word}**.")
_COUNT_UNDER = N_(
    "{condition}: {tests} tests in the charts that count. Hold: {holds}, fail: {fails}. The claim is **{word}**."
)


def statement(claim: Claim) -> str:
    """What is claimed, in quotation marks."""
    return _(_STATEMENT, statement=_(claim.statement))


def source(claim: Claim) -> str:
    """Who says so."""
    return _(_SOURCE, source=_(claim.source))


def cannot_tell(claim: Claim) -> str:
    """What its experiment leaves open."""
    return _(_CANNOT_TELL, cannot_tell=_(claim.cannot_tell))


def experiment(claim: Claim) -> str:
    """Its design, in three lines."""
    compared, measured, decides = map(_, claim.design)
    return _(_EXPERIMENT, compared=compared, measured=measured, decides=decides)


def summary(claim: Claim, found: Verdict) -> str:
    """What came out, in a few sentences."""
    fields: dict[str, object] = {"parts": len(claim.parts)}
    for number, each in enumerate(found.trials.values()):
        figures = {"holds": each.holds, "fails": each.fails, "above": each.above, "below": each.below}
        figures |= {"median": in_words(each.trial, each.median), "claimed": exact(each.trial.claimed)}
        fields |= {f"{name}{number}": figure for name, figure in figures.items()}
    return _(_SUMMARIES[claim.name], **fields)


def in_words(trial: Trial, figure: float) -> str:
    """With its unit; a figure beside the trial's line is not written as if it were on it."""
    write, digits = _IN_WORDS[trial.kind]
    return write(figure, digits) if trial.line is None else told_from(trial.line, figure, write, digits)


def about_picture(trials: tuple[Trial, ...], found: Verdict) -> str:
    """What a picture shows and what it says."""
    what = _(trials[0].what)
    what = what[0].upper() + what[1:]
    if len(trials) == 1:
        return _about(found.trials[trials[0].name], what)
    lines = (f"* {_about(found.trials[trial.name], _(trial.label))}" for trial in trials)
    return "\n".join([_(_NAMED, name=what), "", *lines])


def _about(found: TrialVerdict, name: str) -> str:
    trial = found.trial
    sentence = _NAMED if trial.line is None else _TRIAL if trial.claimed is None else _TRIAL_CLAIMED
    counted = {"holds": found.holds, "fails": found.fails, "undecided": found.parts - found.holds - found.fails}
    sides = {"above": found.above, "below": found.below, "line": exact(trial.line), "claimed": exact(trial.claimed)}
    return " ".join([_(sentence, name=name, parts=found.parts, **counted, **sides), median(found)])


def median(found: TrialVerdict) -> str:
    """The median of the medians of a trial's tests, and how far these go."""
    middle, least, greatest = (in_words(found.trial, each) for each in (found.median, found.least, found.greatest))
    if least == greatest:
        return _(_MEDIAN_ALIKE, median=middle)
    places = {"least_in": part_label(found.least_in), "greatest_in": part_label(found.greatest_in)}
    return _(_MEDIAN, median=middle, least=least, greatest=greatest, **places)


def formula_words(found: Verdict) -> str:
    """A claim's formula in numbers: the figures of the first trial."""
    first = next(iter(found.trials.values()))
    return " ".join([_(_NAMED, name=_(first.trial.label)), median(first)])


def rule(claim: Claim, found: Verdict) -> Iterator[str]:
    """How to read the pictures, and how the verdict follows from them."""
    yield _(_READING[claim.repeat_noun])
    names_a_figure = any(trial.claimed is not None for trial in claim.trials)
    needed = claim.repeats - outermost(claim.repeats)
    yield _(_RULE_CLAIMED if names_a_figure else _RULE, needed=needed, repeats=claim.repeats)
    yield " ".join(
        _(
            _COUNT_UNDER if condition else _COUNT,
            condition=_(condition),
            tests=each.tests,
            holds=each.holds,
            fails=each.fails,
            word=_(each.word),
        )
        for condition, each in found.findings.items()
    )


def badges(found: Verdict) -> str:
    """The verdict or, under several conditions, each of them."""
    words = {
        _(_UNDER, condition=_(condition), word=_(each.word)) if condition else _(each.word): _COLOURS[each.word]
        for condition, each in found.findings.items()
    }
    return " ".join(f":{colour}-badge[{word}]" for word, colour in words.items())
