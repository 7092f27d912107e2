"""Which of many can be told apart, when each is held against each.

A statement about all pairs at once is wrong if one of them is, so the tests of the pairs share the risk of 5 % (Holm
1979, A simple sequentially rejective multiple test procedure).  Arrays are (level, seed) or (level, dataset).
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from ..analysis.luck import CONFIDENCE, ROUNDING, least_spread

LEAST_SEEDS = 5  # for a statement about many pairs; for a single one three are enough
Test = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def leads_by_seeds(accuracies: np.ndarray, step: float = 0.0) -> np.ndarray:
    """(level, level) whether the lead of the one over the other is more than luck with the seeds they share.

    By paired t-tests, of accuracies that come in a `step`, with Holm's correction for the number of pairs.  With fewer
    than `LEAST_SEEDS` none is shown: among many pairs some differ by nearly the same in each of three seeds.
    """
    if accuracies.shape[-1] < LEAST_SEEDS:
        return np.zeros((len(accuracies), len(accuracies)), bool)
    return _leads(accuracies, partial(paired_t, step=step))


def leads_by_datasets(accuracies: np.ndarray) -> np.ndarray:
    """(level, level) whether the one would be ahead of the other on most datasets like these.

    By Wilcoxon's signed-rank test, exact, with Holm's correction for the number of pairs.
    """
    return _leads(accuracies, signed_rank)


def _leads(accuracies: np.ndarray, test: Test) -> np.ndarray:
    first, second = np.triu_indices(len(accuracies), 1)
    differences = accuracies[first] - accuracies[second]
    p_values, ahead = test(differences)
    shown = holm(p_values) < 1 - CONFIDENCE
    leads = np.zeros((len(accuracies), len(accuracies)), bool)
    leads[first, second] = shown & (ahead > 0)
    leads[second, first] = shown & (ahead < 0)
    return leads


def paired_t(differences: np.ndarray, step: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Two-sided p-values (pair,) of Student's t-test that the mean of differences (pair, seed) is 0, and the means; 1
    if all are 0.  Of figures that come in a `step`, the spread counts as in `core.analysis.luck.intervals`."""
    from scipy.stats import t

    seeds = differences.shape[-1]
    means = differences.mean(axis=-1)
    errors = np.maximum(differences.std(axis=-1, ddof=1), least_spread(step)) / np.sqrt(seeds)
    ratios = np.divide(np.abs(means), errors, out=np.full(means.shape, np.inf), where=errors > ROUNDING)
    return np.where(np.abs(means) > ROUNDING, 2 * t.sf(ratios, seeds - 1), 1.0), means


def signed_rank(differences: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Two-sided p-values (pair,) of Wilcoxon's signed-rank test of differences (pair, dataset), exact, and the sums of
    the signed ranks.

    Equal differences share their mean rank, and differences of 0 are ranked and then left out (Pratt 1959).  The
    distribution is that over all signs of these very ranks: `scipy.stats.wilcoxon` gives the same, but takes minutes
    for some hundred pairs with ties, and approximates those of more than 13 datasets.
    """
    from scipy.stats import rankdata

    differences = np.round(differences, 9)  # what is equal but for rounding is equal
    doubled = np.rint(2 * rankdata(np.abs(differences), axis=-1)).astype(int)  # whole numbers, also of shared ranks
    doubled[differences == 0] = 0
    sums = (doubled * np.sign(differences).astype(int)).sum(axis=-1)
    return np.array([_share_as_extreme(ranks, abs(int(at))) for ranks, at in zip(doubled, sums)]), sums


def _share_as_extreme(ranks: np.ndarray, distance: int) -> float:
    """Of all signs that whole ranks may have, the share whose sum is so far from 0 or farther."""
    total = int(ranks.sum())
    shares = np.zeros(2 * total + 1)  # of the sums from -total to total
    shares[total] = 1.0
    for rank in ranks:
        shares = (np.roll(shares, rank) + np.roll(shares, -rank)) / 2
    return min(1.0, float(shares[np.abs(np.arange(-total, total + 1)) >= distance].sum()))


def holm(p_values: np.ndarray) -> np.ndarray:
    """P-values corrected for their number, so that all those below a level are wrong together at most that often."""
    order = np.argsort(p_values, kind="stable")
    steps = np.maximum.accumulate(p_values[order] * np.arange(len(p_values), 0, -1))
    corrected = np.empty(len(p_values))
    corrected[order] = np.minimum(steps, 1.0)
    return corrected


def groups(told: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """The largest groups of levels none of which can be told from another, by (level, level) whether two can.

    Two are together in a group if and only if they cannot be told apart.  By inserting and absorbing (Piepho 2004, An
    algorithm for a letter-based representation of all-pairwise comparisons).  Groups of one are left out.
    """
    found = [frozenset(range(len(told)))]
    for one, other in zip(*np.nonzero(np.triu(told | told.T, 1))):
        split = [group - {left} for group in found if {one, other} <= group for left in (one, other)]
        kept = list(dict.fromkeys([*(group for group in found if not {one, other} <= group), *split]))
        found = [group for group in kept if not any(group < another for another in kept)]
    return tuple(sorted(tuple(sorted(group)) for group in found if len(group) > 1))
