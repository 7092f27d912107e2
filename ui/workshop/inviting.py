"""How others come into a room: its code, the addresses of its pages, and the leader's own way back."""

import streamlit as st

from classroom import Room
from ui.jobs.rooms import rooms
from ui.shell.copying import copy_button
from ui.shell.language import N_, NN_, _, plural
from ui.shell.speaking import of_speaking
from ui.workshop.addresses import (
    JOIN,
    LEADER,
    ROOM,
    SCREEN,
    WORKSHOP,
    address_for_others,
    address_of,
    is_from_this_computer,
    spoken,
)

ADMITS = N_("New people can join")  # the switch for it
JOINED = NN_("**{number}** person has joined", "**{number}** people have joined")
_PEOPLE = NN_("{number} person", "{number} people")
_SECRET = N_(
    "The secret link lets you lead this room from another computer or phone. Keep it to yourself: whoever has it leads "
    "the room."
)
_GUESSED = N_("You opened this page on the server itself. Try the address above with a phone before you begin.")
_TEMPORARY = N_("This server keeps rooms only until it is stopped.")


def show_invitation(secret: str, room: Room, people: int) -> None:
    """The code and the address for the others, who is there, and the secret link."""
    with st.container(border=True, key="room-card", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(key="room-code", width="content"):
                st.markdown(room.code)
            st.markdown(plural(*_PEOPLE, people), width="content")
        st.markdown(spoken(address_for_others(JOIN)))
        if is_from_this_computer():
            st.caption(_(_GUESSED))
        if rooms().temporary:
            st.caption(_(_TEMPORARY))
        with st.container(horizontal=True, key="room-links", gap="xsmall"):
            if room.position is not None:  # before, the question's place has it
                projected_page(room)
            copy_button(_("Copy the secret link"), address_for_others(WORKSHOP, **{LEADER: secret}), "secret link")
        st.caption(_(_SECRET))


def projected_page(room: Room) -> None:
    """A link to the projected page, in a window of its own."""
    language = {key: codes[-1] for key, codes in of_speaking().items()}  # the leader's, where they have chosen one
    screen = address_of(SCREEN, **{ROOM: room.code}, **language)
    st.link_button(_("Open the projected page"), screen, icon=":material/cast:")
