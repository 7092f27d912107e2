"""A page that follows its room: it runs again when the room has changed, and costs next to nothing while it has not.

The leader's and the projected page follow every vote.  A participant's follows the leader alone: a hundred votes would
else run a hundred pages a hundred times.

    with or_again():  # around all of a page
        ...
        follow(room.code, room.version)  # the leader's and the projected page, as the last thing of a run
        follow_leader(room, position)  # a participant's
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from classroom import NoRoom, Room, Unreachable
from ui.jobs.rooms import rooms
from ui.shell.language import N_, _

EVERY = 2  # seconds between two looks
HIDDEN = 15  # the same while the window is hidden; once it is seen again, the page looks at once
LATER = 5  # the same of a page whose database does not answer
_UNREACHABLE = N_(
    "**The server does not reach its database of rooms.** What was received is kept. This page tries again by itself."
)

_window = st.components.v2.component("activation_lab_window", js=(Path(__file__).parent / "live.js").read_text())


def follow(code: str, version: int) -> None:
    """Runs the page again when anything in the room has changed since this version."""
    _follow(_version, code, version)


def follow_leader(room: Room, position: int | None, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Runs the page again when the leader has changed the room; `meanwhile` is called with each look.

    `position` is the question that the page shows: another one is shown from its top.
    """
    _follow(partial(_by_leader, meanwhile), room.code, replace(room, version=0), position)


@contextmanager
def or_again() -> Iterator[None]:
    """While the database does not answer, the page says so, and runs again until it does."""
    try:
        yield
    except Unreachable as error:
        logging.getLogger(__name__).warning("the database of rooms cannot be reached: %s", error)
        st.error(_(_UNREACHABLE), icon=":material/cloud_off:")
        st.fragment(_again, run_every=LATER)()


def _again() -> None:
    if get_script_run_ctx().fragment_ids_this_run:
        st.rerun()


@st.fragment
def _follow(look: Callable[[str], object], code: str, shown: object, position: int | None = None) -> None:
    data = {"hidden": _is_hidden(), "shown": position}
    window = _window(key="window", data=data, on_hidden_change=lambda: None, height=1)
    st.fragment(compare, run_every=HIDDEN if window.hidden else EVERY)(look, code, shown)


def _is_hidden() -> bool:
    return bool(st.session_state.get("window", {}).get("hidden"))


def compare(look: Callable[[str], object], code: str, shown: object) -> None:
    """A fragment that draws nothing, and has the page run again when a look gives something else than what is shown.
    In a run of the whole page, that has just looked itself."""
    if not get_script_run_ctx().fragment_ids_this_run:
        return
    try:
        is_new = look(code) != shown
    except Unreachable:
        return
    except NoRoom:  # it was deleted, as the page will say
        is_new = True
    if is_new:
        st.rerun()


def _version(code: str) -> int:
    return rooms().version(code)


def _by_leader(meanwhile: Callable[[], object], code: str) -> Room:
    meanwhile()
    return replace(rooms().room(code), version=0)
