"""A question on a participant's page: its answers as buttons, and what became of the one that was given.

"Received" is said of what the store has, and of nothing else.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from classroom import Late, NoRoom, Room, State, Twice, Unreachable
from ui.jobs.rooms import rooms
from ui.missions import words
from ui.missions.card import ask
from ui.missions.mission import Mission
from ui.shell.language import N_, _

_SAID = "said of an answer"  # key of the session's state: the sentence, and the place where the page was with it
_LATE = N_("This answer came too late: the leader had closed the vote or gone on. It is not counted.")
_TWICE = N_("You had answered already, perhaps in another window. The first answer is the one that counts.")
_UNREACHED = N_("The server did not reach its database. If no answer is shown as received, answer again.")
_RECEIVED = {
    State.OPEN: N_("Received: **{answer}**. The leader goes on when enough have answered."),
    State.SECOND: N_("Received: **{answer}**. The leader shows the result next."),
}
_RECEIVED_FREELY = N_("Received: **{answer}**.")
_YOURS = N_("Your answer: **{answer}**")
_FIRST = N_("Your answer in the first vote: **{answer}**")
_SECOND = N_("Your answer in the second vote: **{answer}**")
_NONE_YET = N_("You gave no answer in the first vote.")
_NONE = N_("You gave no answer.")
_DISCUSSION = N_(
    "**Discussion.** Tell somebody beside you why you expect this. The second vote comes to this page by itself."
)
_AGAIN = N_("**Second vote.** Answer again: the same, or what you expect now.")


def answer(room: Room, token: str, position: int, state: State, mission: Mission) -> dict[int, str]:
    """The answers to a question, as far as it takes any; gives what this participant has answered, by the vote."""
    given = rooms().own_answers(token, position)
    vote = 2 if state is State.SECOND else 1
    if state is State.REVEALED:
        return given
    if state is State.CLOSED:
        st.info(_(_DISCUSSION), icon=":material/forum:")
        _say_first(mission, given)
    elif vote in given:
        message = _RECEIVED[state] if room.together else _RECEIVED_FREELY
        st.success(_(message, answer=words.answer(mission, given[vote])), icon=":material/check:")
    else:
        if vote == 2:
            st.info(_(_AGAIN), icon=":material/how_to_vote:")
            _say_first(mission, given)
        ask(mission, f"question {position}", partial(_give, token, position, vote), disabled=room.paused)
    return given


def say_answers(mission: Mission, given: Mapping[int, str]) -> None:
    """What somebody has answered, once no more answers are taken."""
    if not given:
        st.markdown(_(_NONE))
    messages = {1: _FIRST, 2: _SECOND} if 2 in given else {1: _YOURS}
    for vote in sorted(given):
        st.markdown(_(messages[vote], answer=words.answer(mission, given[vote])))


def _say_first(mission: Mission, given: Mapping[int, str]) -> None:
    st.markdown(_(_FIRST, answer=words.answer(mission, given[1])) if 1 in given else _(_NONE_YET))


def say_what_became(*place: object) -> None:
    """That an answer was not taken, on the page that shows this next, as long as that page is at the same place."""
    if said := st.session_state.get(_SAID):
        if said.setdefault("place", place) == place:
            st.warning(_(said["sentence"]))
        else:
            del st.session_state[_SAID]


def _give(token: str, position: int, vote: int, text: str) -> None:
    """What a button does."""
    st.session_state.pop(_SAID, None)
    try:
        rooms().answer(token, position, text, vote)
    except Late:
        st.session_state[_SAID] = {"sentence": _LATE}
    except Twice:
        st.session_state[_SAID] = {"sentence": _TWICE}
    except Unreachable:
        st.session_state[_SAID] = {"sentence": _UNREACHED}
    except NoRoom:  # it was deleted, as the page will say
        pass
