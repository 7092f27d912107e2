"""Branch here: from the epoch of the replay, a network goes on in two ways."""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from core import Branch, Experiment, Run
from core.analysis.repeats import runs_by_setting
from core.limits import LEARNING_RATE
from ui.compare import opened
from ui.compare.controls import Comparison
from ui.shell.address import go_to
from ui.shell.fixed import is_fixed
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _, said
from ui.shell.plain import plain
from ui.shell.replay import Branching
from ui.shell.settings import EPOCHS, OF_THE_BRANCH

_PROBLEM = "branch problem"  # key of the session's state
_IMPOSSIBLE = N_("This branch cannot be trained: {problem}.")


def branching(asked: Comparison) -> Branching | None:
    """The button, for the networks that do not branch yet."""
    experiment = asked.experiment
    settings = zip(setting_labels(experiment), runs_by_setting(experiment))
    offered = [(text, runs) for text, runs in settings if experiment.runs[runs[0]].branch is None]
    if not offered or is_fixed("compare", "epochs", asked.factor.field, *OF_THE_BRANCH):
        return None
    texts, places = zip(*offered)

    def branch(epoch: int, place: int) -> None:
        try:
            go_to(opened.address_of(branched(experiment, places[place], epoch)))
        except ValueError as error:
            st.session_state[_PROBLEM] = said(error)

    return Branching(texts, branch)


def say_problem() -> None:
    """Why the branch that was asked for just now is not there, if it is not."""
    if problem := st.session_state.pop(_PROBLEM, None):
        st.error(_(_IMPOSSIBLE, problem=plain(problem)))


def branched(experiment: Experiment, places: list[int], epoch: int) -> Experiment:
    """The runs at these places, and the same with a change after the epoch: that of the branch that is shown, or else a
    smaller learning rate.  After the last epoch there are more of them."""
    runs = [experiment.runs[place] for place in places]
    shown = next((run.branch for run in experiment.runs if run.branch), None)
    branch = replace(shown, epoch=epoch) if shown else Branch(epoch, learning_rate=_slowed(runs[0]))
    epochs = next((epochs for epochs in EPOCHS if epochs > epoch), epoch) if epoch == experiment.epochs else None
    both = (*runs, *(replace(run, branch=branch) for run in runs))
    return replace(experiment, runs=both, epochs=epochs or experiment.epochs)


def _slowed(run: Run) -> float:
    """A tenth of its learning rate, as one would type it."""
    return max(float(Decimal(repr(run.rate)) / 10), LEARNING_RATE[0])
