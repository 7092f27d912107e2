"""Training a grid: whatever trains it, and however it is cut, a network is the one that `train` trains."""

import os
import signal
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import fields, replace

import numpy as np
import pytest

from core import ACTIVATIONS, OPTIMIZERS, DatasetSpec, Experiment, Grid, Results, Run, sweep, train
from core.sweeps import estimates
from core.sweeps.lean import LeanTraining, largest_sums, reach_of
from core.sweeps.processes import Processes
from core.sweeps.results import Figures
from core.sweeps.running import ATTEMPTS, IN_FLIGHT, figures_of
from core.train.epochs import curve_epochs, is_recorded

MOONS = Experiment(DatasetSpec("moons", samples=60), epochs=6, hidden=(5, 4))
SMALL = Grid({"activation": ["relu", "tanh", "sin"], "optimizer": ["sgd", "adam"], "units": [3, 4]}, MOONS, seeds=2)
GRIDS = {
    "activations, optimizers and rates": Grid(
        {"activation": list(ACTIVATIONS), "optimizer": list(OPTIMIZERS), "rate_multiple": [0.3, 3]}, MOONS, seeds=1
    ),
    "shapes and batches": Grid({"layers": [0, 1, 3], "units": [1, 6], "batch_size": [7, None]}, MOONS, seeds=2),
    "data": Grid({"dataset": ["circles", "iris", "spiral"], "l2": [0, 0.1], "initializer": ["auto", "zeros"]}, MOONS),
    "penalties, dropout and schedules": Grid(
        {"l1": [0, 0.01], "dropout": [0, 0.3], "schedule": ["constant", "cosine", "warm_up"]}, MOONS, seeds=2
    ),
    "no epochs": Grid({"noise": [0.1, 0.3]}, replace(MOONS, epochs=0)),
}
# Rates at which they diverge, in an epoch that is recorded or not, and initial weights without a finite loss.
DIVERGING = {
    "rates": Grid(
        {"activation": list(ACTIVATIONS), "optimizer": ["sgd", "momentum", "adam"], "rate_multiple": [1e3, 1e6]},
        replace(MOONS, epochs=13), seeds=1,
    ),
    "own functions": Grid({"activation": ["=exp(x)", "=x*x*x", "=log(x)"], "rate_multiple": [1, 100]}, MOONS, seeds=2),
    "a bias": Grid(
        {"activation": ["relu", "=exp(exp(x))", "relu_squared"]}, replace(MOONS, runs=(Run(bias=900),)), seeds=2
    ),
}  # fmt: skip


def equal(one: Results, other: Results) -> bool:
    names = ["done", *(field.name for field in fields(Figures))]
    return all(np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in names)


@pytest.mark.parametrize("name", [*GRIDS, *DIVERGING])
def test_a_block_is_what_train_makes_of_it(name):
    grid = (GRIDS | DIVERGING)[name]
    for block in grid.blocks():
        history, figures = train(block.experiment), figures_of(block)
        at = np.searchsorted(history.epochs, curve_epochs(grid.base.epochs))
        for field in ("test_accuracy", "train_accuracy", "test_loss", "train_loss"):
            np.testing.assert_allclose(getattr(figures, field), getattr(history, field)[:, -1], rtol=1e-5)
        dead = np.where(history.diverged_at == 0, np.nan, history.dead_units[:, -1].sum(axis=1))
        np.testing.assert_array_equal(figures.dead_share, dead / max(sum(block.experiment.hidden), 1))
        np.testing.assert_array_equal(figures.diverged_at, history.diverged_at)
        np.testing.assert_allclose(figures.curve, history.test_accuracy[:, at])
    if name in DIVERGING:
        assert sweep(grid, workers=1).diverged_at.max() >= 0


@pytest.mark.parametrize("name", GRIDS)
def test_every_cell_is_the_network_that_train_trains_alone(name):
    """But for rounding: matrices of another number of networks may be multiplied in another order."""
    grid = replace(GRIDS[name], base=replace(GRIDS[name].base, dtype="float64"))
    results = sweep(grid, workers=1)
    assert results.done.all()
    for cell in np.linspace(0, grid.networks - 1, 12).astype(int):
        *index, seed = np.unravel_index(cell, grid.shape)
        experiment = grid.experiment(index, seed=int(seed))
        (run,) = experiment.runs
        history = train(experiment.of_seed(run.seed))
        assert results.test_loss.flat[cell] == pytest.approx(history.test_loss[0, -1], rel=1e-6)
        assert results.test_accuracy.flat[cell] == pytest.approx(history.test_accuracy[0, -1])


def test_a_setting_is_paired_with_the_same_setting_in_compare():
    together = train(SMALL.experiment((2, 1, 0)))
    results = sweep(SMALL, workers=1)
    np.testing.assert_allclose(results.test_loss[2, 1, 0], together.test_loss[:, -1], rtol=1e-3)


@pytest.mark.parametrize("networks", [1, 5, 7])
def test_how_a_grid_is_cut_changes_nothing_but_rounding(networks, monkeypatch):
    grid = replace(SMALL, base=replace(MOONS, dtype="float64"))
    whole = sweep(grid, workers=1)
    monkeypatch.setattr(estimates, "MOST_NETWORKS", networks)
    assert max(len(block.cells) for block in grid.blocks()) <= networks
    cut = sweep(grid, workers=1)
    for field in fields(Figures):
        np.testing.assert_allclose(getattr(cut, field.name), getattr(whole, field.name), rtol=1e-6)


def test_results_do_not_depend_on_the_workers():
    here = sweep(SMALL, workers=1)
    assert equal(here, sweep(SMALL, workers=1))
    with ThreadPoolExecutor(1) as threads:
        assert equal(here, sweep(SMALL, executor=threads, workers=1))
    assert equal(here, sweep(SMALL, workers=2))


def test_a_sweep_goes_on_from_what_is_there():
    results, block = Results(SMALL), SMALL.blocks()[1]
    results.put(block, figures_of(block))
    seen = []
    assert sweep(SMALL, workers=1, results=results, on_block=lambda block, _: seen.append(block)) is results
    assert seen == [other for other in SMALL.blocks() if other != block]
    assert results.done.all()


def test_only_a_grid_can_be_swept():
    with pytest.raises(ValueError, match=r"^grid is Experiment\(.*\), and must be of type Grid$"):
        sweep(MOONS)


@pytest.mark.parametrize("workers", [-1, 0, 1.5, "two"])
def test_a_number_of_workers_that_is_none_is_refused(workers):
    """As on the command line, and whoever they are."""
    results = Results(SMALL)
    with ThreadPoolExecutor(1) as threads:
        for executor in (None, threads):
            with pytest.raises(
                ValueError, match=f"^the number of workers is {workers!r}, and must be a whole number between 1 and"
            ):
                sweep(SMALL, workers=workers, executor=executor, results=results)
    assert not results.done.any()


def test_results_of_another_grid_are_refused():
    with pytest.raises(ValueError, match="another grid"):
        sweep(SMALL, results=Results(replace(SMALL, seeds=1)))


class Losing(ThreadPoolExecutor):
    """Loses the first attempts at one block, and counts what is under way."""

    def __init__(self, losses: int) -> None:
        super().__init__(1)
        self.losses, self.most, self._submitted = losses, 0, []

    def submit(self, function, block):
        self.most = max(self.most, 1 + sum(not future.done() for future in self._submitted))
        future = Future()
        if self.losses and block == SMALL.blocks()[2]:
            self.losses -= 1
            future.set_exception(BrokenProcessPool("lost"))
        else:
            future = super().submit(function, block)
        self._submitted.append(future)
        return future


def test_lost_blocks_are_tried_again_and_few_are_under_way():
    with Losing(ATTEMPTS - 1) as executor:
        assert equal(sweep(SMALL, executor=executor, workers=1), sweep(SMALL, workers=1))
    assert executor.most <= IN_FLIGHT


def test_a_block_that_is_lost_again_and_again_ends_the_sweep_and_what_is_done_is_there():
    results = Results(SMALL)
    with Losing(100) as executor, pytest.raises(BrokenExecutor):
        sweep(SMALL, executor=executor, workers=1, results=results)
    assert 0 < results.done.sum() < SMALL.networks
    assert executor.losses == 100 - ATTEMPTS


def test_a_killed_worker_loses_nothing():
    def kill(block, results):
        if results.done.sum() == len(block.cells):  # the first one
            os.kill(next(iter(processes._pool._processes)), signal.SIGKILL)

    with Processes(2) as processes:
        results = sweep(SMALL, executor=processes, workers=2, on_block=kill)
    assert equal(results, sweep(SMALL, workers=1))


def test_errors_of_a_block_are_raised():
    class Failing(ThreadPoolExecutor):
        def submit(self, function, block):
            return super().submit(lambda: 1 / 0)

    with Failing(1) as executor, pytest.raises(ZeroDivisionError):
        sweep(SMALL, executor=executor)


@pytest.mark.parametrize("epochs", [0, 1, 2, 60, 64, 2000])
def test_a_curve_ends_with_the_last_epoch_and_has_epochs_that_train_records(epochs):
    found = curve_epochs(epochs)
    assert found == sorted(set(found))
    assert found[-1] == epochs
    assert all(map(is_recorded, found[:-1]))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_makes_no_more_of_sums_than_the_bound(name):
    """And no infinity of those within it, in the kernels either."""
    value = ACTIVATIONS[name].value
    for largest in (0.1, 1.0, 30.0, 1e6, 1e12):
        sums = np.linspace(-largest, largest, 10_001)
        assert np.abs(value(sums)).max() <= reach_of(name, np.array([largest]))[0] * (1 + 1e-12)
    assert np.isfinite(value(np.linspace(-1e12, 1e12, 101, dtype=np.float32))).all()


def test_no_bound_is_known_of_own_functions():
    assert reach_of("=x", np.array([1.0]))[0] == np.inf


def test_no_weighted_sum_is_larger_than_the_bound():
    """Of inputs that are not standardised, one is as large as all others together."""
    wine = DatasetSpec("wine", view="all", standardised=False)
    training = LeanTraining(Experiment(wine, (Run(()), Run((), seed=1)), hidden=()))
    training._parameters[...] = [[1.0], [-1e3]]
    sums = [
        np.abs(training._network.forward(each.inputs).logits).max()
        for each in (training._stack.train, training._stack.test)
    ]
    bounds = largest_sums(training._network, training._largest_input)
    assert bounds[1] == 1e3 * bounds[0]
    assert 1e6 < max(sums) <= bounds[1]


def test_a_network_whose_loss_is_infinite_goes_back_by_one_epoch(monkeypatch):
    """And not to the last one that is recorded."""
    training = LeanTraining(replace(SMALL.blocks()[0].experiment, epochs=12))
    stack, first = training._stack, training._parameters[0]

    def train_epoch() -> None:
        stack.epoch += 1
        first[...] = 1e30 if stack.epoch == 12 else stack.epoch / 100

    monkeypatch.setattr(stack, "train_epoch", train_epoch)
    figures = training.figures([12])
    assert sorted(figures.diverged_at) == [-1] * (len(figures.diverged_at) - 1) + [12]
    np.testing.assert_allclose(first, 0.11, rtol=1e-6)


def test_most_networks_need_no_loss_to_be_measured(monkeypatch):
    """Which would take as long as all that is recorded otherwise."""
    measured = []
    monkeypatch.setattr(LeanTraining, "_measured", lambda self, network=None: measured.append(network))
    training = LeanTraining(SMALL.blocks()[0].experiment)
    for _ in range(6):
        training._train_epoch()
    assert not measured
