"""Dead ReLUs: every unit of four networks, alive or dead, and what kills them."""

import streamlit as st

from core.analysis.summary import chance_level
from core.lessons.dead_relu_map import ends, swept
from ui.jobs import results
from ui.jobs.waiting import trained, trained_beside
from ui.lessons.dead_relu import controls as lesson
from ui.lessons.dead_relu import words as said
from ui.lessons.dead_relu.drawings import view
from ui.lessons.dead_relu.map_chart import sweep_chart, sweep_text
from ui.lessons.lesson import PICTURE, formula, go_on, opening, what_to_notice
from ui.lessons.wide import wide_chart
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import REPLAY, open_page
from ui.shell.replay import replay_bar

results.start_workers()
with open_page("dead_relu"):
    address = Address("dead_relu", beside=False)
    with opening(address, _(lesson.INTRODUCTION), lesson.TRIES):
        experiment = lesson.choose(address)

    history = trained(experiment)
    if history is None:
        st.stop()
    if trouble := said.diverged(history):
        st.warning(trouble)
    seen = results.computed(view, history)
    with st.container(key=PICTURE):
        with st.container(key=REPLAY):
            replay_bar(history.epochs, key="bar")
        wide_chart(*seen.units, "units")
    st.markdown(lesson.four_networks(experiment))
    st.markdown(_(lesson.READING))
    what_to_notice(*seen.notices)
    formula(lesson.FORMULA, seen.numbers)

    st.header(_("What kills units?"))
    pairs = lesson.LEARNING_RATES, lesson.BIASES
    of_all = trained_beside(swept(lesson.of_any_rate_and_bias(experiment), *pairs), _(lesson.SWEEPING))
    if of_all is not None:
        sweep = results.computed(ends, of_all, *pairs)
        st.markdown(said.sweep_reading(sweep, chance_level(experiment)))
        wide_chart(results.drawn(sweep_chart, sweep, experiment), sweep_text(sweep, experiment), "sweep")
        st.markdown(said.sweep_ends(sweep))
    go_on("dead_relu", lesson.compared(experiment))
    if sentence := lesson.not_compared(experiment):
        st.caption(sentence)
