"""The datasets that there are: how each is made, how a script makes it, and what is said of it.

`DATASETS` is the one place to add a dataset: one record there gives it to the engine, the exports, the pages, the URL
and the tests.  A generator draws what it needs from `rng` or, with the spec's seed, from scikit-learn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..formula import Program
from .conditions import REACH, condition_of


class MadeSpec(NamedTuple):
    """What a generator is asked for: a `DatasetSpec` of made data, its defaults filled in.

    `noise` is 0, `classes` 2 and `formula` empty where the dataset leaves no choice.
    """

    samples: int
    noise: float
    classes: int
    seed: int
    formula: str = ""


Points = tuple[np.ndarray, np.ndarray]  # features (n, f) and labels (n,)
Make = Callable[[MadeSpec, np.random.Generator], Points]


@dataclass(frozen=True, kw_only=True)
class DatasetKind:
    """A dataset of the registry and all that the project knows of it.

    `make(spec, rng)` gives features (n, f) and labels (n,) of made data.  Data that are as they are have `loader`
    instead, the name of the function of sklearn.datasets that gives them.  `note` is a sentence on what it is.  `noise`
    is the default standard deviation of the Gaussian jitter of each coordinate, None where it does not apply; `classes`
    lists the numbers of classes to choose from, the default first, empty where there is no choice and there are two;
    `samples` is the default number of them, None for data that are as they are, and `shape` then their samples,
    features and classes, so that they need not be loaded to be counted.

    `formula` is the default of the condition in x and y that says which points have class 1, None where there is none.

    `code` is how an exported script makes the same X and y, with numpy as np and scikit-learn.  What stands in braces
    comes from the spec: its samples, noise, classes and seed, `{sizes}` (the samples of each class, a tuple), `{rng}`
    (the generator that `make` is given), `{loader}` and `{condition}`, the formula in numpy.
    """

    name: str
    label: str
    make: Make | None = None
    loader: str = ""
    code: str
    note: str
    samples: int | None = 400
    noise: float | None = None
    classes: tuple[int, ...] = ()
    shape: tuple[int, int, int] | None = None
    formula: str | None = None

    @property
    def made(self) -> bool:
        return self.samples is not None


def _jitter(X: np.ndarray, spec: MadeSpec, rng: np.random.Generator) -> np.ndarray:
    return X + spec.noise * rng.standard_normal(X.shape)


def sizes(samples: int, classes: int) -> list[int]:
    """As equal as they come: 10 samples in 3 classes are 4, 3, 3."""
    return [samples // classes + (k < samples % classes) for k in range(classes)]


def _moons(spec: MadeSpec, rng: np.random.Generator) -> Points:
    from sklearn.datasets import make_moons

    return make_moons(tuple(sizes(spec.samples, 2)), noise=spec.noise, random_state=spec.seed)


_MOONS_CODE = """\
from sklearn.datasets import make_moons
X, y = make_moons({sizes}, noise={noise}, random_state={seed})
"""


def _circles(spec: MadeSpec, rng: np.random.Generator) -> Points:
    from sklearn.datasets import make_circles

    return make_circles(tuple(sizes(spec.samples, 2)), noise=spec.noise, factor=0.5, random_state=spec.seed)


_CIRCLES_CODE = """\
from sklearn.datasets import make_circles
X, y = make_circles({sizes}, noise={noise}, factor=0.5, random_state={seed})
"""


def _blobs(spec: MadeSpec, rng: np.random.Generator) -> Points:
    """Centres on a circle, so that no two fall together whatever the seed; two opposite ones can be told by a line."""
    from sklearn.datasets import make_blobs

    angles = 2 * np.pi * np.arange(spec.classes) / spec.classes + np.pi / 4
    centres = 2 * np.column_stack([np.cos(angles), np.sin(angles)])
    return make_blobs(
        sizes(spec.samples, spec.classes), centers=centres, cluster_std=spec.noise, random_state=spec.seed
    )


_BLOBS_CODE = """\
from sklearn.datasets import make_blobs
# Centres on a circle, so that no two fall together whatever the seed; two opposite ones can be told by a line.
angles = 2 * np.pi * np.arange({classes}) / {classes} + np.pi / 4
centres = 2 * np.column_stack([np.cos(angles), np.sin(angles)])
X, y = make_blobs({sizes}, centers=centres, cluster_std={noise}, random_state={seed})
"""


def _xor(spec: MadeSpec, rng: np.random.Generator) -> Points:
    """Four squares with a gap along the axes; opposite ones share a class.  As equal in size as samples allow."""
    square = np.arange(spec.samples) % 4
    signs = np.column_stack([np.where(square < 2, 1, -1), np.where(square % 2 == 0, 1, -1)])
    X = signs * rng.uniform(0.15, 1, (spec.samples, 2))
    return _jitter(X, spec, rng), (signs[:, 0] != signs[:, 1]).astype(int)


_XOR_CODE = """\
# Four squares with a gap along the axes; opposite ones share a class.
rng = {rng}
square = np.arange({samples}) % 4
signs = np.column_stack([np.where(square < 2, 1, -1), np.where(square % 2 == 0, 1, -1)])
X = signs * rng.uniform(0.15, 1, ({samples}, 2))
X, y = X + {noise} * rng.standard_normal(X.shape), (signs[:, 0] != signs[:, 1]).astype(int)
"""


def _checkerboard(spec: MadeSpec, rng: np.random.Generator) -> Points:
    """Four by four squares of side 1, with a gap along their edges; neighbours have different classes."""
    row, column = np.divmod(np.arange(spec.samples) % 16, 4)
    X = np.column_stack([column, row]) - 2 + rng.uniform(0.1, 0.9, (spec.samples, 2))
    return _jitter(X, spec, rng), (row + column) % 2


_CHECKERBOARD_CODE = """\
# Four by four squares of side 1, with a gap along their edges; neighbours have different classes.
rng = {rng}
row, column = np.divmod(np.arange({samples}) % 16, 4)
X = np.column_stack([column, row]) - 2 + rng.uniform(0.1, 0.9, ({samples}, 2))
X, y = X + {noise} * rng.standard_normal(X.shape), (row + column) % 2
"""


def _spiral(spec: MadeSpec, rng: np.random.Generator) -> Points:
    """Archimedean arms of one full turn, evenly turned against each other."""
    arms = np.repeat(np.arange(spec.classes), sizes(spec.samples, spec.classes))
    turn = np.sqrt(rng.uniform(0.02, 1, spec.samples))  # sqrt: even density along the arm
    angle = 2 * np.pi * (turn + arms / spec.classes)
    X = 2 * turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _jitter(X, spec, rng), arms


_SPIRAL_CODE = """\
# Archimedean arms of one full turn, evenly turned against each other.
rng = {rng}
y = np.repeat(np.arange({classes}), {sizes})
turn = np.sqrt(rng.uniform(0.02, 1, {samples}))  # sqrt: even density along the arm
angle = 2 * np.pi * (turn + y / {classes})
X = 2 * turn[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
X = X + {noise} * rng.standard_normal(X.shape)
"""


def _gaussian_quantiles(spec: MadeSpec, rng: np.random.Generator) -> Points:
    from sklearn.datasets import make_gaussian_quantiles

    X, y = make_gaussian_quantiles(n_samples=spec.samples, n_features=2, n_classes=spec.classes, random_state=spec.seed)
    return _jitter(X, spec, rng), y


_GAUSSIAN_QUANTILES_CODE = """\
from sklearn.datasets import make_gaussian_quantiles
rng = {rng}
X, y = make_gaussian_quantiles(n_samples={samples}, n_features=2, n_classes={classes}, random_state={seed})
X = X + {noise} * rng.standard_normal(X.shape)
"""


def _classification(spec: MadeSpec, rng: np.random.Generator) -> Points:
    from sklearn.datasets import make_classification

    X, y = make_classification(
        n_samples=spec.samples, n_features=2, n_informative=2, n_redundant=0, n_clusters_per_class=1,
        n_classes=spec.classes, class_sep=1.2, flip_y=0.0, random_state=spec.seed,
    )  # fmt: skip
    return _jitter(X, spec, rng), y


_CLASSIFICATION_CODE = """\
from sklearn.datasets import make_classification
rng = {rng}
X, y = make_classification(
    n_samples={samples}, n_features=2, n_informative=2, n_redundant=0, n_clusters_per_class=1,
    n_classes={classes}, class_sep=1.2, flip_y=0.0, random_state={seed},
)
X = X + {noise} * rng.standard_normal(X.shape)
"""


BY_FORMULA = "by_formula"  # name of the dataset whose classes a formula says
_DRAWN = 40  # points for each sample, to draw the classes from
_LEAST_SAMPLES = 4  # of either class


def _by_formula(spec: MadeSpec, rng: np.random.Generator) -> Points:
    """Uniform in a square; the noise moves the points after they have got their class."""
    points = rng.uniform(-REACH, REACH, (_DRAWN * spec.samples, 2))
    (is_one,) = Program(condition_of(spec.formula))(x=points[:, 0].copy(), y=points[:, 1].copy())
    ones = min(max(round(spec.samples * is_one.mean()), _LEAST_SAMPLES), spec.samples - _LEAST_SAMPLES)
    X = np.vstack([points[~is_one][: spec.samples - ones], points[is_one][:ones]])
    return _jitter(X, spec, rng), np.repeat([0, 1], [spec.samples - ones, ones])


_BY_FORMULA_CODE = f"""\
# Uniform in a square; the noise moves the points after they have got their class.
rng = {{rng}}
points = rng.uniform(-{REACH}, {REACH}, ({_DRAWN} * {{samples}}, 2))
x, y = points.T
{{condition}}
ones = min(max(round({{samples}} * is_one.mean()), {_LEAST_SAMPLES}), {{samples}} - {_LEAST_SAMPLES})
X = np.vstack([points[~is_one][: {{samples}} - ones], points[is_one][:ones]])
X, y = X + {{noise}} * rng.standard_normal(X.shape), np.repeat([0, 1], [{{samples}} - ones, ones])
"""


_LOADED_CODE = """\
from sklearn.datasets import {loader}
X, y = {loader}(return_X_y=True)
"""


_RECORDS = (
    DatasetKind(
        name="moons", label="Moons", make=_moons, code=_MOONS_CODE, noise=0.2,
        note="Two half circles, each reaching into the other.",
    ),
    DatasetKind(
        name="circles", label="Circles", make=_circles, code=_CIRCLES_CODE, noise=0.1,
        note="Two rings, one inside the other: no straight line separates them.",
    ),
    DatasetKind(
        name="xor", label="XOR", make=_xor, code=_XOR_CODE, noise=0.1,
        note="Opposite corners have the same class: a single neuron cannot solve this problem.",
    ),
    DatasetKind(
        name="checkerboard", label="Checkerboard", make=_checkerboard, code=_CHECKERBOARD_CODE, noise=0.1,
        note="Sixteen squares with alternating classes: small networks round off the many corners.",
    ),
    DatasetKind(
        name="spiral", label="Spiral", make=_spiral, code=_SPIRAL_CODE, noise=0.1, classes=(2, 3, 4),
        note="Spiral arms, one for each class: hard for small networks.",
    ),
    DatasetKind(
        name="blobs", label="Blobs", make=_blobs, code=_BLOBS_CODE, noise=0.6, classes=(3, 2, 4, 5),
        note="One round cloud of points for each class: easy to separate if they do not overlap.",
    ),
    DatasetKind(
        name="gaussian_quantiles", label="Gaussian quantiles", make=_gaussian_quantiles, code=_GAUSSIAN_QUANTILES_CODE,
        noise=0.1, classes=(3, 2, 4, 5),
        note="One cloud of points, divided into rings by the distance from its centre.",
    ),
    DatasetKind(
        name="classification", label="Classification", make=_classification, code=_CLASSIFICATION_CODE, noise=0.1,
        classes=(2, 3, 4),
        note="One stretched cloud of points for each class (scikit-learn's make_classification).",
    ),
    DatasetKind(
        name=BY_FORMULA, label="By formula", make=_by_formula, code=_BY_FORMULA_CODE, noise=0.1,
        formula="abs(x^2+y^2-4)<2",  # a ring: over ten seeds, Identity has 64 %, Sigmoid 69, Tanh 79, ReLU 91
        note="Random points in a square. A formula in x and y says which of them are of class 1.",
    ),
    DatasetKind(
        name="iris", label="Iris", loader="load_iris", code=_LOADED_CODE, samples=None, shape=(150, 4, 3),
        note="150 flowers of three species, with four measurements each.",
    ),
    DatasetKind(
        name="wine", label="Wine", loader="load_wine", code=_LOADED_CODE, samples=None, shape=(178, 13, 3),
        note="178 wines from three growers, with thirteen measurements each.",
    ),
    DatasetKind(
        name="breast_cancer", label="Breast cancer", loader="load_breast_cancer", code=_LOADED_CODE,
        samples=None, shape=(569, 30, 2),
        note="569 tumours, benign or malignant, with thirty measurements each.",
    ),
    DatasetKind(
        name="digits", label="Digits", loader="load_digits", code=_LOADED_CODE, samples=None, shape=(1797, 64, 10),
        note="1797 handwritten digits, each an image of 8 by 8 pixels.",
    ),
)  # fmt: skip

DATASETS: dict[str, DatasetKind] = {record.name: record for record in _RECORDS}
