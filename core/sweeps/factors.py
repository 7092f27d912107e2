"""What a grid may vary.

Some factors are of one network of a stack (its `Run`), the others of all that the networks of a stack share (their
`Experiment`).  Settings are dicts of a value for each factor's name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .. import limits
from ..data.kinds import DATASETS
from ..nn.initializers import AUTO, INITIALIZERS
from ..nn.optimizers import OPTIMIZERS
from ..nn.own_functions import activation_of
from ..nn.rate_schedules import SCHEDULES
from ..notes import Note
from ..registry import look_up
from ..train.experiment import Experiment
from ..train.run import Run

Setting = Mapping[str, Any]
USUAL_UNITS = 16  # of a hidden layer, where a base without any says nothing


@dataclass(frozen=True, kw_only=True)
class Factor:
    """`checked` gives a value in its one spelling and raises `ValueError` for what is none; `of_run` says whether
    networks that differ in it can be in one stack."""

    name: str
    checked: Callable[[Any], Any]
    of_run: bool


def run_of(base: Run, setting: Setting, seed: int) -> Run:
    """The base's run with that seed and the values of a setting, of which only those of runs count."""
    own = {name: value for name, value in setting.items() if FACTORS[name].of_run}
    if "rate_multiple" in own:
        usual = OPTIMIZERS[own.get("optimizer", base.optimizer)].learning_rate
        own["learning_rate"] = own.pop("rate_multiple") * usual
    return replace(base, seed=seed, **own)


def shared_of(base: Experiment, setting: Setting) -> dict[str, Any]:
    """The fields of an experiment in which the values of a setting differ from the base's, but for its runs."""
    fields: dict[str, Any] = {}
    if "layers" in setting or "units" in setting:
        layers = setting.get("layers", len(base.hidden))
        units = (setting["units"],) if "units" in setting else base.hidden or (USUAL_UNITS,)
        fields["hidden"] = (*units, *units[-1:] * layers)[:layers]  # the last number holds for all layers behind it
    if "batch_size" in setting:
        fields["batch_size"] = setting["batch_size"]
    dataset = base.dataset
    if "dataset" in setting and setting["dataset"] != dataset.name:
        name = setting["dataset"]
        samples = dataset.samples if DATASETS[name].made else None
        usual: dict[str, Any] = dict.fromkeys(("noise", "classes", "view", "table", "formula"))
        dataset = replace(dataset, name=name, samples=samples, **usual)
    if "noise" in setting:
        dataset = replace(dataset, noise=setting["noise"])
    return fields | {"dataset": dataset}


def _activation(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return Run(tuple(value)).activation
    return activation_of(value).name


def _named(kind: Note, registry: Mapping[str, object]) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        look_up(kind, registry, value)
        return value

    return checked


def _number(what: str, bounds: tuple[float, float]) -> Callable[[Any], Any]:
    return lambda value: limits.check(what, value, bounds)


def _batch_size(value: Any) -> int | None:
    """None is the whole training part."""
    return None if value is None else limits.check(Note("batch_size"), value, limits.BATCH_SIZE)


_RECORDS = (
    Factor(name="activation", checked=_activation, of_run=True),
    Factor(name="optimizer", checked=_named(Note("optimizer"), OPTIMIZERS), of_run=True),
    Factor(name="learning_rate", checked=_number("learning_rate", limits.LEARNING_RATE), of_run=True),
    # Times the optimizer's own default.
    Factor(name="rate_multiple", checked=_number("rate_multiple", limits.LEARNING_RATE), of_run=True),
    Factor(name="initializer", checked=_named(Note("initializer"), {AUTO: None, **INITIALIZERS}), of_run=True),
    Factor(name="layers", checked=_number("layers", limits.LAYERS), of_run=False),
    Factor(name="units", checked=_number("units", limits.UNITS), of_run=False),  # of each hidden layer
    Factor(name="batch_size", checked=_batch_size, of_run=False),
    Factor(name="l2", checked=_number("l2", limits.PENALTY), of_run=True),
    Factor(name="l1", checked=_number("l1", limits.PENALTY), of_run=True),
    Factor(name="dropout", checked=_number("dropout", limits.DROPOUT), of_run=True),
    Factor(name="schedule", checked=_named(Note("schedule"), SCHEDULES), of_run=True),
    Factor(name="dataset", checked=_named(Note("dataset"), DATASETS), of_run=False),
    Factor(name="noise", checked=_number("noise", limits.NOISE), of_run=False),
)

FACTORS: dict[str, Factor] = {record.name: record for record in _RECORDS}
