"""The projected page of a room: what everybody sees on the wall."""

import streamlit as st

from classroom import NoRoom
from ui.jobs import results
from ui.shell.language import N_
from ui.shell.page import open_bare_page
from ui.workshop import projected
from ui.workshop.live import or_again

results.start_workers()
with open_bare_page("screen", N_("Projected page")), or_again():
    room = projected.room_to_show()
    if room is None:
        st.stop()
    try:
        projected.show(room)
    except NoRoom:  # it was closed while this was drawn
        st.rerun()
    projected.follow_room(room)
