"""What is changed here in how Streamlit runs the scripts of pages, for a server that many use at once."""

import sys
import threading
from functools import wraps

from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from ui.shell.one_by_one import scripts

# Seconds after which a thread lets go of the interpreter if others wait.  Streamlit's one event loop hands it over for
# each message and each run of a part, and with Python's own 0.005 everybody waits for it while many pages are drawn.
sys.setswitchinterval(0.0005)


class _Run(threading.local):
    """The run of a script in this thread."""

    goes_on = False
    """Whether it does, whatever the browser asks for meanwhile: see `ui.shell.address`."""


this_run = _Run()

_create_runner = AppSession._create_scriptrunner


@wraps(_create_runner)
def _create_runner_after_the_one_before(session: AppSession, asked: RerunData) -> None:
    """Creates a runner for a request; none for a part of a page that looks again by itself (`run_every`) while the
    runner before has not been heard to its end: a session forgets its runner then, and not before.

    Streamlit 1.67 would throw away what is left of the run before: the end of the page, with the orders to look again.
    Such a page stood still for good.  A request that is dropped comes again from the browser.
    """
    if session._scriptrunner is None or not asked.is_auto_rerun:
        _create_runner(session, asked)


AppSession._create_scriptrunner = _create_runner_after_the_one_before

_start = ScriptRunContext.on_script_start
_run = ScriptRunner._run_script
_heed = ScriptRunner._maybe_handle_execution_control_request


@wraps(_start)
def _start_in_turn(context: ScriptRunContext) -> None:
    """Begins a page, or a part of it, when it is its turn.

    Callbacks have run by then.  If they waited too, what a button does would be lost where another request of the same
    browser, or its end, comes meanwhile.  Such a request is taken before the page begins, as Streamlit does itself.
    """
    scripts.begin()
    this_run.goes_on = False
    context.yield_check()
    _start(context)


@wraps(_run)
def _run_and_end(runner: ScriptRunner, *asked) -> None:
    try:
        _run(runner, *asked)
    finally:
        scripts.end()


@wraps(_heed)
def _heed_unless_it_goes_on(runner: ScriptRunner) -> None:
    """Ends a run for what the browser asks for meanwhile, unless the run goes on."""
    if not this_run.goes_on:
        _heed(runner)


ScriptRunContext.on_script_start = _start_in_turn
ScriptRunner._maybe_handle_execution_control_request = _heed_unless_it_goes_on
ScriptRunner._run_script = _run_and_end
