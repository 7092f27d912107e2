"""What one experiment may ask for, so that a shared server stays alive: plain data, and the check that applies it."""

import reprlib
from numbers import Integral, Real
from typing import overload

from .notes import Note

SAMPLES = (20, 5000)
ROWS = (4, 5000)  # of a table of one's own
FILE_BYTES = 5_000_000  # of a table's file
UNPACKED_BYTES, MEMBERS = 50_000_000, 1000  # of a spreadsheet's file, which is an archive
FILE_ROWS, CELLS = 200_000, 2_000_000  # of a table as it is read; of more than `ROWS` some are drawn
COLUMNS = (2, 2000)  # of these, one is the label and some are features
TEXT, NAME = 60, 200  # characters of a column's or a class's name in a file; of a feature's, which may hold both
EXPERIMENT_CHARACTERS = 10_000_000  # of an experiment as JSON: the largest table has 320,000 numbers
FEATURES = (1, 64)
VALUES = 20  # different texts of a feature, each of which becomes a feature of its own
CLASSES = (2, 10)
CLASS_SAMPLES = (4, 5000)  # of each class, so that it can be in the training and in the test part
VALUE = (-1e100, 1e100)  # of one feature: those of more than 1e154 have an infinite square, so no deviation
NOISE = (0.0, 2.0)
TEST_SHARE = (0.1, 0.9)
EPOCHS = (0, 2000)
SCHEDULE_EPOCHS = (1, 2000)
LAYERS = (0, 20)
UNITS = (1, 64)  # of each hidden layer
NETWORKS, SWEEP_SEEDS = (1, 1_000_000), (1, 50)  # of a grid
LEVELS, STACKS = (1, 400), (1, 2000)  # values of a factor of a grid; combinations of those that no stack can mix
WORKERS = (1, 10_000)  # of a sweep: those of a cluster may be thousands
RUNS = (1, 300)  # all activations, each from ten seeds
BATCH_SIZE = (1, 5000)  # samples of a minibatch; the whole training part, whatever its size, is None
LEARNING_RATE = (1e-8, 1e8)  # absurd ones too: a blow-up is something to see
PENALTY = (0.0, 1e3)  # l1 and l2
BIAS = (-1e3, 1e3)
DROPOUT = (0.0, 0.95)  # of a network's hidden outputs, in each step
SEED = (0, 2**31 - 1)
MEGABYTES = 400.0  # by `core.train.cost.megabytes`
SECONDS = 60.0  # of one core, by `core.train.cost.seconds`
EPOCH_SECONDS = 5.0  # the same of one epoch: a training can be put aside for others between epochs alone

_NO_NUMBER = Note("{what} is {value}, and must be a number between {least} and {greatest}")
_NO_WHOLE_NUMBER = Note("{what} is {value}, and must be a whole number between {least} and {greatest}")


@overload
def check(what: str, value: float, limits: tuple[int, int]) -> int: ...
@overload
def check(what: str, value: float, limits: tuple[float, float]) -> float: ...
def check(what: str, value: float, limits: tuple[float, float]) -> float:
    """The value as a plain Python number, whole if the limits are.

    Raises `ValueError`, with the value and the limits, if it is no such number between them (both included).  `what` it
    is, is a note, or a name that is the same in every language, as a field's.
    """
    least, greatest = limits
    whole = isinstance(least, int)
    right_kind = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
    if not right_kind or not least <= value <= greatest:
        said = _NO_WHOLE_NUMBER if whole else _NO_NUMBER
        bounds = {"least": f"{least:,}", "greatest": f"{greatest:,}"}
        raise ValueError(Note(said, what=what, value=reprlib.repr(value), **bounds))
    return int(value) if whole else float(value)


def settle(owner: object, field: str, limits: tuple[float, float]) -> None:
    """Checks a field of a frozen dataclass and puts the plain number in its place."""
    object.__setattr__(owner, field, check(field, getattr(owner, field), limits))
