"""The final figures of a comparison, one row per network."""

import numpy as np

from core.experiment import Experiment, Run
from core.history import History

FAST_SHARE = 0.9  # of the best test accuracy of the comparison
STANDSTILL = 1e-6  # norm of a gradient


def final_figures(history: History, epoch_index: int = -1):
    """A pandas table with one row for each run, in the experiment's order, of the last or another recorded epoch.

    Columns: `network` (see `network_names`), `test_accuracy` and `train_accuracy` (0 to 1), `test_loss`, `train_loss`,
    `epochs_to_90`, the first recorded epoch at which the test accuracy reached 90 % of the best that any network of the
    comparison ever had (NaN: never), `dead_units` and `saturated_units` (of all hidden units), `gradient_norm_first`
    and `gradient_norm_output` (of the first and of the output layer) and `diverged_at` (epoch; NaN: it did not).
    """
    import pandas as pd

    reached = history.test_accuracy >= FAST_SHARE * history.test_accuracy.max()
    return pd.DataFrame(
        {
            "network": network_names(history.experiment),
            "test_accuracy": history.test_accuracy[:, epoch_index],
            "train_accuracy": history.train_accuracy[:, epoch_index],
            "test_loss": history.test_loss[:, epoch_index],
            "train_loss": history.train_loss[:, epoch_index],
            "epochs_to_90": np.where(reached.any(axis=1), history.epochs[reached.argmax(axis=1)], np.nan),
            "dead_units": history.dead_units[:, epoch_index].sum(axis=1),
            "saturated_units": history.saturated_units[:, epoch_index].sum(axis=1),
            "gradient_norm_first": history.gradient_norm[:, epoch_index, 0],
            "gradient_norm_output": history.gradient_norm[:, epoch_index, -1],
            "diverged_at": np.where(history.diverged_at >= 0, history.diverged_at, np.nan),
        }
    )


def stands_still(history: History) -> np.ndarray:
    """(run,) whether in the end next to no gradient reaches the first layer, though there would be something to learn.

    Its norm is below `STANDSTILL` and below a thousandth of the output layer's, and the training loss is above 1e-3.
    A network that has come to rest at a minimum has small gradients in all its layers, or no loss, and is not meant.
    """
    first, output = history.gradient_norm[:, -1, 0], history.gradient_norm[:, -1, -1]
    return (first < STANDSTILL) & (first <= 1e-3 * output) & (history.train_loss[:, -1] > 1e-3)


def network_names(experiment: Experiment) -> list[str]:
    """What the runs are called on screen, no two alike: `relu`, or `tanh, relu` from the first layer to the last.

    Runs with the same activations are told apart by what else differs between runs, as `relu (sgd, seed 1)`.
    """
    plain = [
        run.activation if isinstance(run.activation, str) else ", ".join(run.activation) for run in experiment.runs
    ]
    names = [
        _with_settings(name, run, experiment) if plain.count(name) > 1 else name
        for name, run in zip(plain, experiment.runs)
    ]
    return [name if names.count(name) == 1 else f"{name} #{names[:i].count(name) + 1}" for i, name in enumerate(names)]


def _with_settings(name: str, run: Run, experiment: Experiment) -> str:
    texts = {
        "optimizer": run.optimizer,
        "rate": f"rate {run.rate:g}",
        "initializer": run.initializer,
        "l1": f"l1 {run.l1:g}",
        "l2": f"l2 {run.l2:g}",
        "seed": f"seed {run.seed}",
        "bias": f"bias {run.bias:g}",
    }
    differing = [key for key in texts if len({getattr(other, key) for other in experiment.runs}) > 1]
    return f"{name} ({', '.join(texts[key] for key in differing)})" if differing else name
