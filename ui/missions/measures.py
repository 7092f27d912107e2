"""What missions measure: one number for each network of a history of one seed."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core import History, load
from core.analysis.summary import counted
from ui.charts.curves import HEADROOM
from ui.charts.layers import LEAST_SHARES
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import exact, exact_percent, loss, percent, rounded, written

REACHED = 0.9  # test accuracy at which the classes are separated
FAR = 100  # times as far as the data: beyond every bend of the boundary
ALIKE = 3  # digits after the point in which the weights of two units must be the same
_EPOCHS = NN_("{number} epoch", "{number} epochs")
_NEVER, _DIVERGED = N_("never"), N_("diverged")
LOWER = N_("The median of an even number of values is here the lower of the two in the middle.")
_TIMES = N_("{number} times")
_SPAN = N_("{low} to {high}")
_OR_NEVER = N_("{low} or more, or never")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`label` is its name at the start of a line and `noun` within a sentence; `value` gives one number for each
    network of a history of one seed, whatever became of it, and `writes` says such a number on screen.

    The largest number is first, or the smallest if not `largest_wins`.  What is `counted`, as epochs are, has a median,
    and is infinite where it never happened; anything else is NaN `of` a network that diverged.
    Networks that are no further than `margin` from each other do not differ in somebody's own mission.  `in_percent`
    is for shares, and `curve` names what of the history is drawn over the epochs beside it, if anything.  `bare` writes
    a number without its unit, where the unit is a word.  A strip's axis is no narrower than `width`.  What can explode
    has a `usual` number, by how many classes there are: up to it, none is too large for a chart.
    """

    label: str
    noun: str
    value: Callable[[History], np.ndarray]
    writes: Callable[[float], str]
    width: float
    bare: Callable[[float], str] | None = None
    largest_wins: bool = False
    counted: bool = False
    margin: float = 0.0
    in_percent: bool = False
    curve: str = ""
    usual: Callable[[int], float] | None = None

    def of(self, history: History) -> np.ndarray:
        """One number for each network of a history of one seed: what a diverged one stands still at is no result."""
        values = np.asarray(self.value(history), float)
        return values if self.counted else np.where(history.diverged_at >= 0, math.nan, values)

    def write(self, number: float) -> str:
        """A number as it stands on screen, or why there is none."""
        if math.isnan(number):
            return "–" if self.counted else _(_DIVERGED)
        return self.writes(number)

    def known(self, values: np.ndarray) -> np.ndarray:
        """The values without those of networks that diverged, in their order from the least."""
        return np.sort(values[~np.isnan(values) if self.counted else np.isfinite(values)])

    def median(self, values: np.ndarray) -> float:
        """The median of the known values, NaN without any; of an even number of what is counted, the lower one of the
        two in the middle."""
        known = self.known(values)
        if not len(known):
            return math.nan
        return float(known[(len(known) - 1) // 2] if self.counted else np.median(known))

    def is_lower(self, values: np.ndarray) -> bool:
        """Whether the usual median would be another number, halfway between two that differ: see `LOWER`."""
        known = self.known(values)
        middle = len(known) // 2
        return self.counted and len(known) % 2 == 0 and len(known) > 0 and bool(known[middle - 1] != known[middle])

    def chosen(self, number: float) -> str:
        """A number that somebody has chosen, such as a goal: with no more digits than it needs."""
        if self.in_percent:
            return exact_percent(number)
        return self.write(number) if self.bare else exact(number)

    def span(self, low: float, high: float) -> str:
        """From the least to the greatest value, which may be infinite: `28 to 60 epochs`."""
        if low == high:
            return self.write(low)
        if math.isinf(high):
            return _(_OR_NEVER, low=self.write(low))
        return _(_SPAN, low=(self.bare or self.write)(low), high=self.write(high))


def epochs_to_reach(history: History) -> np.ndarray:
    """The first recorded epoch at which the test accuracy was 90 % or more; infinite where it never was."""
    reached = history.test_accuracy >= REACHED
    return np.where(reached.any(axis=1), history.epochs[reached.argmax(axis=1)], math.inf)


def times_as_many_epochs(history: History) -> np.ndarray:
    """Each network's `epochs_to_reach` as a multiple of that of the last one.

    It is not known, NaN, of a network that never got there, and below every multiple, 0, where only the last one never
    did.
    """
    epochs = np.maximum(epochs_to_reach(history), 1)  # who starts there has not been faster for it
    return np.where(np.isfinite(epochs), epochs, np.nan) / epochs[-1]


def different_units(history: History) -> np.ndarray:
    """How many units of the first hidden layer differ in their weights or bias, after the last epoch."""
    firsts = (history.parameters(run)[0] for run in range(len(history.experiment.runs)))
    return np.array([np.unique(np.vstack([W, b]).round(ALIKE), axis=1).shape[1] for W, b in firsts])


def rise_of_test_loss(history: History) -> np.ndarray:
    """The test loss after the last epoch as a multiple of its lowest at any epoch."""
    return history.test_loss[:, -1] / history.test_loss.min(axis=1)


def confidence_far_away(history: History) -> np.ndarray:
    """The mean probability of the predicted class, at points a hundred times as far from the centre as the test data
    are."""
    return history.predict(FAR * load(history.experiment.dataset).X_test).max(axis=2).mean(axis=1)


def _write_epochs(number: float) -> str:
    return plural(*_EPOCHS, int(number)) if math.isfinite(number) else _(_NEVER)


def _write_times(number: float) -> str:
    return _(_TIMES, number=_to_a_tenth(number))


def _to_a_tenth(number: float) -> str:
    return rounded(number, 1)


MEASURES: dict[str, Measure] = {
    "test_accuracy": Measure(
        label=N_("Test accuracy"), noun=N_("test accuracy"), value=lambda history: history.test_accuracy[:, -1],
        writes=percent, width=LEAST_SHARES, largest_wins=True, margin=0.02, in_percent=True, curve="test_accuracy",
    ),
    "test_loss": Measure(
        label=N_("Test loss"), noun=N_("test loss"), value=lambda history: history.test_loss[:, -1], writes=loss,
        width=0.05, margin=0.02, curve="test_loss", usual=lambda classes: HEADROOM * math.log(classes),
    ),
    "rise_of_test_loss": Measure(
        label=N_("Test loss at the end, as a multiple of its lowest"), noun=N_("rise of the test loss"),
        value=rise_of_test_loss, writes=_write_times, width=1, bare=_to_a_tenth, margin=0.2, curve="test_loss",
        usual=lambda classes: 100.0,
    ),
    "epochs_to_90": Measure(
        label=N_("Epochs to 90 % test accuracy"), noun=N_("number of epochs to 90 % test accuracy"),
        value=epochs_to_reach, writes=_write_epochs, width=5, bare=written, counted=True, curve="test_accuracy",
    ),
    "times_as_many_epochs": Measure(
        label=N_("Epochs to 90 % test accuracy, as a multiple of those of the network listed last"),
        noun=N_("multiple of the epochs of the network listed last"),
        value=times_as_many_epochs, writes=_write_times, width=1, bare=_to_a_tenth, counted=True, curve="test_accuracy",
    ),
    "dead_units": Measure(
        label=N_("Dead units"), noun=N_("number of dead units"),
        value=lambda history: counted(history, history.dead_units[:, -1]), writes=written, width=5, counted=True,
    ),
    "different_units": Measure(
        label=N_("Different units in the first hidden layer"), noun=N_("number of different units"),
        value=different_units, writes=written, width=5, largest_wins=True, counted=True,
    ),
    "confidence_far_away": Measure(
        label=N_("Probability of the predicted class far from the data"), noun=N_("confidence far from the data"),
        value=confidence_far_away, writes=percent, width=LEAST_SHARES, margin=0.02, in_percent=True,
    ),
}  # fmt: skip
