"""Datasets: what is asked for (`DatasetSpec`), what comes of it (`Dataset`), and the registry `DATASETS`.

Made data have two features, so the picture is exact.  Data with more features come in one of two views: "pca2", where
the network sees the first two principal components, and "all", where it sees every feature and the picture is the
slice through the mean along the first two principal directions.  Whatever is fitted (standardisation, principal
components) is fitted on the training part only.  A user's own data (`OWN`) are no entry of the registry: they come as a
`Table` in the spec, so that nothing is kept anywhere else.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from numbers import Integral
from typing import NamedTuple

import numpy as np

from .. import limits
from ..registry import look_up, unknown
from .tables import Table

OWN = "own"
VIEWS = ("pca2", "all")
STREAM = 23  # of what is drawn here; see core.nn.initializers
# Added to the seed for the split, which must not shuffle by the very numbers that made the points.  Which number is
# arbitrary; with 10, what seed 0 shows is near the mean of many seeds (a line on circles: near 50 %).
SPLIT_SEED = 10


@dataclass(frozen=True)
class DatasetKind:
    """One entry of the registry.

    `make(spec, rng)` gives features (n, f) and labels (n,).  `noise` is the default standard deviation of the Gaussian
    jitter of each coordinate, None where it does not apply; `classes` lists the numbers of classes to choose from, the
    default first, empty where there is no choice and there are two; `samples` is None for data that are as they are,
    and `shape` then their samples, features and classes, so that they need not be loaded to be counted.
    """

    name: str
    label: str
    make: Callable | None
    note: str
    samples: int | None = 400
    noise: float | None = None
    classes: tuple[int, ...] = ()
    shape: tuple[int, int, int] | None = None

    @property
    def made(self) -> bool:
        return self.samples is not None


class DatasetSize(NamedTuple):
    """How many samples there are to train on and to test with, features as the networks see them, and classes."""

    training_samples: int
    test_samples: int
    features: int
    classes: int


@dataclass(frozen=True)
class DatasetSpec:
    """Which data: hashable, and complete after construction.

    `samples` (training and test together), `noise`, `classes` and `view` may be None, which stands for the dataset's
    default; giving one that does not apply to the dataset is a `ValueError`.  `seed` is that of the points and of the
    split into training and test part.  `table` holds the data of the dataset "own", which has a view only if it has
    more than two features.
    """

    name: str = "moons"
    samples: int | None = None
    noise: float | None = None
    classes: int | None = None
    test_share: float = 0.4
    seed: int = 0
    view: str | None = None
    table: Table | None = None

    def __post_init__(self) -> None:
        kind = look_up("dataset", _KINDS, self.name)
        self._check_table()
        self._settle("samples", kind.samples)
        self._settle("noise", kind.noise)
        self._settle("classes", kind.classes[0] if kind.classes else None)
        has_two = kind.made if self.table is None else len(self.table.feature_names) == 2
        self._settle("view", None if has_two else VIEWS[0])
        if self.samples is not None:
            limits.settle(self, "samples", limits.SAMPLES)
        if self.noise is not None:
            limits.settle(self, "noise", limits.NOISE)
        if self.classes is not None:
            self._check_classes(kind)
        if self.view is not None and self.view not in VIEWS:
            raise unknown("view", self.view, VIEWS)
        limits.settle(self, "test_share", limits.TEST_SHARE)
        limits.settle(self, "seed", limits.SEED)
        self._check_parts(kind)

    @property
    def size(self) -> DatasetSize:
        """How large the data are that `load` gives, told without making or loading them."""
        if self.table is not None:
            samples, features, classes = len(self.table.y), len(self.table.feature_names), len(self.table.class_names)
        else:
            samples, features, classes = DATASETS[self.name].shape or (self.samples, 2, self.classes or 2)
        tested = math.ceil(self.test_share * samples)  # as scikit-learn's train_test_split rounds
        return DatasetSize(samples - tested, tested, 2 if self.view == "pca2" else features, classes)

    def _check_classes(self, kind: DatasetKind) -> None:
        if not isinstance(self.classes, Integral) or self.classes not in kind.classes:
            raise unknown(f"number of classes of {self.name}", self.classes, sorted(kind.classes))
        object.__setattr__(self, "classes", int(self.classes))

    def _check_table(self) -> None:
        if self.name != OWN:
            self._settle("table", None)
        elif not isinstance(self.table, Table):
            raise ValueError(f"table is {self.table!r}, and must be a Table for the dataset {OWN!r}")

    def _check_parts(self, kind: DatasetKind) -> None:
        """Every class must be in both parts; the loaded data are large enough for any share."""
        share, classes = min(self.test_share, 1 - self.test_share), self.classes or 2
        if kind.made and int(self.samples * share) < classes:
            raise ValueError(
                f"samples is {self.samples} and test_share {self.test_share:g}, which leaves less than one sample of "
                f"each of the {classes} classes in a part: more samples, or a share nearer to 0.5, are needed"
            )
        if self.table is None:
            return
        place, samples = Counter(self.table.y).most_common()[-1]
        # A class that has a sample to expect in a part gets one: the split rounds the largest remainders up.
        if samples * share < 1 - 1e-9:  # which is for 1 - 0.9, a little less than 0.1
            raise ValueError(
                f"class {self.table.class_names[place]!r} has {samples} samples and test_share is {self.test_share:g}, "
                "which leaves less than one of them in a part: more of them, or a share nearer to 0.5, are needed"
            )

    def _settle(self, field: str, default: object) -> None:
        """Puts the default for None, and refuses a value where there is no default because it does not apply."""
        value = getattr(self, field)
        if default is None and value is not None:
            raise ValueError(f"{field} is {value!r}, but does not apply to {self.name}")
        if value is None:
            object.__setattr__(self, field, default)


@dataclass(frozen=True)
class Dataset:
    """Data as the networks see them, standardised; arrays are read-only.

    `X_train (n, features)`, `y_train (n,)` integers from 0, `X_test`, `y_test`.  The picture's plane has two
    coordinates, named by `plane_names`: `to_plane` takes inputs (m, features) to points (m, 2), `to_inputs` back.  With
    two features they are the same thing.
    """

    spec: DatasetSpec
    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    plane_names: tuple[str, str]
    directions: np.ndarray  # (2, features), orthonormal rows: the plane's two axes among the inputs

    @property
    def features(self) -> int:
        return self.X_train.shape[1]

    @property
    def classes(self) -> int:
        return len(self.class_names)

    def to_inputs(self, plane: np.ndarray) -> np.ndarray:
        return plane @ self.directions

    def to_plane(self, inputs: np.ndarray) -> np.ndarray:
        return inputs @ self.directions.T


def measures(spec: DatasetSpec) -> np.ndarray:
    """The test samples (m, features) of `load`, in its order, as they were measured: before anything is fitted."""
    X, y, _, _ = _raw(spec)
    return _split(spec, X, y)[1]


@lru_cache(maxsize=32)
def load(spec: DatasetSpec) -> Dataset:
    """The data of a spec: same spec, same arrays."""
    from sklearn.preprocessing import StandardScaler

    X, y, feature_names, class_names = _raw(spec)
    X_train, X_test, y_train, y_test = _split(spec, X, y)
    scaler = StandardScaler().fit(X_train)
    X_train, X_test = scaler.transform(X_train), scaler.transform(X_test)
    plane_names = feature_names[:2]
    directions = np.eye(2)
    if spec.view is not None:
        plane_names = ("1st principal component", "2nd principal component")
        X_train, X_test, directions = _principal(X_train, X_test, spec.view)
        if spec.view == "pca2":
            feature_names = plane_names
    for array in (X_train, X_test, y_train, y_test, directions):
        array.flags.writeable = False
    return Dataset(spec, X_train, y_train, X_test, y_test, feature_names, class_names, plane_names, directions)


def _principal(X_train: np.ndarray, X_test: np.ndarray, view: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Inputs of both parts in this view, and the plane's two axes among them."""
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler

    pca = PCA(n_components=2, svd_solver="full").fit(X_train)
    if view == "all":
        return X_train, X_test, pca.components_.copy()
    scores = StandardScaler().fit(pca.transform(X_train))
    return scores.transform(pca.transform(X_train)), scores.transform(pca.transform(X_test)), np.eye(2)


def _split(spec: DatasetSpec, X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """X_train, X_test, y_train, y_test."""
    from sklearn.model_selection import train_test_split

    return train_test_split(X, y, test_size=spec.test_share, random_state=spec.seed + SPLIT_SEED, stratify=y)


def _raw(spec: DatasetSpec) -> tuple[np.ndarray, np.ndarray, tuple[str, ...], tuple[str, ...]]:
    """Features (n, f), labels (n,), and the names of both, before anything is fitted."""
    if (own := spec.table) is not None:
        return np.array(own.X), np.array(own.y), own.feature_names, own.class_names
    kind = DATASETS[spec.name]
    if kind.made:
        X, y = kind.make(spec, np.random.default_rng((STREAM, spec.seed)))
        return X, y.astype(np.int64), ("x\u2081", "x\u2082"), tuple(f"class {k}" for k in range(y.max() + 1))
    bunch = kind.make()
    names = tuple(str(name).removesuffix(" (cm)") for name in bunch.feature_names)
    return bunch.data, bunch.target.astype(np.int64), names, tuple(str(name) for name in bunch.target_names)


def _jitter(X: np.ndarray, spec: DatasetSpec, rng: np.random.Generator) -> np.ndarray:
    return X + spec.noise * rng.standard_normal(X.shape)


def _sizes(samples: int, classes: int) -> list[int]:
    """As equal as they come: 10 samples in 3 classes are 4, 3, 3."""
    return [samples // classes + (k < samples % classes) for k in range(classes)]


def _moons(spec, rng):
    from sklearn.datasets import make_moons

    return make_moons(tuple(_sizes(spec.samples, 2)), noise=spec.noise, random_state=spec.seed)


def _circles(spec, rng):
    from sklearn.datasets import make_circles

    return make_circles(tuple(_sizes(spec.samples, 2)), noise=spec.noise, factor=0.5, random_state=spec.seed)


def _blobs(spec, rng):
    """Centres on a circle, so that no two fall together whatever the seed; two opposite ones can be told by a line."""
    from sklearn.datasets import make_blobs

    angles = 2 * np.pi * np.arange(spec.classes) / spec.classes + np.pi / 4
    centres = 2 * np.column_stack([np.cos(angles), np.sin(angles)])
    return make_blobs(
        _sizes(spec.samples, spec.classes), centers=centres, cluster_std=spec.noise, random_state=spec.seed
    )


def _xor(spec, rng):
    """Four squares with a gap along the axes; opposite ones share a class.  As equal in size as samples allow."""
    square = np.arange(spec.samples) % 4
    signs = np.column_stack([np.where(square < 2, 1, -1), np.where(square % 2 == 0, 1, -1)])
    X = signs * rng.uniform(0.15, 1, (spec.samples, 2))
    return _jitter(X, spec, rng), (signs[:, 0] != signs[:, 1]).astype(int)


def _spiral(spec, rng):
    """Archimedean arms of one full turn, evenly turned against each other."""
    arms = np.repeat(np.arange(spec.classes), _sizes(spec.samples, spec.classes))
    turn = np.sqrt(rng.uniform(0.02, 1, spec.samples))  # sqrt: even density along the arm
    angle = 2 * np.pi * (turn + arms / spec.classes)
    X = 2 * turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _jitter(X, spec, rng), arms


def _gaussian_quantiles(spec, rng):
    from sklearn.datasets import make_gaussian_quantiles

    X, y = make_gaussian_quantiles(n_samples=spec.samples, n_features=2, n_classes=spec.classes, random_state=spec.seed)
    return _jitter(X, spec, rng), y


def _classification(spec, rng):
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=spec.samples, n_features=2, n_informative=2, n_redundant=0, n_clusters_per_class=1,
        n_classes=spec.classes, class_sep=1.2, flip_y=0.0, random_state=spec.seed,
    )  # fmt: skip
    return _jitter(X, spec, rng), y


def _loader(name: str) -> Callable:
    def make():
        import sklearn.datasets

        return getattr(sklearn.datasets, name)()

    return make


_RECORDS = (
    DatasetKind("moons", "Moons", _moons, "Two half circles, one hooked into the other.", noise=0.2),
    DatasetKind("circles", "Circles", _circles, "A ring around a ring: no straight line can part them.", noise=0.1),
    DatasetKind("xor", "XOR", _xor, "Opposite corners belong together: the problem a single neuron cannot solve.",
                noise=0.1),
    DatasetKind("spiral", "Spiral", _spiral, "Arms wound around each other: hard for small networks.", noise=0.1,
                classes=(2, 3, 4)),
    DatasetKind("blobs", "Blobs", _blobs, "Round clouds, one for each class: easy, if they do not overlap.", noise=0.6,
                classes=(3, 2, 4, 5)),
    DatasetKind("gaussian_quantiles", "Gaussian quantiles", _gaussian_quantiles,
                "One cloud, cut into rings by the distance from its centre.", noise=0.1, classes=(3, 2, 4, 5)),
    DatasetKind("classification", "Classification", _classification,
                "scikit-learn's make_classification: one stretched cloud for each class.", noise=0.1,
                classes=(2, 3, 4)),
    DatasetKind("iris", "Iris", _loader("load_iris"), "150 flowers of three kinds, four measures each.", None,
                shape=(150, 4, 3)),
    DatasetKind("wine", "Wine", _loader("load_wine"), "178 wines of three growers, thirteen measures each.", None,
                shape=(178, 13, 3)),
    DatasetKind("breast_cancer", "Breast cancer", _loader("load_breast_cancer"),
                "569 tumours, benign or malignant, thirty measures each.", None, shape=(569, 30, 2)),
    DatasetKind("digits", "Digits", _loader("load_digits"), "1797 handwritten digits of 8 by 8 pixels.", None,
                shape=(1797, 64, 10)),
)  # fmt: skip

DATASETS: dict[str, DatasetKind] = {record.name: record for record in _RECORDS}
# Own data are made by nobody, and ask for the same settings as loaded ones.
_KINDS = DATASETS | {OWN: DatasetKind(OWN, "Own data", None, "A table that comes with the spec.", None)}
