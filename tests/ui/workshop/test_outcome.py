"""What is shown of a question at once, as a worker makes it."""

import math
import pickle
from dataclasses import replace
from types import SimpleNamespace

import pytest

from classroom import NoRoom, Shown, Unreachable
from tests.saying import MARKED
from tests.ui.workshop.made_up import around, best, of_cells, of_goal, of_scale, of_weights, results, votes
from ui.missions.outcomes import cells, networks
from ui.shell.language import said_in
from ui.workshop import live, outcome
from ui.workshop.outcome import view_of
from ui.workshop.pace import Pace, Seen
from ui.workshop.strips import packed

PAIRS = votes(("0", "1"), ("1", "1"))
GRID = cells(of_cells())
CASES = {
    "nobody": (best(), PAIRS, []),
    "many": (best(), PAIRS, around(30, 0.9, 0.8, 0.7)),
    "scale": (of_scale(), votes(("3.0", None)), results([3] * len(networks(of_scale())))),
    "cells": (of_cells(), PAIRS, results(*[[0.5] * len(networks(of_cells()))] * len(GRID), cells=GRID)),
    "goal": (of_goal(), votes(), []),
    "by hand": (of_weights(), votes(), []),
}


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_a_worker_makes_all_of_it_and_can_send_it(case, large):
    mission, given, there = CASES[case]
    view = pickle.loads(pickle.dumps(view_of(mission, given, packed(there), large)))
    assert view.said.headline
    assert (view.strips is not None) == bool(there)
    assert (view.votes is not None) == (case not in ("goal", "by hand"))
    assert (view.intervals is not None) == (case == "many")
    for drawing in (view.strips, view.intervals, view.votes, view.changes):
        assert drawing is None or (
            drawing[1] and all(isinstance(rows, bytes) for rows in drawing[0]["datasets"].values())
        )


@pytest.mark.parametrize("case", CASES)
def test_what_a_tick_beside_a_range_means_is_said_where_there_is_one(case):
    mission, given, there = CASES[case]
    tick = "✓: the range with the right answer. Near answers may be in others."
    assert (tick in view_of(mission, given, packed(there), True).of_votes) == (case == "scale")
    assert tick not in view_of(mission, given, packed([]), True).of_votes, "nobody knows the right answer"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("is_whole", [False, True])
def test_a_page_looks_again_also_when_everybody_has_a_result(monkeypatch, large, is_whole):
    """Somebody may come late or be removed, of which it else hears nothing; the wall is drawn anew each time."""
    seen, looks = SimpleNamespace(is_whole=is_whole, on_page=()), []
    monkeypatch.setattr(outcome, "pace", lambda: SimpleNamespace(seen=lambda *of: seen))
    monkeypatch.setattr(outcome.st, "fragment", lambda show, run_every: lambda *of: looks.append(run_every))
    outcome.show_outcome("ABCDE", 0, best(), None, large)
    assert looks == ([outcome.AGAIN] if large or not is_whole else [None, outcome.AGAIN])


@pytest.mark.parametrize(
    ("now", "runs"),
    [
        ((votes(("0", None), ("1", None)), results([0.5], [0.6])), 0),
        ((replace(votes(("0", None), ("1", None)), stuck=1), results([0.5], [0.6])), 0),
        ((votes(("0", None)), results([0.5])), 1),
        ((votes(("0", None), ("1", None), (None, None)), results([0.5], [0.6])), 1),
        (NoRoom, 1),
        (Unreachable, 0),
    ],
)
def test_it_runs_again_when_somebody_came_late_or_was_removed_and_for_nothing_else(monkeypatch, now, runs):
    def seen(code, position):
        if isinstance(now, type):
            raise now
        return seen_of(*now)

    reruns, parts = [], []
    before = seen_of(votes(("0", None), ("1", None)), results([0.5], [0.6]))
    monkeypatch.setattr(outcome, "pace", lambda: SimpleNamespace(seen=lambda *of: before))
    monkeypatch.setattr(outcome.st, "fragment", lambda part, run_every: lambda *of: parts.append((part, of)))
    outcome.show_outcome("ABCDE", 0, best())
    monkeypatch.setattr(outcome, "pace", lambda: SimpleNamespace(seen=seen))
    monkeypatch.setattr(live, "get_script_run_ctx", lambda: SimpleNamespace(fragment_ids_this_run=["look"]))
    monkeypatch.setattr(live.st, "rerun", lambda: reruns.append(1))
    look, of = parts[-1]
    look(*of)
    assert len(reruns) == runs


def seen_of(given, there) -> Seen:
    return Pace(lambda *of: Shown(given, tuple(there), ())).seen("ABCDE", 0)


def test_a_caption_of_ones_own_dot_stands_where_there_is_one():
    assert view_of(best(), PAIRS, packed(results([0.9, 0.8, 0.7])), False).people == {0}
    assert view_of(best(), PAIRS, packed(results([math.nan] * 3)), False).people == set()


def test_it_is_in_the_language_of_the_page():
    view = said_in(MARKED, view_of, *CASES["many"][:2], packed(CASES["many"][2]), False)
    for text in (view.said.headline, view.right, *view.of_votes, view.strips[1], view.intervals[1], view.votes[1]):
        assert text.startswith("⟦"), text
