"""Why non-linear: a deep linear network beside the one layer that it equals."""

import streamlit as st

from core import grid, load
from core.lessons.nonlinearity import collapse
from ui.charts.boundaries import RESOLUTION, reading_boundaries
from ui.jobs import results
from ui.jobs.waiting import trained
from ui.lessons.lesson import PICTURE, formula, go_on, opening, what_to_notice
from ui.lessons.nonlinearity import controls as lesson
from ui.lessons.nonlinearity.charts import packed_side_by_side
from ui.lessons.nonlinearity.matrices_chart import matrices_chart, matrices_text
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import BOUNDED, REPLAY, open_page
from ui.shell.pictures import show_pictures
from ui.shell.replay import replay_bar

results.start_workers()
with open_page("nonlinearity"):
    address = Address("nonlinearity", beside=False)
    with opening(address, _(lesson.INTRODUCTION), lesson.TRIES):
        asked = lesson.choose(address)

    history = trained(asked.experiment)
    if history is None:
        st.stop()
    window = grid(load(asked.experiment.dataset), RESOLUTION)
    one_layer = results.computed(collapse, history, 0, window)
    pictures = results.computed(packed_side_by_side, lesson.names(asked), history, one_layer, window)
    with st.container(key=PICTURE):
        with st.container(key=REPLAY):
            replay_bar(history.epochs, key="bar")
        show_pictures(pictures, "pictures")
    st.markdown(reading_boundaries(asked.experiment))
    what_to_notice(*lesson.notices(asked, history, one_layer))

    st.header(_("The matrices of the network"))
    st.markdown(_(lesson.MATRICES_READING))
    with st.container(key=f"{BOUNDED} matrices"):
        chart = results.drawn(matrices_chart, history, one_layer)
        st.vega_lite_chart(chart, width="content", alt=matrices_text(history, one_layer))
    formula(lesson.FORMULA, lesson.product(history, one_layer))
    lesson.scalar_case(address, len(asked.experiment.hidden))
    go_on("nonlinearity", lesson.compared(asked))
