"""Make your own: the present view as a link in which some controls are locked or hidden, or as a mission."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from ui.compare.controls import Comparison
from ui.missions import words
from ui.missions.address import MOST_LETTERS, can_be_free, mission_of, params_of
from ui.missions.goal_words import goal
from ui.missions.goals import COSTS
from ui.missions.measures import MEASURES
from ui.missions.mission import Goal, Mission
from ui.missions.outcomes import networks
from ui.shell.address import Address
from ui.shell.copying import copy_button
from ui.shell.fixed import ALL, CHOOSE, EXCEPT, HIDE, LOCK
from ui.shell.language import N_, _, said
from ui.shell.page import PAGES
from ui.shell.plain import plain
from ui.shell.settings import SETTINGS

Query = Mapping[str, list[str]]
_BUTTON, _TITLE = N_("Make your own"), N_("Make your own link")
_ABOUT = N_(
    "The link opens the view that you see now. You choose what can be changed in it. Whoever opens the link is told, "
    "and can unlock everything."
)
_CONTROLS, _EXCEPT_THESE = N_("The controls are"), N_("Except these, which can be changed")
_ARE = {"": N_("free"), LOCK: N_("locked"), HIDE: N_("hidden")}
_COPY, _OPEN = N_("Copy this link"), N_("Open it")
_MISSION = N_("As a mission")
_ABOUT_MISSION = N_(
    "People answer your question before they see the networks. The right answer is not typed: it is computed from ten "
    "seeds of these networks."
)
_QUESTION, _MEASURE, _REASON = N_("Your question"), N_("What is measured"), N_("Why it comes out so (optional)")
_LATER, _FREE = N_("Controls that can be changed after the prediction"), N_("Controls that can be changed")
_BOUNDS, _BOUNDS_HELP = (
    N_("Where one answer ends and the next begins"),
    N_(
        "There is one network, so the answers are ranges of its value. Write one to three numbers with spaces between "
        "them, for instance 0.75 0.9."
    ),
)
_PEOPLE, _PREDICT, _REACH = N_("People"), N_("predict"), N_("reach a goal")
_GOAL, _GOAL_HELP = (
    N_("Goal"),
    N_("What the measured value has to be with each of five seeds: at most this number or, of an accuracy, at least."),
)
_COST = N_("With as few as possible of")
_ANSWERS = N_("Answers: {answers}.")
_NOT_YET = N_("There is no mission yet: {problem}.")
_NO_QUESTION = N_("Write a question: then the link is here.")
_NO_MISSION = N_("A mission needs data that are in its link. Your own table is not.")
_COPY_MISSION, _OPEN_MISSION = N_("Copy the link of the mission"), N_("Open the mission")


def make_your_own(address: Address, asked: Comparison) -> None:
    """A button that opens the form, for a view that a link can hold."""
    if not asked.is_opened and st.button(_(_BUTTON), key="make your own", icon=":material/school:"):
        has_data = asked.experiment.dataset.table is None or "points" in address.settings
        st.dialog(_(_TITLE), width="medium")(_form)(address.settings, address.here, has_data)


def fixed_query(settings: Query, word: str, free: Sequence[str]) -> dict[str, list[str]]:
    """The address of a view with these settings, in which all controls but the free ones are locked or hidden, as the
    word says; all are free without one."""
    if not word:
        return dict(settings)
    return {**settings, word: [ALL]} | ({EXCEPT: [",".join(free)]} if free else {})


def _form(settings: Query, keys: Sequence[str], has_data: bool) -> None:
    st.markdown(_(_ABOUT))
    with st.container(horizontal=True):
        word = st.segmented_control(
            _(_CONTROLS), list(_ARE), default="", format_func=lambda word: _(_ARE[word]), key="own word", required=True
        )
        choices, free = [key for key in keys if key in SETTINGS], []
        if word:
            free = _some_of(_(_EXCEPT_THESE), choices, "own free")
    _link("compare", fixed_query(settings, word, free), _COPY, _OPEN)
    st.subheader(_(_MISSION), anchor=False)
    if not has_data:
        st.info(_(_NO_MISSION))
        return
    st.markdown(_(_ABOUT_MISSION))
    try:
        mission = _mission(settings)
    except ValueError as error:
        st.info(_(_NOT_YET, problem=plain(said(error))))
        return
    if mission is None:
        st.caption(_(_NO_QUESTION))
        return
    st.markdown(
        goal(mission) if isinstance(mission.answers, Goal) else _(_ANSWERS, answers=" · ".join(words.answers(mission)))
    )
    _link("mission", params_of(mission), _COPY_MISSION, _OPEN_MISSION)


def _mission(settings: Query) -> Mission | None:
    """The mission that the form asks for, None while it has no question; raises `ValueError` for what is none."""
    view = mission_of({**settings, "question": ["-"], "bounds": ["0"]})
    question = st.text_input(_(_QUESTION), key="own question", max_chars=MOST_LETTERS)
    measure = st.selectbox(
        _(_MEASURE), list(MEASURES), format_func=lambda name: _(MEASURES[name].label), key="own measure"
    )
    asked = {"question": [question], "measure": [measure]}
    if len(networks(view)) == 1:
        asked |= _of_one_network()
    reason = st.text_area(_(_REASON), key="own reason", max_chars=MOST_LETTERS)
    label = _(_FREE if "goal" in asked else _LATER)
    free = _some_of(label, can_be_free(view.settings), "own later")
    return mission_of({**settings, **asked, "reason": [reason], "free": free}) if question.strip() else None


def _of_one_network() -> dict[str, list[str]]:
    """What is asked where there are no other networks to choose from: ranges, or a goal."""
    kinds = {"predict": _PREDICT, "reach": _REACH}
    kind = st.segmented_control(
        _(_PEOPLE), list(kinds), default="predict", format_func=lambda kind: _(kinds[kind]), key="own kind",
        required=True,
    )  # fmt: skip
    if kind == "predict":
        return {"bounds": st.text_input(_(_BOUNDS), key="own bounds", help=_(_BOUNDS_HELP), max_chars=60).split()}
    with st.container(horizontal=True):
        bound = st.text_input(_(_GOAL), key="own goal", help=_(_GOAL_HELP), max_chars=20, width=200)
        cost = st.selectbox(
            _(_COST), list(COSTS), format_func=lambda name: _(COSTS[name].noun), key="own cost", width=280
        )  # fmt: skip
    return {"goal": [bound or "?"], "cost": [cost]}


def _link(page: str, query: Query, copied: str, opens: str) -> None:
    base, path = (st.context.url or "").rstrip("/") + "/", "" if page == "compare" else page
    text = base + path + (f"?{urlencode(query, doseq=True)}" if query else "")
    with st.container(horizontal=True, vertical_alignment="center"):
        copy_button(_(copied), text, key=f"copy own {page}")
        st.page_link(PAGES[page].path, label=_(opens), icon=":material/open_in_new:", query_params=query)


def _some_of(label: str, keys: Sequence[str], key: str) -> list[str]:
    return st.multiselect(label, keys, format_func=_label, key=key, select_all=False, placeholder=_(CHOOSE))


def _label(key: str) -> str:
    return _(SETTINGS[key].label)
