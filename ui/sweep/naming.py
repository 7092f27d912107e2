"""What the factors of a grid, their values and its settings are called on screen, and how they look in charts."""

import json
from collections.abc import Iterable, Mapping, Sequence

from core import INITIALIZERS, SCHEDULES, Grid
from core.nn.initializers import AUTO
from ui.charts.layers import names, one_each
from ui.charts.palette import SEQUENCE, Look, activation_looks, look_at, optimizer_look
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import count, exact
from ui.shell.settings import SETTINGS
from ui.sweep.shown import NUMBERS

# The heading of a factor, as a control or an axis has it, and its name within a sentence.
HEADINGS = {name: SETTINGS[name].label for name in ("noise", "layers", "units", "batch_size", "dataset")} | {
    "activation": N_("Activation function"),
    "optimizer": N_("Optimizer"),
    "learning_rate": N_("Learning rate"),
    "rate_multiple": N_("Relative learning rate"),
    "initializer": N_("Initial weights"),
    "l2": N_("L2 penalty"),
    "l1": N_("L1 penalty"),
    "dropout": N_("Dropout rate"),
    "schedule": N_("Learning rate schedule"),
}
NOUNS = {
    "activation": N_("activation function"),
    "optimizer": N_("optimizer"),
    "learning_rate": N_("learning rate"),
    "rate_multiple": N_("learning rate"),
    "initializer": N_("initial weights"),
    "layers": N_("number of hidden layers"),
    "units": N_("number of units"),
    "batch_size": N_("batch size"),
    "l2": N_("L2 penalty"),
    "l1": N_("L1 penalty"),
    "dropout": N_("dropout rate"),
    "schedule": N_("learning rate schedule"),
    "dataset": N_("dataset"),
    "noise": N_("noise"),
}
_NAMED = ("optimizer", "initializer", "schedule", "dataset")
# A value where nothing says which factor it is of.
_VALUES = {
    "learning_rate": N_("learning rate {value}"),
    "rate_multiple": N_("{value} × default learning rate"),
    "initializer": N_("initial weights: {value}"),
    "batch_size": N_("batch size {value}"),
    "l2": N_("L2 = {value}"),
    "l1": N_("L1 = {value}"),
    "dropout": N_("dropout rate {value}"),
    "schedule": N_("learning rate schedule: {value}"),
    "noise": N_("noise {value}"),
}
_COUNTED = {"layers": "hidden layer", "units": "unit"}
_IS = N_("{name} = {value}")
_TIMES, _FULL = N_("{value} ×"), N_("full")


def heading(factor: str) -> str:
    """A factor as a control or an axis has it: `Learning rate`."""
    return _(HEADINGS[factor])


def noun(factor: str) -> str:
    """A factor within a sentence: `learning rate`."""
    return _(NOUNS[factor])


def value_label(factor: str, value: object) -> str:
    """A value beside the heading of its factor: `Leaky ReLU`, `0.01`, `3 ×`."""
    if factor == "activation":
        names = value if isinstance(value, tuple) else (value,)
        return ", ".join(label("activation", name) for name in names)
    if factor in _NAMED:
        return label(factor, value)
    if factor == "rate_multiple":
        return _(_TIMES, value=exact(value))
    return _(_FULL) if value is None else exact(value)


def value_labels(grid: Grid, factor: str) -> list[str]:
    """Those of all values that a factor has in a grid, in its order."""
    return [value_label(factor, value) for value in dict(grid.factors)[factor]]


def said_value(factor: str, value: object) -> str:
    """A value where nothing else says which factor it is of: `ReLU`, `learning rate 0.01`, `2 hidden layers`."""
    if factor in _COUNTED:
        return count(value, _COUNTED[factor])
    text = exact(value) if factor == "rate_multiple" else value_label(factor, value)
    return _(_VALUES[factor], value=text) if factor in _VALUES else text


def level_label(factor: str, value: object) -> str:
    """A value as the subject of a sentence, in the singular: `ReLU`, `Hidden layers = 2`, `learning rate 0.01`."""
    if factor in _COUNTED:
        return _(_IS, name=heading(factor), value=exact(value))
    return said_value(factor, value) if factor in NUMBERS else value_label(factor, value)


def numbers_said(factor: str, values: Iterable) -> dict[str, str]:
    """What an axis without a title needs, so that its numbers say what they are: `2 hidden layers`, and not `2`."""
    if factor not in NUMBERS or factor == "rate_multiple":  # `3 ×` says it
        return {}
    said = {value_label(factor, value): said_value(factor, value) for value in values}
    return {"labelExpr": f"({json.dumps(said)})[datum.label]"}


def setting_label(grid: Grid, index: Sequence[int], without: Iterable[str] = ()) -> str:
    """A setting of a grid: `ReLU · Adam · learning rate 0.01`; factors of one value say nothing and are left out."""
    setting = grid.setting(index)
    told = [name for name, values in grid.factors if len(values) > 1 and name not in without]
    return " · ".join(said_value(name, setting[name]) for name in told or list(setting)[:1])


def value_looks(grid: Grid, factor: str) -> dict[str, Look]:
    """The look of each value of a factor, by its label: activations and optimizers look as on every page."""
    values = dict(grid.factors)[factor]
    return dict(zip(value_labels(grid, factor), _looks(factor, values)))


def coloured(looks: Mapping[str, Look]) -> dict:
    """The channel that has the colour of each value; the page's legend says which is whose."""
    return names("network", scale=one_each(looks, [look.colour for look in looks.values()]), legend=None)


def _looks(factor: str, values: Sequence) -> list[Look]:
    if factor == "activation":
        firsts = [value[0] if isinstance(value, tuple) else value for value in values]
        return activation_looks(firsts) if len(set(firsts)) == len(firsts) else list(map(look_at, range(len(values))))
    if factor == "optimizer":
        return [optimizer_look(value) for value in values]
    if factor == "initializer":
        return [look_at([*INITIALIZERS, AUTO].index(value)) for value in values]
    if factor == "schedule":
        return [look_at(list(SCHEDULES).index(value)) for value in values]
    if factor == "dataset":
        return list(map(look_at, range(len(values))))
    step = (len(SEQUENCE) - 1) / max(len(values) - 1, 1)
    return [Look(SEQUENCE[round(place * step)], look_at(place).dash) for place in range(len(values))]
