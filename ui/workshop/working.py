"""A task on a participant's page: a goal for settings, or weights set by hand.

The controls are those of the page of missions.  What the server has checked goes to the room, whose board has the best
attempt of each person that holds.
"""

from functools import partial

import streamlit as st

from classroom import Late, Room, State
from ui.jobs.rooms import rooms
from ui.missions import tasks
from ui.missions.mission import ByHand, Mission
from ui.missions.tasks import Tried
from ui.shell.address import Address
from ui.shell.language import N_, _
from ui.workshop.addresses import JOIN, ROOM

QUESTION = "question"  # in the address, from 1: where somebody is who works freely
_SENT = "attempts sent"  # key of the session's state
_RECEIVED = N_("Received: the board has your best attempt that holds with every seed.")
_RECEIVED_BY_HAND = N_("Received: you are on the board.")
_NOT_YET = N_("Received. The board has only attempts that hold with every seed.")
_LATE = N_("The room takes no attempts now, so this one is not on the board.")


def work(room: Room, token: str, position: int, state: State, mission: Mission) -> bool:
    """The task, its controls, and the latest attempt; gives whether it has reached the goal."""
    st.markdown(tasks.goal(mission))
    address = Address(JOIN, beside=False)
    address.kept((ROOM, QUESTION))
    asked = tasks.choose_attempt(address, mission)
    address.write()
    keep = None if state is State.REVEALED else partial(_keep, token, position, mission)
    return tasks.show_attempt(mission, asked, on_attempt=keep)


def _keep(token: str, position: int, mission: Mission, tried: Tried) -> None:
    """Says `Received` of what the store has.  Weights are sent once they have reached the goal: they change all the
    time."""
    by_hand = isinstance(mission.answers, ByHand)
    if by_hand and not tried.holds:
        return
    sent = st.session_state.setdefault(_SENT, [])
    attempt = token, position, tried
    if attempt not in sent:
        try:
            rooms().keep_goal(token, position, tried.settings, tried.cost, tried.reached, tried.of)
        except Late:
            st.warning(_(_LATE))
            return
        sent.append(attempt)
    if by_hand:
        st.success(_(_RECEIVED_BY_HAND), icon=":material/check:")
    else:
        (st.success if tried.holds else st.info)(_(_RECEIVED if tried.holds else _NOT_YET), icon=":material/check:")
