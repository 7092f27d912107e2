"""Which data: `DatasetSpec`.  What comes of it is in `core.data.loading`.

Made data have two features, so the picture is exact.  Data with more features come in one of two views: "pca2", where
the network sees the first two principal components, and "all", where it sees every feature and the picture is the
slice through the mean along the first two principal directions.  A user's own data (`OWN`) are no entry of the
registry: they come as a `Table` in the spec, so that nothing is kept anywhere else.
"""

import math
import reprlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import NamedTuple

from .. import limits
from ..formula.writing import spelled
from ..notes import Note
from ..registry import look_up, unknown
from .conditions import condition_of
from .kinds import DATASETS, DatasetKind, MadeSpec
from .made_features import MADE_FEATURES
from .tables import Table

OWN = "own"  # name of the dataset that is a table of the user's
VIEWS = ("pca2", "all")

# Own data are made by nobody, and ask for the same settings as loaded ones.
_OWN = DatasetKind(name=OWN, label="Own data", code="", samples=None, note="A table that comes with the spec.")
_KINDS = DATASETS | {OWN: _OWN}


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
    more than two features.  With a `test_share` of 0, which tables too small to be split have always, all samples are
    training data, and the test figures are of these same samples.  `formula` is the condition in x and y by which the
    points of the dataset "by_formula" have class 1, in its one spelling.

    `made_features` are names of `MADE_FEATURES`, in its order: further inputs, made of the two that the networks see.
    Without `standardised`, inputs are the features as they were measured or, in the view "pca2", the principal
    components of these, centred but not scaled.
    """

    name: str = "moons"
    samples: int | None = None
    noise: float | None = None
    classes: int | None = None
    test_share: float = 0.4
    seed: int = 0
    view: str | None = None
    table: Table | None = None
    formula: str | None = None
    made_features: tuple[str, ...] = ()
    standardised: bool = True

    def __post_init__(self) -> None:
        kind = look_up(Note("dataset"), _KINDS, self.name)
        self._check_table()
        self._settle("samples", kind.samples)
        self._settle("noise", kind.noise)
        self._settle("classes", kind.classes[0] if kind.classes else None)
        self._settle("formula", kind.formula)
        if self.formula is not None:
            self._check_formula()
        has_two = kind.made if self.table is None else len(self.table.feature_names) <= 2
        self._settle("view", None if has_two else VIEWS[0])
        if self.samples is not None:
            limits.settle(self, "samples", limits.SAMPLES)
        if self.noise is not None:
            limits.settle(self, "noise", limits.NOISE)
        if self.classes is not None:
            self._check_classes(kind)
        if self.view is not None and self.view not in VIEWS:
            raise unknown(Note("view"), self.view, VIEWS)
        if self.table is not None and not self.table.has_test_part:
            object.__setattr__(self, "test_share", 0.0)
        if self.test_share != 0:
            limits.settle(self, "test_share", limits.TEST_SHARE)
        limits.settle(self, "seed", limits.SEED)
        self._check_inputs()
        self._check_parts()

    @property
    def size(self) -> DatasetSize:
        """How large the data are that `load` gives, told without making or loading them."""
        if self.table is not None:
            samples, features, classes = len(self.table.y), len(self.table.feature_names), len(self.table.class_names)
        elif (shape := DATASETS[self.name].shape) is not None:
            samples, features, classes = shape
        else:
            samples, features, classes = self.made.samples, 2, self.made.classes
        tested = math.ceil(self.test_share * samples)  # as scikit-learn's train_test_split rounds
        features = (2 if self.view == "pca2" else features) + len(self.made_features)
        return DatasetSize(samples - tested, tested or samples, features, classes)

    @property
    def has_test_part(self) -> bool:
        """Whether the test samples are others than the training samples."""
        return self.test_share > 0

    @property
    def made(self) -> MadeSpec:
        """What the generator of made data is asked for; raises `ValueError` for data that are as they are."""
        if self.samples is None:
            raise ValueError(Note("{dataset} is not made, and has no number of samples", dataset=self.name))
        return MadeSpec(self.samples, self.noise or 0.0, self.classes or 2, self.seed, self.formula or "")

    def _check_formula(self) -> None:
        if not isinstance(self.formula, str):
            raise ValueError(
                Note("{what} is {value}, and must be a text", what="formula", value=reprlib.repr(self.formula))
            )
        object.__setattr__(self, "formula", spelled(condition_of(self.formula)))

    def _check_classes(self, kind: DatasetKind) -> None:
        if not isinstance(self.classes, Integral) or self.classes not in kind.classes:
            what = Note("number of classes of {dataset}", dataset=self.name)
            raise unknown(what, self.classes, sorted(kind.classes))
        object.__setattr__(self, "classes", int(self.classes))

    def _check_table(self) -> None:
        if self.name != OWN:
            self._settle("table", None)
        elif not isinstance(self.table, Table):
            raise ValueError(
                Note(
                    "table is {value}, and must be a Table for the dataset {dataset}",
                    value=reprlib.repr(self.table), dataset=repr(OWN),
                )
            )  # fmt: skip

    def _check_inputs(self) -> None:
        if not isinstance(self.standardised, bool):
            value = reprlib.repr(self.standardised)
            raise ValueError(Note("{what} is {value}, and must be True or False", what="standardised", value=value))
        names = self.made_features
        if isinstance(names, str) or not isinstance(names, Sequence):
            raise ValueError(
                Note("{what} is {value}, and must be a tuple", what="made_features", value=reprlib.repr(names))
            )
        if names and (inputs := self.size.features - len(names)) != 2:
            raise ValueError(Note("features are made of two inputs, and the networks have {inputs}", inputs=inputs))
        for name in names:
            look_up(Note("made feature"), MADE_FEATURES, name)
        object.__setattr__(self, "made_features", tuple(name for name in MADE_FEATURES if name in names))

    def _check_parts(self) -> None:
        """Every class must be in both parts; the loaded data are large enough for any share."""
        if self.test_share == 0:
            return
        share, classes = min(self.test_share, 1 - self.test_share), self.classes or 2
        if self.samples is not None and int(self.samples * share) < classes:
            raise ValueError(
                Note(
                    "samples is {samples} and the test share {share}, which leaves less than one sample of each of the "
                    "{classes} classes in a part: more samples, or a share nearer to 0.5, are needed",
                    samples=self.samples, share=f"{self.test_share:g}", classes=classes,
                )
            )  # fmt: skip
        if self.table is None:
            return
        place, samples = Counter(self.table.y).most_common()[-1]
        # A class that has a sample to expect in a part gets one: the split rounds the largest remainders up.
        if samples * share < 1 - 1e-9:  # which is for 1 - 0.9, a little less than 0.1
            raise ValueError(
                Note(
                    "class {name} has {samples} samples and the test share is {share}, which leaves less than one of "
                    "them in a part: more of them, or a share nearer to 0.5, are needed",
                    name=repr(self.table.class_names[place]), samples=samples, share=f"{self.test_share:g}",
                )
            )  # fmt: skip

    def _settle(self, field: str, default: object) -> None:
        """Puts the default for None, and refuses a value where there is no default because it does not apply."""
        value = getattr(self, field)
        if default is None and value is not None:
            raise ValueError(
                Note(
                    "{what} is {value}, but does not apply to {dataset}",
                    what=field, value=reprlib.repr(value), dataset=self.name,
                )
            )  # fmt: skip
        if value is None:
            object.__setattr__(self, field, default)
