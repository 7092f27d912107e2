"""The same network from several initial weights: runs that differ in nothing but their seed.

One training says little about which of two settings is better: other initial weights can turn the order round.  Repeats
say by how much, and `core.analysis.luck` what follows from it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..nn.own_functions import KEPT
from ..train.experiment import Experiment
from ..train.history import History
from ..train.run import Run
from .summary import code_of, figures_by_run, names_of

if TYPE_CHECKING:
    import pandas as pd


def runs_by_setting(experiment: Experiment) -> list[list[int]]:
    """The places of the runs of each setting, settings and runs in the experiment's order."""
    places: dict[object, list[int]] = {}
    for place, run in enumerate(experiment.runs):
        places.setdefault(_setting(run), []).append(place)
    return list(places.values())


def one_of_each(history: History, repeat: int = 0) -> History:
    """The history of one run of each setting: of its `repeat`-th seed, or of its last if it has fewer.

    Where each seed drew everything anew, all are of one seed, and the history is of that seed's experiment.
    """
    experiment, groups = history.experiment, runs_by_setting(history.experiment)
    if experiment.redraw == "weights":
        return history.select([runs[min(repeat, len(runs) - 1)] for runs in groups])
    seeds = list(experiment.runs_by_seed())
    seed = seeds[min(repeat, len(seeds) - 1)]
    return history.select([next(run for run in runs if experiment.runs[run].seed == seed) for runs in groups])


def without_repeats(experiment: Experiment) -> Experiment:
    """The same with one run of each setting, all of seed 0: for what depends on the setting alone."""
    return replace(experiment, runs=settings(experiment.runs))


@lru_cache(maxsize=KEPT)
def settings(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """One run of each setting, in the order of these, all of seed 0: found once, because pages ask again and again."""
    firsts: dict[object, Run] = {}
    for run in runs:
        firsts.setdefault(_setting(run), run)
    return tuple(replace(run, seed=0) for run in firsts.values())


def setting_names(
    experiment: Experiment, text: Callable[[str, object], str] = code_of, is_whole: bool = False
) -> list[str]:
    """What tells the settings apart, as `names_of` has it of one network of each."""
    return names_of(settings(experiment.runs), text, is_whole)


def mean_figures(history: History) -> "pd.DataFrame":
    """`figures_by_run` over the repeats: a pandas table with one row for each setting.

    `network` is its name and `seeds` the number of its repeats.  Every other column of `figures_by_run` is the mean of
    the repeats that have one (a network that was never finite has no loss and no dead units); `test_accuracy_least` and
    `test_accuracy_greatest` are their range, `test_accuracy_deviation` their standard deviation (of a sample: n - 1;
    NaN for one repeat).  `epochs_to_90` is NaN if one of them never came there, `diverged_at` the first epoch in which
    one diverged; `diverged` counts those.
    """
    import pandas as pd

    figures = figures_by_run(history).drop(columns="network")
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


def _setting(run: Run) -> tuple[object, ...]:
    """All of a run but its seed: what `replace` would give costs ten times as much, for it is checked again."""
    return tuple(value for field, value in vars(run).items() if field != "seed")
