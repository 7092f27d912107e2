"""How often the statistics of a sweep find a difference: where there is none, and where there is one.

    PYTHONPATH=. python benchmarks/sweep_luck.py      # about four minutes; prints the tables of docs/sweeps.md

Drawn accuracies are normal.  Of their variance, 0.3 is shared by all networks of a seed and 0.3 by those of a seed and
a level, whatever their setting.  Differences are in standard deviations of one network's accuracy between seeds.  Real
networks differ in nothing: one activation function, trained at six rates from many seeds, is dealt out to levels.
"""

import numpy as np
from scipy.stats import studentized_range

from core import Experiment, Grid, sweep
from core.analysis.luck import CONFIDENCE, intervals
from core.sweeps.best import AtBest, each_at_its_best
from core.sweeps.pairs import holm, leads_by_datasets, paired_t
from core.sweeps.ranks import average_ranks, least_datasets
from core.sweeps.scores import Scores
from core.sweeps.tuning import middle_of_best, tuned_for_each

COMPARISONS = 20_000  # of two levels, computed at once
GRIDS = 1_000  # of many levels, one after the other
SHARED = (0.3, 0.3)  # of the variance: by a seed's networks, by those of a seed and a level
FAR = 10.0  # standard deviations by which levels lie behind that are out of the contest
TRAINED = 250  # seeds of the real networks
LANDSCAPES = {  # what six settings are worth, for one level and for the other; equal at their best
    "no setting matters": ((0,) * 6, (0,) * 6),
    "one peak": ((-6, -3, -0.5, 0, -0.5, -6),) * 2,
    "one peak, and no setting matters": ((-6, -6, -6, 0, -6, -6), (0,) * 6),
}


def drawn(worth: np.ndarray, copies: int, seeds: int, rng: np.random.Generator) -> np.ndarray:
    """Accuracies (copy, level, setting, seed) of levels and settings that are worth (level, setting)."""
    levels, settings = worth.shape
    parts = (1, 1), (levels, 1), (levels, settings)
    weights = np.sqrt([*SHARED, 1 - sum(SHARED)])
    luck = sum(weight * rng.standard_normal((copies, *part, seeds)) for weight, part in zip(weights, parts))
    return worth[:, :, None] + luck


def by_the_same(table: np.ndarray) -> np.ndarray:
    """Measured accuracies (..., seed) of (..., setting, seed): all seeds choose, and all measure."""
    places = middle_of_best(table.mean(axis=-1))[..., None, None]
    return np.take_along_axis(table, places, axis=-2)[..., 0, :]


def by_all_others(table: np.ndarray) -> np.ndarray:
    """The same where each seed measures at what all others chose."""
    seeds = table.shape[-1]
    measured = np.empty((*table.shape[:-2], seeds))
    for seed in range(seeds):
        places = middle_of_best(np.delete(table, seed, axis=-1).mean(axis=-1))[..., None]
        measured[..., seed] = np.take_along_axis(table[..., seed], places, axis=-1)[..., 0]
    return measured


def by_the_other_half(table: np.ndarray) -> np.ndarray:
    """The same where halves choose for each other, of (copy, level, setting, seed)."""
    return tuned_for_each(scores_of_array(table, ("copy", "level", "setting")), ["setting"]).scores.values


def scores_of_array(table: np.ndarray, names: tuple[str, ...]) -> Scores:
    """An array (..., seed) with names for its axes; nothing diverged."""
    factors = tuple((name, tuple(range(size))) for name, size in zip(names, table.shape))
    return Scores(factors, table, np.zeros(table.shape, int), np.zeros(table.shape))


def trained() -> np.ndarray:
    """Test accuracies (setting, seed) of one activation function at six rates."""
    rates = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
    grids = [Grid({"rate_multiple": rates}, Experiment(epochs=30, seed=first), 10) for first in range(0, TRAINED, 10)]
    return np.concatenate([sweep(grid).test_accuracy for grid in grids], axis=1)


def dealt(real: np.ndarray, copies: int, levels: int, seeds: int, rng: np.random.Generator) -> np.ndarray:
    """(copy, level, setting, seed) of real networks, in which no seed is twice in one copy."""
    places = np.array([rng.permutation(real.shape[1])[: levels * seeds] for _ in range(copies)])
    return real[:, places.reshape(copies, levels, seeds)].transpose(1, 2, 0, 3)


def percent(found: np.ndarray) -> str:
    return f"{100 * np.mean(found):.1f}"


def shown_to_lead(table: np.ndarray) -> list[float]:
    """Shares of the copies of (copy, level, setting, seed) in which one of two levels is shown to lead: chosen by the
    seeds that measure, by all others, by the other half; and by the rule of the project, if first and third agree."""
    measured = [rule(table) for rule in (by_the_same, by_all_others, by_the_other_half)]
    _, low, high = intervals(np.array([each[:, 0] - each[:, 1] for each in measured]))
    ahead, behind = low > 0, high < 0
    agreed = ahead[0] & ahead[2] | behind[0] & behind[2]
    return [float(shown.mean()) for shown in (*(ahead | behind), agreed)]


def two_levels(real: np.ndarray, rng: np.random.Generator) -> None:
    print("A level is shown to lead at its best, though both are as good, in %")
    print("(chosen by the seeds that measure / by all others / by the other half / first and third agree)\n")
    print(f"| seeds | {' | '.join(LANDSCAPES)} | real networks |")
    print(f"| ---: |{' ---: |' * (len(LANDSCAPES) + 1)}")
    for seeds in (3, 5, 10):
        tables = [drawn(np.array(worth, float), COMPARISONS, seeds, rng) for worth in LANDSCAPES.values()]
        tables.append(dealt(real, COMPARISONS, 2, seeds, rng))
        cells = [" / ".join(f"{100 * share:.1f}" for share in shown_to_lead(table)) for table in tables]
        print(f"| {seeds} | {' | '.join(cells)} |")


def rankings(tables: np.ndarray) -> list[AtBest]:
    scores = (scores_of_array(table, ("level", "setting")) for table in tables)
    found = (each_at_its_best(each, "level", chance=-FAR) for each in scores)
    return [each for each in found if each is not None]


def many_levels(real: np.ndarray, rng: np.random.Generator) -> None:
    print("\nOf many levels that are as good, something is claimed, in % (drawn, one peak / real networks)\n")
    print("| levels | seeds | a winner | any lead at their best | any gain by an own setting | any two turned round |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for levels, seeds in ((2, 5), (2, 10), (4, 5), (4, 10), (8, 5), (8, 10), (24, 5), (24, 10)):
        worth = np.repeat([LANDSCAPES["one peak"][0]], levels, axis=0).astype(float)
        claims = []
        for tables in (drawn(worth, GRIDS, seeds, rng), dealt(real, GRIDS, levels, seeds, rng)):
            found = rankings(tables)
            winner = [each.best.contest.reason is None and not each.best.contest.near for each in found]
            gain = [bool((each.low > 0).any() or (each.high < 0).any()) for each in found]
            lead, turned = [each.best.leads.any() for each in found], [bool(each.turned) for each in found]
            claims.append([percent(np.array(each)) for each in (winner, lead, gain, turned)])
        print(f"| {levels} | {seeds} | {' | '.join(' / '.join(pair) for pair in zip(*claims))} |")


def few_seeds(real: np.ndarray, rng: np.random.Generator) -> None:
    print("\nIf so few seeds were enough, some lead would be shown among 24 real levels that are equal, in %\n")
    print("| 3 seeds | 4 seeds | 5 seeds |")
    print("| ---: | ---: | ---: |")
    first, second = np.triu_indices(24, 1)
    cells = []
    for seeds in (3, 4, 5):
        tables = dealt(real, GRIDS, 24, seeds, rng)[:, :, 3]  # three times the usual rate
        corrected = [holm(paired_t(table[first] - table[second])[0]) for table in tables]
        cells.append(percent(np.array([p_values.min() < 1 - CONFIDENCE for p_values in corrected])))
    print(f"| {' | '.join(cells)} |")


def power(rng: np.random.Generator) -> None:
    print("\nThe level that leads at its best is named, in %\n")
    print("| levels | seeds | lead of 1 sd | 2 sd | 3 sd |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for levels, seeds in ((2, 3), (2, 5), (2, 10), (8, 3), (8, 5), (8, 10)):
        cells = []
        for lead in (1.0, 2.0, 3.0):
            worth = np.repeat([LANDSCAPES["one peak"][0]], levels, axis=0) + lead * (np.arange(levels) == 0)[:, None]
            contests = [each.best.contest for each in rankings(drawn(worth, GRIDS, seeds, rng))]
            named = [each.reason is None and each.best == (0,) and not each.near for each in contests]
            cells.append(f"{100 * np.mean(named):.0f}")
        print(f"| {levels} | {seeds} | {' | '.join(cells)} |")


def nemenyi(accuracy: np.ndarray) -> np.ndarray:
    """(level, level) whether two can be told apart by Nemenyi's critical difference, of (level, dataset)."""
    levels, datasets = accuracy.shape
    average = accuracy.argsort(axis=0).argsort(axis=0).mean(axis=1)
    critical = studentized_range.ppf(0.95, levels, np.inf) / np.sqrt(2) * np.sqrt(levels * (levels + 1) / 6 / datasets)
    return np.abs(average[:, None] - average) > critical


def over_datasets(rng: np.random.Generator) -> None:
    print("\nOver datasets, two levels are told apart, in % (Nemenyi / Wilcoxon with Holm)\n")
    print("| levels | datasets | all are equal | two are equal, the rest far behind, in one order | a lead of 2 sd |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for levels in (2, 4, 8):
        for datasets in sorted({3, 6, 10, 20, least_datasets(levels)}):
            cells = []
            for behind, lead in ((0.0, 0.0), (FAR, 0.0), (FAR, 2.0)):
                worth = -behind * np.maximum(np.arange(levels) - 1, 0.0)
                worth[0] += lead
                tables = worth[:, None] + rng.standard_normal((GRIDS, levels, datasets))
                pairs = slice(None) if not behind else slice(2)  # all, or those in question
                found = [[rule(each)[pairs, pairs].any() for each in tables] for rule in (nemenyi, leads_by_datasets)]
                cells.append(" / ".join(percent(np.array(each)) for each in found))
            print(f"| {levels} | {datasets} | {' | '.join(cells)} |")


def winners(rng: np.random.Generator) -> None:
    print("\nA level that is the best everywhere is called beaten; no level is said to be the best everywhere, in %\n")
    print("| levels | datasets | seeds | all are equal: the first is beaten | no winner | each best on some by 3 sd |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for levels, datasets, seeds in ((2, 3, 5), (4, 3, 5), (4, 6, 5), (4, 6, 10), (8, 6, 5), (8, 6, 10)):
        cells = []
        for lead in (0.0, 3.0):
            worth = lead * (np.arange(levels) == np.arange(datasets)[:, None] % levels)
            shared = np.sqrt(SHARED[0]) * rng.standard_normal((GRIDS, datasets, 1, seeds))
            own = np.sqrt(1 - SHARED[0]) * rng.standard_normal((GRIDS, datasets, levels, seeds))
            tables = worth[..., None] + shared + own
            found = [average_ranks(scores_of_array(each, ("dataset", "level")), "level") for each in tables]
            cells += [percent(np.array([each.beaten[0] for each in found if each]))] if not lead else []
            cells.append(percent(np.array([each.no_winner for each in found if each])))
        print(f"| {levels} | {datasets} | {seeds} | {' | '.join(cells)} |")


def main() -> None:
    rng, real = np.random.default_rng(0), trained()
    two_levels(real, rng)
    many_levels(real, rng)
    power(rng)
    over_datasets(rng)
    winners(rng)
    few_seeds(real, np.random.default_rng(0))


if __name__ == "__main__":
    main()
