"""The leader's page of a room that is open: the invitation, the question, the plan, and the end."""

from pathlib import Path

import streamlit as st

from classroom import Room
from ui.jobs.rooms import rooms
from ui.shell.language import N_, _
from ui.workshop import leading
from ui.workshop.asking import show_question
from ui.workshop.downloads import show_downloads
from ui.workshop.inviting import ADMITS, show_invitation
from ui.workshop.plan import show_plan
from ui.workshop.removing import offer_to_remove

_STYLE = f"<style>{(Path(__file__).parent / 'workshop.css').read_text()}</style>"
_TOGETHER, _NAMES, _ADMITS = "together", "names on the board", "new people"  # keys of the switches
_QUESTIONS = N_("Questions")
_TOGETHER_HELP = N_("On: everybody sees the question that you open. Off: everybody works freely through all questions.")
_NAMES_HELP = N_("The two made-up words of each person, beside their results on the projected page.")
_ADMITS_HELP = N_("Off: nobody new can join, and you can remove people who should not be in the room.")
_CLOSING = N_("This deletes the room, with all answers and results, for everybody. Download the report first.")
_LEAVING = N_("Or open another one, and come back to this one by its secret link, which you should copy before.")


def show_room(secret: str, room: Room) -> None:
    """Everything of a room; raises `Refused` if it is closed meanwhile."""
    votes = None if room.position is None else rooms().votes(secret, room.position)
    people = votes.people if votes else len(rooms().participants(room.code))
    st.html(_STYLE)
    leading.say_notice(st.toast)
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="leaders-question"):
        show_question(secret, room, votes, people)
    with right:
        show_invitation(secret, room, people)
        with st.container(border=True):
            st.markdown(f"**{_(_QUESTIONS)}**")
            show_plan(room.questions, room.position)
        _switch(_("Everybody follows"), _TOGETHER, room.together, leading.follow_leader, secret, _(_TOGETHER_HELP))
        _switch(_("Names on the board"), _NAMES, room.shows_names, leading.show_names, secret, _(_NAMES_HELP))
        _switch(_(ADMITS), _ADMITS, room.admits, leading.admit, secret, _(_ADMITS_HELP))
        if not room.admits and people:
            offer_to_remove(secret, room)
        _end(secret, room)


def _switch(label: str, key: str, on: bool, change, secret: str, explanation: str) -> None:
    """A switch that stands as the room does: another window may have changed it."""
    st.session_state[key] = on
    st.toggle(label, key=key, on_change=change, args=[secret, key], help=explanation)


def _end(secret: str, room: Room) -> None:
    show_downloads(secret, room.code)
    with st.popover(_("Close the room"), icon=":material/delete:"):
        st.markdown(_(_CLOSING))
        st.button(_("Delete the room"), key="delete the room", type="primary", on_click=leading.close, args=[secret])
        st.markdown(_(_LEAVING))
        st.button(_("Leave the room open"), key="leave the room", on_click=leading.leave)
