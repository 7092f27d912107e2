"""Measuring a claim again on this machine: about a second at a time in a worker process, while the page stays usable.

What was measured stays with the session; until then, and for all other claims, the kept results are shown.
"""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from typing import Any

import streamlit as st

from core.claims import CLAIMS, Claim, Row, UnderWay, go_on, kept
from ui.jobs.limits import limits
from ui.jobs.workers import ATTEMPTS, executor
from ui.lessons.claims.details import part_label
from ui.shell.language import N_, NN_, _, plural
from ui.shell.one_by_one import result_of

LOOK_AGAIN = 0.5  # seconds between two looks at what is under way
AT_ONCE = 0.3  # seconds that a worker goes on before others get their turn
EXPECTED = 1.0  # seconds that it takes until then: a stage of the measuring is never split
_MEASURED, _UNDER_WAY, _FAILED = "measured claims", "claims under way", "failed claims"  # in the session, by name
_AGAIN = N_("Measure again on this machine")
_NOW = N_(
    "**Measured just now on this machine**, with the same seeds as the stored results of {date}. Another machine "
    "rounds differently. That moves single dots, and more of them where steps are too large."
)
_KEPT = N_("**Stored results of {date}**, measured on: `{machine}`. A script of this project computes them.")
_PROGRESS = N_("Measuring {part} ({number} of {parts}). Meanwhile you can look at other claims; come back to continue.")
_ENOUGH = NN_(
    "This server measures {number} claim at a time for you. Finish that one first.",
    "This server measures {number} claims at a time for you. Finish one of them first.",
)
_LOST = N_("**The process that measured this was stopped from outside several times.** Press the button to try again.")


class Measuring:
    """An experiment under way: `done` parts of it are measured, and `share` of the next one."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.rows: list[Row] = []
        self.done, self.share = 0, 0.0
        self._given: Sequence[Any] = ()
        self._failures = 0
        self._future: Future[UnderWay] | None = None

    @property
    def progress(self) -> float:
        return (self.done + self.share) / len(self.claim.parts)

    def advance(self, seconds: float) -> bool:
        """Whether all is measured, after at most so many seconds of waiting for each turn of a worker.

        Raises `BrokenExecutor` if the workers are killed again and again.
        """
        while self.done < len(self.claim.parts):
            if self._future is None:
                part = self.claim.parts[self.done]
                self._future = executor().submit_part(
                    EXPECTED, None, go_on, self.claim.name, part, self._given, AT_ONCE
                )
            try:
                self._take(result_of(self._future, seconds))
            except TimeoutError:
                return False
            except CancelledError:  # the browser was gone when it was its turn, and is here again
                pass
            except BrokenExecutor:
                self._failures += 1
                if self._failures == ATTEMPTS:
                    raise
            self._future = None
        return True

    def _take(self, result: UnderWay) -> None:
        self._given, self.share = result.given, result.share
        if result.rows is not None:
            self.rows += result.rows
            self.done, self.share, self._given = self.done + 1, 0.0, ()


def rows_of(claim: Claim) -> tuple[Row, ...]:
    """Those measured in this session, or else those that are kept."""
    return _of_session(_MEASURED).get(claim.name, kept().rows[claim.name])


def measure_again(claim: Claim) -> None:
    """Where the results come from, and a button to measure them; while that is under way, how far it is."""
    results = kept()
    origin = _NOW if claim.name in _of_session(_MEASURED) else _KEPT
    st.caption(_(origin, date=results.date, machine=results.machine))
    if claim.name in _of_session(_UNDER_WAY):
        _progress(claim.name)
    else:
        if claim.name in _of_session(_FAILED):
            st.error(_(_LOST))
        most = limits().measurements
        is_enough = len(_of_session(_UNDER_WAY)) >= most
        st.button(
            _(_AGAIN), key="measure", icon=":material/speed:", on_click=_start, args=[claim.name], disabled=is_enough,
            help=plural(*_ENOUGH, most) if is_enough else None,
        )  # fmt: skip


@st.fragment(run_every=LOOK_AGAIN)
def _progress(name: str) -> None:
    measuring = _of_session(_UNDER_WAY).get(name)
    if measuring is None:
        return
    done, parts = measuring.done, measuring.claim.parts
    st.progress(measuring.progress, _(_PROGRESS, part=part_label(parts[done]), number=done + 1, parts=len(parts)))
    try:
        finished = measuring.advance(seconds=LOOK_AGAIN / 10)
    except BrokenExecutor:
        _of_session(_FAILED)[name] = _of_session(_UNDER_WAY).pop(name)
        st.rerun()
    if finished:
        _of_session(_MEASURED)[name] = tuple(measuring.rows)
        del _of_session(_UNDER_WAY)[name]
        st.rerun()


def _start(name: str) -> None:
    _of_session(_FAILED).pop(name, None)
    _of_session(_UNDER_WAY)[name] = Measuring(CLAIMS[name])


def _of_session(key: str) -> dict:
    return st.session_state.setdefault(key, {})
