"""Which level of a factor is ahead over several datasets, and whether it would be on others.

Two questions are kept apart.  *On these datasets*, that is, on new draws of them: the seeds say that.  *On other
datasets like these*: each dataset counts as one observation, its ranks are averaged, Friedman's test says whether the
levels differ at all, and each pair is tested by Wilcoxon's signed-rank test, with Holm's correction for their number.

Not by Nemenyi's critical difference, which is drawn most often (Demsar 2006, Statistical comparisons of classifiers
over multiple data sets).  It compares average ranks, so whether two can be told apart depends on which others stand
beside them (Benavoli, Corani and Mangili 2016, Should we really use post-hoc tests based on mean-ranks?, who say to use
Wilcoxon's).  The price is honest: of few datasets the answer is that nothing can be told, and `least_datasets` says how
many it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from ..analysis.luck import CONFIDENCE, ROUNDING, Contest, contest_of, intervals
from ..readonly import ReadOnly
from .pairs import LEAST_SEEDS, groups, leads_by_datasets, leads_by_seeds
from .scores import CONDITIONS, Basis, Scores, common_step
from .tuning import tuned_for_each


@dataclass(frozen=True)
class Ranks(ReadOnly):
    """The levels of a factor on several datasets, each a combination of the levels of `CONDITIONS` in the grid.

    `accuracy` and `ranks` (dataset, level) are the means over the seeds and their ranks, 1 for the highest; equal ones
    share their mean rank.  `average` (level,) are the average ranks and `order` the levels' places, the lowest first.
    `friedman` is the p-value of Friedman's test that no level differs (NaN for two levels).

    `leads` (level, level) say which leads would be seen on most datasets like these, and `groups` are the places of
    levels that cannot be told apart, best first.  With fewer than `least` datasets none can.  `leads_on_these` is what
    the seeds say of the mean accuracies on these datasets.

    `contests` says, for each dataset, which level is best on it, and `beaten` (level,) whether it is shown that the
    level is not the best everywhere; `no_winner` that none is.
    """

    factor: str
    datasets: tuple[dict[str, Any], ...]
    levels: tuple[Any, ...]
    accuracy: np.ndarray
    ranks: np.ndarray
    average: np.ndarray
    order: np.ndarray
    friedman: float
    leads: np.ndarray
    groups: tuple[tuple[int, ...], ...]
    least: int
    leads_on_these: np.ndarray
    contests: tuple[Contest, ...]
    beaten: np.ndarray
    basis: Basis

    @property
    def no_winner(self) -> bool:
        """Whether each level is shown to be beaten somewhere."""
        return bool(self.beaten.all())


def average_ranks(
    scores: Scores, factor: str, tuned: Sequence[str] = (), chances: Sequence[float] | None = None
) -> Ranks | None:
    """The levels of a factor over all datasets of a grid, each at its own setting of the `tuned` factors.

    That setting is chosen on each dataset apart, by other seeds than those that measure it; all other factors are
    averaged.  `chances` are the accuracies of networks that have learnt nothing, one for each dataset.  None as long as
    no seed (for tuned factors, no two) is whole.  Raises `ValueError` for a grid of one dataset.
    """
    conditions = [name for name in scores.names if name in CONDITIONS and name != factor]
    datasets = tuple(dict(zip(conditions, each)) for each in product(*(scores.levels(name) for name in conditions)))
    if len(datasets) < 2:
        raise ValueError("ranks need more than one dataset")
    whole = scores.of_whole_seeds()
    if whole.seeds < (2 if tuned else 1):
        return None
    found = tuned_for_each(whole, tuned) if tuned else None
    tables = [_by_dataset(each, factor, conditions) for each in ((found.scores, found.by_all) if found else (whole,))]
    levels, table = scores.levels(factor), tables[0].values
    diverged = tables[0].diverged.sum(axis=-1) > 0
    accuracy, steps = table.mean(axis=-1), np.array([common_step(each) for each in tables[0].steps])
    ranks = _ranks(accuracy)
    average = ranks.mean(axis=0)
    order = np.argsort(average, kind="stable")
    leads = leads_by_datasets(accuracy.T)
    chances = [0.0] * len(datasets) if chances is None else chances
    contests = tuple(
        contest_of(of_levels, levels, chance, did, also, step=step)
        for of_levels, chance, did, also, step in zip(table, chances, diverged, tables[-1].values, steps)
    )
    over_all = [each.mean_over(["dataset"]).values for each in tables]
    step = common_step(tables[0].mean_over(["dataset"]).steps)
    on_these = np.all([leads_by_seeds(each, step) for each in over_all], axis=0)
    beaten = np.all([_beaten(each.values, steps) for each in tables], axis=0)
    return Ranks(
        factor, datasets, levels, accuracy, ranks, average, order, _friedman(accuracy), leads,
        _best_first(groups(leads), average), least_datasets(len(levels)), on_these, contests, beaten, scores.basis(),
    )  # fmt: skip


def least_datasets(levels: int) -> int:
    """How many datasets it takes to tell any two of so many levels apart: one that is ahead on all of them.

    The probability of that, or of its opposite, is 2 / 2^datasets; for the first of all pairs it must be below 5 %
    divided by their number.
    """
    pairs = levels * (levels - 1) // 2
    datasets = 1
    while 2 / 2**datasets * pairs >= 1 - CONFIDENCE:
        datasets += 1
    return datasets


def _by_dataset(scores: Scores, factor: str, conditions: Sequence[str]) -> Scores:
    """The mean over all other factors, as (dataset, level, seed)."""
    scores = scores.mean_over(name for name in scores.names if name not in (factor, *conditions))
    scores = scores.in_order([*conditions, factor])
    datasets = tuple(product(*(scores.levels(name) for name in conditions)))
    shape = len(datasets), len(scores.levels(factor)), scores.seeds
    return scores.changed((("dataset", datasets), scores.factors[-1]), lambda array: array.reshape(shape))


def _ranks(accuracy: np.ndarray) -> np.ndarray:
    from scipy.stats import rankdata

    return rankdata(-np.round(accuracy, 9), axis=1)  # what is equal but for rounding shares its rank


def _friedman(accuracy: np.ndarray) -> float:
    """The p-value of Friedman's test, with the correction for ties; 1 if all are equal, NaN for fewer than three."""
    from scipy.stats import friedmanchisquare

    if accuracy.shape[1] < 3:
        return np.nan
    rounded = np.round(accuracy, 9)
    if np.ptp(rounded, axis=1).max() == 0:
        return 1.0
    return float(friedmanchisquare(*rounded.T).pvalue)


def _best_first(found: Sequence[Sequence[int]], average: np.ndarray) -> tuple[tuple[int, ...], ...]:
    """Groups, and the levels in each, by their average rank."""
    ordered = [tuple(sorted(group, key=lambda level: average[level])) for group in found]
    return tuple(sorted(ordered, key=lambda group: tuple(average[list(group)])))


def _beaten(table: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """(level,) whether the seeds show, of (dataset, level, seed), that another level is better on some dataset, whose
    accuracies come in steps (dataset,).

    A level that is the best everywhere is called beaten in at most 5 % of all grids: it may be beaten by any other and
    on any dataset, so these tests share the risk.  That all are beaten needs no further correction (an
    intersection-union test, as in `core.analysis.luck`).
    """
    datasets, levels, seeds = table.shape
    if seeds < LEAST_SEEDS or levels < 2:
        return np.zeros(levels, bool)
    differences = table[:, :, None] - table[:, None]  # (dataset, better, worse, seed)
    _, low, _ = intervals(differences, datasets * (levels - 1), steps[:, None, None])
    return np.any(low > ROUNDING, axis=(0, 1))
