"""One neuron: a perceptron beside a neuron with another activation, and a small change of its weights or its bias."""

import streamlit as st

from ui.jobs import results
from ui.lessons.lesson import PICTURE, formula, go_on, try_this, what_to_notice
from ui.lessons.neuron import controls as lesson
from ui.lessons.neuron.beside import controls_beside_charts
from ui.lessons.neuron.charts import nudge_chart, nudge_text, output_axis, plane_chart, plane_text
from ui.lessons.neuron.diagram import diagram_chart, diagram_text
from ui.lessons.neuron.network import network_chart, network_text
from ui.lessons.neuron.words import notices
from ui.shell.address import Address
from ui.shell.labels import label
from ui.shell.language import _
from ui.shell.page import BOUNDED, open_page
from ui.shell.pointing import pointing

results.start_workers()
with open_page("neuron"):
    address = Address("neuron", beside=False)
    st.markdown(_(lesson.INTRODUCTION))
    start = st.container()
    plane_controls, planes = controls_beside_charts("planes", PICTURE)
    diagram = st.container(key=f"{BOUNDED} diagram")
    curve_controls, curves = controls_beside_charts("curves")
    asked = lesson.choose(address, plane_controls, curve_controls)
    with start:
        address.write()
        try_this(address, lesson.TRIES)

    x, parameter, amount = asked.x, asked.parameter, asked.amount
    with planes:
        with st.container(horizontal=True):
            for neuron in asked.neurons:
                plot = f"plane of {neuron.activation}"
                with st.container(key=plot, width="content", gap=None):
                    chart = results.drawn(plane_chart, neuron, x, parameter, amount)
                    st.vega_lite_chart(chart, width="content", alt=plane_text(neuron, x, parameter, amount))
                    name = _(lesson.INPUT_NAME, activation=label("activation", neuron.activation))
                    pointing(plot, x, lesson.INPUT, name, lesson.move_input, lesson.INPUT_KEYS)
        st.markdown(lesson.planes(asked))
    with diagram:
        chart = results.drawn(diagram_chart, asked.neurons, x, parameter, amount)
        st.vega_lite_chart(chart, width="content", alt=diagram_text(asked.neurons, x, parameter, amount))
    with curves:
        axis = output_axis(asked.neurons, x, parameter)
        with st.container(horizontal=True):
            for neuron in asked.neurons:
                chart = results.drawn(nudge_chart, neuron, x, parameter, amount, axis)
                st.vega_lite_chart(chart, width="content", alt=nudge_text(neuron, x, parameter, amount))
        st.markdown(lesson.curves(asked))
    st.markdown(_(lesson.TWO_NEURONS))
    what_to_notice(*notices(asked))

    formula(lesson.OUTPUT, lesson.outputs(asked))
    formula(lesson.CHANGE, lesson.prediction(asked))
    st.markdown(lesson.chain_rule(asked))
    st.markdown(_(lesson.LOGISTIC))

    st.header(_("One neuron of a network"))
    with st.container(key=f"{BOUNDED} network", horizontal=True, vertical_alignment="center", gap="large"):
        chart = results.drawn(network_chart, asked.neurons[1])
        st.vega_lite_chart(chart, width="content", alt=network_text(asked.neurons[1]))
        st.markdown(_(lesson.NETWORK), width=lesson.NETWORK_WIDTH)
    go_on("neuron", lesson.compared(asked))
