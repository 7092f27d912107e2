"""What becomes of every hidden unit in a training: alive, dead, back again.

A `History` counts the dead units of a layer; here is which they are, and how much gradient comes to each.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..data.loading import load
from ..nn.losses import LOSSES
from ..nn.network import layer_views
from ..nn.optimizers import OPTIMIZERS
from ..notes import Note
from ..readonly import ReadOnly
from ..registry import look_up
from ..train.diagnostics import Census, unit_figures
from ..train.history import History
from ..train.measuring import Samples, mean_gradient


@dataclass(frozen=True)
class Fates(ReadOnly):
    """Arrays are (run, epoch, unit): the recorded epochs, and the units of all hidden layers side by side; read-only.

    `layers` (unit,) numbers the hidden layers from 1, the one next to the inputs first.  `dead` and `saturated` are
    those of `core.train.diagnostics`; dead units are saturated too.  `flat_share` is the share of the training samples
    for which the slope is below the threshold for saturation.  `gradient_norm` is the Euclidean norm of the
    gradient, by the unit's own weights and bias, of the training loss without penalties.
    """

    epochs: np.ndarray
    layers: np.ndarray
    dead: np.ndarray
    saturated: np.ndarray
    flat_share: np.ndarray
    gradient_norm: np.ndarray

    @cached_property
    def revived(self) -> np.ndarray:
        """(run, epoch, unit) whether it is alive and was dead at a recorded epoch before."""
        return np.logical_or.accumulate(self.dead, axis=1) & ~self.dead

    def deaths(self, layer: int) -> np.ndarray:
        """(run,) how many units of a hidden layer, counted from 1, were dead at some recorded epoch."""
        return self.dead[:, :, self.layers == layer].any(axis=1).sum(axis=1)

    def returns(self, layer: int) -> np.ndarray:
        """(run,) how many units of a hidden layer were dead at a recorded epoch and alive at a later one."""
        return self.revived[:, :, self.layers == layer].any(axis=1).sum(axis=1)

    def relapses(self, layer: int) -> np.ndarray:
        """(run,) how many units of a hidden layer came back to life, and are dead again at the last recorded epoch."""
        back = self.revived[:, :, self.layers == layer].any(axis=1)
        return (back & self.dead[:, -1, self.layers == layer]).sum(axis=1)


def fates(history: History) -> Fates:
    """Finds what becomes of every hidden unit of every run of a history, by sending the training data through the
    networks of all recorded epochs once more."""
    of_runs = [_of_run(history, run) for run in range(len(history.experiment.runs))]
    hidden = np.array(history.experiment.hidden, int)
    layers = np.repeat(np.arange(1, len(hidden) + 1), hidden)
    return Fates(history.epochs, layers, **{name: np.stack([each[name] for each in of_runs]) for name in of_runs[0]})


def coasts(optimizer: str) -> bool:
    """Tells whether an optimizer goes on changing a parameter whose gradient has become 0, as momentum does.

    Raises `ValueError` if there is no such optimizer.
    """
    record = look_up(Note("optimizer"), OPTIMIZERS, optimizer)
    parameter, rate = np.ones((1, 1)), np.full((1, 1), record.learning_rate)
    state = record.init(parameter)
    record.step(parameter, np.ones((1, 1)), state, rate, 1)
    before = parameter.copy()
    record.step(parameter, np.zeros((1, 1)), state, rate, 2)
    return bool((parameter != before).any())


def _of_run(history: History, run: int) -> dict[str, np.ndarray]:
    """The fields of `Fates` that have a run as their first axis, without it."""
    experiment = history.experiment
    network = history.states(run)
    train, census = Samples.of_training(load(experiment.dataset), network.dtype), Census.of(network)
    with np.errstate(all="ignore"):  # a run that is about to blow up overflows, and that is no news here
        gradient = mean_gradient(network, train, LOSSES[experiment.loss], census.look)
        each_alone = [1] * sum(experiment.hidden)
        figures = unit_figures(census.alive, census.flat, census.total, census.squares, train.number, each_alone)
        hidden_layers = layer_views(gradient, experiment.sizes)[:-1]
        norms = [np.empty((network.runs, 0)), *(np.linalg.norm(layer, axis=2) for layer in hidden_layers)]
    return {
        "dead": figures["dead_units"] > 0,
        "saturated": figures["saturated_units"] > 0,
        "flat_share": census.flat / train.number,
        "gradient_norm": np.concatenate(norms, axis=1),
    }
