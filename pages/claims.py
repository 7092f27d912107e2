"""Claims, measured: what people repeat about activation functions, and what came out here."""

import streamlit as st

from core.claims import CLAIM, verdict
from ui.jobs import results
from ui.lessons.claims import controls as lesson
from ui.lessons.claims import words as said
from ui.lessons.claims.measuring import measure_again, rows_of
from ui.lessons.claims.pictures import show
from ui.lessons.lesson import PICTURE, formula, go_on, what_to_notice
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import link_to, open_page

results.start_workers()
with open_page("claims"):
    address = Address("claims", beside=False)
    st.markdown(_(lesson.INTRODUCTION))
    claim = lesson.choose(address)
    address.write()

    rows = rows_of(claim)
    found = verdict(claim, rows)
    st.header(said.statement(claim))
    st.markdown(f"{said.badges(found)} {said.summary(claim, found)}")
    with st.container(key=PICTURE):
        show(claim, rows, found, counting=True)
    st.markdown(said.source(claim))
    measure_again(claim)
    what_to_notice(*said.rule(claim, found))
    st.markdown(said.experiment(claim))
    st.markdown(said.cannot_tell(claim))
    formula(_(claim.formula), said.formula_words(found))
    if any(trial.role != CLAIM for trial in claim.trials):
        st.markdown(_(said.APART))
        show(claim, rows, found, counting=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_(lesson.LESSON), width="content")
        link_to(lesson.LESSONS[claim.name])
    st.header(_(lesson.ALL))
    st.markdown(lesson.all_claims())
    go_on("claims", lesson.COMPARED[claim.name])
