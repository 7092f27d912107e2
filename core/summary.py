"""The final figures of a comparison, one row per network."""

import numpy as np

from core.history import History

FAST_SHARE = 0.9  # of the best test accuracy of the comparison
STANDSTILL = 1e-6  # norm of a gradient


def final_figures(history: History):
    """A pandas table with one row for each run, in the experiment's order.

    Columns: `network` (the activation, or the activations from the first layer to the last), `test_accuracy` and
    `train_accuracy` (0 to 1), `test_loss`, `train_loss`, `epochs_to_90`, the first recorded epoch at which the test
    accuracy reached 90 % of the best that any network of the comparison ever had (NaN: never), `dead_units` and
    `saturated_units` (of all hidden units), `gradient_norm_first` and `gradient_norm_output` (of the first and of the
    output layer) and `diverged_at` (epoch; NaN: it did not).
    """
    import pandas as pd

    reached = history.test_accuracy >= FAST_SHARE * history.test_accuracy.max()
    return pd.DataFrame(
        {
            "network": [network_name(run.activation) for run in history.experiment.runs],
            "test_accuracy": history.test_accuracy[:, -1],
            "train_accuracy": history.train_accuracy[:, -1],
            "test_loss": history.test_loss[:, -1],
            "train_loss": history.train_loss[:, -1],
            "epochs_to_90": np.where(reached.any(axis=1), history.epochs[reached.argmax(axis=1)], np.nan),
            "dead_units": history.dead_units[:, -1].sum(axis=1),
            "saturated_units": history.saturated_units[:, -1].sum(axis=1),
            "gradient_norm_first": history.gradient_norm[:, -1, 0],
            "gradient_norm_output": history.gradient_norm[:, -1, -1],
            "diverged_at": np.where(history.diverged_at >= 0, history.diverged_at, np.nan),
        }
    )


def stands_still(history: History) -> np.ndarray:
    """(run,) whether in the end next to no gradient reaches the first layer, though there would be something to learn.

    Its norm is below 1e-6 and below a thousandth of the output layer's, and the training loss is above 1e-3.  A network
    that has come to rest at a minimum has small gradients in all its layers, or no loss, and is not meant.
    """
    first, output = history.gradient_norm[:, -1, 0], history.gradient_norm[:, -1, -1]
    return (first < STANDSTILL) & (first <= 1e-3 * output) & (history.train_loss[:, -1] > 1e-3)


def network_name(activation: str | tuple[str, ...]) -> str:
    """What a network is called on screen: `relu`, or `tanh, relu` from its first layer to its last."""
    return activation if isinstance(activation, str) else ", ".join(activation)
