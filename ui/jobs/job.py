"""One experiment's training: how far it has come, who asked for it, and how it is split into parts."""

import threading
from dataclasses import replace

from core import Experiment, History
from core.train.parts import Part
from ui.shell.one_by_one import happened

PART_SECONDS = 0.5  # how long a worker trains before it hands over how far it has come: most are at their end by then
SHORTER = 0.2  # the same for trainings that take several parts anyway, so that others get their turn sooner
IN_SHORTER = 1.0  # seconds that a training is expected to take, above which its parts are the shorter ones
HANDOVERS = 10  # a part lasts at least so many times what handing it over takes: large trainings are not split much
MOST_SECONDS = 2.0  # of a part for that reason


class Job:
    """One experiment's training: `part` is how far it has come, `error` why it cannot go on."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.seconds, self.megabytes_at_most = experiment.seconds(), experiment.megabytes()
        self.but_epochs = replace(experiment, epochs=0)  # what it has in common with shorter and longer ones
        self.part: Part | None = None
        self.error: str | None = None
        self.asked: dict[str, float] = {}  # when each visitor did so last
        self.running = False
        self.failures = 0
        self.is_alone = False  # on its way to the workers and back, no other one was
        self._over = threading.Event()

    @property
    def history(self) -> History | None:
        """The history of all epochs, once they are trained; None before."""
        return self.part.history if self.part else None

    @property
    def epoch(self) -> int:
        """How many epochs are trained."""
        return self.part.epoch if self.part else 0

    @property
    def megabytes(self) -> float:
        """The memory that the job takes, in MB: its state and what it has recorded."""
        if self.part is None:
            return 0.0
        recorded = self.part.history.flat_parameters.nbytes if self.part.history else 0
        return (len(self.part.state) + recorded) / 1e6

    @property
    def seconds_left(self) -> float:
        """About how long a worker needs for the rest of it."""
        epochs = self.experiment.epochs
        return self.seconds * (1 - self.epoch / epochs) if epochs else 0.0

    @property
    def part_seconds(self) -> tuple[float, float]:
        """How long the next part is to train, and about how long it then takes: an epoch is never split."""
        asked = SHORTER if self.seconds > IN_SHORTER else PART_SECONDS
        asked = max(asked, min(HANDOVERS * self.part.handover, MOST_SECONDS)) if self.part else asked
        return asked, max(asked, self.seconds / max(self.experiment.epochs, 1))

    def wait(self, seconds: float) -> bool:
        """Waits so many seconds at most, and says whether the training is over: trained to the end, or failed."""
        return happened(self._over, seconds)

    def end(self) -> None:
        """Marks the training as over, for all who wait for it."""
        self.running = False
        self.asked.clear()
        self._over.set()
