"""Missions: a question about small networks, a prediction, and then what happened, and why."""

from functools import partial

import streamlit as st

from ui.jobs import results
from ui.missions import outcome_page as outcome
from ui.missions.asked import SUBJECT, asked_mission, change, keep_changes
from ui.missions.card import ask, show_data, show_question
from ui.missions.listing import go_on, show_missions
from ui.missions.mission import ByHand, Goal
from ui.missions.predictions import predict, predict_again, prediction
from ui.missions.tasks import choose_attempt, goal, show_attempt
from ui.shell.address import Address
from ui.shell.language import _
from ui.shell.page import open_page

results.start_workers()
with open_page("mission", subject=SUBJECT):
    address, wrong = Address("mission", beside=False), st.container()
    with wrong:
        mission = asked_mission(address)
    if mission is None:
        address.write()
        show_missions()
        st.stop()

    show_question(mission)
    if isinstance(mission.answers, Goal | ByHand):
        st.markdown(goal(mission))
        asked = choose_attempt(address, mission)
        with wrong:
            address.write()
        if show_attempt(mission, asked):
            outcome.explain(mission, mission)
        go_on(mission)
        st.stop()
    predicted = prediction(mission)
    if predicted is None:
        keep_changes(address, mission)
        with wrong:
            address.write()
        outcome.begin_training(mission)
        left, right = st.columns((3, 2), gap="large")
        with left:
            ask(mission, "answer", partial(predict, mission))
        with right:
            show_data(mission)
        go_on(mission)
        st.stop()

    first, again = st.container(), st.container()
    shown = change(address, mission)
    with wrong:
        address.write()
    with first:
        found = outcome.histories(mission)
        if found is None:
            st.stop()
        outcome.show_outcome(mission, predicted, found)
    again.button(
        _("Predict again"), key="predict again", type="tertiary", icon=":material/undo:", on_click=predict_again,
        args=[mission],
    )  # fmt: skip
    if shown is not mission:
        found = outcome.histories(shown)
        if found is None:
            st.stop()
    outcome.show_view(shown, predicted, found, is_changed=shown is not mission)
    outcome.explain(mission, shown)
    go_on(mission)
