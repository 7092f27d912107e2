"""A sweep on the page: what it takes, a button where it is large, how far it is, and what is there of its results.

All of it is one fragment, which looks again while the sweep is under way: the controls are not drawn anew, and what is
clicked in the results moves nothing else.
"""

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from core import Grid, Results
from ui.jobs import waiting
from ui.jobs.limits import limits
from ui.jobs.sweep import Sweep
from ui.jobs.sweeps import sweeps
from ui.jobs.workers import executor
from ui.shell.language import _
from ui.sweep import words
from ui.sweep.controls import KEPT

LOOK_AGAIN = 1.0  # seconds between two looks at one that is under way
FILLS_IN = 3.0  # seconds of a sweep, above which its results are shown while it is under way: else all would jump
_STOPPED = "stopped sweep"  # key of the session's state: the grid


def show(grid: Grid, draw: Callable[[Results], None]) -> None:
    """The sweep of a grid, whose results, as soon as there are some, `draw` shows."""
    seconds = _seconds(grid)
    size = words.size(grid, seconds / executor().for_many)
    if too_much := words.over(limits(), grid, seconds):
        st.markdown(size)
        st.error(too_much)
        return
    is_small = seconds <= limits().sweep_at_once
    if not is_small and sweeps().find(grid) is None:
        _offer(grid, size)
        return
    sweep = _looked_at(grid)
    if is_small and _goes_on(sweep):
        with st.spinner(size):
            sweep.wait(waiting.AT_ONCE)
    goes_on = _goes_on(sweep)
    if sweep.is_over:
        st.empty()  # takes the place of the sentence at once: else the results would move up at the end of the run
    else:
        st.markdown(size)
    st.fragment(_watch, run_every=LOOK_AGAIN if goes_on else None)(grid, draw, goes_on)
    if not goes_on and sweep.is_over:
        st.caption(words.trained(grid))


@lru_cache(maxsize=KEPT)
def _seconds(grid: Grid) -> float:
    """About how long a grid takes on one core; kept as grids are."""
    return grid.seconds()


def _offer(grid: Grid, size: str) -> None:
    """What a sweep takes, and a button that starts it."""
    st.markdown(size)
    st.caption(words.most(limits()))
    st.button(
        _(words.START), key="start", type="primary", icon=":material/play_arrow:", help=_(words.START_HELP),
        on_click=_start, args=[grid],
    )  # fmt: skip


def _watch(grid: Grid, draw: Callable[[Results], None], went_on: bool) -> None:
    sweep = _looked_at(grid)
    goes_on = _goes_on(sweep)
    if went_on and not goes_on:
        st.rerun()  # to look no more
    if sweep.is_over:
        st.empty()  # as above
    else:
        with st.container():
            _say_how_far(sweep, goes_on)
    shown = sweep.shown(is_final=not goes_on)
    if shown.done.any() and (not goes_on or sweep.seconds > FILLS_IN):
        draw(shown)


def _looked_at(grid: Grid) -> Sweep:
    """The sweep, which goes on for it, unless it was stopped or there is nothing to do."""
    sweep = sweeps().find(grid)
    return sweep if sweep is not None and not _goes_on(sweep) else sweeps().ask(grid)


def _goes_on(sweep: Sweep) -> bool:
    is_stopped = sweep.is_stopped or st.session_state.get(_STOPPED) == sweep.grid
    return not (sweep.is_over or sweep.error or is_stopped)


def _say_how_far(sweep: Sweep, goes_on: bool) -> None:
    if goes_on:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.progress(sweep.done / sweep.grid.networks, words.progress(sweep, sweeps().seconds_left(sweep)))
            if st.button(_(words.STOP), key="stop sweep"):
                _stop(sweep.grid)
                st.rerun()
        if sentence := words.others(sweeps().others(sweep)):
            st.caption(sentence)
    elif sweep.error:
        st.error(words.failed(sweep.error))
        if st.button(_("Try again"), key="try sweep again"):
            sweeps().try_again(sweep.grid)
            st.rerun()
    elif not sweep.is_over:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning(words.stopped(sweep))
            if st.button(_(words.GO_ON), key="continue sweep"):
                _start(sweep.grid)
                st.rerun()


def _start(grid: Grid) -> None:
    st.session_state.pop(_STOPPED, None)
    sweeps().ask(grid)


def _stop(grid: Grid) -> None:
    st.session_state[_STOPPED] = grid
    sweeps().stop(grid)
