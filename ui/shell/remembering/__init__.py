"""A few words that a browser keeps for the app, as cookies: who somebody is in a room, until they come back.

    keep("room_ABCDE", token)  # in a callback, which draws nothing
    token = remembered("room_ABCDE")
    is_kept = remember("room_ABCDE", token, days=30)  # in every run of the page

Where the browser refuses cookies, the session alone remembers: until the page is reloaded.
"""

import re
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit import runtime

_NAME = re.compile(r"[A-Za-z0-9_]{1,60}")
_VALUE = re.compile(r"[A-Za-z0-9_-]{1,200}")
_PREFIX = "activation_lab_"
_OF_SESSION = "remembered: "  # before a name: key of the session's state
_DAY = 24 * 60 * 60

_cookie = st.components.v2.component(
    "activation_lab_remembering", js=(Path(__file__).parent / "remembering.js").read_text()
)


def keep(name: str, value: str) -> None:
    """Has the session remember it: the next run of a page is to have the browser do so.  Raises `ValueError` for what
    cannot stand in a cookie as it is."""
    if not _VALUE.fullmatch(value):
        raise ValueError("only letters, digits, - and _ can be remembered")
    st.session_state[_OF_SESSION + name] = value


def remember(name: str, value: str, days: int) -> bool:
    """Has the session keep that value, and the browser for so many days from now; whether it does, as far as it has
    said.  To be called in every run of a page."""
    keep(name, value)
    return _set(name, value, days * _DAY)


def remembered(name: str) -> str | None:
    """What this session or else the browser remembers under that name; it may be anything that somebody made up."""
    if _OF_SESSION + name in st.session_state:
        return st.session_state[_OF_SESSION + name]
    value = _cookies().get(_PREFIX + name)
    return value if isinstance(value, str) and _VALUE.fullmatch(value) else None  # a test's runtime gives no text


def names_remembered(prefix: str) -> list[str]:
    """The names that begin so, under which this session or the browser may remember something."""
    of_session = [key.removeprefix(_OF_SESSION) for key in map(str, st.session_state) if key.startswith(_OF_SESSION)]
    of_browser = [name.removeprefix(_PREFIX) for name in _cookies() if name.startswith(_PREFIX)]
    return sorted({name for name in (*of_session, *of_browser) if name.startswith(prefix)})


def forget(name: str) -> None:
    """Has the session and the browser forget it.  To be called in every run of a page, until something else is
    remembered."""
    st.session_state[_OF_SESSION + name] = None
    _set(name, "", 0)


def _cookies() -> Mapping[str, str]:
    """Those that came with this session's connection."""
    return st.context.cookies if runtime.exists() else {}


def _set(name: str, value: str, seconds: int) -> bool:
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a cookie")
    said = _cookie(
        key=f"remembering {name}", height=1, on_refused_change=lambda: None,
        data={"name": _PREFIX + name, "value": value, "seconds": seconds},
    )  # fmt: skip
    return not said.refused
