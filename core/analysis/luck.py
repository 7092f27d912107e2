"""Whether the best network of a comparison is the best, or was lucky with its seeds.

The best is picked by its mean test accuracy and then held against every other.  Runs of one seed share their draws, so
settings are compared seed by seed, by the paired t-test on the differences of n seeds.  Two things follow from what is
claimed, "this one is better than all the others":

* It is claimed only if *each* of the tests says so, and then only one of the others has to be as good for the claim to
  be wrong: no correction for their number is needed (an intersection-union test; Berger 1982).
* Which one is tested was picked by looking at the same figures.  Of two equal settings either may come out ahead, so
  each test is held to half of the risk: its level is that of a two-sided test.

Accuracies come in steps of one sample.  Where all seeds differ by the same, the test would take that for certain, so a
spread counts as at least what such rounding alone makes.

All this is about one look at seeds whose number was chosen beforehand.  Where seeds come one after the other and
somebody looks after each, `lasting_intervals` take the place of `intervals`.

`benchmarks/luck.py` simulates how often a winner is named where there is none, and how often where there is one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from ..train.experiment import Experiment
from ..train.history import History
from .repeats import runs_by_setting, setting_names
from .summary import chance_levels, mean_level

LEAST_SEEDS = 3  # with two, a lead would have to be nine times the standard deviation of its differences
CONFIDENCE = 0.95  # a winner is named where there is none in at most 5 % of the comparisons
ROUNDING = 1e-12  # two means of accuracies that are closer are the same

EFFECT = 1.0  # of `lasting_intervals`: the leads, in standard deviations of the differences, that they find soonest

Intervals = Callable[..., tuple[np.ndarray, np.ndarray, np.ndarray]]
Reason = Literal["one setting", "activation not used", "few seeds", "diverged", "at chance", "tied"]


@dataclass(frozen=True)
class Contest:
    """What the seeds say of the settings of a comparison; accuracies and their differences go from 0 to 1.

    `best` names the setting with the highest mean test accuracy (all of them, if several are tied), `accuracy` is that
    mean, over the `seeds` that all settings share, and `chance` the chance level: where `chance_differs` between these
    seeds, it is their mean, too.  `reason` says why no winner can be named at all, or is None.

    Where it is None, `near` names the settings over which the lead of the best one is not shown, the closest first.
    The lead over `closest`, whose confidence interval reaches lowest, is `lead` on average, with an interval from `low`
    to `high`.
    """

    best: tuple[Any, ...]
    accuracy: float
    seeds: int
    chance: float
    reason: Reason | None = None
    near: tuple[Any, ...] = ()
    closest: Any = ""
    lead: float = np.nan
    low: float = np.nan
    high: float = np.nan
    chance_differs: bool = False


def contest(history: History) -> Contest:
    """Whether the best setting's lead after the last epoch is more than luck with the seeds.

    There is no winner among exact ties, at chance level (each network is held against that of its own seed), where the
    best one diverged with any of its seeds, or where networks without a hidden layer are compared by their activation,
    which they do not use.
    """
    groups, names = runs_by_setting(history.experiment), setting_names(history.experiment)
    table, seeds = _by_seed(history, groups)
    levels = chance_levels(history.experiment)
    chance = np.array([levels[seed] for seed in seeds or levels])
    step = 1 / history.experiment.dataset.size.test_samples
    if len(names) > 1 and not history.experiment.hidden and _differ_in_activation_alone(history.experiment):
        return replace(_leaders(table, names, chance), reason="activation not used")
    diverged = [bool((history.diverged_at[runs] >= 0).any()) for runs in groups]
    return contest_of(table, names, chance, diverged, step=step)


def contest_of(
    table: np.ndarray,
    names: Sequence[Any],
    chance: float | np.ndarray,
    diverged: Sequence[bool],
    also: np.ndarray | None = None,
    intervals_of: Intervals | None = None,
    step: float = 0.0,
) -> Contest:
    """The same of accuracies (setting, seed) from anywhere, all settings with the same seeds.

    `names` are those of the settings, of any type; `diverged` says of each whether any of its networks did.  `also` are
    other measurements of the same: then a lead counts only if both show it, and each interval reaches from the lower of
    both lower ends to the higher of the upper.  `chance` is the chance level, or that of each seed; figures without one
    have -inf.  `intervals_of` are those by which a lead is judged, if not `intervals`; figures come in such a `step`.
    Seeds are too few where an interval is infinite.
    """
    judged = partial(intervals_of or intervals, step=step)
    found = _leaders(table, names, chance)
    if len(table) < 2:
        return replace(found, reason="one setting")
    if found.seeds < LEAST_SEEDS:
        return replace(found, reason="few seeds")
    best = list(names).index(found.best[0])
    if np.all(chance > -np.inf) and not is_above(table[best], chance, step):
        return replace(found, reason="at chance")
    if len(found.best) > 1:
        return replace(found, reason="tied")
    if diverged[best]:
        return replace(found, reason="diverged")
    lead, low, high = judged(table[best] - np.delete(table, best, axis=0))
    if not np.isfinite(low).all():
        return replace(found, reason="few seeds")
    if also is not None:
        _, other_low, other_high = judged(also[best] - np.delete(also, best, axis=0))
        low, high = np.minimum(low, other_low), np.maximum(high, other_high)
    others = [name for place, name in enumerate(names) if place != best]
    order = np.argsort(low, kind="stable")
    closest = order[0]
    return replace(
        found, near=tuple(others[k] for k in order if low[k] <= 0), closest=others[closest],
        lead=float(lead[closest]), low=float(low[closest]), high=float(high[closest]),
    )  # fmt: skip


def _leaders(table: np.ndarray, names: Sequence[Any], chance: float | np.ndarray) -> Contest:
    """Which settings have the highest mean, whatever it is worth."""
    settings, seeds = table.shape
    means = table.mean(axis=1) if seeds else np.full(settings, np.nan)
    leaders = np.flatnonzero(means >= means.max() - ROUNDING) if seeds else np.arange(settings)
    best, levels = tuple(names[int(k)] for k in leaders), np.ravel(chance).tolist()
    differs = len(set(levels)) > 1
    return Contest(best, float(means[leaders[0]]), seeds, mean_level(levels), chance_differs=differs)


def least_spread(step: float | np.ndarray) -> float | np.ndarray:
    """As what the standard deviation of differences counts at least, of figures that come in a `step`: what is rounded
    to it is off by a variance of step^2 / 12 (Sheppard), and two figures have a difference."""
    return step / np.sqrt(6)


def intervals(
    differences: np.ndarray, family: int = 1, step: float | np.ndarray = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means of differences (..., seed) over the seeds, and the lower and the upper ends of their confidence intervals.

    Each is of shape (...); by Student's t distribution, at `CONFIDENCE`, which so many intervals have together
    (Bonferroni).  Of figures that come in a `step`, one or one for each difference, the standard deviation counts as at
    least their `least_spread`.
    """
    from scipy.stats import t

    seeds = differences.shape[-1]
    means = differences.mean(axis=-1)
    spread = np.maximum(differences.std(axis=-1, ddof=1), least_spread(step))
    half = t.ppf(1 - (1 - CONFIDENCE) / 2 / family, seeds - 1) * spread / np.sqrt(seeds)
    return means, means - half, means + half


def lasting_intervals(differences: np.ndarray, step: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same for a growing number of seeds: at `CONFIDENCE`, all the intervals hold that are ever looked at.

    This is the confidence sequence of the t-test whose effect has a normal prior of variance `EFFECT`**2: the Bayes
    factor against a mean is a martingale, and by Ville's inequality it ever reaches 1 / 0.05 in at most 5 % of cases
    (Wang & Ramdas 2025, Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance).  With
    fewer than five seeds the intervals are infinite.
    """
    seeds = differences.shape[-1]
    spread = 1 + seeds * EFFECT**2
    factor = (np.sqrt(spread) / (1 - CONFIDENCE)) ** (2 / seeds)
    means = differences.mean(axis=-1)
    if factor >= spread:
        return means, np.full(means.shape, -np.inf), np.full(means.shape, np.inf)
    quantile = np.sqrt((seeds - 1) * (factor - 1) / (1 - factor / spread))
    half = quantile * np.maximum(differences.std(axis=-1, ddof=1), least_spread(step)) / np.sqrt(seeds)
    return means, means - half, means + half


def is_above(accuracies: np.ndarray, level: float | np.ndarray, step: float = 0.0) -> bool:
    """Whether the mean of accuracies (seed,), which come in a `step`, is above a level, or above those of the seeds, by
    more than the spread between seeds explains."""
    _, low, _ = intervals(accuracies - level, step=step / np.sqrt(2))  # a level is exact
    return bool(low > ROUNDING)


def _by_seed(history: History, groups: list[list[int]]) -> tuple[np.ndarray, list[int]]:
    """Final test accuracies (setting, seed) of the seeds that all settings share, and these seeds."""
    runs, accuracy = history.experiment.runs, history.test_accuracy[:, -1]
    by_seed = [{runs[run].seed: accuracy[run] for run in of_setting} for of_setting in groups]
    shared = sorted(set.intersection(*map(set, by_seed)))
    return np.array([[of_setting[seed] for seed in shared] for of_setting in by_seed]), shared


def _differ_in_activation_alone(experiment: Experiment) -> bool:
    return len({replace(run, activation="identity", seed=0) for run in experiment.runs}) == 1
