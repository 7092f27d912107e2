"""Claims, measured: the control and sentences of the page."""

from collections.abc import Iterator

import streamlit as st

from core.claims import CLAIMS, LOSS, POINTS, RATIO, SHARE, Claim, Trial, TrialVerdict, Verdict, repeats_needed, verdict
from core.claims.rule import CHANCE, NEAR
from ui.lessons.claims.measuring import rows_of
from ui.shell.address import Address, one_of
from ui.shell.numbers import exact, exact_percent, percent, points, short

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
EXPERIMENT = "**The experiment.** {tested}"
CANNOT_TELL = "**What it cannot tell.** {cannot_tell}"
LESSON = "**The lesson on this:**"
# Of each claim, by the verdicts on its trials in their order, their medians in words and the figures that are claimed.
_SUMMARIES = {
    "six_times": (
        "relu is faster on {0.holds} of {0.parts} datasets, slower on {0.fails}; the median ratio is {median[0]}, and "
        "{claimed[0]} is claimed."
    ),
    "no_exp": (
        "A step takes {median[0]} times as long with sigmoid ({claimed[0]} is claimed) and {median[1]} times "
        "with tanh ({claimed[1]} is claimed); the functions alone, {median[2]} and {median[3]} times."
    ),
    "zero_centred": (
        "tanh is faster on {0.holds} of {0.parts} datasets, and ends with a better accuracy on {1.holds}; relu, which "
        "is not zero-centred either, is slower than tanh on {2.holds}."
    ),
    "no_vanishing": (
        "The gradient reaches the first layer on {0.holds} of {0.parts} datasets with he_normal, on {1.holds} with "
        "xavier_uniform, on {2.holds} with small_normal."
    ),
    "leaky_cure": (
        "By definition leaky_relu has no dead units. It learns better than relu on {0.holds} of {0.parts} datasets "
        "where steps are too large (median {median[0]}), on {1.holds} where a bias is too low and adam trains "
        "({median[1]}), on {2.holds} where sgd does ({median[2]})."
    ),
    "sparse_guard": (
        "{median[0]} of relu's hidden outputs are 0; leaky_relu overfits more on {1.holds} of {1.parts} datasets, and "
        "tanh on {2.holds}."
    ),
    "output_only": (
        "Fine at the output on {0.holds} of {0.parts} datasets. Hidden, it costs accuracy on {1.holds} with few "
        "layers, on {2.holds} with many and adam, on {3.holds} with many and momentum."
    ),
}
_BADGES = {
    "held": "green", "mostly held": "green", "held in part": "orange", "hardly held": "red", "did not hold": "red",
}  # fmt: skip
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
    "zero_centred": _FOUR_LAYERS | {"dataset": "circles", "activations": ["sigmoid", "tanh", "relu"], "epochs": 100},
    "no_vanishing": {
        "compare": "initializer", "initializers": ["he_normal", "xavier_uniform", "small_normal"], "activation": "relu",
        "layers": 20, "epochs": 30,
    },
    "leaky_cure": {
        "dataset": "circles", "activations": ["relu", "leaky_relu"], "layers": 3, "learning_rate": 1.0, "seeds": 5,
    },
    "sparse_guard": {
        "noise": 0.4, "samples": 100, "activations": ["relu", "leaky_relu", "tanh"], "units": 32, "epochs": 200,
        "seeds": 5,
    },
    "output_only": {"dataset": "circles", "activations": ["sigmoid", "relu"], "layers": 6, "optimizer": "momentum"},
}  # fmt: skip

_ACROSS = {1: 1, 2: 2, 3: 3, 4: 2, 6: 3}  # pictures beside each other, by how many there are
_TRIAL = "{name}: **{holds} of {parts}** {nouns} hold, {fails} fail. Median **{median}**, {spread}."
_TRIAL_CLAIMED = (
    "{name}: above {line} on **{holds} of {parts}** {nouns}, below on {fails}; right on **{right}**. Median "
    "**{median}**, {claimed} is claimed; {spread}."
)
_FOR_COMPARISON = "{name}: median **{median}**, {spread}."
_SEVERAL = "{what}.\n\n{trials}"
_SPREAD, _NO_SPREAD = "from {least} ({least_in}) to {greatest} ({greatest_in})", "the same everywhere"
_WRITTEN = {RATIO: short, SHARE: percent, POINTS: points, LOSS: short}
_IN_WORDS = {RATIO: "{figure}", SHARE: "{figure}", POINTS: "{figure} points", LOSS: "{figure}"}
_NUMBER = "Here: **{median}**, the median of {parts} {nouns}; {spread}."
_READING = "Each dot is a {repeat}, the bar their median. Dots in the shade speak for the claim, the others against it."
_RULE = (
    "A {part} **holds** if at least {needed} of its {repeats} {repeat}s lie in the shade, which by chance alone "
    "happens in at most {chance} of cases; it **fails** if as many lie outside, and else it is **open**."
)
_RULE_CLAIMED = (
    "A {part} **holds** if at least {needed} of its {repeats} {repeat}s lie in the shade, which by chance alone "
    "happens in at most {chance} of cases; it **fails** if as many lie outside, and else it is **open**. But "
    "where the claim names a figure, only that counts: it is **right** if the median is as far above the line as "
    "that, within a factor of {near}."
)
_COUNT = "{passed} of {possible} tests are passed, over all pictures and {part}s: **{word}**."


def choose(address: Address) -> Claim:
    """All claims with their verdicts, and which one is looked at."""
    names, found = list(CLAIMS), {name: verdict(claim, rows_of(claim)) for name, claim in CLAIMS.items()}
    labels = {name: _LABEL.format(statement=CLAIMS[name].statement, badge=badge(found[name])) for name in names}
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
    return _IN_WORDS[trial.kind].format(figure=_WRITTEN[trial.kind](figure))


def pictures(claim: Claim) -> Iterator[tuple[tuple[Trial, ...], object]]:
    """The trials of each picture with its place."""
    across = _ACROSS[len(claim.pictures)]
    for start in range(0, len(claim.pictures), across):
        yield from zip(claim.pictures[start : start + across], st.columns(across))


def about_picture(claim: Claim, trials: tuple[Trial, ...], found: Verdict) -> str:
    """What a picture shows and what it says."""
    what = trials[0].what[0].upper() + trials[0].what[1:]
    if len(trials) == 1:
        return _about(claim, found.trials[trials[0].name], what)
    lines = (f"* {_about(claim, found.trials[trial.name], trial.name)}" for trial in trials)
    return _SEVERAL.format(what=what, trials="\n".join(lines))


def _about(claim: Claim, found: TrialVerdict, name: str) -> str:
    trial = found.trial
    sentence = _FOR_COMPARISON if trial.line is None else _TRIAL if trial.claimed is None else _TRIAL_CLAIMED
    return sentence.format(
        name=name, holds=found.holds, fails=found.fails, right=found.right, line=exact(trial.line),
        claimed=exact(trial.claimed), **_range(claim, found),
    )  # fmt: skip


def formula_words(claim: Claim, found: Verdict) -> str:
    """The claim's formula in numbers: the figures of the first trial."""
    return _NUMBER.format(**_range(claim, next(iter(found.trials.values()))))


def rule(claim: Claim, found: Verdict) -> Iterator[str]:
    """How to read the pictures, and how the verdict follows from them."""
    words = {"part": claim.part_noun, "repeat": claim.repeat_noun}
    yield _READING.format(**words)
    names_a_figure = any(trial.claimed is not None for trial in claim.trials)
    yield (_RULE_CLAIMED if names_a_figure else _RULE).format(
        needed=repeats_needed(claim.repeats), repeats=claim.repeats, chance=exact_percent(CHANCE), near=exact(NEAR),
        **words,
    )  # fmt: skip
    yield _COUNT.format(passed=found.passed, possible=found.possible, word=found.word, **words)


def badge(found: Verdict) -> str:
    return f":{_BADGES[found.word]}-badge[{found.word}]"


def _range(claim: Claim, found: TrialVerdict) -> dict[str, object]:
    """What all sentences about a trial's figures have."""
    median, least, greatest = (in_words(found.trial, each) for each in (found.median, found.least, found.greatest))
    spread = _SPREAD.format(least=least, least_in=found.least_in, greatest=greatest, greatest_in=found.greatest_in)
    return {
        "median": median, "spread": _NO_SPREAD if least == greatest else spread, "parts": found.parts,
        "nouns": f"{claim.part_noun}s",
    }  # fmt: skip
