"""A sweep on the page: what it takes, a button where it is large, how far it is, and what is there of its results.

All of it is one fragment, which looks again while the sweep is under way: the controls are not drawn anew, and what is
clicked in the results moves nothing else.
"""

from collections.abc import Callable

import streamlit as st

from core import Grid, Results
from ui.jobs.limits import limits
from ui.jobs.sweeps import Sweep, sweeps
from ui.jobs.workers import executor
from ui.shell.language import _
from ui.sweep import words

LOOK_AGAIN = 1.0  # seconds between two looks at one that is under way
_STOPPED = "stopped sweep"  # key of the session's state: the grid


def show(grid: Grid, draw: Callable[[Results], None]) -> None:
    """The sweep of a grid, whose results, as soon as there are some, `draw` shows."""
    sweep = sweeps().find(grid)
    st.markdown(words.size(grid, executor().for_many, sweep is not None and sweep.is_over))
    if too_much := words.over(limits(), grid):
        st.error(too_much)
        return
    is_asked = sweep is not None or grid.seconds() <= limits().sweep_at_once
    if not is_asked:
        st.caption(words.most(limits()))
        st.button(
            _(words.START), key="start", type="primary", icon=":material/play_arrow:", help=_(words.START_HELP),
            on_click=_start, args=[grid],
        )  # fmt: skip
        return
    sweep = _looked_at(grid)
    st.fragment(_watch, run_every=LOOK_AGAIN if _goes_on(sweep) else None)(grid, draw, _goes_on(sweep))


def _watch(grid: Grid, draw: Callable[[Results], None], went_on: bool) -> None:
    sweep = _looked_at(grid)
    goes_on = _goes_on(sweep)
    if went_on and not goes_on:
        st.rerun()  # to look no more
    _say_how_far(sweep, goes_on)
    shown = sweep.shown(is_final=not goes_on)
    if shown.done.any():
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
