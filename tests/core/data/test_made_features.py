"""Made features and inputs that are not standardised: what networks see, and the picture's plane."""

import numpy as np
import pytest

from core import MADE_FEATURES, DatasetSpec, Experiment, Run, Table, final_figures, grid, load, train

ALL = tuple(MADE_FEATURES)
LENGTHS = np.array([1.0, 2.5, 3.0, 4.0, 6.0, 5.0, 7.5, 9.0])
TABLE = Table(("petal width", "b"), ("no", "yes"), np.column_stack([LENGTHS, 1000 * LENGTHS[::-1]]), [0, 1] * 4)


@pytest.mark.parametrize(
    "spec",
    [
        DatasetSpec("moons", made_features=ALL),
        DatasetSpec("circles", made_features=ALL, standardised=False),
        DatasetSpec("iris", made_features=ALL),
        DatasetSpec("wine", made_features=ALL, standardised=False),
        DatasetSpec("iris", view="all", standardised=False),
        DatasetSpec("own", table=TABLE, made_features=ALL, standardised=False),
    ],
)
def test_plane_and_inputs_belong_together(spec):
    """Of all features, the plane is a slice: its points come back, but not all inputs lie in it."""
    data = load(spec)
    assert data.X_train.shape[1] == spec.size.features == len(data.feature_names)
    points = grid(data, 8).points
    np.testing.assert_allclose(data.to_plane(data.to_inputs(points)), points, atol=1e-9)
    if spec.view != "all":
        np.testing.assert_allclose(data.to_inputs(data.to_plane(data.X_test)), data.X_test, atol=1e-9)


def test_they_are_made_of_what_the_networks_see():
    made = ("x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2")
    for standardised in (True, False):
        plain = load(DatasetSpec("blobs", standardised=standardised))
        data = load(DatasetSpec("blobs", standardised=standardised, made_features=made))
        x1, x2 = plain.X_test.T
        expected = np.column_stack([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])
        np.testing.assert_allclose(data.X_test, expected, rtol=1e-12)
    assert data.feature_names[2:] == ("x₁²", "x₂²", "x₁ · x₂", "sin x₁", "sin x₂")


def test_inputs_that_are_not_standardised_are_the_measures():
    data = load(DatasetSpec("own", table=TABLE, standardised=False, test_share=0.5))
    seen = {tuple(row) for row in np.vstack([data.X_train, data.X_test]).tolist()}
    assert seen == set(TABLE.X)
    np.testing.assert_allclose(data.to_plane(data.X_train).mean(axis=0), 0, atol=1e-12)
    assert load(DatasetSpec("wine", standardised=False)).X_train.std(axis=0)[0] > 100, "proline goes from 278 to 1680"


def test_the_picture_is_the_same_whatever_the_networks_see():
    for name, view in (("moons", None), ("iris", "all")):
        plain, raw = (load(DatasetSpec(name, view=view, standardised=yes)) for yes in (True, False))
        np.testing.assert_allclose(raw.to_plane(raw.X_train), plain.to_plane(plain.X_train), atol=1e-9)


def test_squares_let_a_network_without_hidden_layer_separate_a_ring():
    def accuracy(made):
        spec = DatasetSpec("circles", seed=1, made_features=made)
        return final_figures(train(Experiment(spec, (Run(),), hidden=(), epochs=60))).test_accuracy[0]

    assert accuracy(("x1_squared", "x2_squared")) > 0.9
    assert accuracy(()) < 0.7


def test_the_order_in_which_they_are_named_says_nothing():
    spec = DatasetSpec(made_features=["sin_x2", "x1_squared", "sin_x2"])
    assert spec == DatasetSpec(made_features=("x1_squared", "sin_x2"))
    experiment = Experiment(spec)
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert load(DatasetSpec("own", table=TABLE, made_features=spec.made_features)).feature_names[2:] == (
        "(petal width)²", "sin b",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({"made_features": ("x1_cubed",)}, "unknown made feature 'x1_cubed'"),
        ({"made_features": "x1_x2"}, "must be a tuple"),
        ({"made_features": ("x1_x2",), "name": "wine", "view": "all"}, "made of two inputs, and the networks have 13"),
        ({"standardised": 1}, "must be True or False"),
    ],
)
def test_what_cannot_be_is_refused(settings, part):
    with pytest.raises(ValueError, match=part):
        DatasetSpec(**settings)


def test_without_a_test_part_no_figure_is_called_one_of_a_test():
    history = train(Experiment(DatasetSpec("moons", 60, test_share=0), epochs=2))
    for frame in (final_figures(history), history.to_frame()):
        assert not [name for name in frame if "test" in name]
        assert "train_accuracy" in frame
