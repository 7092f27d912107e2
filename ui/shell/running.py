"""Parts of a page that run again by themselves, as `st.fragment(run_every=...)` has them, on a loaded server.

A request of theirs may come when a run of the page has ended, while what that run has drawn last is still on its way to
the browser.  Streamlit 1.67 then starts another runner, and throws away what is left of the one before: the end of the
page with the orders to run parts of it again.  Such a page stood still for good.  So such a request is dropped here;
the browser makes it again.
"""

import sys
from functools import wraps

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData

# Seconds after which a thread lets go of the interpreter if others wait.  Streamlit's one event loop hands it over for
# each message and each run of a part, and with Python's own 0.005 everybody waits for it while many pages are drawn.
sys.setswitchinterval(0.0005)

_create_runner = AppSession._create_scriptrunner


@wraps(_create_runner)
def _create_runner_after_the_one_before(session: AppSession, asked: RerunData) -> None:
    """Creates a runner for a request; none for a part that looks again while the runner before has not been heard to
    its end: a session forgets its runner then, and not before."""
    if session._scriptrunner is None or not asked.is_auto_rerun:
        _create_runner(session, asked)


AppSession._create_scriptrunner = _create_runner_after_the_one_before
