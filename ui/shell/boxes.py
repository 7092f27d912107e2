"""Boxes of choices keep what is chosen when it has another text, as in another language.

Streamlit and its browser know a choice by the text that it has on screen.  After a change of language, the browser
would show the text of before and send it, and the page would take it for none of its choices.
"""

from collections.abc import Callable, Iterable

import streamlit as st

BOXES = (st.selectbox, st.multiselect, st.segmented_control, st.pills, st.radio, st.select_slider)
_CHOSEN = "what was chosen"  # key of the session's state: by keys of boxes, the value and its texts


def choose(box: Callable, label: str, choices: Iterable, *, key: str, **options):
    """One of `BOXES`, with its value.  Where that has another text than before, the browser is told it anew; where the
    browser has sent a text of before meanwhile, what was chosen stays."""
    choices, chosen = list(choices), st.session_state.setdefault(_CHOSEN, {})
    is_typed, say = options.get("accept_new_options"), options.get("format_func", str)

    def texts(value: object) -> list[str]:
        return [say(each) for each in _each(value) if is_typed or each in choices]

    if key in st.session_state and key in chosen:
        value, (before, said) = st.session_state[key], chosen[key]
        if not is_typed and not _are(value, choices) and _are(before, choices):
            st.session_state[key] = before
        elif texts(before) != said:
            st.session_state[key] = value
    value = box(label, choices, key=key, **options)
    chosen[key] = value, texts(value)
    return value


def _are(value: object, choices: list) -> bool:
    """Whether a value, or each of a list, is one of the choices, or None: that nothing is chosen."""
    return all(each is None or each in choices for each in _each(value))


def _each(value: object) -> list:
    return list(value) if isinstance(value, list | tuple) else [value]
