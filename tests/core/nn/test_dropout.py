import numpy as np
import pytest

from core.nn.dropout import Dropout


def masks(rates, seeds, epoch=0, dtype="float32", hidden=(50, 40), samples=200) -> list[np.ndarray]:
    dropout = Dropout(rates, seeds, hidden, dtype)
    dropout.begin(epoch)
    return [mask.copy() for mask in dropout.masks(samples)]


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_as_many_are_dropped_as_the_rate_says_and_the_mean_stays(rate):
    """Of 18,000 outputs, within four standard deviations."""
    values = np.concatenate([mask.ravel() for mask in masks((rate,), (3,))])
    deviation = (rate * (1 - rate) / len(values)) ** 0.5
    assert (values == 0).mean() == pytest.approx(rate, abs=4 * deviation)
    assert values.mean() == pytest.approx(1, abs=4 * deviation / (1 - rate))
    assert set(values) == {0, np.float32(1 / (1 - rate))}


def test_networks_of_one_seed_share_their_draws_and_greater_rates_drop_more_of_the_same():
    for low, high, none, other in masks((0.2, 0.6, 0.0, 0.2), (1, 1, 1, 2)):
        assert (high[low == 0] == 0).all()
        assert (none == 1).all()
        assert ((other == 0) != (low == 0)).any()


@pytest.mark.parametrize("rates", [(0.3, 0.3, 0.3), (0.3, 0.5, 0.0)])
@pytest.mark.parametrize("seeds", [(4, 4, 4), (4, 7, 4), (4, 7, 9)])
def test_a_stack_has_the_masks_of_its_runs_alone(rates, seeds):
    of_all = masks(rates, seeds)
    for run, (rate, seed) in enumerate(zip(rates, seeds)):
        for of_layer, (alone,) in zip(of_all, masks((rate,), (seed,))):
            np.testing.assert_array_equal(np.broadcast_to(of_layer, (3, *alone.shape))[run], alone)


def test_seeds_epochs_layers_and_minibatches_have_masks_of_their_own():
    dropout = Dropout((0.5,), (1,), (20, 20), "float32")
    seen = []
    for epoch in (0, 1):
        dropout.begin(epoch)
        seen += [mask.tobytes() for _ in range(2) for mask in dropout.masks(30)]
    seen += [mask.tobytes() for mask in masks((0.5,), (2,), hidden=(20, 20), samples=30)]
    assert len(set(seen)) == len(seen)


def test_both_precisions_drop_the_same():
    for single, double in zip(masks((0.3,), (1,)), masks((0.3,), (1,), dtype="float64")):
        assert double.dtype == "float64"
        np.testing.assert_array_equal(single == 0, double == 0)
