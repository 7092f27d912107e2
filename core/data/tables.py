"""A user's own data as samples with their classes (`Table`), wherever they come from.  Nothing is written anywhere."""

import hashlib
import pickle
import reprlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from unicodedata import category

import numpy as np

from .. import limits
from ..notes import Note


@dataclass(frozen=True)
class Table:
    """Samples and their classes: hashable, picklable, and checked, wherever they come from.

    `X` is n rows with one number for each of `feature_names`; `y` is n whole numbers from 0, places in `class_names`.
    `notes` say what was left out on the way, and are no part of the data.  Lists and arrays become tuples.  Raises
    `ValueError` for what is outside `core.limits`, for other shapes, and for a feature with one value in all rows.
    """

    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    X: tuple[tuple[float, ...], ...]
    y: tuple[int, ...]
    notes: tuple[str, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        feature_names, class_names = (
            check_names(Note("feature"), self.feature_names),
            check_names(Note("class"), self.class_names),
        )
        features = limits.check(Note("the number of features"), len(feature_names), limits.FEATURES)
        classes = limits.check(Note("the number of classes"), len(class_names), limits.CLASSES)
        X, y = np.asarray(self.X), np.asarray(self.y)
        if X.dtype.kind not in "iuf" or y.dtype.kind not in "iu":
            raise ValueError(Note("X must contain only numbers, and y only whole numbers"))
        X = X.astype(float)
        if y.ndim != 1 or X.shape != (len(y), features):
            raise ValueError(
                Note(
                    "X has shape {X} and y {y}, and must have (n, {features}) and (n,)",
                    X=str(X.shape), y=str(y.shape), features=features,
                )
            )  # fmt: skip
        limits.check(Note("the number of rows"), len(y), limits.ROWS)
        for row, column in np.argwhere(_is_outside(X)):
            limits.check(f"X[{row}][{column}]", X[row, column].item(), limits.VALUE)
        if y.min() < 0 or y.max() >= classes:
            raise ValueError(
                Note(
                    "y goes from {least} to {greatest}, and must lie between 0 and {last}",
                    least=str(y.min()), greatest=str(y.max()), last=classes - 1,
                )
            )  # fmt: skip
        for name, samples in zip(class_names, np.bincount(y, minlength=classes).tolist()):
            limits.check(Note("the number of rows of class {name}", name=repr(name)), samples, (1, limits.ROWS[1]))
        for name, spread in zip(feature_names, np.ptp(X, axis=0)):
            if spread == 0:
                raise ValueError(
                    Note(
                        "feature {name} has the same value in every row, so it cannot separate classes", name=repr(name)
                    )
                )
        plain = (feature_names, class_names, tuple(map(tuple, X.tolist())), tuple(y.tolist()))
        for name, value in zip(("feature_names", "class_names", "X", "y"), plain):
            object.__setattr__(self, name, value)

    @property
    def has_test_part(self) -> bool:
        """Whether there are enough rows of each class for a test part; else all rows are for training."""
        return bool(np.bincount(self.y).min() >= limits.CLASS_SAMPLES[0])

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Found once: caches ask for it again and again."""
        return hash((self.feature_names, self.class_names, self.X, self.y))

    @cached_property
    def digest(self) -> str:
        """Of the contents: the same for equal tables, in every process, and different for different ones."""
        contents = pickle.dumps((self.feature_names, self.class_names, np.array(self.X).tobytes(), self.y))
        return hashlib.sha256(contents).hexdigest()

    def __getstate__(self) -> dict:
        """Without the hash: that of a text is another one in each process."""
        return {field: value for field, value in vars(self).items() if field != "_hash"}

    def __repr__(self) -> str:
        features, classes = reprlib.repr(self.feature_names), reprlib.repr(self.class_names)
        return f"Table({len(self.y)} rows, {len(self.feature_names)} features {features}, classes {classes})"


def numbered(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, or the first of "name 2", "name 3", ... that is not taken, no longer than a feature's name may be."""
    number, free = 1, name[: limits.NAME]
    while is_taken(free):
        number += 1
        end = f" {number}"
        free = name[: limits.NAME - len(end)] + end
    return free


def check_names(kind: Note, names: Sequence[str]) -> tuple[str, ...]:
    """As a tuple; `ValueError` if one is no text, empty, or there twice."""
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise ValueError(
            Note("the {kind} names are {names}, and must be a tuple", kind=kind, names=reprlib.repr(names))
        )
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise ValueError(Note("a {kind} name is {name}, and must be a text", kind=kind, name=reprlib.repr(name)))
        what = Note("the number of characters of the {kind} name {name}", kind=kind, name=reprlib.repr(name))
        limits.check(what, len(name), (1, limits.NAME))
        if any(category(character) in ("Cc", "Cs") and character not in "\t\n\r" for character in name):
            raise ValueError(
                Note("the {kind} name {name} has characters that cannot be shown", kind=kind, name=reprlib.repr(name))
            )
    if len(set(names)) < len(names):
        raise ValueError(
            Note("the {kind} names are {names}, and must all be different", kind=kind, names=reprlib.repr(names))
        )
    return tuple(names)


def _is_outside(numbers: Any) -> Any:
    """Where an array or a frame has no number within the limits."""
    least, greatest = limits.VALUE
    return ~((numbers >= least) & (numbers <= greatest))
