"""Compare: small networks trained side by side that differ in their activation function only."""

import streamlit as st

from ui import controls, results, words
from ui.address import Address
from ui.charts.boundaries import boundary_text
from ui.charts.curves import PARTS, loss_chart, loss_text
from ui.charts.units import KINDS, unit_chart, unit_text
from ui.frame import ENLARGED, open_page
from ui.tables import show_figures

with open_page("compare"):
    address = Address("compare")
    experiment = controls.compare_activations(address)
    log = controls.logarithmic(address)
    address.write()
    if experiment is None:
        st.stop()

    sentence = st.empty()
    with sentence, st.spinner(words.training(experiment)):
        history = results.train(experiment)
        boundaries = results.boundaries(experiment)
    sentence.markdown(words.comparison(experiment))

    st.subheader("Decision boundaries")
    st.caption(words.reading_boundaries(experiment))
    with st.container(key=f"{ENLARGED} boundaries"):
        st.vega_lite_chart(boundaries, width="content", alt=boundary_text(history))
    for trouble in words.troubles(history):
        st.warning(trouble)
    with st.expander("What these functions are"):
        for function in words.functions(experiment):
            st.markdown(function)

    st.subheader("Loss")
    st.caption(words.reading_loss(history, log))
    for place, column in zip(st.columns(2), PARTS):
        place.altair_chart(loss_chart(history, column, log), alt=loss_text(history, column))

    st.subheader("Hidden units")
    if experiment.hidden:
        st.caption(words.reading_units(history))
        for place, column in zip(st.columns(2), KINDS):
            place.altair_chart(unit_chart(history, column), alt=unit_text(history, column))
    else:
        st.info(words.NO_HIDDEN_UNITS)

    st.subheader("Final figures")
    show_figures(history)
