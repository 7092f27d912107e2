"""How others come into a room: its code, the addresses of its pages, and the leader's own way back."""

import streamlit as st

from classroom import Room
from ui.shell.copying import copy_button
from ui.shell.language import N_, _, plural
from ui.workshop.addresses import JOIN, LEADER, ROOM, SCREEN, WORKSHOP, address_of, is_of_this_machine, spoken

PEOPLE = N_("{number} person in the room"), N_("{number} people in the room")
_JOIN_AT = N_("Join at **{address}** with the code")
_SECRET_HELP = N_(
    "With this link you come back from another computer or browser. Whoever has it leads the room: do not project it."
)
_LOCAL = N_("Phones cannot open this address: it is that of this computer only.")


def show_invitation(secret: str, room: Room, people: int) -> None:
    """In one row: the code, who is there, the projected page, and the secret link."""
    with st.container(border=True, key="room-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(width="content", gap=None, key="room-code"):
            st.markdown(_(_JOIN_AT, address=spoken(address_of(JOIN))))
            st.markdown(f"## {room.code}")
        st.markdown(plural(*PEOPLE, people), width="content")
        with st.container(horizontal=True, width="content", gap="small", vertical_alignment="center"):
            st.link_button(
                _("Open the projected page"), address_of(SCREEN, **{ROOM: room.code}), icon=":material/cast:"
            )
            copy_button(_("Copy the secret link"), address_of(WORKSHOP, **{LEADER: secret}), "secret link")
    if is_of_this_machine():
        st.warning(_(_LOCAL))
