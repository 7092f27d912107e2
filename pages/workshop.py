"""Workshop: the leader's page, on which a room is opened and led."""

import streamlit as st

from classroom import Refused
from ui.jobs import results
from ui.shell.address import Address
from ui.shell.page import open_page
from ui.workshop import leading, opening
from ui.workshop.driving import show_room
from ui.workshop.live import follow, or_again

results.start_workers()
with open_page("workshop"), or_again():
    led = leading.led()
    address = Address("workshop", beside=False)
    opening.keep_settings(address)
    address.write()
    if led is None:
        opening.show_opening()
        st.stop()
    secret, room = led
    try:
        show_room(secret, room)
    except Refused:  # it was closed in another window
        st.rerun()
    follow(room.code, room.version)
