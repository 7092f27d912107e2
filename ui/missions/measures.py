"""What missions measure: one number for each network of a history of one seed."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core import History
from ui.shell.language import N_, _, plural
from ui.shell.numbers import loss, percent, written

REACHED = 0.9  # test accuracy at which a network has separated the classes
_EPOCHS = N_("{number} epoch"), N_("{number} epochs")
_TIMES = N_("{number} times")
_NEVER = N_("never")


@dataclass(frozen=True)
class Measure:
    """`label` is its name at the start of a line and `noun` within a sentence, `value` gives one number for each
    network of a history of one seed, and `write` says one on screen.

    The largest number is first, or the smallest if not `largest_wins`; infinite is what never happened.  Of somebody's
    own mission, networks that are not further than `margin` from each other do not differ.  `percent` says that it is a
    share, which charts have in percent.  Several seeds of what is counted have a median and a range, and no mean:
    `by_median`."""

    label: str
    noun: str
    value: Callable[[History], np.ndarray]
    write: Callable[[float], str]
    largest_wins: bool
    margin: float
    percent: bool = False
    by_median: bool = False


def epochs_to_reach(history: History) -> np.ndarray:
    """The first recorded epoch at which the test accuracy was 90 % or more; infinite where it never was."""
    reached = history.test_accuracy >= REACHED
    return np.where(reached.any(axis=1), history.epochs[reached.argmax(axis=1)], math.inf)


def _write_epochs(number: float) -> str:
    return plural(*_EPOCHS, int(number)) if math.isfinite(number) else _(_NEVER)


MEASURES: dict[str, Measure] = {
    "test_accuracy": Measure(
        N_("Test accuracy"), N_("test accuracy"), lambda history: history.test_accuracy[:, -1], percent, True, 0.02,
        percent=True,
    ),
    "test_loss": Measure(
        N_("Test loss"), N_("test loss"), lambda history: history.test_loss[:, -1], loss, False, 0.02,
    ),
    "dead_units": Measure(
        N_("Dead units"), N_("number of dead units"), lambda history: history.dead_units[:, -1].sum(axis=1), written,
        False, 0.0, by_median=True,
    ),
    "epochs_to_90": Measure(
        N_("Epochs to 90 % test accuracy"), N_("number of epochs to 90 % test accuracy"), epochs_to_reach,
        _write_epochs, False, 0.0, by_median=True,
    ),
}  # fmt: skip
