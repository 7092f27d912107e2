"""What is changed here in how Streamlit runs the scripts of pages, for a server that many use at once."""

import sys
from functools import wraps

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from ui.shell.one_by_one import scripts
from ui.shell.undisturbed import undisturbed

# Seconds after which a thread lets go of the interpreter if others wait.  Streamlit's one event loop hands it over for
# each message and each run of a part, and with Python's own 0.005 everybody waits for it while many pages are drawn.
sys.setswitchinterval(0.0005)

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
_say = ScriptRunner._enqueue_forward_msg


@wraps(_start)
def _start_in_turn(context: ScriptRunContext) -> None:
    """Begins a page, or a part of it, when it is its turn.

    Callbacks have run by then.  If they waited too, what a button does would be lost where another request of the same
    browser, or its end, comes meanwhile.  Such a request is taken before the page begins, as Streamlit does itself.
    """
    undisturbed.end()  # in case the run before has never written the address
    scripts.begin()
    context.yield_check()
    _start(context)


@wraps(_run)
def _run_and_end(runner: ScriptRunner, *asked) -> None:
    undisturbed.wait(runner._session_id)
    try:
        _run(runner, *asked)
    finally:
        undisturbed.end()
        scripts.end()


@wraps(_heed)
def _heed_unless_undisturbed(runner: ScriptRunner) -> None:
    if not undisturbed.is_mine:
        _heed(runner)


@wraps(_say)
def _say_unless_silent(runner: ScriptRunner, message: ForwardMsg) -> None:
    if not undisturbed.is_silent:
        _say(runner, message)


def be_undisturbed(silent: bool) -> None:
    """Has this run go on until it has written the address (`ui.shell.undisturbed`); `silent` for a browser that has
    sent along what its widgets stand at: told what the address has, it would show that, and undo what is set meanwhile.
    """
    if context := get_script_run_ctx():
        runner: ScriptRunner = context.yield_check.__self__
        # The first run of a server has those from before this was imported.
        context.yield_check = context.session_state._yield_callback = runner._maybe_handle_execution_control_request
        context._enqueue = runner._enqueue_forward_msg
        undisturbed.begin(context.session_id, context.yield_check, silent)


ScriptRunContext.on_script_start = _start_in_turn
ScriptRunner._maybe_handle_execution_control_request = _heed_unless_undisturbed
ScriptRunner._enqueue_forward_msg = _say_unless_silent
ScriptRunner._run_script = _run_and_end
