"""What all networks of a sweep have in common."""

import pytest

from ui.sweep.settings import grid_for
from ui.sweep.shared import same_for_all


@pytest.mark.parametrize(
    ("settings", "said", "unsaid"),
    [
        ({}, ["Checkerboard", "Adam", "2 hidden layers of 16 units each", "seeds 0, 1, 2, 3 and 4"], ["ReLU", "rate"]),
        ({"vary": ["layers"], "layer_counts": [0, 3]}, ["ReLU", "16 units in each hidden layer"], ["hidden layers"]),
        ({"vary": ["units"]}, ["learning rate 0.01", "2 hidden layers"], ["units"]),
        ({"vary": ["layers", "units"]}, ["ReLU"], ["hidden layer", "units"]),
        ({"vary": ["dataset", "optimizer"]}, ["ReLU"], ["Checkerboard", "noise", "learning rate", "Adam"]),
        (
            {"vary": ["dataset", "rate_multiple"], "samples": 1000, "standardised": False},
            ["2 classes · 600 training samples, 400 test samples · inputs not standardised · ReLU", "seeds 0, 1"],
            ["Checkerboard", "noise", "of the samples"],
        ),
        ({"vary": ["dataset"], "datasets": ["xor", "circles"]}, ["240 training samples", "noise 0.1"], ["XOR"]),
        (
            {"vary": ["dataset"], "datasets": ["wine", "iris"], "test_share": 0.3, "batch_size": 120},
            ["3 classes · 30 % of the samples are test data · inputs: the first 2 principal components"],
            ["training samples", "full batch"],
        ),
        (
            {"vary": ["dataset"], "datasets": ["iris", "moons"], "test_share": 0.0},
            ["no test samples · ReLU"],
            ["classes", "training samples", "inputs", "noise"],
        ),
        ({"vary": ["dataset", "noise"]}, ["2 classes · 240 training samples, 160 test samples · ReLU"], ["noise"]),
        ({"vary": ["batch_size", "activation"], "activations": ["tanh"]}, ["Tanh", "noise 0.1"], ["minibatches"]),
    ],
)
def test_all_is_said_that_is_not_varied(settings, said, unsaid):
    text = same_for_all(grid_for(settings))
    assert all(each in text for each in said)
    assert not any(each in text for each in unsaid)
