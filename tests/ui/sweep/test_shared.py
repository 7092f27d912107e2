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
        ({"vary": ["batch_size", "activation"], "activations": ["tanh"]}, ["Tanh", "noise 0.1"], ["minibatches"]),
    ],
)
def test_all_is_said_that_is_not_varied(settings, said, unsaid):
    text = same_for_all(grid_for(settings))
    assert all(each in text for each in said)
    assert not any(each in text for each in unsaid)
