"""Where the pages of a room are, as the browser that looks at one of them has it."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

JOIN, SCREEN, WORKSHOP = "join", "screen", "workshop"  # pages, as the address has them
ROOM, LEADER = "room", "leader"  # what is asked there: a room by its code, and its leader's secret
_OWN_MACHINE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}


def address_of(page: str, **asked: str) -> str:
    """The whole address of a page of a room."""
    return f"{_root()}/{page}" + (f"?{urlencode(asked)}" if asked else "")


def spoken(address: str) -> str:
    """An address as one reads it out: without the protocol and what is asked there."""
    return address.partition("://")[2].partition("?")[0]


def is_of_this_machine() -> bool:
    """Whether the browser knows the app by a name that no other machine has for it."""
    return urlsplit(_root()).hostname in _OWN_MACHINE


def _root() -> str:
    """The address of the app, as far as its pages' names."""
    url = (st.context.url or "").rstrip("/")
    head, _, last = url.rpartition("/")
    return head if last in (JOIN, SCREEN, WORKSHOP) else url
