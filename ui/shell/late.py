"""Controls that a browser draws late.

Streamlit tells a browser the value of a widget once, in the run that sets it, and afterwards only where it stands
without one: there the widget's default is.  A slow browser may have drawn nothing by the next run; then it would show
these defaults, and send them as if somebody had chosen them.  So whatever it has not sent along is told again.
Streamlit's own `persist_state` would do that too, but also bring back what a control stood at that has been gone.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_drawn(key: str) -> bool:
    """Whether the browser had drawn the widget with this key when it asked for this run: it then sent its value."""
    state = get_script_run_ctx().session_state._state
    widget = state._key_id_mapper.get_id_from_key(key)
    return widget is None or widget in state._new_widget_state
