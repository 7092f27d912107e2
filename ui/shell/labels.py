"""What things are called on screen: `Leaky ReLU`, where code, addresses and files say `leaky_relu`."""

from core import DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, Branch, Experiment, activation_of
from core.analysis.repeats import setting_names
from core.analysis.summary import network_names
from core.data.datasets import OWN
from core.nn.initializers import AUTO
from ui.shell.language import N_, _
from ui.shell.numbers import exact

DRAWN = "drawn"  # choice of the dataset's control: own data that are drawn on a canvas
# By the field of `Run`, `DatasetSpec` or `Experiment` that has the name.
_REGISTRIES = {
    "optimizer": OPTIMIZERS, "initializer": INITIALIZERS, "loss": LOSSES, "dataset": DATASETS,
    "schedule": SCHEDULES,
}  # fmt: skip
_OTHERS = {
    ("initializer", AUTO): N_("Auto"),
    ("dataset", OWN): N_("Own data"),
    ("dataset", DRAWN): N_("Points you draw"),
}
_NUMBERS = {
    "learning_rate": N_("learning rate {value}"),
    "l1": N_("L1 = {value}"),
    "l2": N_("L2 = {value}"),
    "seed": N_("seed {value}"),
    "bias": N_("initial bias {value}"),
    "dropout": N_("dropout rate {value}"),
}
_UNCHANGED, _BRANCH = N_("Unchanged"), N_("{changes} after epoch {epoch}")
_WITH_RATE = N_("{names} with {rate}")


def label(field: str, name: str) -> str:
    """The label of an entry of a registry, by the field that has its name: `label("loss", "mse")`; of a function that
    somebody wrote, its formula."""
    if field == "activation":
        return _(activation_of(name).label)
    return _(_OTHERS.get((field, name)) or _REGISTRIES[field][name].label)


def labels_of_layers(text: str) -> str:
    """The labels of a text that names activations, from the first layer to the last: `Tanh, ReLU` for `tanh,relu`."""
    return ", ".join(label("activation", name) for name in names_of_layers(text))


def names_of_layers(text: str) -> list[str]:
    """What stands between the commas of a text; those within brackets belong to a formula."""
    names, opened = [""], 0
    for sign in text:
        opened += (sign == "(") - (sign == ")")
        if sign == "," and opened <= 0:
            names.append("")
        else:
            names[-1] += sign
    return names


def network_labels(experiment: Experiment) -> list[str]:
    """What the networks are called on screen, in the experiment's order, no two alike: see `network_names` of core."""
    return network_names(experiment, _text)


def setting_labels(experiment: Experiment, is_whole: bool = False) -> list[str]:
    """What the settings are called on screen, each of which is trained from one seed or from several; if `is_whole`,
    with all in which they differ."""
    return setting_names(experiment, _text, is_whole)


def _text(field: str, value: object) -> str:
    if field == "branch":
        return _(_UNCHANGED) if value is None else text_of_branch(value)
    return label(field, value) if isinstance(value, str) else _(_NUMBERS[field], value=exact(value))


def text_of_branch(branch: Branch) -> str:
    """What changes, and when: `SGD with learning rate 0.3 after epoch 10`."""
    activations = branch.activation if isinstance(branch.activation, tuple) else (branch.activation,)
    names = [_text("activation", each) for each in activations if each is not None]
    names += [_text("optimizer", branch.optimizer)] if branch.optimizer else []
    changes = ", ".join(names)
    if branch.learning_rate is not None:
        rate = _text("learning_rate", branch.learning_rate)
        changes = _(_WITH_RATE, names=changes, rate=rate) if names else rate
    return _(_BRANCH, changes=changes or _(_UNCHANGED), epoch=branch.epoch)
