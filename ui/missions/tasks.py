"""The page of a task: a goal for settings, which the server checks with several seeds, or weights that are set by hand.

Whoever shows a task elsewhere, as a room does, gives `on_attempt`: it is called in each run that shows an attempt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from core import History
from core.lessons.neuron import Neuron
from core.notes import Note
from ui.jobs import results
from ui.jobs.waiting import trained
from ui.missions import by_hand, goal_words
from ui.missions.asked import choose, experiments
from ui.missions.card import show_data
from ui.missions.goals import SEEDS, Attempt, attempt
from ui.missions.mission import ByHand, Mission
from ui.missions.outcome_page import show_every_seed, show_networks
from ui.missions.outcomes import experiment_of
from ui.missions.predictions import key_of
from ui.missions.view import Seen, seen
from ui.shell.address import Address
from ui.shell.fixed import control
from ui.shell.language import N_, _
from ui.shell.page import BOUNDED
from ui.shell.readers import between, switch

_CHECKED, _BEST = "checked attempts", "best attempts"  # keys of the session's state, by mission
_IS_CHECKED = "checked"  # in the address: its settings are, so that a reload finds the attempt again
_CHECK = N_("Check with {seeds} seeds")
_NOT_CHECKED = N_("Change the settings, then check them.")
_STOPPED = N_("An attempt counts once it is trained to its last epoch.")
_WEIGHTS = {"w1": N_("Weight w₁"), "w2": N_("Weight w₂"), "b": N_("Bias b")}
_WIDTH = 170  # pixels of a control


@dataclass(frozen=True)
class Tried:
    """What a person has tried: the settings by key, its cost, and how many of how many seeds reach the goal.

    Of weights set by hand, the cost is the number of points on the wrong side.
    """

    settings: Mapping[str, object]
    cost: float
    reached: int
    of: int

    @property
    def holds(self) -> bool:
        return self.reached == self.of


OnAttempt = Callable[[Tried], None]


def choose_attempt(address: Address, mission: Mission) -> Mission | Neuron:
    """The task's controls, and what they ask for: the mission with other settings, or a neuron."""
    with st.container(horizontal=True):
        if isinstance(mission.answers, ByHand):
            w1, w2, b = (_weight(address, key, start) for key, start in zip(_WEIGHTS, mission.answers.start))
            return Neuron((w1, w2), b, "step")
        asked = choose(address, mission, width=_WIDTH)
    _keep_in_address(address, mission, asked)
    return asked


def show_attempt(mission: Mission, asked: Mission | Neuron, seed: int = 0, on_attempt: OnAttempt | None = None) -> bool:
    """What the controls ask for, and whether it has reached the goal; the data of a neuron are drawn from the seed."""
    tried = _show_neuron(mission, asked, seed) if isinstance(asked, Neuron) else _show_trained(mission, asked)
    if tried is None:
        return False
    if on_attempt:
        on_attempt(tried)
    return tried.holds


def goal(mission: Mission) -> str:
    """What is to be reached."""
    return by_hand.goal(mission) if isinstance(mission.answers, ByHand) else goal_words.goal(mission)


def _weight(address: Address, key: str, start: float) -> float:
    name, reach = f"my_{key}", by_hand.REACH
    with address.setting(name, start, between(key, -reach, reach)):
        return control(
            st.slider, _(_WEIGHTS[key]), -reach, reach, step=by_hand.STEP, format="%.1f", key=name, width=_WIDTH
        )


def _keep_in_address(address: Address, mission: Mission, asked: Mission) -> None:
    """That the settings are checked, or not, as somebody has asked for on the page or, where it is read, there."""
    checked, settings = _checked(mission), asked.settings
    with address.setting(_IS_CHECKED, False, switch(Note("checked attempt"))):
        if address.is_read:
            checked[:] = [other for other in checked if other != settings]
            checked += [settings] if st.session_state[_IS_CHECKED] else []
        st.session_state[_IS_CHECKED] = settings in checked


def _checked(mission: Mission) -> list[Mapping[str, object]]:
    """The settings of the attempts at a mission that were checked in this session."""
    return st.session_state.setdefault(_CHECKED, {}).setdefault(key_of(mission), [])


def _show_neuron(mission: Mission, neuron: Neuron, seed: int) -> Tried:
    spec = experiment_of(mission, seed).dataset
    found = by_hand.sides(spec, neuron)
    chart = by_hand.with_neuron(results.drawn(by_hand.points_chart, spec), neuron)
    reached = found.share >= mission.answers.share
    (st.success if reached else st.info)(by_hand.said(mission, found))
    st.markdown(f"${by_hand.formula(neuron)}$")
    with st.container(key=f"{BOUNDED} by hand"):
        st.vega_lite_chart(chart, width="content", alt=by_hand.text(found))
    st.markdown(by_hand.reading())
    settings = dict(zip(_WEIGHTS, neuron.parameters.tolist()))
    return Tried(settings, found.of - found.right, int(reached), 1)


def _show_trained(mission: Mission, asked: Mission) -> Tried | None:
    """None while the attempt is not checked, or its training is stopped before its end: nobody could check that."""
    if (found := experiments(asked, SEEDS)) is None:
        return None
    (experiment,) = found
    checked = _checked(mission)
    is_new = asked.settings not in checked
    st.button(
        _(_CHECK, seeds=SEEDS), key="check", type="primary", icon=":material/fact_check:", disabled=not is_new,
        on_click=checked.append, args=[asked.settings],
    )  # fmt: skip
    tried = history = None
    if is_new:
        st.info(_(_NOT_CHECKED))
    elif (history := trained(experiment)) is None:
        pass  # the page says how far it is
    elif history.epochs[-1] < experiment.epochs:
        st.info(_(_STOPPED))
    else:
        made: Attempt = results.computed(attempt, asked, history)
        (st.success if made.holds else st.info)(goal_words.reached(mission, made))
        tried = Tried(dict(asked.settings), made.cost, made.reached, SEEDS)
        _keep_best(mission, made)
    if best := st.session_state.get(_BEST, {}).get(key_of(mission)):
        st.markdown(goal_words.best(mission, best))
    if history is not None:
        _show_networks(asked, history)
    elif is_new:
        show_data(mission)
    return tried


def _keep_best(mission: Mission, found: Attempt) -> None:
    best = st.session_state.setdefault(_BEST, {})
    best[key_of(mission)] = min(best.get(key_of(mission), found), found, key=lambda each: each.rank)


def _show_networks(mission: Mission, history: History) -> None:
    """The first seed's network, and every seed's value."""
    made: Seen = results.computed(seen, mission, (history,), 0, mission.answers.bound)
    show_networks(made.pictures, made.epochs, made.reading)
    show_every_seed(made)
