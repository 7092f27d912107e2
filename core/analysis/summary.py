"""The final figures of a comparison, one row per network."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..data.datasets import DatasetSpec
from ..data.loading import load
from ..nn.losses import LOSSES
from ..nn.network import layer_views, one_hot
from ..notes import Note
from ..registry import check_type
from ..train.experiment import Experiment
from ..train.history import History
from ..train.run import Branch, Run

if TYPE_CHECKING:
    import pandas as pd

FAST_SHARE = 0.9  # of the best test accuracy of the comparison
STANDSTILL = 1e-6  # norm of a gradient


def code_of(field: str, value: object) -> str:
    """A setting as one types it: a name as it is, and `rate 0.1`, `l2 1e-05` or `seed 1`; of a branch, what changes
    and when."""
    if field == "branch":
        return _code_of_branch(value) if isinstance(value, Branch) else "no branch"
    return value if isinstance(value, str) else f"{'rate' if field == 'learning_rate' else field} {value:g}"


def _code_of_branch(branch: Branch) -> str:
    changes = {"activation": branch.activation, "optimizer": branch.optimizer, "learning_rate": branch.learning_rate}
    parts = [
        ", ".join(code_of(field, each) for each in (value if isinstance(value, tuple) else (value,)))
        for field, value in changes.items()
        if value is not None
    ]
    return f"{', '.join(parts) or 'as before'} after epoch {branch.epoch}"


def final_figures(history: History, epoch_index: int = -1) -> "pd.DataFrame":
    """A pandas table with one row for each run, in the experiment's order, of the last or another recorded epoch.

    Of data without a test part, there are no test figures.  Else the columns are those of `figures_by_run`.  Raises
    `ValueError` for what is no history.
    """
    check_type(Note("history"), history, History)
    figures = figures_by_run(history, epoch_index)
    if not history.experiment.dataset.has_test_part:
        figures = figures.drop(columns=["test_accuracy", "test_loss"])
    return figures


def figures_by_run(history: History, epoch_index: int = -1) -> "pd.DataFrame":
    """A pandas table with one row for each run; of data without a test part, test figures are of the training samples.

    Columns: `network` (see `network_names`), `test_accuracy` and `train_accuracy` (0 to 1), `test_loss`, `train_loss`,
    `epochs_to_90`, the first recorded epoch at which the test accuracy reached 90 % of the best that any network of the
    comparison ever had (NaN: never, or its own best is not above the chance level of its seed), `dead_units` and
    `saturated_units` (of all hidden units; NaN: it has no finite state), `gradient_norm_first` and
    `gradient_norm_output` (of the first and of the output layer) and `diverged_at` (epoch; NaN: it did not).
    """
    import pandas as pd

    levels = chance_levels(history.experiment)
    has_learned = history.test_accuracy.max(axis=1) > [levels[run.seed] for run in history.experiment.runs]
    reached = (history.test_accuracy >= FAST_SHARE * history.test_accuracy.max()) & has_learned[:, None]
    return pd.DataFrame(
        {
            "network": network_names(history.experiment),
            "test_accuracy": history.test_accuracy[:, epoch_index],
            "train_accuracy": history.train_accuracy[:, epoch_index],
            "test_loss": history.test_loss[:, epoch_index],
            "train_loss": history.train_loss[:, epoch_index],
            "epochs_to_90": np.where(reached.any(axis=1), history.epochs[reached.argmax(axis=1)], np.nan),
            "dead_units": counted(history, history.dead_units[:, epoch_index]),
            "saturated_units": counted(history, history.saturated_units[:, epoch_index]),
            "gradient_norm_first": history.gradient_norm[:, epoch_index, 0],
            "gradient_norm_output": history.gradient_norm[:, epoch_index, -1],
            "diverged_at": np.where(history.diverged_at >= 0, history.diverged_at, np.nan),
        }
    )


def chance_level(experiment: Experiment, part: str = "test") -> float:
    """The accuracy (0 to 1) of a network that ignores its inputs, on average over the seeds: see `chance_levels`."""
    return mean_level(chance_levels(experiment, part).values())


def chance_levels(experiment: Experiment, part: str = "test") -> dict[int, float]:
    """For each seed, the accuracy (0 to 1) on one part of its data, "train" or "test", of a network that ignores its
    inputs: of saying always the class that is most frequent in the training data."""
    chance = _chance if experiment.dataset.table is not None else _kept_chance  # nobody's own data stay in memory
    return {seed: chance(spec, part) for seed, spec in _specs(experiment).items()}


def chance_differs(experiment: Experiment, part: str = "test") -> bool:
    """Whether seeds have chance levels of their own, so that `chance_level` is a mean."""
    return len(set(chance_levels(experiment, part).values())) > 1


def _chance(spec: DatasetSpec, part: str) -> float:
    data = load(spec)
    return float(((data.y_train if part == "train" else data.y_test) == np.bincount(data.y_train).argmax()).mean())


_kept_chance = lru_cache(maxsize=512)(_chance)  # loading the data of every seed again would take longer


def constant_loss(experiment: Experiment) -> float:
    """The training loss of the best network that ignores its inputs, on average over the seeds: it gives every sample
    the classes' shares of the training data.  For two classes of one size, cross-entropy makes it ln 2."""
    return mean_level(_constant_loss(spec, experiment.loss) for spec in _specs(experiment).values())


def _constant_loss(spec: DatasetSpec, loss: str) -> float:
    y, classes = load(spec).y_train, spec.size.classes
    shares = np.bincount(y, minlength=classes) / len(y)
    logits = np.broadcast_to(np.log(shares)[:, None, None], (classes, 1, len(y))).copy()
    return float(LOSSES[loss].per_sample(logits, one_hot(y, classes, logits.dtype)).mean())


def _specs(experiment: Experiment) -> dict[int, DatasetSpec]:
    """The data of each seed."""
    if experiment.redraw == "weights":
        return dict.fromkeys(experiment.runs_by_seed(), experiment.dataset)
    return {seed: experiment.of_seed(seed).dataset for seed in experiment.runs_by_seed()}


def mean_level(levels: Iterable[float]) -> float:
    """The mean of the seeds' levels; of equal ones exactly what they are, because a sum would be rounded."""
    levels = [float(level) for level in levels]
    return levels[0] if len(set(levels)) == 1 else math.fsum(levels) / len(levels)


def stands_still(history: History) -> np.ndarray:
    """(run,) whether in the end next to no gradient reaches the first layer, though there would be something to learn.

    Its norm is below `STANDSTILL` and below a thousandth of the output layer's, and the training loss is above 1e-3.
    A network that has come to rest at a minimum has small gradients in all its layers, or no loss, and is not meant.
    """
    first, output = history.gradient_norm[:, -1, 0], history.gradient_norm[:, -1, -1]
    return (first < STANDSTILL) & (first <= 1e-3 * output) & (history.train_loss[:, -1] > 1e-3)


def weights_left(history: History) -> np.ndarray:
    """(run,) the Euclidean length of all weights and biases after the last epoch, as a share of that before the first
    (1 where that is 0)."""
    first, last = (np.linalg.norm(history.flat_parameters[:, at].astype(float), axis=1) for at in (0, -1))
    return np.where(first > 0, last / np.where(first > 0, first, 1), 1.0)


def first_layer_change(history: History) -> np.ndarray:
    """(run,) the Euclidean length of the way from the first layer's weights and biases `halfway` to those in the end,
    as a share of their length halfway (1 where that is 0)."""
    before, after = (
        layer_views(history.flat_parameters[:, at].astype(float), history.experiment.sizes)[0]
        for at in (halfway(history), -1)
    )
    way, length = (np.linalg.norm(each, axis=(1, 2)) for each in (after - before, before))
    return np.where(length > 0, way / np.where(length > 0, length, 1), 1.0)


def halfway(history: History) -> int:
    """The last recorded epoch, by its place, that is in the first half of the training."""
    return int(np.searchsorted(history.epochs, history.epochs[-1] / 2, side="right")) - 1


def is_never_finite(history: History) -> bool:
    """Whether no network of it has a finite state: the initial weights were too much for all."""
    return bool(never_finite(history).all())


def never_finite(history: History) -> np.ndarray:
    """(run,) whether it has no finite state, so that it predicts nothing: its accuracies are 0."""
    return history.diverged_at == 0


def counted(history: History, units: np.ndarray) -> np.ndarray:
    """(run,) how many units of all layers that is, from (run, layer); NaN for a network without a finite state, of
    which nothing can be counted."""
    return np.where(never_finite(history), np.nan, units.sum(axis=1))


def network_names(experiment: Experiment, text: Callable[[str, object], str] = code_of) -> list[str]:
    """What tells the runs apart, in the experiment's order, no two alike.

    That is the activation (`relu`, or `tanh, relu` from the first layer to the last) or, where all have the same one,
    what else differs: `sgd`, or `rate 0.1, seed 1`.  Where both differ, the rest follows in brackets if the activation
    alone does not tell: `relu (sgd, seed 1)`.  `text` gives each setting's, from its field in `Run` and its value; a
    page has its own.
    """
    return names_of(experiment.runs, text)


def names_of(runs: Sequence[Run], text: Callable[[str, object], str] = code_of, is_whole: bool = False) -> list[str]:
    """`network_names` of these runs; if `is_whole`, with all that differs, though the activation alone tells."""
    activations = [", ".join(text("activation", name) for name in run.layer_activations(1)) for run in runs]
    rest = [", ".join(differing) for differing in zip(*_differing_settings(runs, text))] or [""] * len(runs)
    if len(set(activations)) == 1 and any(rest):
        names = rest
    else:
        names = [
            f"{name} ({settings})" if settings and (is_whole or activations.count(name) > 1) else name
            for name, settings in zip(activations, rest)
        ]
    return [name if names.count(name) == 1 else f"{name} #{names[:i].count(name) + 1}" for i, name in enumerate(names)]


def _differing_settings(runs: Sequence[Run], text: Callable[[str, object], str]) -> list[list[str]]:
    """For each setting that is not the same for all runs, its text for each run; activations apart.  Optimizers whose
    rates are their own defaults differ in nothing but their names."""
    values = {field.name: [getattr(run, field.name) for run in runs] for field in fields(Run)}
    del values["activation"]
    if len(set(values["learning_rate"])) > 1:
        values["learning_rate"] = [run.rate for run in runs]
    return [[text(name, value) for value in of_runs] for name, of_runs in values.items() if len(set(of_runs)) > 1]
