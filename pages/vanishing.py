"""Vanishing gradients: what is left of the gradient after many layers, and whether the network learns all the same."""

import streamlit as st

from core.analysis.summary import is_never_finite
from ui.charts.palette import run_looks
from ui.jobs import results, words
from ui.jobs.waiting import trained
from ui.lessons.lesson import PICTURE, formula, go_on, opening, what_to_notice
from ui.lessons.vanishing import controls as lesson
from ui.lessons.vanishing import words as said
from ui.lessons.vanishing.drawings import view
from ui.shell.address import Address
from ui.shell.labels import network_labels
from ui.shell.language import _
from ui.shell.page import REPLAY, open_page
from ui.shell.replay import replay_bar
from ui.shell.table import show_table

results.start_workers()
with open_page("vanishing"):
    address = Address("vanishing", beside=False)
    with opening(address, _(lesson.INTRODUCTION), lesson.TRIES):
        asked = lesson.choose(address)
    if asked is None:
        st.info(_(lesson.NOTHING))
        go_on("vanishing")
        st.stop()

    history = trained(asked)
    if history is None:
        st.stop()
    if trouble := said.diverged(history):
        st.warning(trouble)
    if is_never_finite(history):
        st.info(_(words.NEVER_FINITE))
        go_on("vanishing", lesson.compared(asked))
        st.stop()
    seen = results.computed(view, history)
    with st.container(key=PICTURE):
        with st.container(key=REPLAY):
            replay_bar(history.epochs, key="bar")
        st.vega_lite_chart(seen.norms[0], alt=seen.norms[1])
    st.markdown(said.reading(history))
    what_to_notice(*seen.notices)
    st.markdown(lesson.question())

    title = _("Slopes, weights and test accuracy")
    st.header(title)
    slopes, loss = st.columns(2)
    with slopes:
        st.vega_lite_chart(seen.slopes[0], alt=seen.slopes[1])
        st.markdown(seen.reading_slopes)
    with loss:
        st.vega_lite_chart(seen.loss[0], alt=seen.loss[1])
        st.markdown(_(lesson.READING_LOSS))
    looks = dict(zip(network_labels(history.experiment), run_looks(history.experiment)))
    show_table(title, looks, seen.columns, "figures")
    st.markdown(said.reading_figures(history))
    formula(lesson.FORMULA, seen.numbers)
    go_on("vanishing", lesson.compared(asked))
