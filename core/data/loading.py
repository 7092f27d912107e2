"""Data as the networks see them: `load` makes the `Dataset` of a `DatasetSpec`.

Whatever is fitted (standardisation, principal components) is fitted on the training part only; `core.data.scaling` says
what features are divided by.  The picture's plane is standardised even where the networks' inputs are not: only what
the networks see is another.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .. import streams
from ..notes import Note
from ..registry import check_type
from .conditions import condition_code
from .datasets import DatasetSpec
from .kinds import DATASETS, sizes
from .made_features import MADE_FEATURES, with_made

if TYPE_CHECKING:
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler

# Added to the seed for the split, which must not shuffle by the very numbers that made the points.  Which number is
# arbitrary; with 10, what seed 0 shows is near the mean of many seeds (a line on circles: near 50 %).
SPLIT_SEED = 10

_COMPONENTS = (Note("1st principal component"), Note("2nd principal component"))


@dataclass(frozen=True)
class Dataset:
    """Data as the networks see them; arrays are read-only.

    `X_train (n, features)`, `y_train (n,)` integers from 0, `X_test`, `y_test`.  The picture's plane has two
    coordinates, named by `plane_names`: `to_plane` takes inputs (m, features) to points (m, 2), `to_inputs` back.  With
    two standardised features they are the same thing; with one, the plane's second coordinate is 0 and says nothing.
    """

    spec: DatasetSpec
    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    plane_names: tuple[str, str]
    directions: np.ndarray  # (2, measured), orthonormal rows: the plane's two axes among the standardised inputs
    mean: np.ndarray  # (measured,), of the inputs that are not made of others; 0 where they are standardised
    scale: np.ndarray  # (measured,), what they would be divided by; 1 where they are standardised

    @property
    def features(self) -> int:
        return self.X_train.shape[1]

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def has_test_part(self) -> bool:
        return self.spec.has_test_part

    def to_inputs(self, plane: np.ndarray) -> np.ndarray:
        return with_made(plane @ self.directions * self.scale + self.mean, self.spec.made_features)

    def to_plane(self, inputs: np.ndarray) -> np.ndarray:
        return (inputs[:, : len(self.mean)] - self.mean) / self.scale @ self.directions.T


def code_of(spec: DatasetSpec) -> str:
    """Lines of Python that make the features X (n, f) and labels y (n,) of a spec of the registry, before the split."""
    return DATASETS[spec.name].code.format(
        samples=spec.samples,
        noise=spec.noise,
        classes=spec.classes,
        seed=spec.seed,
        sizes=None if spec.samples is None else tuple(sizes(spec.samples, spec.classes or 2)),
        loader=DATASETS[spec.name].loader,
        rng=f"np.random.default_rng(({streams.DATA}, {spec.seed}))",
        condition="" if spec.formula is None else condition_code(spec.formula),
    )


def measures(spec: DatasetSpec) -> np.ndarray:
    """The test samples (m, features) of `load`, in its order, as they were measured: before anything is fitted."""
    return _split(spec, *samples_of(spec))[1]


def samples_of(spec: DatasetSpec) -> tuple[np.ndarray, np.ndarray]:
    """All samples (n, features) as they were measured or made, before the split, and their labels (n,)."""
    X, y, _, _ = _raw(spec)
    return X, y


@lru_cache(maxsize=32)
def load(spec: DatasetSpec) -> Dataset:
    """The data of a spec as the networks see them; the same spec gives the same arrays.  Raises `ValueError` for what
    is no spec."""
    from .scaling import Scaler

    check_type(Note("dataset"), spec, DatasetSpec)
    X, y, feature_names, class_names = _raw(spec)
    X_train, X_test, y_train, y_test = _split(spec, X, y)
    plane_names = (*feature_names, "")[0], (*feature_names, "")[1]
    directions = np.eye(2)[:, : len(feature_names)]
    if spec.view == "pca2":
        plane_names = feature_names = _COMPONENTS
        X_train, X_test, scaler = _components(X_train, X_test, spec.standardised)
    else:
        scaler = Scaler().fit(X_train)
    scaled = scaler.transform(X_train), scaler.transform(X_test)
    if spec.view == "all":
        plane_names = _COMPONENTS
        directions = _principal(scaled[0]).components_.copy()
    mean, scale = scaler.mean_, scaler.scale_
    if spec.standardised:
        (X_train, X_test), mean, scale = scaled, np.zeros_like(mean), np.ones_like(scale)
    made = [MADE_FEATURES[name].of(feature_names) for name in spec.made_features]
    X_train, X_test = with_made(X_train, spec.made_features), with_made(X_test, spec.made_features)
    for array in (X_train, X_test, y_train, y_test, directions, mean, scale):
        array.flags.writeable = False
    names = (*feature_names, *made)
    return Dataset(
        spec, X_train, y_train, X_test, y_test, names, class_names, plane_names, directions, mean, scale
    )  # fmt: skip


def _components(
    X_train: np.ndarray, X_test: np.ndarray, standardised: bool
) -> tuple[np.ndarray, np.ndarray, "StandardScaler"]:
    """The first two principal components of both parts, and what standardises them."""
    from sklearn.preprocessing import StandardScaler

    from .scaling import Scaler

    if standardised:
        scaler = Scaler().fit(X_train)
        X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)
    pca = _principal(X_train)
    scores = pca.transform(X_train)
    return scores, pca.transform(X_test), StandardScaler().fit(scores)


def _principal(X: np.ndarray) -> "PCA":
    from sklearn.decomposition import PCA

    return PCA(n_components=2, svd_solver="full").fit(X)


def _split(spec: DatasetSpec, X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """X_train, X_test, y_train, y_test."""
    if spec.test_share == 0:
        return [X, X.copy(), y, y.copy()]
    from sklearn.model_selection import train_test_split

    return train_test_split(X, y, test_size=spec.test_share, random_state=spec.seed + SPLIT_SEED, stratify=y)


def _raw(spec: DatasetSpec) -> tuple[np.ndarray, np.ndarray, tuple[str, ...], tuple[str, ...]]:
    """Features (n, f), labels (n,), and the names of both, before anything is fitted."""
    if (own := spec.table) is not None:
        return np.array(own.X), np.array(own.y), own.feature_names, own.class_names
    kind = DATASETS[spec.name]
    if kind.make is not None:
        X, y = kind.make(spec.made, np.random.default_rng((streams.DATA, spec.seed)))
        feature_names = ("x", "y") if kind.formula else ("x\u2081", "x\u2082")  # as the formula calls them
        return X, y.astype(np.int64), feature_names, tuple(f"class {k}" for k in range(y.max() + 1))
    import sklearn.datasets

    bunch = getattr(sklearn.datasets, kind.loader)()
    names = tuple(str(name).removesuffix(" (cm)") for name in bunch.feature_names)
    classes = tuple(str(name).replace("_", " ") for name in bunch.target_names)  # `class_0`
    return bunch.data, bunch.target.astype(np.int64), names, classes
