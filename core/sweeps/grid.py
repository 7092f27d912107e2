"""A full grid of settings, each trained from several seeds, and the blocks in which it is trained."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import Any

import numpy as np

from .. import limits
from ..data.datasets import OWN
from ..notes import Note
from ..registry import look_up
from ..train import reading
from ..train.experiment import Experiment
from ..train.run import Run
from . import estimates
from .factors import FACTORS, run_of, shared_of

Factors = tuple[tuple[str, tuple[Any, ...]], ...]
Index = Sequence[int]

_ORDER = {"activation": 0, "optimizer": 1}  # of the networks in a stack: neighbours of one activation are one call


@dataclass(frozen=True)
class Grid:
    """Every combination of the values of its factors, each from several seeds.

    `factors` are names of `FACTORS` with their values, in the order of the axes; a dict is taken too.  `base` says all
    that is not varied, and has one run.  Each of the `seeds`, which are counted from that of the base, draws the data,
    their split, the order of the minibatches and the initial weights anew, the same for all settings.
    """

    factors: Factors
    base: Experiment = field(default_factory=Experiment)
    seeds: int = 5

    def __post_init__(self) -> None:
        if not isinstance(self.base, Experiment) or len(self.base.runs) != 1:
            raise ValueError(Note("the base of a grid must be an experiment with one run"))
        if self.base.branch_epoch is not None:
            raise ValueError(Note("the base of a grid must not branch"))
        limits.settle(self, "seeds", limits.SWEEP_SEEDS)
        limits.check(Note("the last seed"), self.base.seed + self.seeds - 1, limits.SEED)
        object.__setattr__(self, "factors", _checked(self.factors, self.base))
        limits.check(Note("the number of networks"), self.networks, limits.NETWORKS)
        self._check_settings()

    @property
    def names(self) -> tuple[str, ...]:
        """The factors' names."""
        return tuple(name for name, _ in self.factors)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many values each factor has, and how many seeds there are."""
        return *(len(values) for _, values in self.factors), self.seeds

    @property
    def networks(self) -> int:
        """How many there are to train."""
        return prod(self.shape)

    def setting(self, index: Index) -> dict[str, Any]:
        """The value of each factor at a place of the grid; what an index says of the seed does not count."""
        return {name: values[place] for (name, values), place in zip(self.factors, index)}

    def experiment(self, index: Index, seed: int | None = None) -> Experiment:
        """What `train` would take for one setting: with a run for each seed, or for the seed of that number alone."""
        every = range(self.base.seed, self.base.seed + self.seeds)
        return self._experiment(self.setting(index), every if seed is None else every[seed : seed + 1])

    def seconds(self) -> float:
        """About how long all trainings take on one core."""
        own, found = sum(map(estimates.own_seconds, self._activations())) / len(self._activations()), 0.0
        for experiment in self._shared():
            parts = self._parts(experiment)
            found += self.seeds * parts * estimates.seconds(experiment, self._in_stack / parts, own)
        return found

    def megabytes(self) -> float:
        """About how many megabytes (1e6 bytes) a process holds at once to train a block."""
        return max(estimates.megabytes(one, estimates.networks_at_once(one, self._in_stack)) for one in self._shared())

    def blocks(self) -> "tuple[Block, ...]":
        """The grid cut into stacks of networks, seed by seed, as a function of the grid alone."""
        shared = [axis for axis, name in enumerate(self.names) if not FACTORS[name].of_run]
        of_run = sorted(set(range(len(self.names))) - set(shared), key=lambda axis: _ORDER.get(self.names[axis], 2))
        cells = np.arange(self.networks).reshape(self.shape).transpose(*shared, -1, *of_run)
        stacks = zip(cells.reshape(-1, self.seeds, self._in_stack), self._shared())
        parts = [part for stack, one in stacks for part in np.array_split(stack, self._parts(one), axis=1)]
        return tuple(Block(self, tuple(part[seed].tolist())) for seed in range(self.seeds) for part in parts)

    def to_json(self) -> str:
        """As a text that people can read."""
        factors = {name: list(values) for name, values in self.factors}
        return json.dumps({"factors": factors, "seeds": self.seeds, "base": json.loads(self.base.to_json())}, indent=2)

    @classmethod
    def from_json(cls, text: str) -> "Grid":
        """The grid that `to_json` wrote; `ValueError` for anything else, whoever wrote it."""
        fields = reading.parsed(text)
        base = Experiment.from_fields(fields.pop("base")) if "base" in fields else Experiment()
        return reading.made(cls, fields, base=base)

    def _experiment(self, setting: Mapping[str, Any], seeds: Sequence[int]) -> Experiment:
        """Of the seeds of one setting."""
        runs = tuple(run_of(self.base.runs[0], setting, seed) for seed in seeds)
        return replace(self.base, runs=runs, redraw="everything", **shared_of(self.base, setting))

    @property
    def _in_stack(self) -> int:
        """How many networks have one seed and all that a stack shares."""
        return prod(len(values) for name, values in self.factors if FACTORS[name].of_run)

    def _parts(self, experiment: Experiment) -> int:
        """Into how many blocks the networks of a stack are cut."""
        return -(-self._in_stack // estimates.networks_at_once(experiment, self._in_stack))

    def _stacks(self) -> list[dict[str, Any]]:
        """All combinations of the factors of which networks of one stack have one value."""
        shared = [(name, values) for name, values in self.factors if not FACTORS[name].of_run]
        return [dict(zip([name for name, _ in shared], values)) for values in product(*(v for _, v in shared))]

    def _check_settings(self) -> None:
        """That `Run` and `Experiment` take all settings: every stack's, and every value in a stack."""
        shared = [values for name, values in self.factors if not FACTORS[name].of_run]
        limits.check(
            Note("the number of datasets, shapes and batch sizes together"), prod(map(len, shared)), limits.STACKS
        )
        first, stacks = self.setting([0] * len(self.factors)), self._stacks()
        layered = {len(value): value for value in self._values("activation", ()) if isinstance(value, tuple)}
        for stack in stacks:
            for activation in (first.get("activation"), *layered.values()):
                chosen = {} if activation is None else {"activation": activation}
                self._experiment(first | stack | chosen, [self.base.seed])
        optimizers = self._values("optimizer", (self.base.runs[0].optimizer,))
        for multiple, optimizer in product(self._values("rate_multiple", ()), optimizers):
            run_of(self.base.runs[0], {"rate_multiple": multiple, "optimizer": optimizer}, 0)

    def _values(self, name: str, usual: tuple[Any, ...]) -> tuple[Any, ...]:
        """Those of a factor, or what there is without it."""
        return dict(self.factors).get(name, usual)

    def _shared(self) -> list[Experiment]:
        """For each of the `_stacks`, what its networks share, and the costliest run, at both ends of the dropout."""
        activation = max(self._activations(), key=estimates.own_seconds)
        rates = self._values("dropout", (self.base.runs[0].dropout,))
        costliest = tuple(Run(activation, dropout=rate) for rate in dict.fromkeys((max(rates), min(rates))))
        return [replace(self.base, runs=costliest, **shared_of(self.base, stack)) for stack in self._stacks()]

    def _activations(self) -> list[str]:
        """All that some layer has, those of a setting with equal weight."""
        found = self._values("activation", (self.base.runs[0].activation,))
        return [name for names in found for name in ([names] if isinstance(names, str) else names)] or ["identity"]


@dataclass(frozen=True)
class Block:
    """Networks of a grid that are trained as one stack: all of one seed, one dataset and one shape.

    `cells` are their places in the grid's arrays, as if these were flat.
    """

    grid: Grid
    cells: tuple[int, ...]

    @property
    def experiment(self) -> Experiment:
        """What `train` would take for all of them."""
        indices = np.transpose(np.unravel_index(self.cells, self.grid.shape)).tolist()
        base, seed = self.grid.base, self.grid.base.seed + indices[0][-1]
        settings = [self.grid.setting(index) for index in indices]
        runs = tuple(run_of(base.runs[0], setting, seed) for setting in settings)
        shared = shared_of(base, settings[0])
        shared["dataset"] = replace(shared["dataset"], seed=seed)
        return replace(base, runs=runs, seed=seed, redraw="weights", **shared)


def _checked(factors: object, base: Experiment) -> Factors:
    """Factors with their values in their one spelling; raises `ValueError` for what is not a grid's."""
    pairs = tuple(factors.items()) if isinstance(factors, Mapping) else factors
    if not isinstance(pairs, Sequence) or not all(isinstance(pair, Sequence) and len(pair) == 2 for pair in pairs):
        raise ValueError(Note("factors must be names with their values"))
    names = [name for name, _ in pairs]
    if not names or len(set(map(str, names))) < len(names):
        raise ValueError(Note("a grid must have at least one factor, and each only once"))
    if {"learning_rate", "rate_multiple"} <= set(map(str, names)):
        raise ValueError(Note("learning_rate and rate_multiple say the same thing, so a grid has one of them"))
    return tuple((name, _values(name, values, base)) for name, values in pairs)


def _values(name: object, values: object, base: Experiment) -> tuple[Any, ...]:
    factor = look_up(Note("factor"), FACTORS, name)
    if isinstance(values, str) or not isinstance(values, Sequence | np.ndarray):
        raise ValueError(Note("the values of {factor} must be a list", factor=str(name)))
    limits.check(Note("the number of values of {factor}", factor=str(name)), len(values), limits.LEVELS)
    is_base = name == "dataset" and base.dataset.name == OWN
    found = tuple(value if is_base and value == OWN else factor.checked(value) for value in values)
    if len(set(found)) < len(found):
        raise ValueError(Note("each value of {factor} must be there only once", factor=str(name)))
    return found
