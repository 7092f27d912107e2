"""Who asks for work, and who is still there: each session of Streamlit is a visitor."""

from streamlit import runtime
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

NOBODY = ""  # who asks outside of any page: a start of the server, a test, a notebook


class Visitors:
    """The sessions of Streamlit, known by their ids; what is here of Streamlit is nowhere else in the queue."""

    def asking(self) -> str:
        """The visitor whose page this thread runs."""
        context = get_script_run_ctx(suppress_warning=True)
        return context.session_id if context else NOBODY

    def is_here(self, visitor: str) -> bool:
        """Whether the visitor's browser is connected; where no server runs, as in a test, all are here."""
        return visitor == NOBODY or not runtime.exists() or runtime.get_instance().is_active_session(visitor)


VISITORS = Visitors()
