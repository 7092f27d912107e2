"""Which language a session speaks: what its link or the switch in its sidebar says, else its browser's.

    ?lang=ko

Every page asks for it before its first text (`begin`).  It stays when another page is opened, and the links between
pages carry it, so that a link in a new window speaks it too.
"""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.notes import Note
from core.registry import unknown
from ui.shell import language
from ui.shell.language import LANGUAGES, N_, _, ask_for_language, said, speak

LANG = "lang"  # in the address
_CHOSEN = "language that was chosen"  # key of the session's state; absent: the browser's
_PAGE = "page whose address has said the language"  # key of the session's state
_SWITCH = "language"
_LANGUAGE = N_("Language")


def begin() -> None:
    """Has this run of a page speak the session's language; if the page was opened or gone back to, the address's, if
    that names one.  In between, a browser may send the address of before, as a part of a page that looks again does
    while somebody switches the language."""
    context = get_script_run_ctx()
    page = context and context.page_script_hash
    if st.session_state.get(_PAGE) != page or pressed_back():
        asked = st.query_params.get(LANG)
        if asked in LANGUAGES:
            st.session_state[_CHOSEN] = asked
    st.session_state[_PAGE] = page
    speak(of_session())


def pressed_back() -> bool:
    """Whether this run was caused by the browser's Back or Forward, which change the address and nothing else."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def of_session() -> str:
    """The code of the language that this session speaks."""
    chosen = st.session_state.get(_CHOSEN)
    return chosen or _of_browser(st.context.locale)


def of_speaking() -> dict[str, list[str]]:
    """What the address has because a language was chosen, for links to pages that shall speak it too."""
    chosen = st.session_state.get(_CHOSEN)
    return {LANG: [chosen]} if chosen else {}


def problem_of(texts: Sequence[str]) -> str | None:
    """What is wrong with the language that an address names."""
    return None if texts[-1] in LANGUAGES else said(unknown(Note("language"), texts[-1], LANGUAGES))


def choose_language() -> None:
    """The switch between the languages, each by its own name; all else on the page stays as it is."""
    st.session_state[_SWITCH] = of_session()
    st.segmented_control(
        _(_LANGUAGE), list(LANGUAGES), format_func=LANGUAGES.get, key=_SWITCH, on_change=_choose,
        label_visibility="collapsed", required=True,
    )  # fmt: skip


def _choose() -> None:
    st.session_state[_CHOSEN] = st.session_state[_SWITCH]
    st.query_params[LANG] = st.session_state[_CHOSEN]


def _of_browser(locale: str | None) -> str:
    code = (locale or "").replace("_", "-").partition("-")[0].lower()
    return code if code in LANGUAGES else language.USUAL


ask_for_language(of_session)
