"""What a room sees on the wall: how to come in, the question, and the result once it is revealed.

Nothing here asks for more than everybody may see: the store gives no votes and no results before they are revealed.
"""

from pathlib import Path

import streamlit as st

from classroom import NoRoom, Room, State, TooMany
from ui.jobs.rooms import rooms, source
from ui.missions import tasks, words
from ui.missions.card import show_points
from ui.missions.mission import Mission, Scale
from ui.shell.language import N_, _, plural
from ui.shell.numbers import exact
from ui.workshop.addresses import JOIN, ROOM, address_for_others, spoken
from ui.workshop.fitting import sizes
from ui.workshop.inviting import JOINED
from ui.workshop.live import follow, follow_leader
from ui.workshop.outcome import show_outcome
from ui.workshop.qr import qr_picture
from ui.workshop.questions import UNREADABLE, is_voted_on, readable
from ui.workshop.steps import name_of

_STYLE = f"<style>{(Path(__file__).parent / 'projected.css').read_text()}</style>"
_SHOWN = "room on the projected page"  # key of the session's state
_JOIN = N_("Join the workshop")
_AT = N_("Open **{address}** and enter")
_QR = N_("QR code of the address {address}")
_SHUT = N_("Nobody new can join now.")
_COME_BACK = N_("If you are in the room already, open your link again in the same browser.")
_ANSWERED = N_("**{ready} of {people}** have answered")
_REACHED = N_("**{ready} of {people}** have reached the goal")
_STATES = {
    State.OPEN: N_("What do you predict? Answer on your own."),
    State.CLOSED: N_("Discuss it: find somebody with another answer, and convince them."),
    State.SECOND: N_("Answer again. You may change your mind."),
}
_TASK = N_("Try it on your phone, as often as you like. Speed earns nothing.")
_PAUSED = N_("The workshop is paused.")
_SCALE = N_("A number from {low} to {high}")
_NO_ROOM = N_("There is no room with this code.")
_TOO_MANY = N_("Too many wrong codes were tried. Wait ten minutes, then try again.")
_OVER = N_("The workshop is over. The room and everything in it are deleted.")


def room_to_show() -> Room | None:
    """The room of the page's address; None, and the page says why and asks for a code, if there is none."""
    code = st.query_params.get(ROOM, "")
    problem = ""
    if code:
        try:
            if st.session_state.get(_SHOWN) != code:  # whoever has seen the room does not guess
                rooms().check(code, source())
            found = rooms().room(code)
            st.session_state[_SHOWN] = code
            return found
        except NoRoom:
            problem = _OVER if st.session_state.get(_SHOWN) == code else _NO_ROOM
        except TooMany:
            problem = _TOO_MANY
    _ask_for_code(problem)
    return None


def _ask_for_code(problem: str) -> None:
    st.title(_("Show a workshop"))
    if problem:
        st.info(_(problem))
    with st.form("room to show", border=False):
        st.text_input(_("Code of the room"), key="code to show", max_chars=20)
        st.form_submit_button(_("Show"), type="primary", on_click=_show_code)


def _show_code() -> None:
    st.query_params[ROOM] = st.session_state["code to show"].strip()


def show(room: Room) -> None:
    """All of the page; raises `NoRoom` if the room is closed meanwhile."""
    st.html(_STYLE)
    with st.container(key="projected", gap=None):
        if room.position is None:
            _show_invitation(room)
            return
        mission = readable(room.questions[room.position])
        _show_bar(room, mission is not None and is_voted_on(mission))
        if mission is None:
            st.title(_(UNREADABLE), anchor=False)
            return
        st.title(words.question(mission), anchor=False)
        if room.state is State.REVEALED:
            if not is_voted_on(mission):
                st.markdown(tasks.goal(mission))
            show_outcome(room.code, room.position, mission, large=True)
        else:
            _show_question(room, mission)


def follow_room(room: Room) -> None:
    """Looks for news: of a result, which follows its own news, those of the leader only."""
    if room.position is not None and room.state is State.REVEALED:
        follow_leader(room, room.position)
    else:
        follow(room.code, room.version)


def _show_invitation(room: Room) -> None:
    """The room's code, the QR code and the address, as large as they can be; of a room that lets nobody new in, who can
    come back."""
    joined = plural(*JOINED, len(rooms().participants(room.code)))
    if not room.admits:
        with st.container(key="invitation"), st.container(key="invitation-words", gap=None):
            st.title(_(_SHUT), anchor=False)
            st.markdown(_(_COME_BACK))
            st.markdown(joined)
        return
    address = address_for_others(JOIN, **{ROOM: room.code})
    with st.container(key="invitation", horizontal=True, vertical_alignment="center"):
        with st.container(key="invitation-qr", width="content"):
            st.markdown(f"![{_(_QR, address=address)}]({qr_picture(address)})")
        with st.container(key="invitation-words", width="content", gap=None):
            st.title(_(_JOIN), anchor=False)
            st.markdown(_(_AT, address=spoken(address)))
            with st.container(key="invitation-code"):
                st.markdown(room.code)
            st.markdown(joined)


def _show_bar(room: Room, voted: bool) -> None:
    """The state of the question, and how to come in for who is late."""
    with st.container(key="projected-bar", horizontal=True, horizontal_alignment="distribute"):
        with st.container(key="projected-state", width="content"):
            st.markdown(_(name_of(room.state, room, voted)))
        how_to_join = f"{spoken(address_for_others(JOIN))} · **{room.code}**" if room.admits else _(_SHUT)
        st.markdown(how_to_join, width="content")


def _show_question(room: Room, mission: Mission) -> None:
    """What it is about, the answers that there are, and how many have given one."""
    view, answers = words.view(mission), words.answers(mission)
    fitting = sizes(words.question(mission), view, answers)
    variables = "; ".join(f"--{name}: {round(size, 4)}" for name, size in fitting.items())
    st.html(f"<style>.st-key-projected {{ {variables} }}</style>")
    with st.container(key="projected-view"):
        st.markdown(view)
    with st.container(key="projected-question"):
        left, right = st.columns([3, 2], gap="large")
        with left:
            _show_answers(mission, answers)
        with right, st.container(key="projected-points"):
            show_points(mission)
    with st.container(key="projected-foot", gap=None):
        with st.container(key="projected-turnout", horizontal=True, horizontal_alignment="distribute"):
            st.markdown(_(_PAUSED if room.paused else _to_do(room, mission)), width="content")
            if room.state is State.CLOSED:
                return
            ready, people = rooms().turnout(room.code, room.position)
            told = _(_ANSWERED if is_voted_on(mission) else _REACHED, ready=ready, people=people)
            st.markdown(told, width="content")
        st.progress(ready / people if people else 0.0)


def _show_answers(mission: Mission, answers: tuple[str, ...]) -> None:
    """The answers in their order, or what there is to reach."""
    with st.container(key="projected-answers"):
        if not is_voted_on(mission):
            st.markdown(tasks.goal(mission))
        elif isinstance(mission.answers, Scale):
            scale = mission.answers
            st.markdown(_(_SCALE, low=exact(scale.low), high=exact(scale.high)))
        for place, answer in enumerate(answers):
            with st.container(border=True, key=f"projected-answer-{place}"):
                st.markdown(answer)


def _to_do(room: Room, mission: Mission) -> str:
    return _STATES[room.state] if is_voted_on(mission) else _TASK
