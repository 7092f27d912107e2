"""Compare: small networks trained side by side that differ in one factor only."""

import streamlit as st

from core.analysis.summary import is_never_finite
from ui.charts.palette import setting_looks
from ui.compare import advice, at_its_best, losses, opened, own_points, pinned, presets, words
from ui.compare import controls as comparison
from ui.compare.branching import branching, say_problem
from ui.compare.drawings import of_all_seeds, of_one_seed
from ui.compare.exports import copy_link, open_experiment, show_exports
from ui.compare.functions import show_functions
from ui.compare.inside import network_to_look_into, open_inside, show_inside
from ui.compare.luck import show_luck
from ui.compare.making import make_your_own
from ui.compare.opening import common, opening
from ui.compare.pairs import show_in_pairs
from ui.jobs import results
from ui.jobs.waiting import trained
from ui.jobs.words import NEVER_FINITE
from ui.shell.address import Address, is_presented
from ui.shell.language import _
from ui.shell.page import REPLAY, STRIP, link_to, open_page
from ui.shell.pictures import show_pictures
from ui.shell.replay import replay_bar
from ui.shell.settings import SETTINGS
from ui.shell.table import show_table

results.start_workers()
with open_page("compare", on_reset=opened.leave):
    address = Address("compare", known=SETTINGS)
    start, wrong = st.container(), st.container()
    asked = comparison.compare(address)
    losses.keep_scale(address)
    repeat = comparison.seed_to_show(address, asked)
    network_to_look_into(address, asked)
    with st.sidebar:
        open_experiment()
    with wrong:
        address.write()
    with start:
        if sentence := own_points.opening() or (asked and opening(asked)):
            st.markdown(sentence)
        presets.choose_preset(address)
    if asked is None:
        st.stop()

    if not asked.is_opened and (notice := presets.notice(address)):
        st.info(notice, icon=":material/visibility:")
    history = trained(asked.experiment)
    if history is None:
        st.stop()
    if is_never_finite(history):
        st.markdown(words.comparison(asked))
        advice.show_troubles(asked, history)
        st.info(_(NEVER_FINITE))
        st.stop()
    of_seed = results.computed(of_one_seed, history, repeat, asked.seeds)
    with st.container(key=REPLAY):
        replay_bar(history.epochs, "bar", autoplay=not is_presented("compare"), branching=branching(asked))
    say_problem()

    show_pictures(of_seed.pictures, "boundaries", lambda place: open_inside(history.experiment, place))
    comparison.choose_seed(asked.experiment)
    st.markdown(of_seed.reading)
    with st.expander(common(asked)):
        st.markdown(words.comparison(asked))
        st.markdown(words.same_for_all(asked))
    with st.container():  # what follows keeps its place, and so its charts, whether there are troubles or not
        advice.show_troubles(asked, history)
    if asked.factor.field == "activation":
        show_functions(asked.experiment)
    with st.container(horizontal=True, key=f"{STRIP} actions"):
        comparison.train_on(asked, history)
        pinned.pin_or_unpin(asked, history)
        own_points.draw_on(asked.experiment.dataset)
        copy_link(address, asked)
        make_your_own(address, asked)
    beside = pinned.pinned_history(history)
    pinned.show_pinned_pictures(beside)

    st.header(_("Loss and accuracy"))
    of_all = results.computed(of_all_seeds, history)
    losses.show_curves(address, history, beside, of_all.curves)

    st.header(_("Hidden units"))
    if of_seed.units:
        reading, drawn = of_seed.units
        st.markdown(reading)
        show_in_pairs(drawn)
    else:
        st.info(_(words.NO_HIDDEN_UNITS))

    show_inside(address, history, repeat)

    st.header(_("Final results"))
    show_luck(history, of_all.contest, of_all.seeds)
    if asked_there := at_its_best.settings_of_sweep(asked):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_(at_its_best.MAY_CHANGE), width="content")
            link_to("sweep", **asked_there)
    if of_all.figures.says_one:
        st.markdown(of_all.figures.says_one)
    show_table(_("Final results"), setting_looks(history.experiment), of_all.figures.columns, "figures")
    show_exports(history)
