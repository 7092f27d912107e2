"""What happened in a training: the figures and parameters of every recorded epoch."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from .. import limits
from ..nn.losses import softmax
from ..nn.network import StackedMLP, layer_views, with_ones
from ..notes import Note
from ..readonly import ReadOnly
from .experiment import Experiment

if TYPE_CHECKING:
    import pandas as pd

# Of a run, as the tables have them.
_COLUMNS = {"rate": "learning_rate"}  # by another name there
_SETTINGS = ("activation", "optimizer", "rate", "initializer", "l1", "l2", "seed", "bias", "dropout", "schedule")


@dataclass(frozen=True)
class History(ReadOnly):
    """Arrays with one row per run, in the experiment's order, and one column per recorded epoch; read-only.

    `epochs (E,)` starts with 0, before training, and ends with the last epoch trained.  Losses are of the data, without
    penalties.  Of shape (R, E): `train_loss`, `test_loss`, `train_accuracy`, `test_accuracy` (0 to 1).  Of shape
    (R, E, hidden layers): `dead_units` and `saturated_units` (see `core.train.diagnostics`), `activation_mean` and
    `activation_std` of the layer's outputs over units and training samples.  `gradient_norm` is (R, E, layers) with
    the output layer last: the Euclidean norm of the gradient of the training loss, over the whole training part.

    `diverged_at (R,)` is the epoch in which a NaN or an infinity appeared in a run's parameters or loss, or -1; from
    then on the run stands still at its last finite state.  0 means that the initial weights were too much already: such
    a run has no finite state and predicts nothing, so its accuracies are 0; its other figures may be NaN, and its
    counts of units mean nothing.

    All parameters of all recorded epochs are kept: runs x parameters x records x 4 bytes (float32), 0.3 MB for eight
    networks of 16 + 16 units and 60 epochs, at most 200 MB by `core.limits`.
    """

    experiment: Experiment
    epochs: np.ndarray
    train_loss: np.ndarray
    test_loss: np.ndarray
    train_accuracy: np.ndarray
    test_accuracy: np.ndarray
    dead_units: np.ndarray
    saturated_units: np.ndarray
    activation_mean: np.ndarray
    activation_std: np.ndarray
    gradient_norm: np.ndarray
    diverged_at: np.ndarray
    flat_parameters: np.ndarray  # (R, E, parameters), laid out as in core.nn.network

    def parameters(self, run: int, epoch_index: int = -1) -> list[tuple[np.ndarray, np.ndarray]]:
        """The weights and biases of a run at a recorded epoch: one (W, b) for each layer, W (n_in, n_out) and b
        (n_out,), the layer next to the inputs first.

        Raises `ValueError` for a run or a place of an epoch that is not there.
        """
        run, epoch_index = self._place_of_run(run), self._place_of_epoch(epoch_index)
        views = layer_views(self.flat_parameters[run, epoch_index][None], self.experiment.sizes)
        return [(view[0, :, :-1].T, view[0, :, -1]) for view in views]

    def predict(self, X: np.ndarray, epoch_index: int = -1) -> np.ndarray:
        """Class probabilities (R, n, classes) of inputs X (n, features) as the networks see them: standardised and
        with the made features, if the experiment says so.

        Raises `ValueError` if X has another number of features, and for a place of an epoch that is not there.
        """
        with np.errstate(all="ignore"):  # logits may be infinite
            return softmax(self._class_first(X, epoch_index)).transpose(1, 2, 0)

    def logits(self, X: np.ndarray, epoch_index: int = -1) -> np.ndarray:
        """The outputs (run, n, classes) for inputs X (n, features) before softmax is taken of them.

        Raises `ValueError` if X has another number of features, and for a place of an epoch that is not there.
        """
        return self._class_first(X, epoch_index).transpose(1, 2, 0)

    def _class_first(self, X: np.ndarray, epoch_index: int) -> np.ndarray:
        """Logits (class, run, sample)."""
        experiment, X = self.experiment, np.asarray(X, float)
        if X.ndim != 2 or X.shape[1] != experiment.sizes[0]:
            raise ValueError(f"X has shape {X.shape}, and must be (samples, {experiment.sizes[0]})")
        epoch_index = self._place_of_epoch(epoch_index)
        epoch, layers = int(self.epochs[epoch_index]), len(experiment.hidden)
        activations = [run.at(epoch).layer_activations(layers) for run in experiment.runs]
        network = StackedMLP(experiment.sizes, activations, experiment.dtype)
        network.parameters[...] = self.flat_parameters[:, epoch_index]
        logits = np.empty((experiment.sizes[-1], len(experiment.runs), len(X)), experiment.dtype)
        with np.errstate(all="ignore"):  # a run that is about to diverge overflows, and that is no news here
            for part, space in network.forward_parts(with_ones(X, network.dtype), slopes=False):
                logits[:, :, part] = space.logits
        return logits

    def states(self, run: int) -> StackedMLP:
        """All recorded states of a run as one stack of networks, one for each epoch: so all go through together.
        Raises `ValueError` for a run that is not there."""
        run = self._place_of_run(run)
        experiment, layers = self.experiment, len(self.experiment.hidden)
        activations = [experiment.runs[run].at(epoch).layer_activations(layers) for epoch in self.epochs.tolist()]
        network = StackedMLP(experiment.sizes, activations, experiment.dtype)
        network.parameters[...] = self.flat_parameters[run]
        return network

    def _place_of_run(self, run: int) -> int:
        """Checked; counted from the end, if it is negative, as places are."""
        runs = len(self.experiment.runs)
        return limits.check(Note("the run's place"), run, (-runs, runs - 1))

    def _place_of_epoch(self, epoch_index: int) -> int:
        recorded = len(self.epochs)
        return limits.check(Note("the place of a recorded epoch"), epoch_index, (-recorded, recorded - 1))

    def select(self, runs: Sequence[int]) -> "History":
        """The history of some of the runs, by their places, as if only they had been trained.

        Runs of one seed that drew everything anew are an experiment of their own, which has that seed's data.
        """
        runs = list(runs)
        experiment = replace(self.experiment, runs=tuple(self.experiment.runs[run] for run in runs))
        if len(seeds := {run.seed for run in experiment.runs}) == 1:
            experiment = experiment.of_seed(*seeds)
        of_runs = {item.name: getattr(self, item.name)[runs] for item in fields(self)[2:]}
        return History(experiment, self.epochs, **of_runs)

    def to_frame(self) -> "pd.DataFrame":
        """A tidy pandas table: one row for each run and recorded epoch, with the run's settings.

        Where runs branch, `branch_epoch` says after which epoch, and `branch_activation`, `branch_optimizer` and
        `branch_learning_rate` what each has from then on; of a run that does not, they are missing.  Without a test
        part there are no test figures.  Units are summed over layers, and missing for a run without a
        finite state; the gradient's norm is given for the first and for the output layer.
        """
        import pandas as pd

        runs, records = self.train_loss.shape
        frame = self._settings(np.repeat(np.arange(runs), records))
        frame["epoch"] = np.tile(self.epochs, runs)
        for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
            if self.experiment.dataset.has_test_part or not name.startswith("test_"):
                frame[name] = getattr(self, name).ravel()
        frame["dead_units"] = self._counts(self.dead_units.sum(axis=2))
        frame["saturated_units"] = self._counts(self.saturated_units.sum(axis=2))
        frame["gradient_norm_first"] = self.gradient_norm[:, :, 0].ravel()
        frame["gradient_norm_output"] = self.gradient_norm[:, :, -1].ravel()
        return pd.DataFrame(frame)

    def layer_frame(self) -> "pd.DataFrame":
        """A tidy pandas table: one row for each run, recorded epoch and hidden layer (numbered from 1)."""
        import pandas as pd

        runs, records, layers = self.dead_units.shape
        frame = self._settings(np.repeat(np.arange(runs), records * layers))
        frame["epoch"] = np.tile(np.repeat(self.epochs, layers), runs)
        frame["layer"] = np.tile(np.arange(1, layers + 1), runs * records)
        frame["units"] = np.tile(np.array(self.experiment.hidden, int), runs * records)
        for name in ("dead_units", "saturated_units"):
            frame[name] = self._counts(getattr(self, name))
        for name in ("activation_mean", "activation_std"):
            frame[name] = getattr(self, name).ravel()
        frame["gradient_norm"] = self.gradient_norm[:, :, :layers].ravel()
        return pd.DataFrame(frame)

    def _counts(self, counts: np.ndarray) -> "pd.api.extensions.ExtensionArray":
        """Counts (run, ...) as a column of whole numbers, missing for a run without a finite state."""
        import pandas as pd

        column = pd.array(counts.ravel(), "Int64")
        column[np.repeat(self.diverged_at == 0, counts[0].size)] = pd.NA
        return column

    def _settings(self, rows: np.ndarray) -> dict[str, object]:
        """Columns that say which run each row is of."""
        import pandas as pd

        runs = self.experiment.runs
        columns: dict[str, object] = {"run": rows}
        for name in _SETTINGS:
            values = [_text(getattr(run, name)) for run in runs]
            columns[_COLUMNS.get(name, name)] = [values[row] for row in rows]
        if self.experiment.branch_epoch is not None:
            later = [run.branch and run.later for run in runs]
            after = [run.branch and run.branch.epoch for run in runs]
            columns["branch_epoch"] = pd.array([after[row] for row in rows], "Int64")  # whole numbers, or none
            for name in ("activation", "optimizer", "rate"):
                values = [run and _text(getattr(run, name)) for run in later]
                columns[f"branch_{_COLUMNS.get(name, name)}"] = [values[row] for row in rows]
        return columns


def _text(value: object) -> object:
    """One value for each cell: of an activation for each layer, their names."""
    return ", ".join(value) if isinstance(value, tuple) else value
