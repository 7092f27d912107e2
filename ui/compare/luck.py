"""Is the difference luck?  What the seeds say of the best network, and every seed's result to look at."""

import streamlit as st

from core import History
from core.analysis.luck import LEAST_SEEDS, Contest
from core.analysis.repeats import runs_by_setting, setting_names
from core.analysis.summary import never_finite
from ui.compare.drawings import Drawing
from ui.compare.seeds_chart import is_in_sight
from ui.shell.experiments import listed, share_seeds
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import count, percent, points
from ui.shell.parts import accuracy

_SHOWN = N_(
    "**{best} is best: its mean {measure} over {seeds} is {accuracy}.** Its lead over every other network is "
    "statistically significant. The closest is {closest}: the lead over it is {lead} percentage points (95 % "
    "confidence interval: {low} to {high})."
)
_SHOWN_OF_TWO = N_(
    "**{best} is better: its mean {measure} over {seeds} is {accuracy}.** Its lead over {closest} is {lead} "
    "percentage points (95 % confidence interval: {low} to {high})."
)
_NOT_SHOWN = N_(
    "**{best} has the highest mean {measure}, {accuracy}. With {seeds}, it is not shown to be better than "
    "{near}.** Its lead over {closest} is {lead} percentage points (95 % confidence interval: {low} to {high})."
)
_FEW_SEEDS = N_(
    "With so few seeds, a difference of a few percentage points may be luck. To check this, choose {least} or more "
    "*seeds for each network*."
)
_FEW_SHARED = N_(
    "The networks have {seeds} in common, so a difference of a few percentage points may be luck. To check this, all "
    "networks need the same {least} seeds or more."
)
_SHARED = N_(
    "This is about the {seeds} that all networks have in common. The final results are means of all seeds of each "
    "network."
)
_TIED = N_("**No network is best.** {best} have the same mean {measure} over {seeds}: {accuracy}.")
_AT_CHANCE = N_(
    "**No network is best.** The highest mean {measure} over {seeds} is {accuracy}. It is not shown to be above "
    "chance level, {chance}."
)
_DIVERGED = N_(
    "**No network is best.** {best} has the highest mean {measure} over {seeds}, {accuracy}, but it diverged with "
    "at least one seed."
)
_REASONS = {"few seeds": _FEW_SEEDS, "tied": _TIED, "at chance": _AT_CHANCE, "diverged": _DIVERGED}
_THIS_SPLIT = N_("This is true for this split of the data. Another split may give another result.")
_NO_SPLIT = N_("This is about the training data. It does not say how well the networks predict new data.")
_ANY_SPLIT = N_("Each seed had its own split of the data, so this does not depend on one split.")
_READING = N_("Dot: one seed. Bar: mean. Dashed line: chance level.")
_READING_FAR = N_("Dot: one seed. Bar: mean. Chance level is outside this chart, to the left.")
_WITHOUT_STATE = N_(
    "**No finite state: {networks}.** A network without a finite state predicts nothing, so its accuracy counts as 0 %."
)
_CHANCE_LEVEL = N_(
    "Chance level is {chance}: the {measure} of a network that always predicts the most frequent class of the "
    "training data."
)
_MEAN_CHANCE_LEVEL = N_(
    "Chance level is {chance} on average over the seeds: the {measure} of a network that always predicts the most "
    "frequent class of the training data. Each network is compared with the chance level of its own seed."
)


def show_luck(history: History, found: Contest, strip: Drawing | None) -> None:
    """A sentence, and below it the strip of seeds if there are several."""
    if sentence := luck(history, found):
        st.markdown(sentence)
    if counted := without_state(history):
        st.markdown(counted)
    if strip is None:
        st.caption(said_of_chance(history, found))
        return
    reading = _(_READING if is_in_sight(history, found.chance) else _READING_FAR)
    st.markdown(f"{reading} {said_of_chance(history, found)}")
    st.vega_lite_chart(strip[0], alt=strip[1])


def said_of_chance(history: History, found: Contest) -> str:
    """What chance level is and, where each seed has its own, that it is a mean."""
    sentence = _MEAN_CHANCE_LEVEL if found.chance_differs else _CHANCE_LEVEL
    return _(sentence, chance=percent(found.chance), measure=accuracy(history.experiment.dataset))


def without_state(history: History) -> str:
    """How networks count that have no finite state; nothing where all have one."""
    without = never_finite(history)
    if not without.any():
        return ""
    groups = zip(setting_labels(history.experiment), runs_by_setting(history.experiment))
    return _(_WITHOUT_STATE, networks=listed(label for label, runs in groups if without[runs].any()))


def luck(history: History, found: Contest) -> str:
    """What can be said of the best network; nothing where there is nothing to compare."""
    if found.reason in ("one setting", "activation not used"):
        return ""
    is_shown = found.reason is None and not found.near
    shares_all = share_seeds(history.experiment)
    if found.reason == "few seeds" and not shares_all:
        sentence = _FEW_SHARED
    elif found.reason is not None:
        sentence = _REASONS[found.reason]
    elif found.near:
        sentence = _NOT_SHOWN
    else:
        sentence = _SHOWN_OF_TWO if len(runs_by_setting(history.experiment)) == 2 else _SHOWN
    labels = dict(zip(setting_names(history.experiment), setting_labels(history.experiment)))
    said = _(
        sentence, best=listed(labels[name] for name in found.best), seeds=count(found.seeds, "seed"),
        measure=accuracy(history.experiment.dataset),
        accuracy=percent(found.accuracy), chance=percent(found.chance),
        near=listed(labels[name] for name in found.near), closest=labels.get(found.closest), lead=points(found.lead),
        low=points(found.low), high=points(found.high), least=LEAST_SEEDS,
    )  # fmt: skip
    if not shares_all and sentence is not _FEW_SHARED:
        said = f"{said} {_(_SHARED, seeds=count(found.seeds, 'seed'))}"
    if not is_shown:
        return said
    if not history.experiment.dataset.has_test_part:
        holds = _NO_SPLIT
    else:
        holds = _THIS_SPLIT if history.experiment.redraw == "weights" else _ANY_SPLIT
    return f"{said} {_(holds)}"
