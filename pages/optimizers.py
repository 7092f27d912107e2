"""Optimizers: their paths on a surface, one step taken apart, and the same optimizers on a network."""

import streamlit as st

from core import Experiment
from core.lessons.decay import decay_or_penalty
from core.lessons.descent import descend
from core.lessons.minibatches import spread
from ui.charts.curves import TITLES, loss_chart
from ui.jobs import results
from ui.jobs.waiting import trained
from ui.lessons.lesson import PICTURE, formula, go_on, try_this, what_to_notice
from ui.lessons.optimizers import controls as lesson
from ui.lessons.optimizers import noise
from ui.lessons.optimizers import words as figures
from ui.lessons.optimizers.charts import heights_chart, heights_text, leaving_at_the_top, paths_chart, paths_text
from ui.lessons.optimizers.family import choose_optimizers
from ui.lessons.optimizers.step import one_step
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import REPLAY, open_page
from ui.shell.pointing import pointing
from ui.shell.replay import replay_bar

results.start_workers()
with open_page("optimizers"):
    address = Address("optimizers", beside=False)
    st.markdown(_(lesson.INTRODUCTION))
    start = st.container()
    settings = st.container()
    view = st.container()
    with view:
        with st.container(key=PICTURE):
            bar = st.container(key=REPLAY)
            picture = st.container()
        optimizers = choose_optimizers(address)
    with settings:
        asked = lesson.choose(address, optimizers)
        address.write()
    with start:
        try_this(address, lesson.TRIES)
    if not asked.optimizers:
        picture.info(_(lesson.NOTHING))
        st.stop()

    paths = results.computed(descend, asked.surface.name, asked.optimizers, asked.rates, asked.steps, asked.start)
    with bar:
        replay_bar(range(asked.steps + 1), key="bar", noun="Step")
    with picture:
        with st.container(key=lesson.PLOT, width="content", gap=None):
            st.vega_lite_chart(results.drawn(paths_chart, paths), width="content", alt=paths_text(paths))
            pointing(
                lesson.PLOT, asked.start, lesson.places(asked.surface), _(lesson.START), lesson.start_at, ["start"]
            )
        st.markdown(figures.reading(paths))
    with view:
        own = None
        if asked.rate is not None:
            own = results.computed(descend, asked.surface.name, asked.optimizers, None, asked.steps, asked.start)
        what_to_notice(*figures.notices(paths, own))
        st.vega_lite_chart(results.drawn(heights_chart, paths), alt=heights_text(paths))
        if too_high := leaving_at_the_top(paths):
            st.markdown(too_high)
    formula(rf"f(x, y) = {asked.surface.formula}", figures.about_surface(asked))

    st.header(_("The parts of one step"))
    one_step(address, asked)

    st.header(_("The same optimizers on a network"))
    history = trained(asked.experiment)
    if history is not None:
        st.markdown(figures.about_network(history))
        curves = results.drawn(loss_chart, history, "train_loss", True, asked.looks)
        st.vega_lite_chart(curves, alt=_(TITLES["train_loss"]))
        st.markdown(figures.winners(paths, history))
        watched = asked.optimizers.index("sgd") if "sgd" in asked.optimizers else 0
        seen = results.computed(spread, history, watched)
        st.markdown(noise.minibatches(asked.experiment, watched, seen))
        if {"adam", "adamw"} & {*asked.optimizers}:
            st.markdown(noise.decay(results.computed(decay_or_penalty, Experiment())))
    go_on("optimizers", lesson.compared(asked))
