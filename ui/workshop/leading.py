"""Who leads a room, and what a leader does with it.

The secret is in a cookie of this browser.  It comes there from a new room or from the secret link, whose address loses
it in the same run, before anything is drawn: no projector shows it.

Each act says what its window has seen.  A second click on a button that another window, or the first click, was quicker
with does nothing.
"""

import time
from collections.abc import Callable, Collection, Sequence
from functools import wraps

import streamlit as st

from classroom import Full, Moved, Refused, Room, Unreachable
from classroom.limits import LIFE
from ui.jobs.rooms import rooms, source
from ui.shell.language import N_, _
from ui.shell.remembering import forget, keep, remember, remembered
from ui.workshop.addresses import LEADER
from ui.workshop.steps import Step

DAYS = LIFE.days  # that the browser keeps the secret: as long as a room lives
HURRY = 0.8  # seconds after a step in which another click is the second one of a double click
_COOKIE = "leader"
_STEPPED, _NOTICE, _FORGETS = "last step of the leader", "notice to the leader", "forgets the leader"
_ASKED = "secret of the address"
_SPARED = "people who were not removed"
_WRONG_LINK = N_("This secret link leads to no room. The room was closed, or the link is not complete.")
_GONE = N_("The room that this browser led no longer exists. It was closed, or its time was over.")
_FULL = N_("This server has as many rooms as it can keep. Close a room that is not needed, or try again tomorrow.")
_MOVED = N_("Nothing was changed: the room was already changed in another window.")
_NO_COOKIES = N_("Your browser keeps no cookies. Copy the secret link: without it you cannot come back after a reload.")
_NOT_DONE = N_("Nothing was changed: the server did not reach its database of rooms. Try again.")
_LEFT = N_("The room is still open. By its secret link you can lead it again.")
_CLOSED = N_("The room is closed, and everything in it is deleted.")


def led() -> tuple[str, Room] | None:
    """The secret and the room of whoever looks at this page; None if they lead none.  To be called in every run."""
    if LEADER in st.query_params:
        st.session_state[_ASKED] = st.query_params[LEADER]
        del st.query_params[LEADER]
    if _ASKED in st.session_state:  # until the database has answered
        _take(st.session_state[_ASKED])
        del st.session_state[_ASKED]
    secret = _secret()
    found = _room_of(secret) if secret else None
    if found:
        if not remember(_COOKIE, secret, DAYS):
            st.warning(_(_NO_COOKIES))
        return secret, found
    if secret:
        st.session_state.setdefault(_NOTICE, _GONE)
        st.session_state[_FORGETS] = True
    if _FORGETS in st.session_state:
        forget(_COOKIE)
    return None


def say_notice(say: Callable[[str], object]) -> None:
    """What became of the last click, if it needs a word."""
    if notice := st.session_state.pop(_NOTICE, None):
        say(_(notice))


def _act(act: Callable[..., None]) -> Callable[..., None]:
    """An act that nobody has to catch anything of: what a room that is gone refuses, the page says in its next run."""

    @wraps(act)
    def tried(*args) -> None:
        try:
            act(*args)
        except Refused:
            return
        except Unreachable:
            st.session_state[_NOTICE] = _NOT_DONE

    return tried


@_act
def come_back(secret: str) -> None:
    """Makes this browser the leader's, if the secret is some room's."""
    _take(secret)


@_act
def open_room(questions: Sequence[str]) -> None:
    """Opens a room, unless this browser leads one: the second click of two opens no second one."""
    if (secret := _secret()) and _room_of(secret):
        return
    try:
        _lead(rooms().open(questions, source()).secret)
    except Full:
        st.session_state[_NOTICE] = _FULL


@_act
def go(secret: str, seen: Room, step: Step) -> None:
    """Goes a step from what was seen."""
    if time.monotonic() - st.session_state.get(_STEPPED, -HURRY) < HURRY:
        return
    try:
        rooms().go_to(secret, step.position, step.state, seen)
        st.session_state[_STEPPED] = time.monotonic()
    except Moved:
        st.session_state[_NOTICE] = _MOVED


@_act
def go_to_question(secret: str, position: int) -> None:
    """Goes to a question, as it was left; one that was not asked yet is opened."""
    rooms().go_to(secret, position)


@_act
def pause(secret: str, on: bool) -> None:
    """Lets nobody answer, or everybody again."""
    rooms().pause(secret, on)


@_act
def follow_leader(secret: str, key: str) -> None:
    """As the switch of that key stands: all work on one question, or each where they like."""
    rooms().follow(secret, st.session_state[key])


@_act
def show_names(secret: str, key: str) -> None:
    """As the switch of that key stands: the board has names, or none."""
    rooms().show_names(secret, st.session_state[key])


@_act
def admit(secret: str, key: str) -> None:
    """As the switch of that key stands: new people may join, or nobody."""
    rooms().admit(secret, st.session_state[key])


@_act
def remove(secret: str, numbers: Collection[int], silent: Collection[int], key: str) -> None:
    """Removes people, with all that they gave, but for those chosen as `silent` who have answered; then nobody is
    chosen any more in the list of that key."""
    st.session_state[_SPARED] = rooms().remove(secret, numbers, silent)
    st.session_state[key] = []


def spared() -> Collection[int]:
    """Who stayed in the last removal."""
    return st.session_state.get(_SPARED, ())


def leave() -> None:
    """Leads the room no more with this browser; it stays as it is."""
    st.session_state[_FORGETS] = True
    st.session_state[_NOTICE] = _LEFT


@_act
def close(secret: str) -> None:
    """Deletes the room and everything in it."""
    rooms().close(secret)
    st.session_state[_FORGETS] = True
    st.session_state[_NOTICE] = _CLOSED


def _secret() -> str | None:
    """That of the room which this browser leads, or led."""
    return None if _FORGETS in st.session_state else remembered(_COOKIE)


def _take(secret: str) -> None:
    if _room_of(secret) is None:
        st.session_state[_NOTICE] = _WRONG_LINK
    else:
        _lead(secret)


def _lead(secret: str) -> None:
    keep(_COOKIE, secret)
    st.session_state.pop(_FORGETS, None)


def _room_of(secret: str) -> Room | None:
    try:
        code = rooms().code_of(secret)
        return rooms().room(code) if code else None
    except Refused:
        return None
