"""Activation functions: value and slope of any of them, their properties, and what they cost."""

import streamlit as st

from ui.jobs import results
from ui.lessons.activations import controls as lesson
from ui.lessons.activations import reshaping
from ui.lessons.activations import words as facts
from ui.lessons.activations.drawings import view
from ui.lessons.activations.timings_chart import timings_chart, timings_text
from ui.lessons.lesson import PICTURE, go_on, opening, what_to_notice
from ui.lessons.wide import wide_chart
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import MAIN_WIDTH, open_page

results.start_workers()
with open_page("activations"):
    address = Address("activations", beside=False)
    with opening(address, _(lesson.INTRODUCTION), lesson.TRIES):
        asked = lesson.choose(address)

    if asked.names:
        shown = results.computed(view, asked.names, asked.reach)
        with st.container(key=PICTURE):
            wide_chart(*shown.chart, "functions")
        st.markdown(shown.reading)
        table = {"border": "horizontal", "hide_index": True, "width": MAIN_WIDTH}
        st.table(shown.formulas, alt=_(facts.FORMULAS_TEXT), **table)
        st.markdown(_(lesson.FORMULAS_CAPTION))
        what_to_notice(*shown.notices)
        st.markdown(_(lesson.NAME_AND_SLOPE))
        st.header(_("Properties"))
        st.table(shown.facts, alt=_(facts.TABLE_TEXT), **table)
        with st.expander(_("How to read this table")):
            st.markdown(facts.reading_facts())
    else:
        st.info(_(lesson.NOTHING))

    st.header(_("Value and slope as code"))
    st.markdown(_(lesson.CODE_INTRODUCTION))
    lesson.show_code(address)

    st.header(_("From sigmoid to tanh in three steps"))
    st.markdown(_(reshaping.INTRODUCTION))
    reshaping.show_move(address)

    st.header(_("Time for a million values"))
    st.markdown(_(lesson.TIMING_INTRODUCTION))
    if measurement := lesson.measure(asked.names):
        st.vega_lite_chart(results.drawn(timings_chart, measurement), alt=timings_text(measurement))
        st.markdown(lesson.measured(measurement, asked.names))
    go_on("activations", lesson.compared(asked))
