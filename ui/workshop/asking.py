"""The leader's question: how far it is, who has answered what, and the buttons that go on from there."""

import streamlit as st

from classroom import Room, State, Votes
from ui.missions import words
from ui.missions.mission import Mission
from ui.missions.outcomes import cells, link_of
from ui.missions.tasks import goal
from ui.shell.language import N_, NN_, _, plural
from ui.shell.page import PAGES, STRIP
from ui.workshop import leading
from ui.workshop.inviting import ADMITS, JOINED, projected_page
from ui.workshop.outcome import show_outcome
from ui.workshop.plan import minutes, steps_of, title_of
from ui.workshop.questions import UNREADABLE, is_voted_on, readable
from ui.workshop.steps import ahead, back, name_of, shortcut, states
from ui.workshop.votes import show_votes

_BEFORE = N_("Before the first question")
_NUMBERED = N_("{number}. {title}")
_FIRST_STEPS = N_(
    "Open the projected page and move its window to the projector. It shows how to join. People can still join later."
)
_FIRST_STEPS_SHUT = N_(
    "Open the projected page and move its window to the projector. Nobody new can join now: *{control}* is off."
)
_PLACE = N_("Question {number} of {of}")
_SAY = N_("**After the result:** {words}")
_PAUSED = N_("The room is paused: nobody can answer.")
_WHY = N_("**Why:** {reason}")
_ANSWERED = N_("**{ready} of {people}** have answered")
_REACHED = N_("**{ready} of {people}** have reached the goal")
_STUCK = NN_(":orange-badge[{number} person needs help]", ":orange-badge[{number} people need help]")
_FREELY = N_("Everybody works freely: each answers all questions once, at their own speed.")
_LAST = N_("That was the last question. Download the report, then close the room.")


def show_question(secret: str, room: Room, votes: Votes | None, people: int) -> None:
    """The present question and its buttons; the invitation to begin, before the first one."""
    if room.paused:
        st.warning(_(_PAUSED), icon=":material/pause_circle:")
    if room.position is None:
        st.header(_(_BEFORE), anchor=False)
        st.markdown(_(_FIRST_STEPS) if room.admits else _(_FIRST_STEPS_SHUT, control=_(ADMITS)))
        projected_page(room)
        st.markdown(plural(*JOINED, people))
        _go_on(secret, room)
        return
    mission = readable(room.questions[room.position])
    if mission is None:
        st.error(_(UNREADABLE))
        _go_on(secret, room, voted=False)
        return
    voted = is_voted_on(mission)
    st.markdown(" · ".join(_place(room)) + "  \n" + _progress(room, voted))
    st.header(words.question(mission), anchor=False)
    if not voted:
        st.markdown(goal(mission))
    if not room.together:
        st.markdown(_(_FREELY))
    with st.container(horizontal=True, gap="medium"):
        st.markdown(_(_ANSWERED if voted else _REACHED, ready=votes.ready, people=votes.people), width="content")
        if votes.stuck:
            st.markdown(plural(*_STUCK, votes.stuck), width="content")
    _go_on(secret, room, voted, bool(votes.second))
    if room.state is State.REVEALED:
        _say_what_to_say(room, mission)
        if voted:
            page, query = link_of(mission, cell=cells(mission)[0])
            st.page_link(page, label=_("Open in Compare"), icon=PAGES["compare"].icon, query_params=query)
        show_outcome(room.code, room.position, mission)
        return
    if voted:
        show_votes(mission, votes)
    _say_what_to_say(room, mission)


def _say_what_to_say(room: Room, mission: Mission) -> None:
    """What a leader tells the room after the result: why it came out so, and what to ask next."""
    steps = steps_of(room.questions)
    told = [_(_SAY, words=_(steps[room.position].say))] if steps else []
    if reason := words.reason(mission):
        told.append(_(_WHY, reason=reason))
    if told:
        st.info("\n\n".join(told), icon=":material/record_voice_over:")


def _place(room: Room) -> list[str]:
    """Which question it is and, if a plan says so, for how long."""
    place = _(_PLACE, number=room.position + 1, of=len(room.questions))
    steps = steps_of(room.questions)
    return [place, minutes(steps[room.position])] if steps else [place]


def _progress(room: Room, voted: bool) -> str:
    """The states of a question in a row, the present one in colour."""
    return " ".join(
        f":{'blue' if state is room.state else 'gray'}-badge[{_(name_of(state, room, voted))}]"
        for state in states(room, voted)
    )


def _go_on(secret: str, room: Room, voted: bool = True, has_second: bool = False) -> None:
    """The one button for what comes next, and smaller ones for all else."""
    step = ahead(room, voted)
    if step is None:
        st.success(_(_LAST))
    else:
        with st.container(key="going on"):
            st.button(
                _(step.label), key=_key("ahead", room), type="primary", width="stretch",
                icon=":material/arrow_forward:", on_click=leading.go, args=[secret, room, step],
            )  # fmt: skip
    with st.container(horizontal=True, key=f"{STRIP} leader"):
        for name, other in (("back", back(room, voted, has_second)), ("shortcut", shortcut(room, voted))):
            if other:
                icon = ":material/arrow_back:" if name == "back" else ":material/visibility:"
                st.button(
                    _(other.label), key=_key(name, room), icon=icon, on_click=leading.go, args=[secret, room, other]
                )
        st.button(
            _("Continue") if room.paused else _("Pause"), key=f"pause {room.paused}",
            icon=":material/play_arrow:" if room.paused else ":material/pause:",
            on_click=leading.pause, args=[secret, not room.paused],
        )  # fmt: skip
        with st.popover(_("Another question"), icon=":material/list:"):
            _show_others(secret, room)


def _key(name: str, room: Room) -> str:
    """Another one in each state: a late click on a button that is gone is a click on nothing."""
    return f"{name} {room.position} {room.state}"


def _show_others(secret: str, room: Room) -> None:
    """A button for each question that is not the present one."""
    for place, text in enumerate(room.questions):
        st.button(
            _(_NUMBERED, number=place + 1, title=title_of(text)),
            key=f"question {place}", disabled=place == room.position, width="stretch",
            on_click=leading.go_to_question, args=[secret, place],
        )  # fmt: skip
