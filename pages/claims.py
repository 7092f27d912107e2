"""Claims, measured: what people repeat about activation functions, and what came out here."""

import streamlit as st

from core.claims import CLAIM, verdict
from ui.jobs import results
from ui.lessons.claims import controls as lesson
from ui.lessons.claims.measuring import measure_again, rows_of
from ui.lessons.claims.pictures import show
from ui.lessons.lesson import formula, go_on, what_to_notice
from ui.shell.address import Address
from ui.shell.page import link_to, open_page

results.start_workers()
with open_page("claims"):
    address = Address("claims", beside=False)
    st.markdown(lesson.INTRODUCTION)
    claim = lesson.choose(address)
    address.write()

    rows = rows_of(claim)
    found = verdict(claim, rows)
    st.divider()
    st.subheader(lesson.STATEMENT.format(statement=claim.statement))
    st.markdown(f"{lesson.badges(found)} {lesson.summary(claim, found)}")
    st.markdown(lesson.SOURCE.format(source=claim.source))
    show(claim, rows, found, counting=True)
    measure_again(claim)
    what_to_notice(*lesson.rule(claim, found))
    st.markdown(lesson.experiment(claim))
    st.markdown(lesson.CANNOT_TELL.format(cannot_tell=claim.cannot_tell))
    formula(claim.formula, lesson.formula_words(claim, found))
    if any(trial.role != CLAIM for trial in claim.trials):
        st.markdown(lesson.APART)
        show(claim, rows, found, counting=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(lesson.LESSON, width="content")
        link_to(lesson.LESSONS[claim.name])
    go_on("claims", lesson.COMPARED[claim.name])
