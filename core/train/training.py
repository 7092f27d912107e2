"""Training a stack of networks: `train` for all of it, `Training` for one part after another.

Arrays inside are in the stack's order, in which runs of one optimizer and of the same activations stand next to each
other; a `History` is in the experiment's.
"""

from dataclasses import replace

import numpy as np

from ..data.datasets import load
from ..nn.initializers import AUTO, draw, suiting
from ..nn.losses import LOSSES, likeliest_class
from ..nn.network import StackedMLP, blocks, layer_starts, layer_views, one_hot, with_ones
from ..nn.optimizers import OPTIMIZERS
from .diagnostics import Census, layer_norms, saturation_thresholds, unit_figures
from .experiment import Experiment
from .history import History
from .schedule import is_recorded

STREAM = 22  # of the order of minibatches; see core.nn.initializers
_OF_UNITS = ("alive", "flat", "total", "squares")  # of a `Census`, from which the history's figures come
_STATE = ("epoch", "_states", "_records", "_diverged_at", "_before")


def train(experiment: Experiment) -> History:
    """Trains every run for `experiment.epochs`: same experiment, same history."""
    training = Training(experiment)
    training.advance(experiment.epochs)
    return training.history()


class Training:
    """A training that can go in parts, be pickled in between, and go on where it stopped.

    Nothing depends on how many epochs are still to come, so the parts together give what one training gives.
    """

    def __init__(self, experiment: Experiment) -> None:
        self._build(experiment)
        with np.errstate(all="ignore"):
            record = self._measure()
        self._records = [record]
        self._diverged_at[~_is_finite(record)] = 0

    def _build(self, experiment: Experiment) -> None:
        """Everything but the record of the start."""
        self.experiment = experiment
        self.epoch = 0
        layers = len(experiment.hidden)
        runs = experiment.runs
        self._order = sorted(range(len(runs)), key=lambda i: (runs[i].layer_activations(layers), runs[i].optimizer))
        self._runs = [runs[i] for i in self._order]
        self._network = StackedMLP(
            experiment.sizes, [run.layer_activations(layers) for run in self._runs], experiment.dtype
        )
        self._loss = LOSSES[experiment.loss]
        self._prepare_data()
        self._prepare_penalties()
        self._thresholds = [
            saturation_thresholds(self._network.activations, i, self._network.dtype) for i in range(layers)
        ]
        self._starts = np.array(layer_starts(experiment.sizes))
        self._initialize()
        self._blocks = blocks([run.optimizer for run in self._runs])
        self._rates = [self._rates_of(block) for _, block in self._blocks]
        self._states = [OPTIMIZERS[name].init(self._network.parameters[block]) for name, block in self._blocks]
        self._diverged_at = np.full(len(runs), -1)
        self._before = self._network.parameters.copy()  # at the start of the epoch trained last

    def advance(self, epochs: int = 1) -> None:
        """Trains that many epochs more."""
        with np.errstate(all="ignore"):  # a run that blows up is a result, see `diverged_at`, not a warning
            for _ in range(epochs):
                self._before = self._network.parameters.copy()
                self._train_epoch()
                self.epoch += 1
                self._freeze()
                if is_recorded(self.epoch):
                    record, self._diverged_at = self._settle()
                    self._records.append(record)
                    self._network.parameters[...] = record["flat_parameters"]

    def extend(self, epochs: int) -> None:
        """Lets the experiment have that many epochs in all; raises `ValueError` for too many."""
        self.experiment = replace(self.experiment, epochs=epochs)

    def history(self) -> History:
        """All that was recorded so far, and how it stands now."""
        records, diverged_at = self._records, self._diverged_at
        if records[-1]["epoch"] != self.epoch:
            with np.errstate(all="ignore"):
                record, diverged_at = self._settle()
            records = [*records, record]
        place = np.argsort(self._order)  # the stack's place of each of the experiment's runs
        names = [name for name in records[0] if name != "epoch"]
        arrays = {name: np.stack([record[name] for record in records], axis=1)[place] for name in names}
        units = {name: arrays.pop(name) for name in _OF_UNITS}
        with np.errstate(all="ignore"):  # a run that was never finite
            arrays |= unit_figures(**units, samples=self._train[0].shape[1], hidden=self.experiment.hidden)
        epochs = np.array([record["epoch"] for record in records])
        return History(self.experiment, epochs, diverged_at=diverged_at[place], **arrays)

    def losses(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of every epoch recorded so far: the epochs (E,), and training and test loss (R, E)."""
        place = np.argsort(self._order)
        epochs = np.array([record["epoch"] for record in self._records])
        train, test = (
            np.stack([record[name] for record in self._records], axis=1)[place] for name in ("train_loss", "test_loss")
        )
        return epochs, train, test

    def __getstate__(self) -> dict:
        """What cannot be made again from the experiment.  A pickle holds copies of it, and so does a deep copy; a
        shallow one goes on with the arrays of the original."""
        state = {name: getattr(self, name) for name in _STATE}
        return state | {"experiment": self.experiment, "parameters": self._network.parameters}

    def __setstate__(self, state: dict) -> None:
        self._build(state["experiment"])
        self._network.parameters[...] = state["parameters"]
        for name in _STATE:
            setattr(self, name, state[name])

    def _prepare_data(self) -> None:
        data, dtype = load(self.experiment.dataset), self._network.dtype
        self._train = with_ones(data.X_train, dtype), one_hot(data.y_train, data.classes, dtype)
        self._test = with_ones(data.X_test, dtype), one_hot(data.y_test, data.classes, dtype)

    def _prepare_penalties(self) -> None:
        """`_l1` and `_l2` are (run, parameter), 0 for biases; None where no run has that penalty."""
        is_weight = np.ones_like(self._network.parameters[:1])
        for view in layer_views(is_weight, self._network.sizes):
            view[:, :, -1] = 0
        l1 = np.array([[run.l1] for run in self._runs], self._network.dtype)
        l2 = np.array([[run.l2] for run in self._runs], self._network.dtype)
        self._l1 = l1 * is_weight if l1.any() else None
        self._l2 = l2 * is_weight if l2.any() else None

    def _initialize(self) -> None:
        last = len(self._network.weights) - 1
        for layer, weights in enumerate(self._network.weights):
            for row, run in enumerate(self._runs):
                activation = None if layer == last else self._network.activations[row][layer]
                name = suiting(activation) if run.initializer == AUTO else run.initializer
                n_out, n_in = weights.shape[1], weights.shape[2] - 1
                weights[row, :, :-1] = draw(name, run.seed, layer, n_in, n_out).T
                weights[row, :, -1] = 0 if layer == last else run.bias

    def _rates_of(self, block: slice) -> np.ndarray:
        """(run, 1), or (1, 1) if all are equal: numpy multiplies by one number three times as fast."""
        rates = np.array([[run.rate] for run in self._runs[block]], self._network.dtype)
        return rates[:1] if (rates == rates[0]).all() else rates

    def _train_epoch(self) -> None:
        """One pass over the training part in minibatches, whose order depends on the seed and the epoch alone."""
        inputs, targets = self._train
        samples, size = inputs.shape[1], self.experiment.samples_per_step
        order = np.random.default_rng((STREAM, self.experiment.seed, self.epoch)).permutation(samples)
        inputs, targets = inputs[:, order], targets[:, order]
        steps_before = self.epoch * -(-samples // size)
        for number, start in enumerate(range(0, samples, size), start=1):
            batch = slice(start, start + size)
            self._step(inputs[:, batch], targets[:, batch], steps_before + number)

    def _step(self, inputs: np.ndarray, targets: np.ndarray, t: int) -> None:
        network = self._network
        network.forward(inputs)
        network.backward(inputs, targets, self._loss)
        if self._l1 is not None:
            network.gradient += self._l1 * np.sign(network.parameters)
        if self._l2 is not None:
            network.gradient += self._l2 * network.parameters
        for (name, block), state, rates in zip(self._blocks, self._states, self._rates):
            OPTIMIZERS[name].step(network.parameters[block], network.gradient[block], state, rates, t)

    def _freeze(self) -> None:
        """Puts runs whose parameters are no longer finite, now or before, back to the epoch's start."""
        parameters = self._network.parameters
        self._diverged_at = self._mark(self._diverged_at, ~np.isfinite(parameters).all(axis=1))
        frozen = self._diverged_at >= 0
        parameters[frozen] = self._before[frozen]

    def _settle(self) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """This epoch's record, and `diverged_at` with it; changes nothing.

        A run with finite parameters whose loss is not finite has diverged too.  It is recorded as it was at the epoch's
        start, or, if its loss was not finite even there, as it was recorded last.
        """
        parameters = self._network.parameters.copy()
        record, diverged_at = self._measure(), self._diverged_at
        for fallback in (self._before, self._records[-1]["flat_parameters"]):
            broken = ~_is_finite(record) & (self._diverged_at != 0)
            if not broken.any():
                break
            diverged_at = self._mark(diverged_at, broken)
            self._network.parameters[broken] = fallback[broken]
            record = self._measure()
        self._network.parameters[...] = parameters
        return record, diverged_at

    def _mark(self, diverged_at: np.ndarray, broken: np.ndarray) -> np.ndarray:
        return np.where(broken & (diverged_at < 0), self.epoch, diverged_at)

    def _measure(self) -> dict[str, np.ndarray]:
        """The figures of `History` for the parameters as they are, or what they will be computed from, each with the
        run as first axis."""
        network, (inputs, targets) = self._network, self._train
        census = Census(network.runs, self.experiment.hidden, self._thresholds)
        gradient = np.zeros(network.parameters.shape)
        score = _Score(network.runs)
        for part in network.parts(inputs.shape[1]):
            space = network.forward(inputs[:, part])
            score.add(self._loss.per_sample(space.logits, targets[:, part]), space.logits, targets[:, part])
            census.add(space.unit_outputs, space.slopes, space.sums)
            network.backward(inputs[:, part], targets[:, part], self._loss)
            gradient += network.gradient * (space.logits.shape[2] / inputs.shape[1])
        test_loss, test_accuracy = self._score_test()
        return {
            "epoch": self.epoch,
            "train_loss": score.loss,
            "test_loss": test_loss,
            "train_accuracy": score.accuracy,
            "test_accuracy": test_accuracy,
            "gradient_norm": layer_norms(gradient, self._starts),
            "flat_parameters": network.parameters.copy(),
        } | {name: getattr(census, name) for name in _OF_UNITS}

    def _score_test(self) -> tuple[np.ndarray, np.ndarray]:
        inputs, targets = self._test
        score = _Score(self._network.runs)
        for part in self._network.parts(inputs.shape[1]):
            logits = self._network.forward(inputs[:, part], slopes=False).logits
            score.add(self._loss.per_sample(logits, targets[:, part]), logits, targets[:, part])
        return score.loss, score.accuracy


class _Score:
    """Mean loss and accuracy of each run, over samples that come in parts."""

    def __init__(self, runs: int) -> None:
        self._losses, self._right, self._samples = np.zeros(runs), np.zeros(runs), 0

    def add(self, losses: np.ndarray, logits: np.ndarray, targets: np.ndarray) -> None:
        self._losses += losses.sum(axis=1, dtype=float)
        self._right += (likeliest_class(logits) == targets.argmax(axis=0)).sum(axis=1, dtype=np.uint16)
        self._samples += targets.shape[1]

    @property
    def loss(self) -> np.ndarray:
        return self._losses / self._samples

    @property
    def accuracy(self) -> np.ndarray:
        return self._right / self._samples


def _is_finite(record: dict[str, np.ndarray]) -> np.ndarray:
    """(run,) whether both losses are."""
    return np.isfinite(record["train_loss"] + record["test_loss"])
