"""Boxes of choices keep what is chosen when the page is said in another language.

Streamlit and its browser know a choice by the text that it has on screen.  After a change of language, the browser
would show the text of before and send it, and the page would take it for none of its choices.
"""

from collections.abc import Callable, Iterable

import streamlit as st

from ui.shell.language import spoken

BOXES = (st.selectbox, st.multiselect, st.segmented_control, st.pills, st.radio, st.select_slider)
_CHOSEN = "what was chosen"  # key of the session's state: by keys of boxes, the language and the value


def choose(box: Callable, label: str, choices: Iterable, *, key: str, **options):
    """One of `BOXES`, with its value.  Where it speaks another language than before, the browser is told its value
    anew; where the browser has sent a text of another language meanwhile, what was chosen before stays."""
    choices, chosen = list(choices), st.session_state.setdefault(_CHOSEN, {})
    if key in st.session_state and key in chosen:
        value, (language, before) = st.session_state[key], chosen[key]
        if not options.get("accept_new_options") and not _are(value, choices) and _are(before, choices):
            st.session_state[key] = before
        elif language != spoken():
            st.session_state[key] = value
    value = box(label, choices, key=key, **options)
    chosen[key] = spoken(), value
    return value


def _are(value: object, choices: list) -> bool:
    """Whether a value, or each of a list, can be chosen; no choice can."""
    return all(each is None or each in choices for each in (value if isinstance(value, list | tuple) else [value]))
