from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import friedmanchisquare, ttest_rel, wilcoxon

from core.sweeps.ranks import average_ranks, least_datasets
from core.sweeps.scores import Scores
from core.sweeps.tuning import tuned_for_each
from tests.core.sweeps.tables import random_scores, scores

LEVELS = ("relu", "tanh", "sin")


def of_datasets(values: np.ndarray, step: float = 0.0) -> Scores:
    """Of (dataset, level, seed)."""
    return scores(
        values, step, dataset=tuple(f"d{k}" for k in range(len(values))), activation=LEVELS[: values.shape[1]]
    )


def test_ranks_and_friedmans_test_are_scipys():
    values = np.random.default_rng(0).normal(0.8, 0.02, (9, 3, 4)) + np.array([0.02, 0, 0.01])[:, None]
    found = average_ranks(of_datasets(values), "activation")
    means = values.mean(axis=-1)
    np.testing.assert_allclose(found.accuracy, means)
    assert found.friedman == pytest.approx(friedmanchisquare(*means.T).pvalue)
    np.testing.assert_array_equal(found.ranks.sum(axis=1), 6)
    np.testing.assert_array_equal(found.ranks.argmin(axis=1), means.argmax(axis=1))
    assert found.average[found.order].tolist() == sorted(found.average)


def test_equal_accuracies_share_their_rank():
    values = np.array([[[0.9], [0.9], [0.5]], [[0.7], [0.8], [0.9]]])
    found = average_ranks(of_datasets(values), "activation")
    assert found.ranks.tolist() == [[1.5, 1.5, 3], [3, 2, 1]]
    assert found.friedman == pytest.approx(friedmanchisquare(*values[..., 0].T).pvalue)
    assert average_ranks(of_datasets(np.ones((3, 3, 4))), "activation").friedman == 1
    assert np.isnan(average_ranks(of_datasets(np.ones((3, 2, 4))), "activation").friedman)
    one, other, last = [0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.0, 0.0, 0.0]
    assert np.mean(one) != np.mean(other), "by rounding"
    found = average_ranks(of_datasets(np.array([[one, other, last], [other, one, last]])), "activation")
    assert found.ranks.tolist() == [[1.5, 1.5, 3]] * 2
    assert found.friedman == pytest.approx(friedmanchisquare([2, 2], [2, 2], [1, 1]).pvalue)


def test_pairs_are_told_apart_by_wilcoxons_test_and_joined_otherwise():
    spread = 0.01 * np.random.default_rng(1).standard_normal((10, 3, 1))
    spread[:, 2] = spread[::-1, 0]
    values = np.repeat(0.8 + spread, 3, axis=-1) + np.array([0.0, 0.05, 0.0])[:, None]
    found = average_ranks(of_datasets(values), "activation")
    means = values.mean(axis=-1)
    p_values = {(a, b): wilcoxon(means[:, a], means[:, b]).pvalue for a, b in ((0, 1), (0, 2), (1, 2))}
    assert p_values[0, 1] < 0.05 / 3 and p_values[1, 2] < 0.05 / 3 and p_values[0, 2] > 0.05
    assert found.leads.tolist() == [[False, False, False], [True, False, True], [False, False, False]]
    assert found.groups == (tuple(sorted((0, 2), key=lambda level: found.average[level])),)
    assert found.order[0] == 1


@pytest.mark.parametrize("levels", [2, 3])
def test_with_too_few_datasets_nothing_can_be_told(levels):
    """Not even if one is far ahead on every one of them."""
    least = least_datasets(levels)
    ahead = np.zeros((least, levels, 3)) + np.linspace(0, 1, levels)[:, None] + np.arange(least)[:, None, None] / 100
    ahead[:, -1] += np.arange(least)[:, None] / 1000
    assert average_ranks(of_datasets(ahead), "activation").leads.any()
    fewer = average_ranks(of_datasets(ahead[:-1]), "activation")
    assert not fewer.leads.any()
    assert (fewer.least, len(fewer.groups[0])) == (least, levels)


def test_how_many_datasets_it_takes():
    assert [least_datasets(levels) for levels in (2, 3, 4, 8)] == [6, 7, 8, 11]
    for levels in (2, 3, 8):
        pairs = levels * (levels - 1) // 2
        p_values = [
            wilcoxon(np.arange(1.0, size + 1)).pvalue for size in (least_datasets(levels), least_datasets(levels) - 1)
        ]
        assert p_values[0] * pairs < 0.05 <= p_values[1] * pairs


def test_each_dataset_has_its_best_and_seeds_say_who_is_beaten():
    """relu is the best on the first, tanh on the second, sin nowhere; on the third none is shown to be."""
    noise = 0.002 * np.random.default_rng(2).standard_normal((3, 3, 6))
    worth = np.array([[0.9, 0.8, 0.7], [0.8, 0.9, 0.7], [0.8, 0.8, 0.8]])
    found = average_ranks(of_datasets(worth[..., None] + noise), "activation", chances=(0.5, 0.5, 0.9))
    assert [contest.best for contest in found.contests[:2]] == [("relu",), ("tanh",)]
    assert [contest.near for contest in found.contests[:2]] == [(), ()]
    assert found.contests[2].reason == "at chance"
    assert found.no_winner
    assert found.leads_on_these.tolist() == [[False, False, True], [False, False, True], [False, False, False]]
    table = of_datasets(worth[..., None] + noise)
    diverged = np.zeros(table.values.shape, int)
    diverged[1, 1, 3] = 1
    found = average_ranks(replace(table, diverged=diverged), "activation")
    reasons = [contest.reason for contest in found.contests]
    assert reasons[:2] == [None, "diverged"]
    one = average_ranks(of_datasets(worth[[0, 2]][..., None] + noise[:2]), "activation")
    assert one.beaten.tolist() == [False, True, True]
    assert not one.no_winner


def test_that_one_is_beaten_is_tested_for_all_others_and_datasets_together():
    verdicts = []
    for seed in range(40):
        values = np.random.default_rng(seed).normal(0, 1, (2, 3, 5)) + np.array([[0.0], [2.0], [0.0]])
        found = average_ranks(of_datasets(values), "activation")
        tests = [ttest_rel(other, of[0], alternative="greater").pvalue for of in values for other in of[1:]]
        assert found.beaten[0] == (min(tests) < 0.025 / 4)
        verdicts.append(bool(found.beaten[0]))
    assert 5 < sum(verdicts) < 35, "both happen"


def test_what_differs_by_the_same_sample_with_each_seed_beats_nobody_where_samples_are_few():
    """On both datasets one step of 0.02 lies between the two; of five seeds, t is sqrt(30) = 5.48 of one step."""
    values = np.repeat([[[0.80], [0.82]], [[0.82], [0.80]]], 5, axis=2)
    assert average_ranks(of_datasets(values), "activation").beaten.all()
    fine, coarse = (average_ranks(of_datasets(values, step), "activation") for step in (0.02, 0.04))
    assert fine.beaten.all() and all(contest.near == () for contest in fine.contests)
    assert not coarse.beaten.any() and all(contest.near for contest in coarse.contests)


def test_each_has_its_own_setting_on_each_dataset_and_other_factors_are_averaged():
    table = random_scores()
    averaged, tuned = average_ranks(table, "activation"), average_ranks(table, "activation", ["learning_rate"])
    np.testing.assert_allclose(averaged.accuracy, table.values.mean(axis=(1, 3)).T)
    worth = np.array([[0.9, 0.1], [0.5, 0.6]])[:, :, None, None] * np.ones((2, 2, 2, 3))
    own = scores(worth, activation=LEVELS[:2], learning_rate=(0.1, 1.0), dataset=("moons", "xor"))
    assert average_ranks(own, "activation").average.tolist() == [2, 1]
    assert average_ranks(own, "activation", ["learning_rate"]).average.tolist() == [1, 2]
    assert tuned.accuracy.shape == (2, 3)
    assert tuned.datasets == ({"dataset": "moons"}, {"dataset": "xor"})


def test_a_dataset_with_more_noise_is_another():
    table = replace(
        random_scores(),
        factors=(("activation", LEVELS), ("noise", (0.0, 0.1, 0.2, 0.3)), ("dataset", ("moons", "xor"))),
    )
    found = average_ranks(table, "activation")
    assert found.datasets[1] == {"noise": 0.0, "dataset": "xor"}
    np.testing.assert_allclose(found.accuracy[1], table.values[:, 0, 1].mean(axis=-1))


def test_one_dataset_has_no_ranks_and_gaps_leave_out_their_seeds():
    table = random_scores()
    with pytest.raises(ValueError, match="more than one dataset"):
        average_ranks(table.at({"dataset": "xor"}), "activation")
    values = table.values.copy()
    values[0, 0, 0, :5] = np.nan
    gaps = replace(table, values=values.copy())
    assert average_ranks(gaps, "activation").basis.seeds == 1
    assert average_ranks(gaps, "activation", ["learning_rate"]) is None
    values[0, 0, 0] = np.nan
    assert average_ranks(replace(table, values=values), "activation") is None


def test_at_their_own_settings_what_the_seeds_say_must_be_shown_twice():
    """By the halves that choose for each other, and where all choose."""
    differ = []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        worth = rng.normal(0.8, 0.03, (2, 4, 2, 1)) + np.array([0.03, 0.0])[:, None, None, None]
        table = scores(
            worth + rng.normal(0, 0.02, (2, 4, 2, 6)), activation=LEVELS[:2], rate=(1, 2, 3, 4), dataset=(0, 1)
        )
        found, tuned = average_ranks(table, "activation", ["rate"]), tuned_for_each(table, ["rate"])
        apart = [average_ranks(each, "activation") for each in (tuned.scores, tuned.by_all)]
        np.testing.assert_array_equal(found.beaten, apart[0].beaten & apart[1].beaten)
        np.testing.assert_array_equal(found.leads_on_these, apart[0].leads_on_these & apart[1].leads_on_these)
        for both, one, other in zip(found.contests, apart[0].contests, apart[1].contests):
            assert both.low <= one.low and (both.best != other.best or both.low <= other.low)
        differ.append((apart[0].leads_on_these != apart[1].leads_on_these).any())
    assert any(differ)
