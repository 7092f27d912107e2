"""An error that nobody foresaw: a sentence and a number for whoever sees it, the rest for the log."""

import logging
from uuid import uuid4

import streamlit as st

from ui.shell.language import _
from ui.shell.undisturbed import undisturbed

_log = logging.getLogger(__name__)


def number_of(error: Exception) -> str:
    """A number for this error, under which all of it stands in the log."""
    number = uuid4().hex[:8]
    _log.error("error number %s", number, exc_info=error)
    return number


def show_failure(error: Exception) -> bool:
    """Says on the page that a script ended in this error; for `on_script_error` of Streamlit's `App`."""
    undisturbed.speak()
    st.error(
        _(
            "**Something went wrong here.** Your settings are kept in the address. Reload the page to try again. "
            "Error number: {number}",
            number=number_of(error),
        )
    )
    return True  # Streamlit need not show it too
