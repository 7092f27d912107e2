"""The same network from several initial weights: runs that differ in nothing but their seed.

One training says little about which of two settings is better: other initial weights can turn the order round.  Repeats
say by how much.
"""

from dataclasses import replace

import numpy as np

from ..train.experiment import Experiment
from ..train.history import History
from .summary import final_figures, network_names

LEAST_SEEDS, CONFIDENCE = 3, 0.95  # to tell differences from luck


def runs_by_setting(experiment: Experiment) -> list[list[int]]:
    """The places of the runs of each setting, settings and runs in the experiment's order."""
    places: dict[object, list[int]] = {}
    for place, run in enumerate(experiment.runs):
        places.setdefault(replace(run, seed=0), []).append(place)
    return list(places.values())


def one_of_each(history: History, repeat: int = 0) -> History:
    """The history of one run of each setting: of its `repeat`-th seed, or of its last if it has fewer."""
    return history.select([runs[min(repeat, len(runs) - 1)] for runs in runs_by_setting(history.experiment)])


def without_repeats(experiment: Experiment) -> Experiment:
    """The same with one run of each setting, all of seed 0: for what depends on the setting alone."""
    settings = dict.fromkeys(replace(run, seed=0) for run in experiment.runs)
    return replace(experiment, runs=tuple(settings))


def setting_names(experiment: Experiment) -> list[str]:
    """What the settings are called: as a network of each would be, were there one seed only."""
    return network_names(without_repeats(experiment))


def mean_figures(history: History):
    """`final_figures` over the repeats: a pandas table with one row for each setting.

    `network` is its name and `seeds` the number of its repeats.  Every other column of `final_figures` is the mean of
    the repeats that have one (a network that was never finite has no loss); `test_accuracy_least` and
    `test_accuracy_greatest` are their range, `test_accuracy_deviation` their standard deviation (of a sample: n - 1;
    NaN for one repeat).  `epochs_to_90` is NaN if one of them never came there, `diverged_at` the first epoch in which
    one diverged; `diverged` counts those.
    """
    import pandas as pd

    figures = final_figures(history).drop(columns="network")
    setting = np.empty(len(figures), int)
    for number, runs in enumerate(runs_by_setting(history.experiment)):
        setting[runs] = number
    groups = figures.groupby(setting)
    means = groups.mean()
    means["epochs_to_90"] = groups["epochs_to_90"].mean(skipna=False)
    means["diverged_at"] = groups["diverged_at"].min()
    accuracy = groups["test_accuracy"]
    spread = pd.DataFrame(
        {
            "test_accuracy_least": accuracy.min(),
            "test_accuracy_greatest": accuracy.max(),
            "test_accuracy_deviation": accuracy.std(),
            "diverged": groups["diverged_at"].count(),
        }
    )
    names = {"network": setting_names(history.experiment), "seeds": groups.size()}
    return pd.concat([pd.DataFrame(names), means, spread], axis=1)


def within_spread(history: History) -> tuple[str, list[str]] | None:
    """The setting of the best mean test accuracy, and those whose distance from it the spread between seeds explains.

    Runs of one seed start from the same draws, so settings are compared seed by seed.  The lead over a setting is
    within the spread if the mean of these differences is at most t * s / sqrt(n), s being their standard deviation and
    t the quantile of Student's distribution for 95 % confidence that all leads are real (paired, one-sided, with
    Bonferroni's correction for the number of settings).  None if the settings share less than `LEAST_SEEDS` seeds.
    """
    from scipy.stats import t

    groups, accuracy = runs_by_setting(history.experiment), history.test_accuracy[:, -1]
    by_seed = [{history.experiment.runs[run].seed: accuracy[run] for run in runs} for runs in groups]
    shared = sorted(set.intersection(*map(set, by_seed)))
    if len(shared) < LEAST_SEEDS or len(groups) < 2:
        return None
    table = np.array([[of_setting[seed] for seed in shared] for of_setting in by_seed])  # (setting, seed)
    best = int(table.mean(axis=1).argmax())
    leads = table[best] - table
    quantile = t.ppf(1 - (1 - CONFIDENCE) / (len(groups) - 1), len(shared) - 1)
    explained = quantile * leads.std(axis=1, ddof=1) / np.sqrt(len(shared))
    names = setting_names(history.experiment)
    near = [name for k, name in enumerate(names) if k != best and leads[k].mean() <= explained[k]]
    return names[best], near
