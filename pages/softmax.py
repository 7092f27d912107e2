"""Softmax: what becomes of scores, set by hand and of a real network."""

import streamlit as st

from ui.jobs import results
from ui.jobs.waiting import trained
from ui.lessons.lesson import PICTURE, formula, go_on, opening, what_to_notice
from ui.lessons.softmax import controls as lesson
from ui.lessons.softmax import losses
from ui.lessons.softmax import outputs as of_network
from ui.lessons.softmax import two_classes as pair
from ui.lessons.softmax import words as figures
from ui.lessons.softmax.charts import (
    steps_chart,
    steps_text,
    temperature_chart,
    temperature_text,
)
from ui.lessons.softmax.sample import show_sample
from ui.lessons.wide import wide_chart
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import BOUNDED, MAIN_WIDTH, open_page

results.start_workers()
with open_page("softmax"):
    address = Address("softmax", beside=False)
    with opening(address, _(lesson.INTRODUCTION), lesson.TRIES):
        asked = lesson.choose(address)
        experiment = of_network.keep_choice(address)

    shown = asked.steps(asked.subtract)
    drawn = (shown, lesson.class_names(), asked.true_class)
    with st.container(key=PICTURE):
        wide_chart(results.drawn(steps_chart, *drawn, lesson.SCORE), steps_text(*drawn), "steps")
    what_to_notice(*figures.notices(asked, shown))
    formula(*figures.share_formula(shown))
    formula(figures.LOSS_FORMULA, figures.loss_words(asked, shown))

    st.header(_("Temperature"))
    st.markdown(figures.temperature_reading(asked, shown))
    at = (asked.scores, asked.temperature, lesson.class_names())
    st.vega_lite_chart(results.drawn(temperature_chart, *at), alt=temperature_text(*at))

    st.header(_(figures.OVERFLOW))
    st.markdown(figures.overflow_reading())
    st.table(figures.both_formulas(asked), border="horizontal", hide_index=True, width=MAIN_WIDTH)

    st.header(_(pair.TITLE))
    st.markdown(_(pair.INTRODUCTION))
    stable = asked.steps(subtract=True)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(key=f"{BOUNDED} two classes", width="content"):
            st.vega_lite_chart(pair.two_classes_chart(stable), width="content", alt=pair.two_classes_text(stable))
        with st.container(width=pair.WORDS_WIDTH):
            st.markdown(pair.numbers(stable))
            st.markdown(pair.decision(stable))
    st.latex(pair.FORMULA)

    st.header(_(losses.TITLE))
    st.markdown(_(losses.INTRODUCTION))
    drawn = (stable, asked.true_class)
    st.table(losses.losses_table(*drawn), border="horizontal", hide_index=True, width=MAIN_WIDTH)
    wide_chart(losses.losses_chart(*drawn), losses.losses_text(*drawn), "losses")
    for sentence in losses.losses_words(stable, asked.true_class):
        st.markdown(sentence)

    st.header(_(of_network.TITLE))
    of_network.choose_dataset()
    history = trained(experiment)
    if history is None:
        st.stop()
    st.markdown(of_network.network_words(history, asked.temperature))
    show_sample(address, history, asked.temperature)
    go_on("softmax", of_network.compared(experiment))
