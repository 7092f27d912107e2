"""Where the pages of a room are, as the browser that looks at one of them has it."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.net_util import get_internal_ip

JOIN, SCREEN, WORKSHOP = "join", "screen", "workshop"  # pages, as the address has them
ROOM, LEADER = "room", "leader"  # what is asked there: a room by its code, and its leader's secret
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")  # names that each computer has for itself


def address_of(page: str, **asked: str) -> str:
    """The whole address of a page of a room."""
    return _page(_root(), page, asked)


def address_for_others(page: str, **asked: str) -> str:
    """The same for another computer or phone.  Where this browser knows the app by a name that each computer has for
    itself, it has this one's address in the network."""
    root = urlsplit(_root())
    if root.hostname in _OWN_MACHINE and (address := get_internal_ip()):
        port = f":{root.port}" if root.port else ""
        root = root._replace(netloc=f"{address}{port}")
    return _page(urlunsplit(root), page, asked)


def is_from_this_computer() -> bool:
    """Whether the browser runs on the server, so that the address for others is a guess."""
    return urlsplit(_root()).hostname in _OWN_MACHINE


def spoken(address: str) -> str:
    """An address as one reads it out: without the protocol and what is asked there."""
    return address.partition("://")[2].partition("?")[0]


def _root() -> str:
    """The address of the app, as far as its pages' names."""
    url = (st.context.url or "").rstrip("/")
    head, _, last = url.rpartition("/")
    return head if last in (JOIN, SCREEN, WORKSHOP) else url


def _page(root: str, page: str, asked: dict[str, str]) -> str:
    return f"{root}/{page}" + (f"?{urlencode(asked)}" if asked else "")
