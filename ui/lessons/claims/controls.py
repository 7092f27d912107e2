"""Claims, measured: the control and sentences of the page."""

from collections.abc import Iterator

import streamlit as st

from core.claims import (
    CLAIMS,
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
    verdict,
)
from core.claims.rule import NOT_DECIDED, NOT_SUPPORTED, PARTLY, SUPPORTED, WEAKLY
from ui.lessons.claims.measuring import rows_of
from ui.shell.address import Address, one_of
from ui.shell.numbers import exact, percent, points, short, written

INTRODUCTION = (
    "What people repeat about activation functions, each sentence with an experiment that tests it on small networks. "
    "The verdict follows from the figures, by one rule for all. Choose a sentence to see how it was measured."
)
# On a phone, the list would push what one chooses out of sight, where its summary is said again.
_STYLE = """<style>
@media (max-width: 640px) { [data-testid="stRadioCaption"] { display: none; } }
</style>"""
STATEMENT = "“{statement}”"
_LABEL = "“{statement}” {badge}"
SOURCE = "**Who says so.** {source}"
EXPERIMENT = (
    "**The experiment.**\n\n* **What is compared.** {compared}\n* **What is measured.** {measured}\n"
    "* **What speaks for the claim.** {decides}"
)
APART = "**Shown apart.** What follows does not count towards the verdict."
CANNOT_TELL = "**What it cannot tell.** {cannot_tell}"
LESSON = "**The lesson on this:**"
# Of each claim, by the verdicts on its trials in their order, their medians in words and the figures that are claimed.
_SUMMARIES = {
    "six_times": (
        "relu is faster on {0.above} of {0.parts} datasets, slower on {0.below}; the median ratio is {median[0]}. "
        "{claimed[0]} is claimed, and right on {0.holds}."
    ),
    "no_exp": (
        "A step takes {median[0]} times as long with sigmoid ({claimed[0]} is claimed) and {median[1]} times "
        "with tanh ({claimed[1]} is claimed)."
    ),
    "zero_centred": (
        "tanh is faster than sigmoid on {0.holds} of {0.parts} datasets. With the same slope, the function that is "
        "zero-centred is faster on {1.holds} (slope up to 1/4) and on {2.holds} (up to 1); the median ratios are "
        "{median[1]} and {median[2]}. The slope alone makes {median[3]} and {median[4]}."
    ),
    "no_vanishing": (
        "The gradient reaches the first of 20 layers on {0.holds} of {0.parts} datasets with he_normal weights, on "
        "{1.holds} with xavier_uniform, and after training on {2.holds}. With xavier_uniform, {median[1]} of it is "
        "left with relu, {median[3]} with identity."
    ),
    "leaky_cure": (
        "By definition leaky_relu has no dead units. It learns better than relu on {0.holds} of {0.parts} datasets "
        "where steps are too large (median {median[0]}), on {1.holds} where a bias is too low and adam trains "
        "({median[1]}), on {2.holds} where sgd does ({median[2]})."
    ),
    "sparse_guard": (
        "At the same training loss, the test loss is larger without zeros on {0.holds} of {0.parts} datasets with "
        "leaky_relu (smaller on {0.fails}), on {1.holds} with elu (smaller on {1.fails})."
    ),
    "output_only": (
        "With Xavier's weights, hidden sigmoids cost accuracy on {0.holds} of {0.parts} datasets in a shallow network, "
        "on {1.holds} in a deep one with adam, on {2.holds} with momentum; with weights 4 times as large, on "
        "{3.holds}, {4.holds} and {5.holds}."
    ),
}
_BADGES = {SUPPORTED: "green", PARTLY: "orange", WEAKLY: "orange", NOT_SUPPORTED: "red", NOT_DECIDED: "gray"}
_BADGE, _BADGE_UNDER = ":{colour}-badge[{word}]", ":{colour}-badge[{condition}: {word}]"
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
    "no_exp": {"activations": ["relu", "sigmoid", "tanh"]},
    "zero_centred": _FOUR_LAYERS | {
        "dataset": "circles", "activations": ["sigmoid", "sigmoid_centred", "tanh_shifted", "tanh"], "epochs": 100,
    },
    "no_vanishing": {
        "compare": "initializer", "initializers": ["he_normal", "xavier_uniform"], "activation": "relu",
        "layers": 20, "epochs": 30,
    },
    "leaky_cure": {
        "dataset": "circles", "activations": ["relu", "leaky_relu"], "layers": 3, "learning_rate": 1.0, "seeds": 5,
    },
    "sparse_guard": {
        "noise": 0.4, "samples": 100, "activations": ["relu", "leaky_relu", "elu"], "units": 32, "epochs": 200,
        "seeds": 5,
    },
    "output_only": {
        "compare": "initializer", "initializers": ["xavier_normal", "xavier_4"], "activation": "sigmoid",
        "dataset": "circles", "layers": 6, "optimizer": "momentum",
    },
}  # fmt: skip

_TRIAL = (
    "{name}: **{holds} of {parts}** {nouns} hold, {fails} fail, {undecided} are open. Median **{median}**, {spread}."
)
_TRIAL_CLAIMED = (
    "{name}: near {claimed} on **{holds} of {parts}** {nouns}, not near on {fails}, open on {undecided}; above "
    "{line} on {above}, below on {below}. Median **{median}**, {spread}."
)
_APART = "{name}: median **{median}**, {spread}."
_SEVERAL = "{what}.\n\n{trials}"
_SPREAD, _NO_SPREAD = "from {least} ({least_in}) to {greatest} ({greatest_in})", "the same everywhere"
_IN_WORDS = {
    RATIO: short,
    SHARE: percent,
    POINTS: lambda difference: _POINTS.format(points=points(difference)),
    LOSS: lambda difference: written(difference, 2),
    EPOCHS: lambda epochs: written(epochs, 3),
}
_POINTS = "{points} points"
_NUMBER = "Here: **{median}**, the median of {parts} {nouns}; {spread}."
_READING = (
    "Each dot is a {repeat}; the short bar is their median, the line through it the median's 95 % interval. The shade "
    "is where the claim is right."
)
_RULE = (
    "A {part} **holds** if the whole interval lies in the shade, **fails** if it lies wholly outside, and else is "
    "**open**. For that, {needed} of its {repeats} {repeat}s must lie on one side of the line."
)
_RULE_CLAIMED = (
    "A {part} **holds** if the whole interval lies in the shade, near the figure that the claim names; it **fails** if "
    "the interval lies wholly outside, and else is **open**."
)
_COUNT = "Of {tests} tests, over all pictures that count and all {part}s, {holds} hold and {fails} fail: **{word}**."
_COUNT_UNDER = (
    "{condition}: of {tests} tests, over all pictures that count and all {part}s, {holds} hold and {fails} fail: "
    "**{word}**."
)


def choose(address: Address) -> Claim:
    """All claims with their verdicts, and which one is looked at."""
    names, found = list(CLAIMS), {name: verdict(claim, rows_of(claim)) for name, claim in CLAIMS.items()}
    labels = {name: _LABEL.format(statement=CLAIMS[name].statement, badge=badges(found[name])) for name in names}
    st.html(_STYLE)
    with address.setting("claim", names[0], one_of("claim", names)):
        name = st.radio(
            "Claim",
            names,
            key="claim",
            format_func=labels.get,
            captions=[summary(CLAIMS[name], found[name]) for name in names],
            label_visibility="collapsed",
        )
    return CLAIMS[name]


def summary(claim: Claim, found: Verdict) -> str:
    """What came out, in a sentence."""
    trials = found.trials.values()
    medians = [in_words(each.trial, each.median) for each in trials]
    claimed = [exact(each.trial.claimed) for each in trials]
    return _SUMMARIES[claim.name].format(*trials, median=medians, claimed=claimed)


def in_words(trial: Trial, figure: float) -> str:
    """With its unit."""
    return _IN_WORDS[trial.kind](figure)


def about_picture(claim: Claim, trials: tuple[Trial, ...], found: Verdict) -> str:
    """What a picture shows and what it says."""
    what = trials[0].what[0].upper() + trials[0].what[1:]
    if len(trials) == 1:
        return _about(claim, found.trials[trials[0].name], what)
    lines = (f"* {_about(claim, found.trials[trial.name], trial.name)}" for trial in trials)
    return _SEVERAL.format(what=what, trials="\n".join(lines))


def _about(claim: Claim, found: TrialVerdict, name: str) -> str:
    trial = found.trial
    sentence = _APART if trial.line is None else _TRIAL if trial.claimed is None else _TRIAL_CLAIMED
    return sentence.format(
        name=name, holds=found.holds, fails=found.fails, undecided=found.parts - found.holds - found.fails,
        above=found.above, below=found.below, line=exact(trial.line), claimed=exact(trial.claimed),
        **_range(claim, found),
    )  # fmt: skip


def formula_words(claim: Claim, found: Verdict) -> str:
    """The claim's formula in numbers: the figures of the first trial."""
    return _NUMBER.format(**_range(claim, next(iter(found.trials.values()))))


def experiment(claim: Claim) -> str:
    """Its design, in three lines."""
    compared, measured, decides = claim.design
    return EXPERIMENT.format(compared=compared, measured=measured, decides=decides)


def rule(claim: Claim, found: Verdict) -> Iterator[str]:
    """How to read the pictures, and how the verdict follows from them."""
    words = {"part": claim.part_noun, "repeat": claim.repeat_noun}
    yield _READING.format(**words)
    names_a_figure = any(trial.claimed is not None for trial in claim.trials)
    needed = claim.repeats - outermost(claim.repeats)
    yield (_RULE_CLAIMED if names_a_figure else _RULE).format(needed=needed, repeats=claim.repeats, **words)
    yield " ".join(
        (_COUNT_UNDER if condition else _COUNT).format(
            condition=condition, tests=each.tests, holds=each.holds, fails=each.fails, word=each.word, **words
        )
        for condition, each in found.findings.items()
    )


def badges(found: Verdict) -> str:
    """The verdict or, under several conditions, each of them."""
    return " ".join(
        (_BADGE_UNDER if condition else _BADGE).format(colour=_BADGES[each.word], condition=condition, word=each.word)
        for condition, each in found.findings.items()
    )


def _range(claim: Claim, found: TrialVerdict) -> dict[str, object]:
    """What all sentences about a trial's figures have."""
    median, least, greatest = (in_words(found.trial, each) for each in (found.median, found.least, found.greatest))
    spread = _SPREAD.format(least=least, least_in=found.least_in, greatest=greatest, greatest_in=found.greatest_in)
    return {
        "median": median, "spread": _NO_SPREAD if least == greatest else spread, "parts": found.parts,
        "nouns": f"{claim.part_noun}s",
    }  # fmt: skip
