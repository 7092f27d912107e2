"""A session that was lost: the server was started anew, or the line was cut for longer than Streamlit waits.

The browser comes back with a new session, and sends along what its widgets stood at.  The first run takes the settings
from the address, as it does for everybody; then the page runs again with what the browser has sent, as if that had just
been changed.  So nothing that a person has set is undone, and what was pressed is done.  Files are gone with their
session, though the browser still shows their names: see `ui.shell.uploads`.
"""

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException, get_script_run_ctx


def sent_along() -> WidgetStates | None:
    """What the widgets of a browser stood at that comes from another session; to be asked in a session's first run,
    before its first widget."""
    context = get_script_run_ctx()
    states = context.session_state.get_widget_states() if context else []
    return WidgetStates(widgets=states) if states else None


def run_with(states: WidgetStates) -> None:
    """Ends this run, and begins another one as if the browser had just sent these states of its widgets."""
    context = get_script_run_ctx()
    raise RerunException(
        RerunData(
            query_string=context.query_string, widget_states=states, page_script_hash=context.page_script_hash,
            cached_message_hashes=context.cached_message_hashes, context_info=context.context_info,
        )
    )  # fmt: skip
