"""Vanishing gradients: what is left of the gradient after many layers, and whether the network learns all the same."""

import streamlit as st

from core.analysis.summary import is_never_finite
from core.lessons.vanishing import chain
from ui.charts.curves import loss_chart, loss_text
from ui.jobs import results, words
from ui.jobs.waiting import trained
from ui.lessons.lesson import PICTURE, formula, go_on, opening, what_to_notice
from ui.lessons.vanishing import controls as lesson
from ui.lessons.vanishing import words as said
from ui.lessons.vanishing.charts import norms_chart, norms_text, slopes_chart, slopes_text
from ui.lessons.vanishing.table import show_figures
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import REPLAY, open_page
from ui.shell.replay import replay_bar

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
    followed = results.computed(chain, history)
    with st.container(key=PICTURE):
        with st.container(key=REPLAY):
            replay_bar(history.epochs, key="bar")
        st.vega_lite_chart(results.drawn(norms_chart, history), alt=norms_text(history))
    st.markdown(said.reading(history))
    what_to_notice(*said.notices(history, followed))
    st.markdown(lesson.question())

    st.header(_("Slopes, weights and test accuracy"))
    slopes, loss = st.columns(2)
    with slopes:
        st.vega_lite_chart(results.drawn(slopes_chart, history, followed), alt=slopes_text(history, followed))
        st.markdown(said.reading_slopes(followed))
    with loss:
        st.vega_lite_chart(results.drawn(loss_chart, history, "train_loss"), alt=loss_text(history, "train_loss"))
        st.markdown(_(lesson.READING_LOSS))
    show_figures(history, followed)
    st.markdown(said.reading_figures(history))
    formula(lesson.FORMULA, said.numbers(history, followed))
    go_on("vanishing", lesson.compared(asked))
