from itertools import combinations

import numpy as np
import pytest
from scipy.stats import t, ttest_rel, wilcoxon

from core.sweeps.pairs import groups, holm, leads_by_datasets, leads_by_seeds, paired_t, signed_rank
from tests.reference.recorded import numbers


def test_p_values_are_corrected_as_statsmodels_does():
    recorded = numbers("shares.json")
    np.testing.assert_allclose(holm(np.array(recorded["p_values"])), recorded["holm"])


def test_paired_t_is_scipys():
    rng = np.random.default_rng(0)
    first, second = rng.standard_normal((2, 20, 5))
    p_values, means = paired_t(first - second)
    np.testing.assert_allclose(p_values, ttest_rel(first, second, axis=1).pvalue)
    np.testing.assert_allclose(means, (first - second).mean(axis=1))
    assert paired_t(np.array([[0.0, 0, 0], [0.1, 0.1, 0.1]]))[0].tolist() == [1, 0]


@pytest.mark.parametrize("datasets", [3, 6, 11])
def test_signed_ranks_are_scipys(datasets):
    rng = np.random.default_rng(datasets)
    differences = rng.standard_normal((8, datasets))
    p_values, sums = signed_rank(differences)
    np.testing.assert_allclose(p_values, wilcoxon(differences, axis=1, method="exact").pvalue)
    assert (
        np.sign(sums) == np.sign([(np.abs(row).argsort().argsort() + 1) @ np.sign(row) for row in differences])
    ).all()


def test_signed_ranks_with_ties_and_zeros_are_scipys_over_all_signs():
    rng = np.random.default_rng(1)
    differences = np.round(rng.standard_normal((4, 7)), 0)
    assert (differences == 0).any(), "and ones that are equal"
    expected = [wilcoxon(row, zero_method="pratt").pvalue for row in differences]
    np.testing.assert_allclose(signed_rank(differences)[0], expected)
    assert signed_rank(np.zeros((1, 5)))[0] == 1
    noise = 1e-15 * rng.standard_normal(differences.shape)
    np.testing.assert_array_equal(signed_rank(differences + noise)[0], signed_rank(differences)[0])


def test_leads_are_those_that_holm_leaves():
    rng = np.random.default_rng(2)
    accuracies = rng.normal(0.8, 0.02, (6, 8)) + 0.02 * np.arange(6)[:, None]
    leads = leads_by_seeds(accuracies)
    pairs = list(combinations(range(6), 2))
    corrected = holm(np.array([ttest_rel(accuracies[a], accuracies[b]).pvalue for a, b in pairs]))
    expected = {(b, a) for (a, b), p in zip(pairs, corrected) if p < 0.05}
    assert set(zip(*np.nonzero(leads))) == expected
    assert 0 < len(expected) < len(pairs)
    assert not leads_by_seeds(accuracies[:, :4]).any()


def test_what_differs_by_the_same_with_each_seed_is_told_apart_by_its_steps():
    """The error of a difference counts as step / sqrt(6 n), so t is sqrt(30) = 5.48 of one step, for five seeds."""
    one_step = np.full((1, 5), 0.01)
    assert paired_t(one_step, step=0.01)[0] == pytest.approx(2 * t.sf(np.sqrt(30), 4))
    assert paired_t(one_step)[0] == 0
    accuracies = np.repeat([[0.80], [0.81], [0.81]], 5, axis=1)
    assert leads_by_seeds(accuracies, 0.01).sum() == 2
    assert not leads_by_seeds(accuracies, 0.02).any()


def test_over_datasets_the_rank_sum_says_who_is_ahead_and_not_the_mean():
    first = np.array([*np.linspace(0.50, 0.60, 13), 0.99])
    second = np.array([*np.linspace(0.52, 0.64, 13), 0.1])
    assert first.mean() > second.mean()
    assert leads_by_datasets(np.array([first, second])).tolist() == [[False, False], [True, False]]


def brute_force(told: np.ndarray) -> set[tuple[int, ...]]:
    """All largest sets of levels without a pair that is told apart."""
    everything = [set(some) for size in range(1, len(told) + 1) for some in combinations(range(len(told)), size)]
    together = [some for some in everything if not any(told[a, b] for a, b in combinations(sorted(some), 2))]
    return {tuple(sorted(some)) for some in together if not any(some < other for other in together) and len(some) > 1}


def test_groups_join_all_that_cannot_be_told_apart_and_nothing_else():
    rng = np.random.default_rng(3)
    for density in (0.0, 0.2, 0.5, 0.8, 1.0):
        for _ in range(20):
            told = np.triu(rng.uniform(size=(7, 7)) < density, 1)
            assert set(groups(told | told.T)) == brute_force(told | told.T)
