"""A participant's page: one question at a time, as far as the leader or the participant has come."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import streamlit as st

from classroom import Member, NoRoom, Room, State, Unreachable
from ui.jobs.rooms import rooms
from ui.missions.card import show_data, show_question
from ui.missions.mission import Mission
from ui.shell.address import go_to
from ui.shell.language import N_, _
from ui.workshop.addresses import ROOM
from ui.workshop.answering import answer, say_what_became
from ui.workshop.joining import say_what_is_stored
from ui.workshop.live import follow_leader
from ui.workshop.names import shown
from ui.workshop.outcome import show_outcome
from ui.workshop.own_networks import hand_over, train_own
from ui.workshop.own_part import Part, part_asked
from ui.workshop.own_result import explain, explain_task, show_result
from ui.workshop.pace import pace
from ui.workshop.questions import UNREADABLE, is_voted_on, readable
from ui.workshop.working import QUESTION, work

_STYLE = f"<style>{(Path(__file__).parent / 'freely.css').read_text()}</style>"
STILL_THERE = 10  # seconds between two questions whether somebody is still in the room
_AT, _ASKED = "question that is shown", "asked whether somebody is there"  # keys of the session's state
_ROOM, _YOU = N_("Room {code}"), N_("You are **{name}**")
_WAIT = N_("Wait for the leader. The first question comes to this page by itself.")
_NUMBER = N_("Question {number} of {number_of_all}")
_FREELY = N_("Everybody works freely: answer in any order, and see your own result after each answer.")
_PAUSED = N_("**The leader has paused the room.** What you have sent is kept. This page goes on by itself.")
_STUCK = N_("I am stuck")
_NOT_STUCK = N_("I am not stuck any more")
_IS_STUCK = N_("The leader sees how many people are stuck, but not who.")
_OTHER_WORDS = N_("Other words")
_CUT = N_(
    "**No connection to the server.** What was received is kept. This page goes on by itself when "
    "the connection is back."
)


def show_room(member: Member, token: str) -> None:
    """All of the page for somebody who is in a room."""
    try:
        room = rooms().room(member.code)
        with st.container(key="cut"):  # page.css shows it while there is no connection
            st.error(_(_CUT), icon=":material/wifi_off:")
        _say_who(member, token)
        position = room.position if room.together else _own_position(room)
        if position is None:
            st.info(_(_WAIT), icon=":material/hourglass_empty:")
            _offer_help(member, token)
        else:
            _show_question(room, member, token, position)
    except NoRoom:  # it was deleted a moment ago, which the page then says
        st.rerun()
    say_what_is_stored()
    follow_leader(room, position, partial(_meanwhile, token))


def _meanwhile(token: str) -> None:
    """With each look: what was measured goes to the room.  Raises `NoRoom` for who is not in it any more, which is
    asked now and then only: it costs the store as much as the look."""
    hand_over()
    now = time.monotonic()
    if now - st.session_state.setdefault(_ASKED, now) >= STILL_THERE:
        st.session_state[_ASKED] = now
        if rooms().participant(token) is None:
            raise NoRoom


def _say_who(member: Member, token: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="who"):
        st.title(_(_ROOM, code=member.code), anchor=False, width="content")
        st.markdown(_(_YOU, name=shown(member.name)), width="content")
        st.button(_(_OTHER_WORDS), key="other words", type="tertiary", on_click=_if_there, args=[rooms().rename, token])


def _show_question(room: Room, member: Member, token: str, position: int) -> None:
    text = room.questions[position]
    if len(room.questions) > 1:
        st.caption(_(_NUMBER, number=position + 1, number_of_all=len(room.questions)))
    if not room.together:
        st.caption(_(_FREELY))
    mission = readable(text)
    if mission is None:
        st.warning(_(UNREADABLE))
        return
    _begin(room, position)
    show_question(mission)
    if room.paused:
        st.info(_(_PAUSED), icon=":material/pause:")
    state = room.state if room.together else _state_if_free(room, position)
    say_what_became(room.code, position, state)
    if is_voted_on(mission):
        _show_voted(room, member, token, position, state, part_asked(text, member.number))
    else:
        _show_task(room, member, token, position, state, mission)
    if not room.together and len(room.questions) > 1:
        _go_on(room, position)


def _begin(room: Room, position: int) -> None:
    """A question begins as it is: what was set for another one is not in the address any more."""
    here = room.code, position
    if st.session_state.get(_AT, here) != here and set(st.query_params) - {ROOM, QUESTION}:
        go_to({key: st.query_params[key] for key in (ROOM, QUESTION) if key in st.query_params})
    st.session_state[_AT] = here


def _show_voted(room: Room, member: Member, token: str, position: int, state: State, part: Part) -> None:
    given = answer(room, token, position, state, part.mission)
    is_revealed = state is State.REVEALED
    sees = is_revealed or (not room.together and bool(given))
    own = train_own(token, position, part, sees)
    if sees:
        show_result(part, given, own)
        if is_revealed:
            _show_the_room(room, member, position, part.mission)
        explain(part)
    _offer_help(member, token)
    if not sees:
        show_data(part.mission)


def _show_task(room: Room, member: Member, token: str, position: int, state: State, mission: Mission) -> None:
    is_revealed = state is State.REVEALED
    if is_revealed:
        _show_the_room(room, member, position, mission)
        explain_task(mission)
    if work(room, token, position, state, mission) and not (room.together or is_revealed):
        explain_task(mission)
    _offer_help(member, token)


def _show_the_room(room: Room, member: Member, position: int, mission: Mission) -> None:
    st.header(_("The whole room"), anchor=False)
    show_outcome(room.code, position, mission, member.number)


def _state_if_free(room: Room, position: int) -> State:
    """Of a question where everybody works freely: it takes a first vote until it is revealed."""
    return State.OPEN if pace().seen(room.code, position).votes is None else State.REVEALED


def _own_position(room: Room) -> int:
    """The question that somebody is at who works freely: the one in the address, else the leader's or the first."""
    asked = st.query_params.get(QUESTION, "")
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    return number - 1 if 1 <= number <= len(room.questions) else room.position or 0


def _go_on(room: Room, position: int) -> None:
    st.html(_STYLE)
    with st.container(key="go-on", horizontal=True, horizontal_alignment="distribute"):
        for label, there in ((_("Previous question"), position - 1), (_("Next question"), position + 1)):
            possible = 0 <= there < len(room.questions)
            st.button(label, disabled=not possible, on_click=_go_to, args=[there])


def _go_to(position: int) -> None:
    go_to({ROOM: st.query_params[ROOM], QUESTION: position + 1})


def _offer_help(member: Member, token: str) -> None:
    label = _NOT_STUCK if member.stuck else _STUCK
    act = rooms().stuck, token, not member.stuck
    st.button(_(label), key="stuck", icon=":material/front_hand:", on_click=_if_there, args=act)
    if member.stuck:
        st.caption(_(_IS_STUCK))


def _if_there(act: Callable, *args) -> None:
    with suppress(NoRoom, Unreachable):  # as the page says
        act(*args)
