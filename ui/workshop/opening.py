"""The leader's page while there is no room: what a workshop is, which questions it has, and how to come back to one."""

from urllib.parse import parse_qs, urlsplit

import streamlit as st

from classroom.limits import LIFE, QUESTIONS, UNUSED
from core.notes import Note
from ui.jobs.rooms import rooms
from ui.missions import words
from ui.missions.card import show_points
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES
from ui.shell.address import Address
from ui.shell.fixed import CHOOSE
from ui.shell.language import N_, _, said
from ui.shell.page import JOIN
from ui.shell.plain import plain
from ui.shell.readers import one_of, some_of
from ui.workshop import leading
from ui.workshop.addresses import LEADER, WORKSHOP, address_of
from ui.workshop.plan import questions_of, show_plan
from ui.workshop.questions import mission_in, text_in_link, text_of

OWN = "own"  # the plan of somebody who chooses one by one
_PLAN, _MISSIONS, _LINKS, _SECRET_LINK = "plan", "missions", "own links", "secret link"  # keys of the controls
MOST_LETTERS = 40_000  # of links of own missions
_SHORTEST = next(iter(SEQUENCES))

_INTRODUCTION = N_(
    "In a workshop, everybody answers a question, discusses it, and answers again. Then each person trains the same "
    "networks from a seed of their own, and all see what the class finds together."
)
_OWN_CHOICE = N_("Questions of your choice")
_LINK_HELP = N_(
    "On the page Compare, “Make your own” gives you the link of a question of yours. One link in each line."
)
_NOT_READ = N_("Line {line} is no link of a mission: {problem}.")
_ALL = N_("All questions")
_NONE = N_("Choose at least one question.")
_FIRST = N_("**The first question:** {question}")
_MANY = N_("A room has at most {most} questions; these are {number}.")
_STORED = N_(
    "**What is stored.** The server keeps the questions, two made-up words for each person, their answers and results. "
    "All is deleted when you close the room, or {days} days after it was opened. A room that nobody has joined, and "
    "whose first question was not opened, is deleted after {unused} days. Your browser keeps the room's secret as a "
    "cookie."
)
_TEMPORARY = N_("This server keeps rooms only until it is stopped. Whoever runs it can give it a place to keep them.")


def keep_settings(address: Address) -> None:
    """The address's settings of this page, whether or not their controls are shown."""
    address.later(_PLAN, _SHORTEST, one_of(Note("plan"), [*SEQUENCES, OWN]))
    address.later(_MISSIONS, [], some_of(one_of(Note("mission"), MISSIONS)))


def show_opening() -> None:
    """Asks for the questions, and opens a room with them."""
    st.markdown(_(_INTRODUCTION))
    st.page_link(JOIN, label=_("Join a room that somebody else has opened"), icon=":material/login:")
    leading.say_notice(st.info)
    if rooms().temporary:
        st.warning(_(_TEMPORARY))
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.radio(_("Plan"), [*SEQUENCES, OWN], key=_PLAN, format_func=_name_of_plan)
        own = st.session_state[_PLAN] == OWN
        questions, problems = _chosen() if own else (questions_of(st.session_state[_PLAN]), [])
        for problem in problems:
            st.error(problem)
        st.button(
            _("Open a room"), key="open a room", type="primary", icon=":material/meeting_room:",
            on_click=leading.open_room, args=[questions], disabled=not questions or bool(problems),
        )  # fmt: skip
    with right, st.container(border=True):
        _show_questions(questions)
    _ask_for_secret()
    st.caption(_(_STORED, days=LIFE.days, unused=UNUSED.days))


def _show_questions(questions: list[str]) -> None:
    """What the room will be asked, with the data of the first question."""
    if not questions:
        st.markdown(_(_NONE))
        return
    first = mission_in(questions[0])
    show_points(first)
    st.markdown(_(_FIRST, question=words.question(first)))
    st.markdown(f"**{_(_ALL)}**")
    show_plan(questions)


def _name_of_plan(plan: str) -> str:
    return _(_OWN_CHOICE) if plan == OWN else _(SEQUENCES[plan].title)


def _chosen() -> tuple[list[str], list[str]]:
    """The questions that were chosen one by one, and what is wrong with some."""
    chosen = st.multiselect(
        _("Missions"), list(MISSIONS), key=_MISSIONS, placeholder=_(CHOOSE),
        format_func=lambda name: words.title(MISSIONS[name]),
    )  # fmt: skip
    links = st.text_area(
        _("Links of your own missions"), key=_LINKS, max_chars=MOST_LETTERS, help=_(_LINK_HELP), height=80,
        persist_state="session",  # the box is not there with another plan or page
    )  # fmt: skip
    questions, problems = [text_of(MISSIONS[name]) for name in chosen], []
    for line, link in enumerate(links.splitlines(), start=1):
        if link.strip():
            try:
                questions.append(text_in_link(link))
            except ValueError as error:
                problems.append(_(_NOT_READ, line=line, problem=plain(said(error))))
    most = QUESTIONS[1]
    if len(questions) > most:
        problems.append(_(_MANY, most=most, number=len(questions)))
    return questions, problems[:5]


def _ask_for_secret() -> None:
    with st.expander(_("Come back to your room")), st.form("coming back", border=False):
        st.text_input(
            _("Secret link"), key=_SECRET_LINK, type="password", max_chars=500,
            placeholder=address_of(WORKSHOP, **{LEADER: "…"}),
        )  # fmt: skip
        st.form_submit_button(_("Come back"), on_click=_come_back)


def _come_back() -> None:
    """By the secret link, or by the secret in it alone."""
    text = st.session_state[_SECRET_LINK].strip()
    asked = parse_qs(urlsplit(text).query).get(LEADER, [text])
    leading.come_back(asked[-1])
