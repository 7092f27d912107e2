"""What every lesson has: buttons to try something, what to notice, a formula beside its number, and where to go on.

with open_page("nonlinearity"):
    address = Address("nonlinearity", beside=False)
    with opening(address, INTRODUCTION, TRIES):
        asked = controls(address)
    with st.container(key=PICTURE):
        ...  # the first picture, with its replay bar
    what_to_notice(...)
    formula(r"...", "...")
    go_on("nonlinearity", {...})
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from ui.shell.address import Address, go_to, of_all_pages
from ui.shell.language import N_, _
from ui.shell.page import LESSONS, PAGES, STRIP
from ui.shell.readers import texts
from ui.shell.settings import query

# The container of this key stands beside the controls above it on a phone held sideways, and stays in sight there.
PICTURE = "picture"
_INVITATION = N_("**Try this:**")
_NOTICE = N_("**What to notice**")
_NEXT = N_("Next: {question}")
_AGAIN = N_("Back to the start: {question}")
_COMPARE = N_("Compare such networks")


@dataclass(frozen=True)
class Try:
    """`settings` are the controls, by key, that differ from their defaults; `notice` says what there is to see then."""

    label: str
    settings: dict[str, object]
    notice: str


@contextmanager
def opening(address: Address, introduction: str, tries: tuple[Try, ...]) -> Iterator[None]:
    """Around the page's controls: above them the introduction and the buttons to try, after them the address."""
    st.markdown(introduction)
    start = st.container()
    yield
    address.write()
    with start:
        try_this(address, tries)


def try_this(address: Address, tries: tuple[Try, ...]) -> None:
    """A button for each, and what there is to see at the one that the controls stand at, however they came there.

    To be called after the page's last control, in a container above the first."""
    settings = {key: value for key, value in address.settings.items() if key not in address.keys_apart}
    at = next((each for each in tries if _settings(each) == settings), None)
    offered = {number: each for number, each in enumerate(tries) if address.allows(_settings(each))}
    if not offered:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"{STRIP} tries"):
        st.markdown(_(_INVITATION), width="content")
        for number, each in offered.items():
            kind = "primary" if each is at else "secondary"
            st.button(_(each.label), key=f"try {number}", type=kind, on_click=go_to, args=[each.settings])
    if at:
        st.info(_(at.notice), icon=":material/visibility:")


def what_to_notice(*lines: str) -> None:
    """At most three."""
    st.markdown(f"{_(_NOTICE)}\n\n" + "\n".join(f"* {line}" for line in lines))


def formula(latex: str, words: str) -> None:
    """The formula, and beside it the same with the numbers of what is on screen."""
    with st.container(border=True):
        left, right = st.columns(2, vertical_alignment="center")
        left.latex(latex)
        right.markdown(words)


def go_on(name: str, settings: Mapping[str, object] | None = None) -> None:
    """Links to the next page of the menu and to Compare, there with these settings, by the keys of its controls.  A
    page after one that is presented is presented too."""
    following = PAGES[[*LESSONS, "compare"][LESSONS.index(name) + 1]]
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if settings is not None:
            compare = PAGES["compare"]
            st.page_link(
                compare.path, label=_(_COMPARE), icon=compare.icon, query_params=query(settings) | of_all_pages()
            )
        sentence = _AGAIN if following is PAGES["compare"] else _NEXT
        st.page_link(
            following.path, label=_(sentence, question=_(following.question)), icon=":material/arrow_forward:",
            icon_position="right", query_params=of_all_pages(),
        )  # fmt: skip


def _settings(each: Try) -> dict[str, list[str]]:
    return {key: texts(value) for key, value in each.settings.items()}
