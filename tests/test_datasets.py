import numpy as np
import pytest

from core.datasets import DATASETS, DatasetSpec, load

MADE = [name for name, kind in DATASETS.items() if kind.made]
LOADED = [name for name, kind in DATASETS.items() if not kind.made]
WITH_CLASSES = [(name, k) for name, kind in DATASETS.items() for k in kind.classes]


def test_the_promised_ones_are_there():
    assert MADE == ["moons", "circles", "xor", "spiral", "blobs", "gaussian_quantiles", "classification"]
    assert LOADED == ["iris", "wine", "breast_cancer", "digits"]


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
    assert data.features == {"iris": 4, "wine": 13, "breast_cancer": 30, "digits": 64}[name]
    assert len(data.feature_names) == data.features


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


def test_noise_is_the_standard_deviation_of_the_jitter():
    """Circles without noise have radii 1 and 0.5; what noise adds along the radius has its deviation."""
    for noise in (0.0, 0.05, 0.1):
        X, y = DATASETS["circles"].make(DatasetSpec("circles", samples=5000, noise=noise), np.random.default_rng(0))
        radius = np.hypot(*X.T)
        assert (radius - np.where(y == 0, 1, 0.5)).std() == pytest.approx(noise, abs=0.005)


def test_spec_settles_its_defaults_so_that_equal_requests_are_equal():
    assert DatasetSpec("moons") == DatasetSpec("moons", samples=400, noise=0.2)
    assert hash(DatasetSpec("iris")) == hash(DatasetSpec("iris", view="pca2"))


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({"name": "moon"}, ["unknown dataset 'moon'", "did you mean 'moons'", "breast_cancer"]),
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
