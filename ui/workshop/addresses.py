"""Where the pages of a room are, as the browser that looks at one of them has it."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from ui.shell.page import PAGES

ROOM, LEADER = "room", "leader"  # names in the address: of a room's code, and of its leader's secret
_OWN_MACHINE = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}


def address_of(page: str, **settings: str) -> str:
    """The whole address of a page of `PAGES`, there with these settings."""
    asked = f"?{urlencode(settings)}" if settings else ""
    return f"{_root()}/{_name(page)}{asked}"


def spoken(address: str) -> str:
    """An address as one reads it out: without the protocol and what is asked there."""
    return address.partition("://")[2].partition("?")[0]


def is_of_this_machine() -> bool:
    """Whether the browser knows the app by a name that no other machine has for it."""
    return urlsplit(_root()).hostname in _OWN_MACHINE


def _root() -> str:
    url = (st.context.url or "").rstrip("/")
    head, _, last = url.rpartition("/")
    return head if last in {_name(page) for page in PAGES} else url


def _name(page: str) -> str:
    return PAGES[page].path.removeprefix("pages/").removesuffix(".py").replace("app", "")
