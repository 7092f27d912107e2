"""What to train: `Run` holds what may differ between the networks of one stack, `Experiment` what they share.

Both are frozen dataclasses of names, numbers and tuples: hashable, picklable, printable, and turned to and from JSON
without loss.  They are checked once, here; a wrong value is a `ValueError` that names it and the choices.
"""

import json
import reprlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from math import ceil

import numpy as np

from .. import limits
from ..data.datasets import DatasetSpec
from ..data.tables import Table
from ..nn.losses import LOSSES
from ..nn.own_functions import is_own, seconds_of
from ..nn.rate_schedules import CONSTANT, rate_factor
from ..notes import Note
from ..registry import check_type, look_up
from . import cost, reading
from .run import Branch, Run

REDRAWS = ("weights", "everything")
DTYPES = {"float32": 4, "float64": 8}  # bytes each


@dataclass(frozen=True)
class Experiment:
    """A stack of runs on the same data, split, shape and minibatches.

    `hidden` holds the units of each hidden layer, () for none.  `batch_size` is the number of samples of a minibatch,
    None for the whole training part (full batch).  `seed` is that of the order of the minibatches (the data and their
    split have the dataset's seed, initial weights the run's).

    `redraw` says what a run's seed draws: "weights", the initial weights alone, or "everything".  Then the run's seed
    takes the place of the dataset's and of the experiment's own: each seed has its data, its split and its minibatches.

    `schedule_epochs` is how many epochs the schedules of the learning rates are made for; after these, rates stay as
    they are then.  None becomes the number of epochs, and stays that when the training is continued: nothing may depend
    on how many epochs are still to come.  Where all rates are constant, it is None.
    """

    dataset: DatasetSpec = field(default_factory=DatasetSpec)
    runs: tuple[Run, ...] = (Run(),)
    hidden: tuple[int, ...] = (16, 16)
    epochs: int = 60
    batch_size: int | None = 32
    loss: str = "cross_entropy"
    seed: int = 0
    dtype: str = "float32"
    redraw: str = "weights"
    schedule_epochs: int | None = None

    def __post_init__(self) -> None:
        check_type(Note("dataset"), self.dataset, DatasetSpec)
        object.__setattr__(self, "runs", _as_tuple("runs", self.runs))
        for run in self.runs:
            check_type(Note("each of the runs"), run, Run)
        limits.check(Note("the number of runs"), len(self.runs), limits.RUNS)
        hidden = _as_tuple("hidden", self.hidden)
        limits.check(Note("the number of hidden layers"), len(hidden), limits.LAYERS)
        units = tuple(limits.check(Note("the number of units of a layer"), units, limits.UNITS) for units in hidden)
        object.__setattr__(self, "hidden", units)
        limits.settle(self, "epochs", limits.EPOCHS)
        if self.batch_size is not None:
            limits.settle(self, "batch_size", limits.BATCH_SIZE)
        limits.settle(self, "seed", limits.SEED)
        self._settle_schedules()
        look_up(Note("loss"), LOSSES, self.loss)
        look_up(Note("dtype"), DTYPES, self.dtype)
        look_up(Note("redraw"), dict.fromkeys(REDRAWS), self.redraw)
        for run in dict.fromkeys((*self.runs, *(run.later for run in self.runs))):
            if len(run.layer_activations(len(self.hidden))) != len(self.hidden):
                names, layers = run.activation, len(self.hidden)
                raise ValueError(
                    Note(
                        "a run has {number} activations {names}, but there are {layers} hidden layers",
                        number=len(names), names=str(names), layers=layers,
                    )
                )  # fmt: skip
        if len({run.branch.epoch for run in self.runs if run.branch}) > 1:
            raise ValueError(Note("all branches of an experiment must be after the same epoch"))
        if self.redraw != "weights":
            self._check_seeds()
        self._check_cost()

    def _settle_schedules(self) -> None:
        if self.schedule_epochs is None:
            object.__setattr__(self, "schedule_epochs", max(self.epochs, 1))
        limits.settle(self, "schedule_epochs", limits.SCHEDULE_EPOCHS)
        if all(run.schedule == CONSTANT for run in self.runs):
            object.__setattr__(self, "schedule_epochs", None)

    def _check_seeds(self) -> None:
        """Where each seed has its own data, networks can be compared only on the data that both have seen."""
        by_setting: dict[Run, set[int]] = {}
        for run in self.runs:
            by_setting.setdefault(replace(run, seed=0), set()).add(run.seed)
        if len(set(map(frozenset, by_setting.values()))) > 1:
            raise ValueError(
                Note("redraw is {redraw}, so all networks must have the same seeds", redraw=repr(self.redraw))
            )

    def _check_cost(self) -> None:
        """The bound on the product: what the experiment takes as a whole."""
        work = self.workload
        seconds, of_one_epoch = (cost.seconds(work, epochs) for epochs in (self.epochs, min(self.epochs, 1)))
        megabytes = cost.megabytes(work, self.epochs)
        if seconds > limits.SECONDS:
            raise ValueError(
                Note(
                    "this experiment would take about {seconds} s, and the limit is {limit} s. "
                    "Choose fewer epochs, samples, networks, hidden layers or units, or larger batches",
                    seconds=ceil(seconds), limit=round(limits.SECONDS),
                )
            )  # fmt: skip
        if megabytes > limits.MEGABYTES:
            raise ValueError(
                Note(
                    "this experiment would need about {megabytes} MB, and the limit is {limit} MB. "
                    "Choose fewer networks, hidden layers, units or epochs, or smaller batches",
                    megabytes=ceil(megabytes), limit=round(limits.MEGABYTES),
                )
            )  # fmt: skip
        if of_one_epoch > limits.EPOCH_SECONDS:
            raise ValueError(
                Note(
                    "one epoch would take about {seconds} s, and the limit is {limit} s. "
                    "Choose larger batches, or fewer samples, networks, hidden layers or units",
                    seconds=ceil(of_one_epoch), limit=round(limits.EPOCH_SECONDS),
                )
            )  # fmt: skip

    def seconds(self, epochs: int | None = None) -> float:
        """About how long a training takes on one core, of all epochs or of so many."""
        return cost.seconds(self.workload, self.epochs if epochs is None else epochs)

    def rates(self, done: int) -> list[float]:
        """The learning rate of each run in the epoch after so many are done."""
        length = self.schedule_epochs or 1
        return [run.at(done + 1).rate * rate_factor(run.schedule, done, length) for run in self.runs]

    def megabytes(self) -> float:
        """About how many megabytes a training holds at once."""
        return cost.megabytes(self.workload, self.epochs)

    @cached_property
    def workload(self) -> cost.Workload:
        """What its cost depends on."""
        return cost.Workload(
            self.sizes, len(self.runs), self.dataset.size.training_samples, self.samples_per_step, DTYPES[self.dtype],
            self.stacks, dropout_seeds=len({run.seed for run in self.runs if run.dropout}),
            own_seconds=sum(_own_seconds(run, self.hidden) for run in self.runs),
        )  # fmt: skip

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of every layer: (inputs, hidden..., classes)."""
        data = self.dataset.size
        return (data.features, *self.hidden, data.classes)

    @property
    def samples_per_step(self) -> int:
        """The number of training samples in each minibatch but the last of an epoch, which may have fewer."""
        samples = self.dataset.size.training_samples
        return samples if self.batch_size is None else min(self.batch_size, samples)

    @property
    def branch_epoch(self) -> int | None:
        """After which epoch runs branch off; None if none does."""
        return next((run.branch.epoch for run in self.runs if run.branch), None)

    @property
    def stacks(self) -> int:
        """How many stacks the runs are trained as: one for each seed, if seeds draw everything."""
        return 1 if self.redraw == "weights" else len({run.seed for run in self.runs})

    def runs_by_seed(self) -> dict[int, list[int]]:
        """The places of the runs of each seed, seeds in the order in which they come up."""
        places: dict[int, list[int]] = {}
        for place, run in enumerate(self.runs):
            places.setdefault(run.seed, []).append(place)
        return places

    def of_seed(self, seed: int) -> "Experiment":
        """The runs of one seed with what that seed draws, as an experiment that draws the weights alone."""
        runs = tuple(run for run in self.runs if run.seed == seed)
        if self.redraw == "weights":
            return replace(self, runs=runs)
        return replace(self, runs=runs, dataset=replace(self.dataset, seed=seed), seed=seed, redraw="weights")

    def to_json(self) -> str:
        """As a text that people can read; of own data, as one that is short."""
        fields = asdict(self)
        for name in ("table", "formula"):  # which few datasets have
            if getattr(self.dataset, name) is None:
                del fields["dataset"][name]
        for run in fields["runs"]:
            if run["branch"] is None:
                del run["branch"]
        if self.dataset.table is not None:
            del fields["dataset"]["table"]["notes"]
        return json.dumps(fields, indent=2 if self.dataset.table is None else None)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Experiment":
        """The experiment that `to_json` wrote, in any encoding; `ValueError` for anything else, whoever wrote it."""
        return cls.from_fields(reading.parsed(text))

    @classmethod
    def from_fields(cls, parsed: object) -> "Experiment":
        """The same of a text that is parsed already, as part of another one."""
        fields = dict(reading.named(Note("an experiment"), parsed))
        dataset, runs = reading.taken(fields, "dataset"), reading.taken(fields, "runs")
        table = dataset.pop("table", None) if isinstance(dataset, dict) else None
        if table is not None:
            reading.check_numbers(table)
            table = reading.made(Table, table)
        runs = tuple(_run_of(run) for run in reading.counted(Note("runs"), runs, limits.RUNS))
        return reading.made(cls, fields, dataset=reading.made(DatasetSpec, dataset, table=table), runs=runs)


def _run_of(fields: object) -> Run:
    branch = fields.pop("branch", None) if isinstance(fields, dict) else None
    return reading.made(Run, fields, branch=None if branch is None else reading.made(Branch, branch))


def _own_seconds(run: Run, hidden: tuple[int, ...]) -> float:
    """What functions that people wrote take for one sample; of a run that branches, the slower ones count."""
    layers = zip(run.layer_activations(len(hidden)), hidden)
    seconds = sum(units * seconds_of(name) for name, units in layers if is_own(name))
    return seconds if run.branch is None else max(seconds, _own_seconds(run.later, hidden))


def _as_tuple(what: str, value: object) -> tuple:
    """A list, a tuple or an array as a tuple; `ValueError` for anything else."""
    if isinstance(value, str) or not isinstance(value, Sequence | np.ndarray):
        raise ValueError(Note("{what} is {value}, and must be a tuple", what=what, value=reprlib.repr(value)))
    return tuple(value)
