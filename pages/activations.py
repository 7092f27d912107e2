"""Activation functions: value and slope of any of them, what is true of each, and what they cost."""

import streamlit as st

from ui.charts.functions import functions_chart, functions_text
from ui.jobs import results
from ui.lessons.activations import controls as lesson
from ui.lessons.activations import words as facts
from ui.lessons.activations.reshaping_chart import moves_chart, moves_text
from ui.lessons.activations.timings_chart import timings_chart, timings_text
from ui.lessons.lesson import formula, go_on, opening, what_to_notice
from ui.shell.address import Address
from ui.shell.page import BOUNDED, MAIN_WIDTH, open_page

results.start_workers()
with open_page("activations"):
    address = Address("activations", beside=False)
    with opening(address, lesson.INTRODUCTION, lesson.TRIES):
        asked = lesson.choose(address)

    if asked.names:
        with st.container(key=f"{BOUNDED} functions"):
            chart = functions_chart(asked.names, asked.reach)
            st.vega_lite_chart(chart, width="content", alt=functions_text(asked.names, asked.reach))
        st.caption(lesson.reading(asked))
        st.table(facts.formulas_table(asked.names), border="horizontal", width=MAIN_WIDTH, alt=facts.FORMULAS_TEXT)
        st.caption(lesson.FORMULAS_CAPTION)
        what_to_notice(*facts.notices(asked.names))
        st.subheader("What is true of each")
        st.caption(facts.CAPTION)
        st.table(facts.facts_table(asked.names), border="horizontal", width=MAIN_WIDTH, alt=facts.TABLE_TEXT)
    else:
        st.info(lesson.NOTHING)

    st.subheader("Value and slope as code")
    st.markdown(lesson.CODE_INTRODUCTION)
    lesson.choose_code()
    lesson.show_code(asked.code)

    st.subheader("tanh out of sigmoid, in three moves")
    st.markdown(lesson.MOVES_INTRODUCTION)
    lesson.choose_move()
    st.vega_lite_chart(moves_chart(asked.move), alt=moves_text(asked.move))
    formula(lesson.FORMULA, lesson.moved(asked.move))

    st.subheader("Time per million values")
    st.markdown(lesson.TIMING_INTRODUCTION)
    if measurement := lesson.measure(asked.names):
        st.vega_lite_chart(timings_chart(measurement), alt=timings_text(measurement))
        st.caption(lesson.measured(measurement, asked.names))
    go_on("activations", lesson.compared(asked))
