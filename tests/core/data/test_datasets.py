import itertools
from dataclasses import replace

import numpy as np
import pytest
import sklearn.datasets

from core.data.datasets import DATASETS, DatasetSpec
from core.data.loading import _raw, code_of, load
from core.data.scaling import Scaler, resolution
from core.data.tables import Table
from core.train.experiment import Experiment
from core.train.run import Run
from core.train.training import train

MADE = [name for name, kind in DATASETS.items() if kind.made]
LOADED = [name for name, kind in DATASETS.items() if not kind.made]
FEATURES = ("height", "width", "weight", "age")


def three_clouds(features: int) -> Table:
    """20 points around each of three places, in units as different as people's are."""
    rng = np.random.default_rng(3)
    places = np.repeat([[0, 0, 5, 1], [4, 0, -5, 2], [0, 4, 0, 3]], 20, axis=0)
    X = (places + 0.5 * rng.standard_normal((60, 4))) * [1, 100, 0.01, 1] + [170, 0, 5, -1]
    return Table(FEATURES[:features], ("ash", "oak", "yew"), X[:, :features], np.repeat([0, 1, 2], 20))


OWN = {features: three_clouds(features) for features in (2, 4)}
WITH_CLASSES = [(name, k) for name, kind in DATASETS.items() for k in kind.classes]


@pytest.mark.parametrize("name", DATASETS)
def test_parts_are_standardised_by_the_training_part_only(name):
    data = load(DatasetSpec(name))
    np.testing.assert_allclose(data.X_train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(data.X_train.std(axis=0), 1, rtol=1e-12)
    assert not np.allclose(data.X_test.mean(axis=0), 0, atol=1e-6)


@pytest.mark.parametrize("name", DATASETS)
def test_split_is_stratified_and_of_the_size_asked_for(name):
    data = load(DatasetSpec(name, test_share=0.25))
    total = len(data.y_train) + len(data.y_test)
    assert len(data.y_test) == pytest.approx(total / 4, abs=1)
    for k in range(data.classes):
        share = np.mean(data.y_train == k)
        assert np.mean(data.y_test == k) == pytest.approx(share, abs=1.5 / len(data.y_test))
        assert share > 0


@pytest.mark.parametrize(("name", "classes"), WITH_CLASSES)
def test_classes_are_as_many_as_asked_for(name, classes):
    data = load(DatasetSpec(name, classes=classes))
    assert data.classes == classes
    assert set(data.y_train) == set(data.y_test) == set(range(classes))


SPECS = [
    *(DatasetSpec(name, classes=classes) for name, kind in DATASETS.items() for classes in kind.classes or [None]),
    *(DatasetSpec(name, view="all") for name in LOADED),
    *(DatasetSpec("own", table=table) for table in OWN.values()),
    DatasetSpec("own", view="all", table=OWN[4]),
]


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.35, 0.7, 0.9])
def test_the_size_is_told_as_it_is(spec, share):
    spec = replace(spec, test_share=share)
    data = load(spec)
    assert spec.size == (len(data.y_train), len(data.y_test), data.features, data.classes)


def test_any_number_of_samples_is_split_as_told():
    """Rounding included: 0.14 * 50 is a little more than 7 in floats, and 8 are kept for the test."""
    assert DatasetSpec("xor", 50, test_share=0.14).size.test_samples == 8
    for samples, share in itertools.product([*range(20, 61), 570, 1990], [0.1, 0.14, 0.28, 0.55, 0.7, 0.9]):
        if samples * min(share, 1 - share) >= 2:
            spec = DatasetSpec("xor", samples, test_share=share)
            assert spec.size[:2] == (len(load(spec).y_train), len(load(spec).y_test)), (samples, share)


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("samples", [20, 401, 5000])
def test_samples_are_as_many_as_asked_for(name, samples):
    data = load(DatasetSpec(name, samples=samples))
    assert len(data.y_train) + len(data.y_test) == samples


@pytest.mark.parametrize("name", MADE)
def test_seed_and_noise_change_the_points(name):
    points = {load(DatasetSpec(name, noise=n, seed=s)).X_train.tobytes() for n in (0.1, 0.3) for s in (0, 1)}
    assert len(points) == 4


@pytest.mark.parametrize("name", LOADED)
def test_seed_changes_the_split(name):
    assert load(DatasetSpec(name)).X_train.tobytes() != load(DatasetSpec(name, seed=1)).X_train.tobytes()


@pytest.mark.parametrize("name", LOADED)
def test_view_all_shows_every_feature_and_pca2_two(name):
    assert load(DatasetSpec(name, view="pca2")).features == 2
    data = load(DatasetSpec(name, view="all"))
    assert data.features == getattr(sklearn.datasets, DATASETS[name].loader)().data.shape[1] > 2
    assert len(data.feature_names) == data.features


@pytest.mark.parametrize("seed", [0, 7])
@pytest.mark.parametrize(("samples", "noise"), [(53, 0.15), (400, 0.0)])
@pytest.mark.parametrize("name", DATASETS)
def test_the_code_of_a_dataset_makes_the_very_points(name, samples, noise, seed):
    """In a script of its own: numpy and scikit-learn are all that it needs."""
    kind = DATASETS[name]
    for classes in kind.classes or (None,):
        spec = DatasetSpec(
            name, seed=seed, classes=classes, **(dict(samples=samples, noise=noise) if kind.made else {})
        )
        names = {"np": np}
        exec(code_of(spec), names)
        X, y, _, _ = _raw(spec)
        np.testing.assert_allclose(names["X"], X, rtol=1e-13)
        np.testing.assert_array_equal(names["y"], y)


@pytest.mark.parametrize("samples", [32, 400, 401])
def test_a_checkerboard_has_sixteen_squares_of_which_neighbours_differ_and_as_many_points_in_each(samples):
    X, y, _, _ = _raw(DatasetSpec("checkerboard", samples=samples, noise=0.0))
    column, row = np.floor(X).astype(int).T
    assert {(c, r) for c, r in zip(column, row)} == {(c, r) for c in range(-2, 2) for r in range(-2, 2)}
    np.testing.assert_array_equal(y, (column + row) % 2)
    assert np.ptp(np.unique(4 * row + column, return_counts=True)[1]) <= 1
    assert abs(np.bincount(y)[0] - np.bincount(y)[1]) <= 1


def test_no_line_separates_a_checkerboard_and_a_network_learns_it():
    spec = DatasetSpec("checkerboard", samples=1000, noise=0.0)
    history = train(
        Experiment(spec, [Run(name, seed=s) for name in ("identity", "tanh") for s in range(3)], epochs=200)
    )
    line, network = history.train_accuracy[:, -1].reshape(2, 3)
    assert line.max() < 0.65
    assert network.min() > 0.9


def test_a_feature_that_hardly_varies_is_divided_by_one_step_of_its_values():
    """Digits: whole grey levels.  All other features vary by more than their steps, and have deviation 1."""
    for name in LOADED:
        spec = DatasetSpec(name, view="all")
        data, (raw, _, _, _) = load(spec), _raw(spec)
        deviations = data.X_train.std(axis=0)
        dull = deviations < 1 - 1e-9
        assert (deviations[~dull] < 1 + 1e-9).all()
        assert dull.any() == (name == "digits")
        if dull.any():
            levels = np.vstack([data.X_train, data.X_test])[:, dull]
            np.testing.assert_allclose(np.ptp(levels, axis=0), np.ptp(raw[:, dull], axis=0), rtol=1e-9)
            assert np.abs(data.X_test).max() < 20, "and without the rule 83"


def test_the_step_of_a_feature_is_the_smallest_between_its_values():
    X = np.array([[0, 3.0, 0.5, 7], [0, 1.0, 0.5, 7], [0, 1.25, 0.0, 7.1], [2, 1.25, 0.0, 9]])
    np.testing.assert_allclose(resolution(X), [2, 0.25, 0.5, 0.1])
    np.testing.assert_array_equal(resolution(np.ones((3, 1))), [1])
    scaler, plain = Scaler().fit(X), X.std(axis=0)
    np.testing.assert_allclose(scaler.scale_, [2, plain[1], 0.5, plain[3]])
    np.testing.assert_allclose(scaler.transform(X)[:, 0], [-0.25, -0.25, -0.25, 0.75])


@pytest.mark.parametrize("name", LOADED)
def test_plane_of_all_features_is_that_of_the_greatest_variance(name):
    """Independent of PCA: eigenvectors of the covariance."""
    data = load(DatasetSpec(name, view="all"))
    variances = np.linalg.eigvalsh(np.cov(data.X_train.T))[::-1][:2]
    np.testing.assert_allclose(data.to_plane(data.X_train).var(axis=0, ddof=1), variances, rtol=1e-9)


@pytest.mark.parametrize("view", ["pca2", "all"])
def test_plane_and_inputs_are_each_others_inverse_on_the_plane(view):
    data = load(DatasetSpec("wine", view=view))
    points = np.random.default_rng(0).standard_normal((20, 2))
    inputs = data.to_inputs(points)
    assert inputs.shape == (20, data.features)
    np.testing.assert_allclose(data.to_plane(inputs), points, atol=1e-12)


@pytest.mark.parametrize(("features", "view"), [(2, None), (4, "all")])
def test_own_data_are_split_by_class_and_standardised_by_the_training_part(features, view):
    """Standardising keeps the order of heights, all different, by which each point's row in the table is found."""
    table = OWN[features]
    data = load(DatasetSpec("own", test_share=0.25, seed=4, view=view, table=table))
    assert data.feature_names == FEATURES[:features]
    assert data.class_names == ("ash", "oak", "yew")
    assert np.bincount(data.y_train).tolist() == [15, 15, 15]
    assert np.bincount(data.y_test).tolist() == [5, 5, 5]
    seen, raw = np.vstack([data.X_train, data.X_test]), np.array(table.X)
    rows = np.empty(60, int)
    rows[seen[:, 0].argsort()] = raw[:, 0].argsort()
    np.testing.assert_array_equal(np.concatenate([data.y_train, data.y_test]), np.array(table.y)[rows])
    trained = raw[rows[:45]]
    np.testing.assert_allclose(seen, (raw[rows] - trained.mean(axis=0)) / trained.std(axis=0), atol=1e-12)


def test_the_plane_of_own_data_is_their_two_features_or_the_principal_components():
    two, four = (load(DatasetSpec("own", table=OWN[features])) for features in (2, 4))
    assert two.spec.view is None
    assert two.plane_names == ("height", "width")
    np.testing.assert_array_equal(two.to_plane(two.X_train), two.X_train)
    assert four.spec.view == "pca2"
    assert four.feature_names == four.plane_names == ("1st principal component", "2nd principal component")
    every = load(DatasetSpec("own", view="all", table=OWN[4]))
    directions = np.linalg.eigh(np.cov(every.X_train.T))[1][:, :-3:-1]
    scores = every.X_test @ directions / (every.X_train @ directions).std(axis=0)
    np.testing.assert_allclose(np.abs(four.X_test), np.abs(scores), rtol=1e-9)


@pytest.mark.parametrize(("features", "view"), [(2, None), (4, "pca2"), (4, "all")])
def test_own_data_are_learned(features, view):
    spec = DatasetSpec("own", view=view, table=OWN[features])
    history = train(Experiment(spec, (Run("relu"), Run("tanh"))))
    assert history.experiment.sizes == (features if view == "all" else 2, 16, 16, 3)
    assert history.test_accuracy[:, -1].min() >= 0.95


@pytest.mark.parametrize("share", [0.1, 0.2, 0.35, 0.4, 0.6, 0.9])
def test_the_smallest_class_of_own_data_is_in_both_parts_or_refused(share):
    enough = {0.1: 10, 0.2: 5, 0.35: 3, 0.4: 3, 0.6: 3, 0.9: 10}[share]
    for smallest in range(4, 12):
        sizes = [smallest, smallest, smallest + 1, 57]
        y = np.repeat(np.arange(4), sizes)
        table = Table(("p", "q"), ("ash", "oak", "yew", "elm"), np.random.default_rng(0).random((len(y), 2)), y)
        if smallest < enough:
            message = f"class '(ash|oak)' has {smallest} samples and the test share is {share}"
            with pytest.raises(ValueError, match=message):
                DatasetSpec("own", test_share=share, table=table)
            continue
        for seed in range(5):
            data = load(DatasetSpec("own", test_share=share, seed=seed, table=table))
            assert set(data.y_train) == set(data.y_test) == {0, 1, 2, 3}


def test_equal_tables_give_the_same_data_and_print_short():
    one, other = DatasetSpec("own", table=OWN[4]), DatasetSpec("own", view="pca2", table=three_clouds(4))
    assert one == other
    assert load(one) is load(other)
    assert len(repr(one)) < 300


def test_noise_is_the_standard_deviation_of_the_jitter():
    """Circles without noise have radii 1 and 0.5; what noise adds along the radius has its deviation."""
    for noise in (0.0, 0.05, 0.1):
        X, y = DATASETS["circles"].make(
            DatasetSpec("circles", samples=5000, noise=noise).made, np.random.default_rng(0)
        )
        radius = np.hypot(*X.T)
        assert (radius - np.where(y == 0, 1, 0.5)).std() == pytest.approx(noise, abs=0.005)


def test_spec_settles_its_defaults_so_that_equal_requests_are_equal():
    assert DatasetSpec("moons") == DatasetSpec("moons", samples=400, noise=0.2)
    assert hash(DatasetSpec("iris")) == hash(DatasetSpec("iris", view="pca2"))


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({"name": "moon"}, ["unknown dataset 'moon'", "did you mean 'moons'", "breast_cancer, digits, ", ", own"]),
        ({"name": "own"}, ["table is None", "must be a Table"]),
        ({"name": "own", "table": {"X": []}}, ["table is {'X': []}", "must be a Table"]),
        ({"name": "moons", "table": OWN[2]}, ["table is Table(60 rows", "does not apply to moons"]),
        ({"name": "own", "table": OWN[2], "view": "all"}, ["view is 'all'", "does not apply to own"]),
        ({"name": "own", "table": OWN[4], "view": "tsne"}, ["unknown view 'tsne'", "pca2, all"]),
        ({"name": "own", "table": OWN[4], "samples": 60}, ["samples is 60", "does not apply to own"]),
        ({"name": "own", "table": OWN[4], "noise": 0.0}, ["noise is 0.0", "does not apply to own"]),
        ({"name": "own", "table": OWN[4], "classes": 3}, ["classes is 3", "does not apply to own"]),
        ({"name": "moons", "samples": 5001}, ["samples is 5001", "20", "5,000"]),
        ({"name": "moons", "samples": 10.5}, ["samples is 10.5", "whole number"]),
        ({"name": "moons", "noise": float("nan")}, ["noise is nan", "2.0"]),
        ({"name": "moons", "noise": "much"}, ["noise is 'much'", "a number"]),
        ({"name": "moons", "classes": 3}, ["classes is 3", "does not apply to moons"]),
        ({"name": "moons", "view": "all"}, ["view is 'all'", "does not apply"]),
        ({"name": "iris", "noise": 0.1}, ["noise is 0.1", "does not apply to iris"]),
        ({"name": "iris", "view": "tsne"}, ["unknown view 'tsne'", "pca2, all"]),
        ({"name": "spiral", "classes": 3.0}, ["classes of spiral 3.0"]),
        ({"name": "blobs", "samples": 20, "classes": 5, "test_share": 0.1}, ["samples is 20", "each of the 5 classes"]),
        ({"name": "moons", "seed": 2**32}, ["seed is 4294967296"]),
        ({"name": "spiral", "classes": 7}, ["unknown number of classes of spiral 7", "2, 3, 4"]),
        ({"name": "moons", "test_share": 1.0}, ["test_share is 1.0", "0.9"]),
        ({"name": "moons", "seed": -1}, ["seed is -1"]),
    ],
)
def test_wrong_values_are_named_with_the_choices(fields, parts):
    with pytest.raises(ValueError) as error:
        DatasetSpec(**fields)
    for part in parts:
        assert part in str(error.value)
