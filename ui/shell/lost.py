"""A session that was lost: the server was started anew, or the line was cut for longer than Streamlit waits.

The browser comes back with a new session, and sends along what its widgets stood at.  The first run takes the settings
from the address, as it does for everybody; then the page runs again with what the browser has sent, as if that had just
been changed.  So nothing that a person has set is undone, and what was pressed is done.  Files are gone with their
session, though the browser still shows their names: the page asks for them again.
"""

import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

_FILES = "files of the lost session"  # key of the session's state: the uploaders that had them


def sent_along() -> WidgetStates | None:
    """What the widgets of a browser stood at that comes from another session; to be asked in a session's first run,
    before its first widget."""
    context = get_script_run_ctx()
    if context is None or not (states := context.session_state.get_widget_states()):
        return None
    uploaders = [state for state in states if state.file_uploader_state_value.uploaded_file_info]
    st.session_state[_FILES] = {user_key_from_element_id(state.id) for state in uploaders}
    return WidgetStates(widgets=states)


def run_with(states: WidgetStates) -> None:
    """Ends this run, and begins another one as if the browser had just sent these states of its widgets."""
    context = get_script_run_ctx()
    raise RerunException(
        RerunData(
            query_string=context.query_string, widget_states=states, page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes, context_info=context.context_info,
        )
    )  # fmt: skip


def is_file_lost(uploader: str) -> bool:
    """Whether the uploader of that key shows a file that the server no longer has."""
    lost = st.session_state.get(_FILES, set())
    if st.session_state.get(uploader) is not None:
        lost.discard(uploader)
    return uploader in lost
