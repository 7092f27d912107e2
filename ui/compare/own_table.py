"""A table of one's own in a session: its file, how it was read, and the columns chosen from it.  Reading and choosing
are done by a worker, once for each file and each choice."""

from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, CancelledError
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from core import Sheet, Table, read_table, suggest_columns, table
from core.notes import Note
from ui.jobs.workers import call
from ui.shell import language
from ui.shell.language import wrong_by
from ui.shell.plain import plain

PREVIEWED = (100, 60)  # rows and columns that are shown
LOST = Note("the process that read it was stopped. Try again")


@dataclass
class OwnTable:
    """`problem` says why the file cannot be used, `problem_of_columns` why its columns cannot; `data` is None then.
    `problem_of_reading` says why another reading that was asked for is none, while this one stays.  `preview` has the
    chosen columns first.  Problems are said when they are shown: the language may change."""

    name: str = ""
    content: bytes = b""
    options: Mapping[str, object] = field(default_factory=dict)
    sheet: Sheet | None = None
    problem: str = ""
    features: list[str] = field(default_factory=list)
    label: str = ""
    data: Table | None = None
    problem_of_columns: str = ""
    preview: pd.DataFrame | None = None
    problem_of_reading: str = ""
    _set_aside: tuple[str, int] | None = None  # the feature that became the label, and its place among the features

    def choose(self, features: list[str], label: str) -> None:
        """The data of these columns; those that are there already stay the same object, which all experiments share."""
        if (features, label) == (self.features, self.label) and (self.data or self.problem_of_columns):
            return
        data, problem = None, ""
        try:
            data = call(table, self.sheet, features, label)
        except ValueError as error:
            problem = wrong_by(error)
        except (BrokenExecutor, CancelledError):
            problem = LOST
        self.features, self.label, self.problem_of_columns = features, label, problem
        rows, columns = PREVIEWED
        first = [label, *(name for name in features if name != label)]
        others = [name for name in self.sheet.frame if name not in first]
        self.preview = self.sheet.frame.loc[:, [*first, *others][:columns]].head(rows)
        if data is None or data != self.data or data.notes != self.data.notes:
            self.data = data

    def features_with(self, label: str, features: list[str]) -> list[str]:
        """The features when another column becomes the label: without it, and with the one that was a feature before
        it became the label."""
        features = list(features)
        if self._set_aside is not None:
            name, place = self._set_aside
            features.insert(place, name)
        self._set_aside = (label, features.index(label)) if label in features else None
        return [name for name in features if name != label]


def read_file(name: str, content: bytes, options: Mapping[str, object] | None = None) -> OwnTable:
    """The file as it was read, with the columns that are suggested."""
    own = OwnTable(name, content, options or {})
    try:
        own.sheet = call(partial(read_table, **own.options), content, name)
    except ValueError as error:
        own.problem = wrong_by(error)
    except (BrokenExecutor, CancelledError):
        own.problem = LOST
    if own.sheet is not None:
        own.choose(*suggest_columns(own.sheet))
    return own


def said(text: str | Exception) -> str:
    """What core says of a table, in the language that is spoken; other people's texts in it are as they are."""
    return plain(language.said(text))
