"""Which part of the data results are of: the test data or, where there are none, the training data.

Without a test part, core's test figures are those of the training samples, and pages say what they are.  A column of
the history that begins with "test" then has the other one's name, and where both stand beside each other, one is left.
"""

from collections.abc import Sequence

from core import DatasetSpec
from ui.shell.language import N_, _

_ACCURACY = {True: N_("test accuracy"), False: N_("training accuracy")}
_DATA = {True: N_("test data"), False: N_("training data")}


def accuracy(spec: DatasetSpec) -> str:
    """What the accuracy of the networks is called within a sentence."""
    return _(_ACCURACY[spec.has_test_part])


def judging_data(spec: DatasetSpec) -> str:
    """What the data are called that the networks are judged by, within a sentence."""
    return _(_DATA[spec.has_test_part])


def shown(spec: DatasetSpec, columns: Sequence[str]) -> list[str]:
    """Those of the columns that say something of their own: not of test data where there are none."""
    return [column for column in columns if spec.has_test_part or not column.startswith("test_")]


def as_named(spec: DatasetSpec, column: str) -> str:
    """The column whose name is true of what is in this one."""
    return column if spec.has_test_part else column.replace("test_", "train_")
