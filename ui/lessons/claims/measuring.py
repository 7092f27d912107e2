"""Measuring a claim again on this machine: part by part in a worker process, while the page stays usable.

What was measured stays with the session; until then, and for all other claims, the kept results are shown.
"""

from concurrent.futures import BrokenExecutor, Future

import streamlit as st

from core.claims import CLAIMS, Claim, Row, kept, measure
from ui.jobs.workers import ATTEMPTS, executor

LOOK_AGAIN = 0.5  # seconds between two looks at what is under way
_MEASURED, _UNDER_WAY, _FAILED = "measured claims", "claims under way", "failed claims"  # in the session, by name
_AGAIN = "Measure again on this machine"
_NOW = (
    "**Measured just now on this machine**, with the same seeds as the kept results of {date}. Another machine rounds "
    "differently, which moves single dots, and more of them where steps are too large."
)
_KEPT = "**Kept results of {date}**, measured on: {machine}. `benchmarks/claims.py` makes them."
_PROGRESS = "Measuring {part} ({number} of {parts}). You can look at other claims meanwhile: come back to go on."
_LOST = (
    "**The process that measured this was stopped from outside, again and again.** Press the button to try once more."
)


class Measuring:
    """An experiment under way.  One part at a time is with the workers, so that others get their turn."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.rows: list[Row] = []
        self.done = 0
        self._failures = 0
        self._future: Future | None = None

    def advance(self, seconds: float) -> bool:
        """Whether all is measured, after at most so many seconds of waiting for each part.

        Raises `BrokenExecutor` if the workers are killed again and again.
        """
        while self.done < len(self.claim.parts):
            if self._future is None:
                self._future = executor().submit(measure, self.claim.name, self.claim.parts[self.done])
            try:
                self.rows += self._future.result(timeout=seconds)
                self.done += 1
            except TimeoutError:
                return False
            except BrokenExecutor:
                self._failures += 1
                if self._failures == ATTEMPTS:
                    raise
            self._future = None
        return True


def rows_of(claim: Claim) -> tuple[Row, ...]:
    """Those measured in this session, or else those that are kept."""
    return _of_session(_MEASURED).get(claim.name, kept().rows[claim.name])


def measure_again(claim: Claim) -> None:
    """Where the results come from, and a button to measure them; while that is under way, how far it is."""
    results = kept()
    origin = _NOW if claim.name in _of_session(_MEASURED) else _KEPT
    st.caption(origin.format(date=results.date, machine=results.machine))
    if claim.name in _of_session(_UNDER_WAY):
        _progress(claim.name)
    else:
        if claim.name in _of_session(_FAILED):
            st.error(_LOST)
        st.button(_AGAIN, key="measure", icon=":material/speed:", on_click=_start, args=[claim.name])


@st.fragment(run_every=LOOK_AGAIN)
def _progress(name: str) -> None:
    measuring = _of_session(_UNDER_WAY).get(name)
    if measuring is None:
        return
    done, parts = measuring.done, measuring.claim.parts
    st.progress(done / len(parts), _PROGRESS.format(part=parts[done], number=done + 1, parts=len(parts)))
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
