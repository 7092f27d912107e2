"""How somebody comes into a room: by its code, once; then the browser remembers who they are."""

import streamlit as st

from classroom import Full, Member, NoRoom, Shut, TooMany, Unreachable
from classroom.limits import LIFE
from ui.jobs.rooms import rooms, source
from ui.shell.address import go_to
from ui.shell.language import N_, _
from ui.shell.page import BACK, BACK_ICON, IN_ROOM
from ui.shell.remembering import forget, keep, names_remembered, remember, remembered
from ui.workshop.addresses import ROOM

CODE = 5  # letters
MOST_ROOMS = 5  # to come back to
MOST_TYPED = 20  # letters of a code, with spaces between them
DAYS = LIFE.days
_SAID = "said while joining"  # key of the session's state

_INTRODUCTION = N_(
    "A room has a code of {letters} letters. The leader shows it. You need no account, and nobody asks for your name."
)
_KEPT = N_(
    "**What is stored.** Your browser keeps a random token as a cookie for {days} days, so that you stay the same "
    "person after a reload. The server keeps your two words, your answers and the results of your networks. All is "
    "deleted when the leader removes you or deletes the room, or {days} days after it was opened."
)
_REFUSED = N_(
    "Your browser does not keep cookies. Keep this page open: after a reload you would be a new person in the room."
)
_NO_CODE = N_("A code has {letters} letters from A to Z, without I and O.")
_NO_ROOM = N_("There is no room with this code. Compare it with the code that the leader shows.")
_GONE = N_(
    "You are no longer in this room. The room is deleted, or its leader has removed you. Rooms are deleted by their "
    "leader or after {days} days."
)
_SHUT = N_("The leader lets nobody new into this room. Ask the leader, or look at the screen of somebody beside you.")
_FULL = N_("This room is full. Look at the screen of somebody beside you, or ask the leader to open a second room.")
_TOO_MANY = N_("Too many wrong codes were tried. Wait ten minutes, then try again.")


def code_of(text: str) -> str | None:
    """The code of a room, however it was typed: in small letters, with spaces or hyphens; None if it cannot be one."""
    code = "".join(letter for letter in text[:MOST_TYPED].upper() if not (letter.isspace() or letter in "-."))
    return code if len(code) == CODE and code.isascii() and code.isalpha() else None


def entered() -> Member | None:
    """Who looks at this page, of which room; None while they have not joined, and the page then asks for it."""
    code = code_of(st.query_params.get(ROOM, ""))
    if code and (token := remembered(_name(code))):
        member = rooms().participant(token)
        if member and member.code == code:
            st.session_state[IN_ROOM] = code
            return member
        forget(_name(code))
        st.session_state.pop(IN_ROOM, None)
        st.session_state[_SAID] = _(_GONE, days=DAYS)
    _ask(code)
    return None


def token_of(member: Member) -> str:
    """What makes this browser that participant; it is remembered from now on."""
    token = remembered(_name(member.code))
    if not remember(_name(member.code), token, DAYS):
        st.warning(_(_REFUSED))
    return token


def say_what_is_stored() -> None:
    st.caption(_(_KEPT, days=DAYS))


def _ask(code: str | None) -> None:
    st.title(_("Join a room"), anchor=False)
    if sentence := st.session_state.pop(_SAID, None):
        st.warning(sentence)
    elif ROOM in st.query_params and code is None:
        st.warning(_(_NO_CODE, letters=CODE))
    for mine in _remembered():
        st.button(_(BACK, code=mine), key=f"back to {mine}", icon=BACK_ICON, on_click=go_to, args=[{ROOM: mine}])
    st.markdown(_(_INTRODUCTION, letters=CODE))
    with st.container(key="joining"), st.form("join", border=False):
        st.text_input(_("Code of the room"), value=code or "", max_chars=MOST_TYPED, key="code")
        st.form_submit_button(_("Join"), type="primary", width="stretch", on_click=_join)
    say_what_is_stored()


def _remembered() -> list[str]:
    """The codes of the rooms that this browser is in."""
    names = names_remembered(_name(""))[:MOST_ROOMS]
    codes = filter(None, (code_of(name.removeprefix(_name(""))) for name in names))
    there = {code: rooms().participant(remembered(_name(code)) or "") for code in codes}
    return [code for code, member in there.items() if member and member.code == code]


def _join() -> None:
    code = code_of(st.session_state["code"])
    if code is None:
        st.session_state[_SAID] = _(_NO_CODE, letters=CODE)
        return
    try:
        token = remembered(_name(code))  # of a second tap, and of who comes back without the code in the address
        member = rooms().participant(token) if token else None
        if member is None or member.code != code:
            token = rooms().join(code, source()).token
    except NoRoom:
        st.session_state[_SAID] = _(_NO_ROOM)
    except Full:
        st.session_state[_SAID] = _(_FULL)
    except Shut:
        st.session_state[_SAID] = _(_SHUT)
    except TooMany:
        st.session_state[_SAID] = _(_TOO_MANY)
    except Unreachable:  # as the page says
        pass
    else:
        go_to({ROOM: code})
        keep(_name(code), token)


def _name(code: str) -> str:
    return f"room_{code}"
