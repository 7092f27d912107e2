"""What a grid is: its settings, its blocks, and what is refused."""

import json
import pickle
from dataclasses import replace

import pytest

from core import Branch, DatasetSpec, Experiment, Grid, Run, limits
from core.sweeps import estimates
from core.sweeps.factors import FACTORS

SMALL = Experiment(DatasetSpec("moons", samples=60), epochs=3, hidden=(4, 3))
# Two values of each factor, but for the rate, which is there in two ways.
VALUES = {
    "activation": ["tanh", ["relu", "sin"]], "optimizer": ["sgd", "adam"], "rate_multiple": [0.5, 2],
    "initializer": ["auto", "he_normal"], "layers": [2, 2], "units": [3, 5], "batch_size": [16, None],
    "l2": [0, 0.1], "l1": [0, 0.01], "dropout": [0, 0.3], "schedule": ["constant", "cosine"],
    "dataset": ["moons", "circles"], "noise": [0.1, 0.3],
}  # fmt: skip
SLOW = "=" + "+".join(["sin(x)"] * 28)
ONE = {"layers": [2], "initializer": ["auto"], "l2": [0.1], "l1": [0.01], "dropout": [0.3]}
MIXED = Grid(VALUES | ONE, SMALL, seeds=2)


def test_all_factors_are_tried():
    assert {*VALUES, "learning_rate"} == set(FACTORS)


def test_a_grid_is_hashable_and_survives_a_pickle_and_json():
    for grid in (MIXED, Grid({"learning_rate": [1e-3, 0.1 + 0.2]}, SMALL), Grid({"activation": ["=x*x*x"]}, SMALL)):
        assert pickle.loads(pickle.dumps(grid)) == grid == Grid.from_json(grid.to_json())
        assert len({grid, Grid(grid.factors, grid.base, grid.seeds)}) == 1


def test_shape_and_number_of_networks():
    grid = Grid({"activation": ["relu", "tanh", "gelu"], "optimizer": ["sgd", "adam"]}, SMALL, seeds=4)
    assert grid.shape == (3, 2, 4)
    assert grid.networks == 24
    assert grid.setting((2, 1, 3)) == {"activation": "gelu", "optimizer": "adam"}


def test_an_experiment_has_what_its_setting_says():
    grid = Grid({name: values for name, values in VALUES.items() if name != "layers"}, replace(SMALL, seed=7), seeds=3)
    run = Run(("relu", "sin"), "sgd", 0.6, "he_normal", l2=0.1, l1=0.01, dropout=0.3, schedule="cosine", seed=8)
    found = grid.experiment((1, 0, *[1] * 9, 0), seed=1)
    data = DatasetSpec("circles", samples=60, noise=0.1, seed=8)
    expected = Experiment(data, (run,), (5, 5), 3, None, seed=8)
    assert found.of_seed(8) == expected
    assert [run.seed for run in grid.experiment((0,) * 12).runs] == [7, 8, 9]


def test_layers_are_as_wide_as_the_bases_and_those_behind_as_its_last():
    hidden = [Grid({"layers": [0, 1, 3]}, SMALL).experiment((place,)).hidden for place in range(3)]
    assert hidden == [(), (4,), (4, 3, 3)]


def test_data_of_another_kind_come_as_they_are_usually():
    grid = Grid({"dataset": ["moons", "circles", "iris"]}, replace(SMALL, dataset=DatasetSpec("moons", 60, 0.9)))
    noises = [grid.experiment((place,)).dataset.noise for place in range(3)]
    assert noises == [0.9, DatasetSpec("circles").noise, None]


def test_blocks_cover_every_network_once_and_hold_only_what_fits_in_one_stack():
    cells = [cell for block in MIXED.blocks() for cell in block.cells]
    assert sorted(cells) == list(range(MIXED.networks))
    for block in MIXED.blocks():
        experiment = block.experiment
        assert len(block.cells) == len(experiment.runs)
        assert {run.seed for run in experiment.runs} == {experiment.seed} == {experiment.dataset.seed}


def test_blocks_go_seed_by_seed():
    """So that what is there of a sweep that is not finished is a whole one of fewer seeds."""
    seeds = [cell % MIXED.seeds for block in MIXED.blocks() for cell in block.cells]
    assert seeds == sorted(seeds)


@pytest.mark.parametrize(
    ("factors", "message"),
    [
        ({"activation": ["rleu"]}, "did you mean 'relu'"),
        ({"activatoin": ["relu"]}, "did you mean 'activation'"),
        ({"activation": "relu"}, "must be a list"),
        ({"activation": []}, "number of values"),
        ({"activation": ["relu", "relu"]}, "only once"),
        ({"l2": [0, 0.0]}, "only once"),
        ({"units": [1.5]}, "whole number"),
        ({"noise": [0.1], "dataset": ["iris"]}, "does not apply"),
        ({"learning_rate": [0.1], "rate_multiple": [1]}, "one of them"),
        ({"rate_multiple": [1e-8]}, "learning_rate"),
        ({"rate_multiple": [1e-8], "optimizer": ["adadelta", "adam"]}, "learning_rate"),
        ({"activation": [["relu", "tanh"]], "layers": [3]}, "3 hidden layers"),
        ({"activation": ["relu", ["relu", "tanh"]], "layers": [2, 3]}, "3 hidden layers"),
        ({"learning_rate": [float("nan")]}, "learning_rate"),
        ({"dataset": ["own"]}, "unknown dataset"),
        ({"l2": list(range(401))}, "number of values"),
        ({}, "at least one"),
        ([["l2", [0]], ["l2", [1]]], "only once"),
        ([[["l2"], [0]]], "unknown factor"),
        (3, "names with their values"),
        ({"noise": [k / 400 for k in range(400)], "units": list(range(1, 7))}, "together"),
        ({"learning_rate": [10.0**-k for k in range(8)], "l2": [k / 400 for k in range(400)],
          "noise": [k / 400 for k in range(400)]}, "number of networks"),
    ],
)  # fmt: skip
def test_what_is_no_grid_is_refused_with_a_reason(factors, message):
    with pytest.raises(ValueError, match=message):
        Grid(factors, SMALL)


def test_an_estimate_grows_with_all_that_takes_time():
    rates, few = {"learning_rate": [0.01, 0.1]}, Grid({"learning_rate": [0.01, 0.1]}, SMALL)
    for more in (
        replace(few, seeds=50),
        replace(few, base=replace(SMALL, epochs=300)),
        replace(few, base=replace(SMALL, batch_size=1)),
        Grid({**rates, "units": [60, 64]}, SMALL),
        Grid({**rates, "activation": [SLOW]}, replace(SMALL, dataset=DatasetSpec("moons", samples=600), hidden=(64,))),
    ):
        assert more.seconds() > 1.5 * few.seconds() > 0
    assert Grid({"units": [64]}, SMALL).megabytes() > 3 * few.megabytes() > 0


def test_a_function_that_somebody_wrote_costs_as_often_as_it_is_there():
    own, half, none = (
        Grid({"activation": names}, replace(SMALL, epochs=200)).seconds()
        for names in ([SLOW, f"{SLOW}+x"], [SLOW, "relu"], ["tanh", "relu"])
    )
    assert own - none > 1.9 * (half - none) > 0


def test_dropout_takes_time_and_memory_and_room_in_a_block():
    base, rates = replace(SMALL, hidden=(64, 64), batch_size=None), [k / 100 + 0.01 for k in range(60)]
    without = Grid({"learning_rate": rates}, base)
    of_all = replace(without, base=replace(base, runs=(Run(dropout=0.5),)))
    of_some = Grid({"learning_rate": rates[:30], "dropout": [0.0, 0.5]}, base)
    assert of_some.seconds() > of_all.seconds() > without.seconds()
    whole = replace(base, dataset=DatasetSpec("moons", samples=400), epochs=1)
    cut = replace(whole, runs=(Run(), Run(dropout=0.5)))
    assert estimates.megabytes(cut, 10) > estimates.megabytes(whole, 10)
    assert estimates.networks_at_once(cut, 288) < estimates.networks_at_once(whole, 288)


def test_without_hidden_layers_there_are_no_activations():
    grid = Grid({"l2": [0, 1]}, replace(SMALL, hidden=(), runs=(Run(()),)))
    assert grid.seconds() > 0
    assert [len(block.cells) for block in grid.blocks()] == [2] * 5


@pytest.mark.parametrize(
    "base",
    [Experiment(epochs=2000, hidden=(64,) * 8, batch_size=None),
     Experiment(DatasetSpec("moons", samples=5000), hidden=(64,) * 3, epochs=60, batch_size=None),
     Experiment(DatasetSpec("moons", samples=5000), (Run(SLOW),), (32,), 10), Experiment(epochs=2000, hidden=(4,))],
)  # fmt: skip
def test_blocks_of_large_networks_are_experiments_that_are_allowed(base):
    grid = Grid({"learning_rate": [k / 300 + 1e-3 for k in range(300)]}, base, seeds=1)
    assert sum(len(block.experiment.runs) for block in grid.blocks()) == 300
    assert grid.seconds() / len(grid.blocks()) < 4, "others may have to wait for one"


def test_a_base_has_one_run_that_does_not_branch():
    with pytest.raises(ValueError, match="one run"):
        Grid({"l2": [0, 1]}, Experiment(runs=(Run(), Run("tanh"))))
    with pytest.raises(ValueError, match="must not branch"):
        Grid({"l2": [0, 1]}, Experiment(runs=(Run(branch=Branch(3, "tanh")),)))


def test_all_seeds_of_a_grid_are_seeds():
    last = replace(SMALL, seed=limits.SEED[1])
    assert Grid({"l2": [0, 1]}, last, seeds=1).networks == 2
    with pytest.raises(ValueError, match="the last seed"):
        Grid({"l2": [0, 1]}, last, seeds=2)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "3", "{}", '{"factors": 3}', '{"factors": {"l2": 3}}', '{"factors": {"l2": [null]}}', "[" * 10_000,
     '{"factors": {"l2": [0]}, "seeds": 1e9}', '{"factors": {"l2": [0]}, "base": {}}', '{"factors": {"l2": [[0]]}}',
     '{"factors": {"l2": [0]}, "base": null}', '{"factors": {"l2": [0]}, "sedes": 3}', '{"factors": [[[], []]]}',
     '{"factors": {"dataset": [{}]}}', '{"factors": {"optimizer": [["sgd"]]}}', '{"factors": {"activation": [[[1]]]}}',
     '{"factors": {"activation": [[]]}}', json.dumps({"factors": {"l2": [0]}, "base": "a"})],
)  # fmt: skip
def test_hostile_json_is_a_value_error(text):
    with pytest.raises(ValueError):
        Grid.from_json(text)
