import numpy as np
import pytest

from core.nn.activations import ACTIVATIONS
from core.nn.initializers import INITIALIZERS, draw, draw_biases, suiting
from core.nn.mean_field import gain
from tests.reference import recorded
from tests.reference.cases import INITIALIZER_SHAPE

MADE = [name for name in INITIALIZERS if name != "zeros"]


@pytest.mark.parametrize(
    ("name", "variance"),
    [("he_normal", 2 / 400), ("he_uniform", 2 / 400), ("xavier_normal", 2 / 1000), ("xavier_uniform", 2 / 1000),
     ("lecun_normal", 1 / 400), ("lecun_uniform", 1 / 400), ("small_normal", 1e-4), ("zeros", 0),
     ("xavier_4", 16 * 2 / 1000), ("pytorch_default", 1 / 1200)],
)  # fmt: skip
def test_variance_is_the_papers(name, variance):
    W = draw(name, seed=0, layer=1, n_in=400, n_out=600)
    assert W.shape == (400, 600)
    assert W.var() == pytest.approx(variance, rel=0.02)
    assert abs(W.mean()) <= 0.01 * np.sqrt(variance)


@pytest.mark.parametrize("name", ["he_uniform", "xavier_uniform", "lecun_uniform", "pytorch_default"])
def test_uniform_has_edges_and_is_flat(name):
    W = draw(name, 0, 0, 300, 300) / INITIALIZERS[name].deviation(300, 300)
    edge = np.sqrt(3)
    assert np.abs(W).max() <= edge
    counts, _ = np.histogram(W, bins=10, range=(-edge, edge))
    np.testing.assert_allclose(counts / W.size, 0.1, atol=0.005)


@pytest.mark.parametrize("name", MADE)
def test_one_seed_gives_one_draw_scaled(name):
    """Same seed and layer: the same order of weights, whatever the initializer."""
    ranks = draw(name, 5, 2, 6, 4).ravel().argsort()
    np.testing.assert_array_equal(ranks, draw("he_normal", 5, 2, 6, 4).ravel().argsort())


def test_seed_and_layer_change_the_draw():
    draws = [draw("he_normal", *where, 3, 3) for where in [(0, 0), (0, 1), (1, 0), (1, 1)]]
    assert len({W.tobytes() for W in draws}) == 4


@pytest.mark.parametrize("name", INITIALIZERS)
def test_weights_and_biases_have_the_distribution_of_pytorchs(name):
    """By the standard deviation, the kurtosis (1.8 if uniform, 3 if normal) and, of a uniform one, the bounds."""
    theirs = recorded.numbers("initializers.json")[name]
    n_in, n_out = INITIALIZER_SHAPE
    W, b = draw(name, 0, 1, n_in, n_out), draw_biases(name, 0, 1, n_in, n_out)
    for ours, of in ((W, "weights"), (b, "biases")):
        deviation, kurtosis, greatest = theirs[of]
        assert ours.std() == pytest.approx(deviation, rel=0.03), of
        if deviation:
            assert np.mean(ours**4) / ours.var() ** 2 == pytest.approx(kurtosis, rel=0.03), of
        if INITIALIZERS[name].uniform:
            assert np.abs(ours).max() == pytest.approx(greatest, rel=1e-3), of


def test_biases_are_draws_of_their_own():
    """Not those of any weight, and others in another layer or from another seed."""
    W = draw("pytorch_default", 3, 1, 6, 50)
    b = draw_biases("pytorch_default", 3, 1, 6, 50)
    assert not np.isin(b, W).any()
    for seed, layer in ((4, 1), (3, 2)):
        assert not np.isin(b, draw_biases("pytorch_default", seed, layer, 6, 50)).any()


@pytest.mark.parametrize("activation", [*ACTIVATIONS, None])
def test_auto_scales_the_same_draws(activation):
    """By one number for a layer, which is the activation's own; the output layer has Xavier's."""
    record = suiting(activation)
    W, like = draw(record, 5, 2, 16, 4), draw("lecun_normal", 5, 2, 16, 4)
    expected = np.sqrt(2 / 20 * 16) if activation is None else np.sqrt(gain(activation).variance)
    np.testing.assert_allclose(W / like, expected, rtol=1e-12)
    names = {"np": np, "n_in": 16, "n_out": 4, "draws": np.random.default_rng((21, 5, 2)).standard_normal((16, 4))}
    np.testing.assert_allclose(eval(record.code, names), W, rtol=1e-12, err_msg="what a script draws")
    assert not draw_biases(record, 5, 2, 16, 4).any()
