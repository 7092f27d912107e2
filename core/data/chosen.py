"""The columns that were chosen of a sheet as data (`table`)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import limits
from ..notes import Note, cut, listed
from ..registry import check_type, look_up
from .columns import MEASURE, is_text, scores
from .sheets import Sheet
from .tables import Table, check_names, numbered

if TYPE_CHECKING:
    import pandas as pd

_FEW = Note("Classes with less than {least} rows are left out: {names} (rows: {rows}).")
_FEW_DRAWN = Note("Classes with less than {least} of the drawn rows are left out: {names} (rows: {rows}).")


def table(sheet: Sheet, features: Sequence[str], label: str) -> Table:
    """The chosen columns of a sheet as data; its notes say what was left out.

    Rows that lack a chosen value are left out, and so are features with one value, classes with too few rows, and, of
    too many features, those that tell least.  A column of texts becomes a feature for each text.  Classes are in the
    order of their numbers if all of them are numbers, else of the alphabet.  Raises `ValueError` for columns that give
    nothing to learn.
    """
    check_type(Note("sheet"), sheet, Sheet)
    frame, notes = sheet.frame, []
    chosen = [name for name in dict.fromkeys(check_names(Note("feature"), features)) if name != label]
    for name in (*chosen, label):
        look_up(Note("column"), frame, name)
    if len(chosen) < len(features):
        notes.append(Note("'{name}' has the classes, so it is no feature.", name=label))
    frame = _complete(frame[[*chosen, label]], notes)
    frame, names = _classes(frame, label, sheet.is_drawn, notes)
    columns = _as_numbers(frame[chosen], notes)
    labels = frame[label].map(_class_name)
    y = labels.map({name: place for place, name in enumerate(names)}).to_numpy(int)
    X = np.column_stack(list(columns.values())) if columns else np.empty((len(y), 0))
    varies = np.ptp(X, axis=0) > 0
    if constant := [name for name, each in zip(columns, varies) if not each]:
        notes.append(Note("Features with the same value in every row, left out: {names}.", names=listed(constant)))
    taken = [place for place in range(X.shape[1]) if varies[place]]
    if not taken:
        raise ValueError(Note("no chosen feature has two different values, so there is nothing to learn from"))
    if len(taken) > limits.FEATURES[1]:
        most = np.argsort(-scores(X[:, taken], y), kind="stable")[: limits.FEATURES[1]]
        notes.append(
            Note(
                "{count} of {number} features are used: those that tell most about the classes, by {measure}.",
                count=len(most), number=len(taken), measure=MEASURE,
            )
        )  # fmt: skip
        taken = [taken[place] for place in sorted(most)]
    feature_names = tuple(name for place, name in enumerate(columns) if place in set(taken))
    made = Table(feature_names, names, tuple(map(tuple, X[:, taken].tolist())), tuple(y.tolist()))
    if not made.has_test_part:
        notes.append(
            Note(
                "The table is too small for test data: all {rows} rows are training data, and all results are "
                "of these rows.", rows=len(y),
            )
        )  # fmt: skip
    return replace(made, notes=tuple(notes))


def _complete(frame: "pd.DataFrame", notes: list[Note]) -> "pd.DataFrame":
    """The rows that have all values."""
    complete = frame.dropna()
    if len(complete) < len(frame):
        notes.append(
            Note(
                "Rows that lack a value are left out: {count} of {rows}.",
                count=len(frame) - len(complete), rows=len(frame),
            )
        )  # fmt: skip
    if complete.empty:
        raise ValueError(Note("every row lacks a value in one of the chosen columns"))
    return complete


def _classes(
    frame: "pd.DataFrame", label: str, is_drawn: bool, notes: list[Note]
) -> tuple["pd.DataFrame", tuple[str, ...]]:
    """The rows of classes with enough of them, and the classes' names; if too few classes have enough, all rows."""
    labels = frame[label].map(_class_name)
    counts, least = labels.value_counts(), limits.CLASS_SAMPLES[0]
    kept = counts[counts >= least]
    if limits.CLASSES[0] <= len(kept) < len(counts):
        small = sorted(set(counts.index) - set(kept.index))
        said = _FEW_DRAWN if is_drawn else _FEW
        notes.append(Note(said, least=least, names=listed(small), rows=int(counts[small].sum())))
        frame, counts = frame[labels.isin(kept.index)], kept
    names = _sorted(set(counts.index))
    least, most = limits.CLASSES
    if len(names) == 1:
        raise ValueError(
            Note(
                "column '{label}' has the same value in every row ({names}), and must have {least} to {most} different "
                "values: it gives the class of each row",
                label=cut(label), names=listed(names), least=least, most=most,
            )
        )  # fmt: skip
    if not least <= len(names) <= most:
        raise ValueError(
            Note(
                "column '{label}' has {count} different values ({names}), and must have {least} to {most}: it gives "
                "the class of each row",
                label=cut(label), count=len(names), names=listed(names), least=least, most=most,
            )
        )  # fmt: skip
    return frame, tuple(names)


def _as_numbers(frame: "pd.DataFrame", notes: list[Note]) -> dict[str, np.ndarray]:
    """The columns by the features' names, all different; one of texts becomes a column of 0 and 1 for each text."""
    columns: dict[str, np.ndarray] = {}
    again = []
    for name in map(str, frame):
        if not is_text(frame[name]):
            columns[name] = frame[name].to_numpy(float)
            continue
        texts = sorted(set(frame[name].astype(str)))
        if len(texts) > limits.VALUES:
            raise ValueError(
                Note(
                    "column '{name}' has {count} different texts, and a feature may have at most {most}",
                    name=cut(name), count=len(texts), most=limits.VALUES,
                )
            )  # fmt: skip
        notes.append(
            Note("'{name}' has texts: each of the {count} is a feature (one-hot).", name=cut(name), count=len(texts))
        )
        for text in texts:
            own = f"{name} = {text}"
            free = numbered(own, lambda text: text in columns or text in frame)
            if free != own[: limits.NAME]:
                again.append(free)
            columns[free] = np.asarray(frame[name].astype(str) == text, float)
    if again:
        notes.append(Note("Features of the same name were numbered: {names}.", names=listed(again)))
    return columns


def _class_name(value: Any) -> str:
    """How a value is written as the name of a class: 2 and not 2.0."""
    if isinstance(value, float):  # numpy's is one, too
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    return str(value)


def _sorted(labels: set[str]) -> list[str]:
    names = sorted(labels)
    try:
        return sorted(names, key=float)
    except ValueError:
        return names
