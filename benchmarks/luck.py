"""How often `core.analysis.luck` names a winner: where there is none, and where there is one.

    PYTHONPATH=. python benchmarks/luck.py            # about a minute; prints the tables

Drawn accuracies are normal, with a part that all networks of a seed share (correlation 0.3).  Leads are in standard
deviations of one network's accuracy between seeds.  The rule before, kept here to compare with, tested the best one
one-sidedly at 5 % divided by the number of others.  The last table has no drawn numbers: one setting, trained from many
seeds, is dealt out to settings that do not differ.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
from scipy.stats import t

from core import DatasetSpec, Experiment, Run, load, train
from core.analysis.luck import intervals

COMPARISONS = 20_000
CORRELATION = 0.3
FAR = 10.0  # standard deviations by which networks lie behind that are out of the contest
TRAINED = 300  # seeds of the real setting
MOONS = DatasetSpec("moons")
Rule = Callable[[np.ndarray], np.ndarray]


def now(differences: np.ndarray, step: float = 0.0) -> np.ndarray:
    """(comparison,) whether a winner is named, from (comparison, other setting, seed) of accuracies that come in such a
    step: the rule of the project."""
    return (intervals(differences, step=step)[1] > 0).all(axis=1)


def before(differences: np.ndarray) -> np.ndarray:
    """The same by the rule before: one-sided, with Bonferroni's correction over the others."""
    others, seeds = differences.shape[1:]
    quantile = t.ppf(1 - 0.05 / others, seeds - 1)
    return (differences.mean(axis=2) > quantile * differences.std(axis=2, ddof=1) / np.sqrt(seeds)).all(axis=1)


def named(accuracies: np.ndarray, rule: Rule) -> tuple[np.ndarray, np.ndarray]:
    """(comparison,) each: whether a winner is named, and the place of the best, of (comparison, setting, seed)."""
    means = accuracies.mean(axis=2)
    best = means.argmax(axis=1)
    rows = np.arange(len(best))
    differences = accuracies[rows, best][:, None] - accuracies
    others = np.ones(means.shape, bool)
    others[rows, best] = False
    differences = differences[others].reshape(len(best), -1, accuracies.shape[2])
    is_tied = (np.isclose(means, means[rows, best][:, None], rtol=0, atol=1e-12)).sum(axis=1) > 1
    with np.errstate(invalid="ignore"):
        return rule(differences) & ~is_tied, best


def drawn(settings: int, seeds: int, lead: float, tied: int, rng: np.random.Generator) -> np.ndarray:
    """Accuracies (comparison, setting, seed): the first leads, `tied` are as good as one another, the rest are far."""
    shared = rng.standard_normal((COMPARISONS, 1, seeds))
    own = rng.standard_normal((COMPARISONS, settings, seeds))
    accuracies = np.sqrt(CORRELATION) * shared + np.sqrt(1 - CORRELATION) * own
    accuracies[:, 0] += lead
    accuracies[:, tied:] -= FAR
    return accuracies


def trained(rng: np.random.Generator, settings: int, seeds: int) -> np.ndarray:
    """The same of real networks that differ in their seeds alone, so that there is nothing to find."""
    runs = tuple(Run("relu", seed=seed) for seed in range(TRAINED))
    experiment = Experiment(MOONS, runs, hidden=(8,), epochs=30)
    accuracies = train(experiment).test_accuracy[:, -1]
    places = np.array([rng.permutation(TRAINED)[: settings * seeds] for _ in range(COMPARISONS)])
    return accuracies[places].reshape(COMPARISONS, settings, seeds)


def main() -> None:
    rng = np.random.default_rng(0)
    print("A winner is named though there is none, in % (rule before / now)\n")
    print("| networks | seeds | all equal | two equal, the rest far behind | real networks, all equal |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for settings in (2, 4, 8):
        for seeds in (3, 5, 10):
            columns = [drawn(settings, seeds, 0, settings, rng), drawn(settings, seeds, 0, 2, rng)]
            steps = [0.0, 0.0, 1 / len(load(MOONS).y_test)]
            columns.append(trained(rng, settings, seeds))
            cells = [
                " / ".join(f"{100 * named(each, rule)[0].mean():.1f}" for rule in (before, partial(now, step=step)))
                for each, step in zip(columns, steps)
            ]
            print(f"| {settings} | {seeds} | {' | '.join(cells)} |")
    print("\nThe one that leads is named, in % (rule before / now)\n")
    print("| networks | seeds | lead of 1 sd | 2 sd | 3 sd |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for settings in (2, 4, 8):
        for seeds in (3, 5, 10):
            cells = []
            for lead in (1, 2, 3):
                accuracies = drawn(settings, seeds, lead, settings, rng)
                found = [named(accuracies, rule) for rule in (before, now)]
                cells.append(" / ".join(f"{100 * (is_named & (best == 0)).mean():.0f}" for is_named, best in found))
            print(f"| {settings} | {seeds} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
