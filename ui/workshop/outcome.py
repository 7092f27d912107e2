"""What came of a question in a room, once it is revealed: the votes, what the room has found, the board of a goal.

It grows while results arrive, in a fragment of its own: the rest of the page is not drawn again for that.  When all are
there, a page only looks whether they still are: people join and are removed.  The wall, one page, is always drawn.
"""

from dataclasses import dataclass

import streamlit as st

from classroom import GoalOf, NoRoom, Votes
from ui.charts.arrow import finished
from ui.jobs import results
from ui.missions.mission import Choices, Mission
from ui.shell.language import N_, _
from ui.shell.plain import plain
from ui.workshop import ballots, board
from ui.workshop.ballot_charts import changes_chart, changes_text, votes_chart, votes_text
from ui.workshop.live import compare
from ui.workshop.pace import pace
from ui.workshop.pooled_charts import READING, interval_chart, interval_text, strip_chart, strip_text, with_own
from ui.workshop.pooled_words import Said, said, said_of_right
from ui.workshop.questions import is_voted_on
from ui.workshop.strips import Packed, found_in, scale_in, unpacked

AGAIN = 5  # seconds between two looks
Drawing = tuple[dict, str]
_OWN = N_("Diamond: your networks.")
_READING_RANGES = N_("✓: the range with the right answer. Near answers may be in others.")
_READING_CHANGES = N_("Who changed between the votes. Filled: to the right answer.")
_READING_INTERVALS = N_(
    "Tick: mean difference. Bar: 95 % confidence interval. Arrow: it goes on. Dashed: no difference."
)


@dataclass(frozen=True)
class View:
    """All that is shown, made by a worker; what there is nothing of is None or empty."""

    said: Said
    right: str
    strips: Drawing | None
    intervals: Drawing | None
    votes: Drawing | None
    changes: Drawing | None
    of_votes: tuple[str, ...]
    counted: bool
    people: frozenset[int]  # who has a dot


def view_of(mission: Mission, votes: Votes | None, found: Packed, large: bool) -> View:
    """The view of these votes and results: for a worker."""
    here = found_in(mission, unpacked(found))
    strips = intervals = cast = changes = None
    if here.pooled.people:
        strips = finished(strip_chart, here, large), strip_text(here)
    if len(here.pooled.looks) > 1 and not here.has_cells:
        intervals = finished(interval_chart, here, large), interval_text(here)
    told: tuple[str, ...] = ()
    if votes is not None and is_voted_on(mission):
        given = ballots.ballots_of(mission, votes, here.right)
        told, cast = ballots.sentences(given), (finished(votes_chart, given, large), votes_text(given))
        if given.in_ranges and given.has_right:
            told = (*told, _(_READING_RANGES))
        if given.changes and isinstance(mission.answers, Choices):
            changes = finished(changes_chart, given, large), changes_text(given)
    said_of_it = said_of_right(mission, here)
    low, high = scale_in(here)
    people = frozenset(person for strip in here.strips for person, _seed, value in strip.dots if low <= value <= high)
    counted = here.measure.counted
    return View(said(mission, here), said_of_it, strips, intervals, cast, changes, told, counted, people)


def show_outcome(code: str, position: int, mission: Mission, own: int | None = None, large: bool = False) -> None:
    """What came of a room's question, nothing before it is revealed.

    `own` is the number of the participant who looks, whose dots are marked; `large` is for a projector.
    """
    try:
        seen = pace().seen(code, position)
    except NoRoom:  # the page will say so
        return
    is_finished = seen.is_whole and not large
    st.fragment(_show, run_every=None if is_finished else AGAIN)(code, position, mission, own, large)
    if is_finished:
        st.fragment(compare, run_every=AGAIN)(lambda code: pace().seen(code, position).on_page, code, seen.on_page)


def _show(code: str, position: int, mission: Mission, own: int | None, large: bool) -> None:
    try:
        seen = pace().seen(code, position)
    except NoRoom:
        return
    if seen.votes is None:
        return
    view = results.computed(view_of, mission, seen.votes, seen.results, large)
    with st.container(key="outcome"):
        if not is_voted_on(mission):
            show_board(mission, seen.board, large)
        elif large:
            left, right = st.columns(2, gap="large")
            with left:
                show_votes(view, large)
            with right:
                show_found(view, own, large)
        else:
            show_votes(view)
            show_found(view, own)


def show_votes(view: View, large: bool = False) -> None:
    """Both votes, who changed, and the sentences about them."""
    _say(view.right, view.of_votes, large)
    if view.votes:
        _draw(view.votes)
    if view.changes:
        _draw(view.changes)
        st.caption(_(_READING_CHANGES))


def show_found(view: View, own: int | None = None, large: bool = False) -> None:
    """What the room's networks have given, and whether the lead is luck."""
    _say(view.said.headline, view.said.sentences, large)
    if view.strips:
        _draw((with_own(view.strips[0], own), view.strips[1]))
        st.caption(f"{_(READING[view.counted])} {_(_OWN) if own in view.people else ''}")
    if view.intervals:
        _draw(view.intervals)
        st.caption(_(_READING_INTERVALS))


def show_board(mission: Mission, attempts: tuple[GoalOf, ...], large: bool = False) -> None:
    """Who has reached a goal, and at what cost."""
    _say(board.said(mission, attempts), (), large)
    if table := board.table(mission, attempts):
        st.markdown(table)


def _say(headline: str, sentences: tuple[str, ...], large: bool) -> None:
    """A headline and what follows it; for a projector, the headline has a line of its own."""
    said = list(map(plain, sentences))
    if large and headline:
        st.header(plain(headline), anchor=False)
    elif headline:
        said.insert(0, f"**{plain(headline)}**")
    if said:
        st.markdown(" ".join(said))


def _draw(drawing: Drawing) -> None:
    st.vega_lite_chart(drawing[0], alt=drawing[1])
