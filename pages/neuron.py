"""One neuron: a perceptron beside a neuron with another activation, and a nudge of its weights or of its bias."""

import streamlit as st

from ui.jobs import results
from ui.lessons.lesson import formula, go_on, opening, what_to_notice
from ui.lessons.neuron import controls as lesson
from ui.lessons.neuron.charts import nudge_chart, nudge_text, output_axis, plane_chart, plane_text
from ui.lessons.neuron.diagram import diagram_chart, diagram_text
from ui.lessons.neuron.network import network_chart, network_text
from ui.lessons.neuron.words import notices
from ui.shell.address import Address
from ui.shell.page import BOUNDED, ENLARGED, open_page

results.start_workers()
with open_page("neuron"):
    address = Address("neuron", beside=False)
    with opening(address, lesson.INTRODUCTION, lesson.TRIES):
        asked = lesson.choose(address)

    x, parameter, amount = asked.x, asked.parameter, asked.amount
    with st.container(key=f"{BOUNDED} diagram"):
        chart = diagram_chart(asked.neurons, x, parameter, amount)
        st.vega_lite_chart(chart, width="content", alt=diagram_text(asked.neurons, x, parameter, amount))
    with st.container(key=f"{ENLARGED} planes", horizontal=True):
        for neuron in asked.neurons:
            chart = plane_chart(neuron, x, parameter, amount)
            st.vega_lite_chart(chart, width="content", alt=plane_text(neuron, x, parameter, amount))
    st.caption(lesson.planes(asked))
    axis = output_axis(asked.neurons, x, parameter)
    with st.container(key=f"{ENLARGED} curves", horizontal=True):
        for neuron in asked.neurons:
            chart = nudge_chart(neuron, x, parameter, amount, axis)
            st.vega_lite_chart(chart, width="content", alt=nudge_text(neuron, x, parameter, amount))
    st.caption(lesson.curves(asked))
    what_to_notice(*notices(asked))

    formula(lesson.OUTPUT, lesson.outputs(asked))
    formula(lesson.CHANGE, lesson.prediction(asked))
    st.caption(lesson.chain_rule(asked))

    st.subheader(lesson.NETWORK_TITLE)
    with st.container(key=f"{BOUNDED} network", horizontal=True, vertical_alignment="center", gap="large"):
        chart = network_chart(asked.neurons[1])
        st.vega_lite_chart(chart, width="content", alt=network_text(asked.neurons[1]))
        st.markdown(lesson.NETWORK, width=lesson.NETWORK_WIDTH)
    go_on("neuron", lesson.compared(asked))
