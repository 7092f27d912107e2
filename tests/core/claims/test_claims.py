"""From figures to verdicts, and what is kept."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import binom, binomtest, quantile_test

from core.claims import CLAIM, CLAIMS, RATIO, Claim, Kept, Row, Trial, interval, kept, measure, outcome, right, verdict
from core.claims.claim import Plan, joined
from core.claims.paired import SEEDS
from core.claims.results import DIGITS
from core.claims.rule import outermost, word
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
    return [Row(trial.name, part, (figure,) * len(SEEDS), "") for part, figure in zip(PARTS, figures)]


def made_up(claim: Claim, speaks_for_it: bool) -> list[Row]:
    figures = {
        trial.name: (trial.claimed or (trial.line or 0) + 1) if speaks_for_it else (trial.line or 0) - 1
        for trial in claim.trials
    }
    return [Row(name, part, (figure,) * claim.repeats, "") for name, figure in figures.items() for part in claim.parts]


def one_sided(above: int, below: int) -> list[float]:
    """So many figures above 1 and below, none on it."""
    return [2.0 + k for k in range(above)] + [0.5 - k for k in range(below)]


@pytest.mark.parametrize("repeats", range(1, 31))
def test_the_interval_is_scipys_for_the_median(repeats):
    figures = np.random.default_rng(repeats).standard_normal(repeats)
    if outermost(repeats) < 0:
        assert binom.cdf(0, repeats, 0.5) > 0.025, "even the outermost figures do not reach 95 %"
        assert interval(figures) == (-np.inf, np.inf)
    else:
        expected = quantile_test(figures, p=0.5).confidence_interval(0.95)
        assert interval(figures) == (expected.low, expected.high)


def test_the_interval_has_the_median_as_often_as_it_says():
    """Of skew figures, as ratios are; the exact share for 20 is 95.9 %."""
    drawn = np.exp(np.random.default_rng(0).standard_normal((4000, 20)))
    hits = np.mean([low < 1 < high for low, high in map(interval, drawn)])
    assert 0.945 < hits < 0.972


def test_a_trial_holds_or_fails_with_15_of_20_on_one_side_as_scipys_sign_test_has_it():
    assert binomtest(15, 20, alternative="greater").pvalue < 0.025 < binomtest(14, 20, alternative="greater").pvalue
    assert outcome(one_sided(15, 5), 1) == "holds"
    assert outcome(one_sided(14, 6), 1) == "open"
    assert outcome(one_sided(6, 14), 1) == "open"
    assert outcome(one_sided(5, 15), 1) == "fails"


def test_what_lies_on_the_line_speaks_for_neither():
    assert outcome([2.0] * 14 + [1.0] * 6, 1) == "open"
    assert outcome([1.0] * 20, 1) == "open"


def test_too_few_repeats_leave_everything_open():
    assert outcome([2, 2, 2, 2, 2], 1) == "open"


def test_where_a_figure_is_claimed_the_interval_must_lie_near_it():
    least, greatest = right(SIX_TIMES)
    assert (least, greatest) == (pytest.approx(1 + 5 / 1.5), pytest.approx(1 + 5 * 1.5))
    assert outcome([6.0] * 20, least, greatest) == "holds"
    assert outcome([4.2] * 20, least, greatest) == "fails"
    assert outcome([8.6] * 20, least, greatest) == "fails"
    assert outcome([4.2] * 10 + [6.0] * 10, least, greatest) == "open"
    slower = right(replace(SIX_TIMES, claimed=1.5))
    assert outcome([1.3] * 20, *slower) == "fails", "30 % is not 50 %"
    with pytest.raises(ValueError, match="'shown' does not count"):
        right(replace(FASTER, name="shown", line=None))


@pytest.mark.parametrize(
    ("holds", "fails", "of", "expected"),
    [
        (6, 0, 6, "supported"), (4, 0, 6, "supported"), (3, 0, 6, "partly supported"), (5, 1, 6, "partly supported"),
        (2, 0, 6, "not decided"), (3, 3, 6, "weakly supported"), (1, 5, 6, "weakly supported"),
        (0, 6, 6, "not supported"), (0, 3, 6, "not supported"), (0, 2, 6, "not decided"), (0, 0, 6, "not decided"),
        (2, 16, 18, "not supported"), (3, 15, 18, "weakly supported"),
    ],
)  # fmt: skip
def test_the_word_goes_by_what_holds_what_fails_and_what_is_open(holds, fails, of, expected):
    assert word(holds, fails, of) == expected


@pytest.mark.parametrize("tests", [5, 6, 18])
def test_more_that_holds_is_never_a_weaker_word(tests):
    strength = ["not supported", "weakly supported", "partly supported", "supported"]
    for fails in range(tests):
        words = [word(holds, fails, tests) for holds in range(tests - fails + 1)]
        decided = [strength.index(each) for each in words if each != "not decided"]
        assert decided == sorted(decided)


def test_the_verdict_counts_what_holds_and_what_fails():
    found = verdict(claim_of(FASTER), rows(FASTER, 2, 2, 2, 0.5, 1, 1))
    (finding,) = found.findings.values()
    assert (finding.word, finding.holds, finding.fails, finding.undecided, finding.tests) == (
        "partly supported", 3, 1, 2, 6,
    )  # fmt: skip
    assert (found.trials["faster"].holds, found.trials["faster"].fails) == (3, 1)


def test_where_a_figure_is_claimed_only_the_figure_counts():
    found = verdict(claim_of(SIX_TIMES), rows(SIX_TIMES, 1.3, 1.3, 1.3, 1.3, 6, 7))
    trial = found.trials["six times"]
    assert (trial.above, trial.below, trial.holds, trial.fails) == (6, 0, 2, 4)
    assert found.findings[""].word == "weakly supported"


@pytest.mark.parametrize("role", ["mechanism", "auxiliary", "trivial"])
def test_what_is_shown_apart_does_not_count(role):
    shown = replace(FASTER, name="shown", line=None, role=role)
    for figure in (0.1, 10):
        found = verdict(claim_of(FASTER, shown), rows(FASTER, *[2.0] * 6) + rows(shown, *[figure] * 6))
        assert (found.findings[""].word, found.findings[""].tests) == ("supported", 6)
        assert found.trials["shown"].median == figure


def test_conditions_have_verdicts_apart():
    small, large = (replace(FASTER, name=name, condition=name) for name in ("small", "large"))
    found = verdict(claim_of(small, large), rows(small, *[2.0] * 6) + rows(large, *[0.5] * 6))
    assert {name: each.word for name, each in found.findings.items()} == {
        "small": "supported", "large": "not supported",
    }  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_a_trial_has_a_line_just_if_it_counts(name):
    assert any(trial.role == CLAIM for trial in CLAIMS[name].trials)
    for trial in CLAIMS[name].trials:
        assert (trial.line is not None) == (trial.role == CLAIM)


def test_medians_are_those_worked_by_hand():
    figures = {"a": (1, 2, 9), "b": (5, 4, 3), "c": (0.5, 0.25, 8), "d": (7, 7, 7)}  # medians: 2, 4, 0.5, 7
    found = verdict(claim_of(FASTER), [Row("faster", part, each, "") for part, each in figures.items()])
    trial = found.trials["faster"]
    assert (trial.median, trial.least, trial.least_in, trial.greatest, trial.greatest_in) == (3, 0.5, "c", 7, "d")


def counted(part: str, given: list) -> int:
    """A stage that says how many were before it."""
    return len(given)


def plan_of(stages: int) -> Plan:
    return Plan((counted,) * stages, lambda part, given: (Row("faster", part, tuple(given), ""),))


def test_a_plan_goes_on_where_it_stopped_one_stage_at_least():
    plan = plan_of(3)
    first = plan.go_on("a", (), seconds=0)
    assert (list(first.given), first.share, first.rows) == ([0], pytest.approx(1 / 3), None)
    last = plan.go_on("a", first.given, seconds=60)
    assert (list(last.given), last.share) == ([0, 1, 2], 1)
    assert last.rows == plan.measure("a") == (Row("faster", "a", (0, 1, 2), ""),)


def test_joined_plans_do_not_see_each_other():
    both = joined([plan_of(2), plan_of(3)])
    assert [row.figures for row in both.measure("a")] == [(0, 1), (0, 1, 2)]


@pytest.mark.parametrize("name", CLAIMS)
def test_made_up_figures_turn_every_verdict_either_way(name):
    claim = CLAIMS[name]
    for speaks_for_it, expected in ((True, "supported"), (False, "not supported")):
        findings = verdict(claim, made_up(claim, speaks_for_it)).findings.values()
        assert {each.word for each in findings} == {expected}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_trials_that_share_a_picture_have_all_in_common_but_what_they_are_of(claim):
    assert [trial for trials in claim.pictures for trial in trials] == list(claim.trials)
    for trials in claim.pictures:
        assert len({replace(trial, name="", activation="", condition="", title="") for trial in trials}) == 1


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_what_people_read_of_a_trial_tells_it_from_the_others_of_its_picture(claim):
    for trials in claim.pictures:
        labels = [trial.label for trial in trials]
        assert len(set(labels)) == len(labels)
        assert all(label[0].upper() == label[0] and "_" not in label for label in labels)


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
