"""From figures to verdicts, and what is kept."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import binomtest

from core.claims import CLAIMS, RATIO, Claim, Kept, Row, Trial, kept, measure, outcome, repeats_needed, verdict
from core.claims.results import DIGITS
from core.claims.rule import is_right
from tests import ROOT

MEASURE_ONE = """
import sys
from pathlib import Path
from benchmarks import claims

claims.FILE = Path(sys.argv.pop(1))
claims.measure = lambda name, part: tuple(row for row in claims.kept().rows[name] if row.part == part)[:0]
claims.table = lambda results: claims.pd.DataFrame()
claims.main()
"""

FASTER = Trial("faster", "how many times as fast", RATIO, "relu", line=1)
SIX_TIMES = replace(FASTER, name="six times", claimed=6)
PARTS = ("a", "b", "c", "d", "e", "f")


def claim_of(*trials: Trial) -> Claim:
    return replace(CLAIMS["six_times"], trials=trials, parts=PARTS)


def rows(trial: Trial, *figures: float) -> list[Row]:
    """For each part as many repeats of one figure as the claims have."""
    return [Row(trial.name, part, (figure,) * 8, "") for part, figure in zip(PARTS, figures)]


def made_up(claim: Claim, speaks_for_it: bool) -> list[Row]:
    figures = {
        trial.name: (trial.claimed or (trial.line or 0) + 1) if speaks_for_it else (trial.line or 0) - 1
        for trial in claim.trials
    }
    return [Row(name, part, (figure,) * claim.repeats, "") for name, figure in figures.items() for part in claim.parts]


@pytest.mark.parametrize("repeats", range(1, 31))
def test_so_many_repeats_are_needed_as_scipys_sign_test_asks_for(repeats):
    def chance(some: int) -> float:
        return binomtest(some, repeats, alternative="greater").pvalue

    needed = repeats_needed(repeats)
    assert needed > repeats or chance(needed) <= 0.05
    assert chance(min(needed - 1, repeats)) > 0.05


def test_a_trial_holds_fails_or_is_open():
    assert outcome([2, 2, 2, 2, 2, 2, 2, 0.1], line=1) == "holds"
    assert outcome([2, 2, 2, 2, 2, 2, 0.1, 0.1], line=1) == "open"
    assert outcome([0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 50], line=1) == "fails"
    assert outcome([2, 2, 2, 2, 2, 2, 1, 1], line=1) == "open", "what lies on the line speaks for neither"
    assert outcome([2, 2, 2], line=1) == "open", "three repeats are too few for anything"


def test_a_claimed_figure_is_right_if_the_median_is_near():
    for median, right in ((4.2, False), (4.4, True), (6, True), (8.4, True), (8.6, False), (-4, False)):
        assert is_right([median, 0.1, 100], line=1, claimed=6) == right
    assert not is_right([1.3], line=1, claimed=1.5), "30 % is not 50 %"


@pytest.mark.parametrize(
    ("holding", "word"),
    [(6, "held"), (5, "mostly held"), (4, "mostly held"), (3, "held in part"), (2, "held in part"), (1, "hardly held"),
     (0, "did not hold")],
)  # fmt: skip
def test_the_verdict_goes_by_the_share_of_passes(holding, word):
    found = verdict(claim_of(FASTER), rows(FASTER, *[2.0] * holding, *[0.5] * (6 - holding)))
    assert (found.word, found.passed, found.possible) == (word, holding, 6)
    assert (found.trials["faster"].holds, found.trials["faster"].fails) == (holding, 6 - holding)


def test_where_a_figure_is_claimed_only_the_figure_counts():
    found = verdict(claim_of(SIX_TIMES), rows(SIX_TIMES, 1.3, 1.3, 1.3, 1.3, 6, 7))
    assert found.trials["six times"].holds == 6
    assert (found.trials["six times"].right, found.word) == (2, "held in part")


def test_what_is_only_for_comparison_does_not_count():
    shown = replace(FASTER, name="shown", line=None)
    for figure in (0.1, 10):
        found = verdict(claim_of(FASTER, shown), rows(FASTER, *[2.0] * 6) + rows(shown, *[figure] * 6))
        assert (found.word, found.possible) == ("held", 6)
        assert found.trials["shown"].median == figure


def test_medians_are_those_worked_by_hand():
    figures = {"a": (1, 2, 9), "b": (5, 4, 3), "c": (0.5, 0.25, 8), "d": (7, 7, 7)}  # medians: 2, 4, 0.5, 7
    found = verdict(claim_of(FASTER), [Row("faster", part, each, "") for part, each in figures.items()])
    trial = found.trials["faster"]
    assert (trial.median, trial.least, trial.least_in, trial.greatest, trial.greatest_in) == (3, 0.5, "c", 7, "d")


@pytest.mark.parametrize("name", CLAIMS)
def test_made_up_figures_turn_every_verdict_either_way(name):
    claim = CLAIMS[name]
    assert verdict(claim, made_up(claim, speaks_for_it=True)).word == "held"
    assert verdict(claim, made_up(claim, speaks_for_it=False)).word == "did not hold"


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_trials_that_share_a_picture_have_all_in_common_but_their_names(claim):
    assert [trial for trials in claim.pictures for trial in trials] == list(claim.trials)
    for trials in claim.pictures:
        assert len({replace(trial, name="") for trial in trials}) == 1


def test_a_trial_has_a_picture_of_its_own_or_shares_one_with_its_neighbours():
    a, b, c, d = (replace(FASTER, name=name, picture=picture) for name, picture in zip("abcd", ("", "p", "p", "q")))
    assert claim_of(a, b, c, d).pictures == [(a,), (b, c), (d,)]


def test_a_trial_without_figures_is_an_error():
    with pytest.raises(ValueError, match="'six times' has no figures"):
        verdict(claim_of(FASTER, SIX_TIMES), rows(FASTER, *[2.0] * 6))


def test_unknown_claims_and_parts_are_named_with_the_choices():
    with pytest.raises(ValueError, match="unknown claim 'six_time'; did you mean 'six_times'"):
        measure("six_time", "moons")
    with pytest.raises(ValueError, match="unknown part of six_times 'mons'; did you mean 'moons'"):
        measure("six_times", "mons")


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_kept_is_of_the_experiments_as_they_are(name):
    claim, results = CLAIMS[name], kept().rows[name]
    asked = [(trial.name, part) for part in claim.parts for trial in claim.trials]
    assert sorted((row.trial, row.part) for row in results) == sorted(asked)
    for row in results:
        assert len(row.figures) == claim.repeats
        assert np.isfinite(row.figures).all()


def test_what_is_kept_says_when_and_where_it_was_measured():
    results = kept()
    assert date.fromisoformat(results.date) >= date(2026, 11, 21)
    assert "numpy" in results.machine
    assert list(results.rows) == list(CLAIMS)


def test_what_is_kept_survives_the_file_but_for_its_last_digits():
    row = Row("faster", "a", (1 / 3, 1.23456e-30, -2.0), "as “measured”")
    results = Kept("2026-11-21", "here", {"six_times": (row,)})
    text = results.to_json()
    again = Kept.from_json(text)
    assert again == replace(results, rows={"six_times": (replace(row, figures=(0.3333, 1.235e-30, -2.0)),)})
    assert again.to_json() == text
    assert DIGITS == 4
    with pytest.raises(ValueError, match="Out of range"):
        replace(results, rows={"six_times": (replace(row, figures=(np.nan,)),)}).to_json()
    assert json.loads(text)["date"] == "2026-11-21"


@pytest.mark.slow
def test_the_script_measures_what_it_is_asked_to_and_keeps_the_rest(tmp_path):
    """In a process of its own, because benchmarks set how many threads there are; measuring gives nothing here."""
    file = tmp_path / "results.json"
    file.write_text("there is something")

    subprocess.run([sys.executable, "-c", MEASURE_ONE, file, "no_exp"], check=True, cwd=ROOT, capture_output=True)
    written = Kept.from_json(file.read_text(encoding="utf-8"))
    assert written.rows == kept().rows | {"no_exp": ()}
