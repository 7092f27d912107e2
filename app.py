"""Compare: small networks trained side by side that differ in one factor only."""

import streamlit as st

from core.analysis.repeats import one_of_each
from core.analysis.summary import is_never_finite
from ui.charts.boundaries import reading_boundaries
from ui.charts.curves import ACCURACIES, PARTS, accuracy_chart, accuracy_text, loss_chart, loss_text
from ui.charts.palette import setting_looks
from ui.compare import advice, presets, words
from ui.compare import controls as comparison
from ui.compare.exports import open_experiment, show_exports
from ui.compare.inside import network_to_look_into, open_inside, show_inside
from ui.compare.luck import show_luck
from ui.compare.tables import show_figures
from ui.compare.unit_charts import KINDS, unit_chart, unit_text
from ui.jobs import results
from ui.jobs.waiting import trained
from ui.jobs.words import NEVER_FINITE
from ui.shell.address import Address
from ui.shell.linked import network_legend
from ui.shell.page import REPLAY, link_to, open_page
from ui.shell.pictures import show_pictures
from ui.shell.replay import replay_bar

results.start_workers()
with open_page("compare"):
    address = Address("compare")
    start = st.sidebar.container()
    asked = comparison.compare(address)
    log = comparison.logarithmic(address)
    repeat = comparison.seed_to_show(address, asked)
    network_to_look_into(address, asked)
    with st.sidebar:
        open_experiment()
    address.write()
    with start:
        presets.choose_preset(address)
    if asked is None:
        st.stop()

    if not asked.is_opened and (notice := presets.notice(address)):
        st.info(notice, icon=":material/visibility:")
    history = trained(asked.experiment)
    if history is None:
        st.stop()
    st.markdown(words.comparison(asked))
    if is_never_finite(history):
        advice.show_troubles(asked, history)
        st.info(NEVER_FINITE)
        st.stop()
    shown = one_of_each(history, repeat)
    with st.container(key=REPLAY):
        replay_bar(history.epochs, key="bar")

    st.subheader("Decision boundaries")
    st.caption(reading_boundaries(shown.experiment))
    comparison.choose_seed(asked.experiment)
    show_pictures(results.boundaries(shown), "boundaries", lambda place: open_inside(shown.experiment, place))
    advice.show_troubles(asked, history)
    if asked.factor.field == "activation":
        with st.expander("What these functions are"):
            for function in words.functions(asked.experiment):
                st.markdown(function)
            link_to("activations", activations=words.names_of_functions(shown.experiment))

    st.subheader("Loss")
    st.caption(words.reading_loss(history, log))
    network_legend(setting_looks(history.experiment), "legend")
    for place, column in zip(st.columns(2), PARTS):
        chart = results.computed(loss_chart, history, column, log, None, True)
        place.vega_lite_chart(chart, alt=loss_text(history, column))
    for place, column in zip(st.columns(2), ACCURACIES):
        place.vega_lite_chart(results.computed(accuracy_chart, history, column), alt=accuracy_text(history, column))
    comparison.train_on(asked, history)

    st.subheader("Hidden units")
    if asked.experiment.hidden:
        st.caption(words.reading_units(shown, asked.seeds))
        for place, column in zip(st.columns(2), KINDS):
            place.vega_lite_chart(unit_chart(shown, column), alt=unit_text(shown, column))
    else:
        st.info(words.NO_HIDDEN_UNITS)

    st.subheader("Inside a network")
    show_inside(shown)

    st.subheader("Final figures")
    show_luck(history)
    show_figures(history)
    show_exports(address, asked, history)
