"""The networks of an experiment as one stack, and the loop that trains them: minibatches, steps, epochs.

Nothing is recorded here, and nobody minds what becomes infinite: see `core.train.training` for that.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .. import streams
from ..data.loading import load
from ..nn.dropout import Dropout
from ..nn.initializers import AUTO, draw, draw_biases, suiting
from ..nn.losses import LOSSES
from ..nn.network import StackedMLP, blocks, layer_views
from ..nn.optimizers import OPTIMIZERS
from .experiment import Experiment
from .measuring import Samples
from .run import Run

CLEARED_EVERY = 128  # steps; what loses a tenth in each loses less than the margin of `_clear_vanishing` in so many


class Step(NamedTuple):
    """A step that was just taken: the minibatch `number` of an `epoch`, both counted from 1.

    `before` (run, parameter) is what the step started from.  `network` has been moved already; its `gradient` is what
    moved it, penalties included, and its workspace for so many samples has the outputs of the step's forward pass.  All
    of it is valid until the next step, but for `before`, which is a copy.
    """

    epoch: int
    number: int
    batch: Samples
    before: np.ndarray
    network: StackedMLP


class Stack:
    """The networks of an experiment, the data, and the optimizers with their states; it can be pickled.

    Runs stand in the stack's order, in which runs of one optimizer and of the same activations are neighbours: `order`
    (run,) has the place of each in the experiment, and `runs` the runs themselves.  `network`, `loss`, `train` and
    `test` are what is trained, by what, and on which samples; `epoch` counts the epochs trained so far.
    """

    def __init__(self, experiment: Experiment) -> None:
        """Starts at the initial weights."""
        layers, runs = len(experiment.hidden), experiment.runs
        self.experiment = experiment
        self.epoch = 0
        self.order = sorted(range(len(runs)), key=lambda i: _place(runs[i], layers))
        self.runs = [runs[i] for i in self.order]
        self.network = StackedMLP(
            experiment.sizes, [run.layer_activations(layers) for run in self.runs], experiment.dtype
        )
        self.loss = LOSSES[experiment.loss]
        data = load(experiment.dataset)
        self.train = Samples.of_training(data, self.network.dtype)
        self.test = Samples.of_test(data, self.network.dtype)
        _initialize(self.network, self.runs)
        self._l1, self._l2 = _penalties(self.network, self.runs)
        self._dropout = _dropout(self.network, self.runs)
        self._set_optimizers()

    def train_epoch(self, on_step: Callable[[Step], None] | None = None) -> None:
        """Passes once over the training data in minibatches, whose order depends on the experiment's seed and the epoch
        alone.  `on_step` is called after every step."""
        size = self.experiment.samples_per_step
        rng = np.random.default_rng((streams.MINIBATCHES, self.experiment.seed, self.epoch))
        order = rng.permutation(self.train.number)
        inputs, targets = self.train.inputs[:, order], self.train.targets[:, order]
        if self.experiment.schedule_epochs:
            self._set_rates()
        if self._dropout:
            self._dropout.begin(self.epoch)
        if self.epoch == self.experiment.branch_epoch:
            self._branch()
        steps_before = self.epoch * self._steps
        self.epoch += 1
        for number, start in enumerate(range(0, self.train.number, size), start=1):
            batch = inputs[:, start : start + size], targets[:, start : start + size]
            if on_step is None:
                self.step(*batch, steps_before + number)
            else:
                before = self.network.parameters.copy()
                self.step(*batch, steps_before + number)
                on_step(Step(self.epoch, number, Samples(*batch), before, self.network))

    def step(self, inputs: np.ndarray, targets: np.ndarray, t: int) -> None:
        """Moves every network by the gradient of a minibatch, arrays as in `Samples`; `t` counts the steps of the whole
        training from 1."""
        network = self.network
        masks = self._dropout.masks(inputs.shape[1]) if self._dropout else ()
        network.forward(inputs, masks=masks)
        network.backward(inputs, targets, self.loss, masks)
        if self._l1 is not None:
            network.gradient += self._l1 * np.sign(network.parameters)
        if self._l2 is not None:
            network.gradient += self._l2 * network.parameters
        self._move(t)

    def _move(self, t: int) -> None:
        """By the gradient.  Where runs of one optimizer are no neighbours, copies of them are: so there is one call for
        each optimizer, not one for each activation with it."""
        network, rows = self.network, self._by_optimizer
        if rows is not None:
            for array, copy in zip((network.parameters, network.gradient), self._moved):
                np.take(array, rows, axis=0, out=copy, mode="clip")  # the default mode would copy once more
        for (update, parameters, gradient, begun), rates, state in zip(self._updates, self._rates, self._states):
            update(parameters, gradient, state, rates, t - begun)
            if t % CLEARED_EVERY == 0:
                _clear_vanishing(parameters, *state)
        if rows is not None:
            np.take(self._moved[0], self._back, axis=0, out=network.parameters, mode="clip")

    @property
    def _steps(self) -> int:
        """Of one epoch."""
        return -(-self.train.number // self.experiment.samples_per_step)

    def _set_optimizers(self) -> None:
        """Those of the epoch that comes next, which remember nothing, and their rates."""
        self._optimizers = [_optimizer_of(run, self.epoch, self._steps) for run in self.runs]
        self._by_optimizer = _neighbours(self._optimizers)
        parameters, gradient = self.network.parameters, self.network.gradient
        if self._by_optimizer is not None:  # copies to move, in that order: see `_move`
            self._moved = parameters, gradient = parameters.copy(), gradient.copy()
            self._back = np.argsort(self._by_optimizer)
        moved = np.arange(len(self.runs)) if self._by_optimizer is None else self._by_optimizer
        of_optimizers = blocks([self._optimizers[row] for row in moved])
        self._updates = [
            (OPTIMIZERS[name].step, parameters[block], gradient[block], begun) for (name, begun), block in of_optimizers
        ]
        self._rows = [moved[block] for _, block in of_optimizers]
        self._states = [OPTIMIZERS[name].init(parameters[block]) for (name, _), block in of_optimizers]
        self._set_rates()

    def _branch(self) -> None:
        """Runs go on as their branches say, from the weights that they have."""
        before = {
            row: (self._optimizers[row], [array[place].copy() for array in state])
            for rows, state in zip(self._rows, self._states)
            for place, row in enumerate(rows)
        }
        self._take_activations()
        self._set_optimizers()
        for rows, state in zip(self._rows, self._states):
            for place, row in enumerate(rows):
                optimizer, remembered = before[row]
                if optimizer == self._optimizers[row]:
                    for array, values in zip(state, remembered):
                        array[place] = values

    def _take_activations(self) -> None:
        layers = len(self.experiment.hidden)
        self.network.become([run.at(self.epoch + 1).layer_activations(layers) for run in self.runs])

    def _set_rates(self) -> None:
        """Learning rates of the epoch that comes next, one array for each optimizer."""
        rates = np.array(self.experiment.rates(self.epoch), self.network.dtype)[self.order, None]
        self._rates = [_as_one(rates[rows]) for rows in self._rows]

    def __reduce__(self) -> tuple:
        """A pickle, or a copy, holds what cannot be made again from the experiment."""
        return Stack, (self.experiment,), (self.epoch, self.network.parameters, self._states)

    def __setstate__(self, state: tuple) -> None:
        self.epoch, parameters, states = state
        self.network.parameters[...] = parameters
        if self.experiment.branch_epoch is not None and self.epoch > self.experiment.branch_epoch:
            self._take_activations()
            self._set_optimizers()
        self._states = states


def _clear_vanishing(*arrays: np.ndarray) -> None:
    """Puts 0, in place, for what is about to become subnormal, a millionfold before it does.

    Momenta of dead units and weights under a penalty shrink for ever, and rounding stops them just above 0, at
    subnormal numbers, with which some processors are a hundred times as slow.  They move no parameter by any digit.
    """
    for array in arrays:
        array[np.abs(array) < 1e6 * np.finfo(array.dtype).tiny] = 0


def _initialize(network: StackedMLP, runs: list[Run]) -> None:
    last = len(network.weights) - 1
    for layer, weights in enumerate(network.weights):
        for row, run in enumerate(runs):
            activation = None if layer == last else network.activations[row][layer]
            initializer = suiting(activation) if run.initializer == AUTO else run.initializer
            n_out, n_in = weights.shape[1], weights.shape[2] - 1
            weights[row, :, :-1] = draw(initializer, run.seed, layer, n_in, n_out).T
            weights[row, :, -1] = draw_biases(initializer, run.seed, layer, n_in, n_out)
            if layer < last:
                weights[row, :, -1] += run.bias


def _penalties(network: StackedMLP, runs: list[Run]) -> tuple[np.ndarray | None, np.ndarray | None]:
    """l1 and l2, each (run, parameter) and 0 for biases, or None where no run has that penalty."""
    is_weight = np.ones_like(network.parameters[:1])
    for view in layer_views(is_weight, network.sizes):
        view[:, :, -1] = 0
    l1, l2 = (np.array([[getattr(run, name)] for run in runs], network.dtype) for name in ("l1", "l2"))
    return l1 * is_weight if l1.any() else None, l2 * is_weight if l2.any() else None


def _place(run: Run, layers: int) -> tuple:
    """By which runs are put in order."""
    return run.layer_activations(layers), run.later.layer_activations(layers), run.optimizer, run.later.optimizer


def _optimizer_of(run: Run, epochs: int, steps: int) -> tuple[str, int]:
    """Of the epoch after so many of so many steps each: its name, and how many steps were done when it began."""
    now = run.at(epochs + 1)
    return now.optimizer, 0 if run.branch is None or now.optimizer == run.optimizer else run.branch.epoch * steps


def _neighbours(optimizers: list[tuple[str, int]]) -> np.ndarray | None:
    """The rows of all runs with those of one optimizer as neighbours, or None where they are."""
    order = sorted(range(len(optimizers)), key=optimizers.__getitem__)
    return None if len(blocks(optimizers)) == len(set(optimizers)) else np.array(order)


def _dropout(network: StackedMLP, runs: list[Run]) -> Dropout | None:
    """What draws the masks; None where no run has dropout."""
    rates = [run.dropout for run in runs]
    return Dropout(rates, [run.seed for run in runs], network.sizes[1:-1], network.dtype) if any(rates) else None


def _as_one(rates: np.ndarray) -> np.ndarray:
    """(run, 1), or (1, 1) if all are equal: numpy multiplies by one number three times as fast."""
    return rates[:1] if (rates == rates[0]).all() else rates
