"""Softmax of a real network: one test sample, a part of the page that runs alone when another one is chosen."""

import streamlit as st

from core import History, load
from core.lessons.correction import mend
from core.lessons.softmax import outputs, steps
from ui.jobs import results
from ui.lessons.softmax import correction as mending
from ui.lessons.softmax import outputs as of_network
from ui.lessons.softmax.charts import digit_chart, digit_text, steps_chart, steps_text
from ui.lessons.softmax.correction_charts import others_chart, others_text, probability_chart, probability_text
from ui.lessons.wide import wide_chart
from ui.shell.address import Address
from ui.shell.language import _


@st.fragment
def show_sample(address: Address, history: History, temperature: float) -> None:
    """The choice of a sample, what the network says of it, and what it costs to mend that."""
    dataset = history.experiment.dataset
    data, found = load(dataset), results.computed(outputs, history)
    sample = of_network.choose_sample(found, data)
    address.follow()
    shown = steps(found.logits[sample], temperature=temperature)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if dataset.name == "digits":
            pixels = found.measures[sample]
            st.vega_lite_chart(digit_chart(pixels), width="content", alt=digit_text(pixels))
        else:
            of_network.show_measures(found.measures[sample], data)
        with st.container(width=420):
            for sentence in of_network.sample_words(found, sample, shown, data):
                st.markdown(sentence)
    drawn = (shown, data.class_names, int(found.labels[sample]))
    wide_chart(results.drawn(steps_chart, *drawn, of_network.SCORE), steps_text(*drawn), "outputs")

    st.header(_(mending.TITLE))
    st.markdown(_(mending.INTRODUCTION))
    mended = results.computed(mend, history, sample)
    st.markdown(mending.mending_words(mended, len(found.labels) - 1))
    left, right = st.columns(2)
    left.vega_lite_chart(results.drawn(probability_chart, mended), alt=probability_text(mended))
    right.vega_lite_chart(results.drawn(others_chart, mended), alt=others_text(mended))
