"""The columns of the table of final results, and what is to be said of it: for a worker."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from core import DatasetSpec, History, load
from core.analysis.classes import ClassFigures, class_figures
from core.analysis.repeats import mean_figures
from ui.charts.curves import TITLES
from ui.shell.classes import said_classes
from ui.shell.columns import Column, sortable
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import cell, percent, points, short, written
from ui.shell.parts import accuracy, as_named, judging_data
from ui.shell.plain import plain

_WITH_DEVIATION = N_("{accuracy} ± {deviation}")
_SPREAD = ("test_accuracy_deviation", "test_accuracy_least", "test_accuracy_greatest")
_UNUSUAL = (*_SPREAD, "saturated_units", "gradient_norm_first", "gradient_norm_output")
_SAYS_ONE = N_("**Predicts the same class for all samples: {networks}.** The accuracy is then the share of that class.")
_BALANCED, _BALANCED_ABOUT = (
    N_("Balanced accuracy"),
    N_("The mean of the accuracies of the classes in the {data}. It counts each class the same, however rare it is."),
)
_OF_CLASS, _OF_CLASS_ABOUT = (
    N_("Accuracy of {name}"),
    N_("How many samples of {name} in the {data} are predicted as {name}."),
)
# Heading and meaning, by the name in `mean_figures`; `accuracy` and `data` are what the networks are judged by.
_COLUMNS = {
    "seeds": (
        N_("Seeds"),
        N_(
            "How many times the network was trained, from different random initial weights. All results are means. A "
            "seed that diverged counts with its last finite state. If it has none, its accuracy counts as 0 %."
        ),
    ),
    "test_accuracy": (
        TITLES["test_accuracy"],
        N_("Accuracy on the {data}. With several seeds, ± is the standard deviation between seeds, in points."),
    ),
    "test_accuracy_deviation": (
        N_("Deviation of {accuracy}"),
        N_("The standard deviation of the {accuracy} between seeds, in percentage points."),
    ),
    "test_accuracy_least": (N_("Lowest {accuracy}"), N_("The lowest {accuracy} of a seed.")),
    "test_accuracy_greatest": (N_("Highest {accuracy}"), N_("The highest {accuracy} of a seed.")),
    "train_accuracy": (TITLES["train_accuracy"], N_("Accuracy on the training data.")),
    "test_loss": (TITLES["test_loss"], N_("Mean loss of the test data.")),
    "train_loss": (TITLES["train_loss"], N_("Mean loss of the training data.")),
    "epochs_to_90": (
        N_("Epochs to 90 % of best"),
        N_(
            "The first recorded epoch at which the {accuracy} was 90 % of the best that any of these networks ever "
            "had. A dash: never, for at least one seed."
        ),
    ),
    "dead_units": (
        N_("Dead units"),
        N_(
            "Dead units among all hidden units, after the last epoch. With several seeds, this is the mean of those "
            "that have a finite state."
        ),
    ),
    "saturated_units": (
        N_("Saturated or dead units"),
        N_(
            "Saturated and dead units together, after the last epoch. With several seeds, this is the mean of those "
            "that have a finite state."
        ),
    ),
    "gradient_norm_first": (
        N_("Gradient, first layer"),
        N_(
            "Norm of the gradient of the training loss with respect to the weights and biases of the first layer, over "
            "all training samples."
        ),
    ),
    "gradient_norm_output": (N_("Gradient, output layer"), N_("The same norm for the output layer.")),
    "diverged": (N_("Diverged"), N_("How many of the seeds diverged: numbers became infinite.")),
    "diverged_at": (
        N_("Diverged in epoch"),
        N_("The epoch in which a number became infinite. After it, the network does not change."),
    ),
}
_WRITTEN: dict[str, Callable[[float], str]] = {
    "test_accuracy": percent,
    "test_accuracy_deviation": points,
    "test_accuracy_least": percent,
    "test_accuracy_greatest": percent,
    "train_accuracy": percent,
    "epochs_to_90": written,
    "dead_units": lambda number: written(number, 3),
    "saturated_units": lambda number: written(number, 3),
    "gradient_norm_first": short,
    "gradient_norm_output": short,
}


@dataclass(frozen=True)
class Figures:
    """The table's columns, and a sentence on networks that predict the same class for all samples, if there are any."""

    columns: list[Column]
    says_one: str


def figures_of(history: History) -> Figures:
    """Those of all settings, over several seeds their means."""
    of_classes = class_figures(history)
    names = [name for name, is_one in zip(setting_labels(history.experiment), of_classes.says_one) if is_one]
    return Figures(
        figure_columns(mean_figures(history), history.experiment.dataset) + class_columns(history, of_classes),
        _(_SAYS_ONE, networks=plain(", ".join(names))) if names else "",
    )


def figure_columns(figures: pd.DataFrame, spec: DatasetSpec) -> list[Column]:
    """The columns of the table, from `mean_figures`; of data without a test part, no figure stands in two of them."""
    left_out = set() if spec.has_test_part else {"train_accuracy", "test_loss"}
    judged = {"accuracy": accuracy(spec), "data": judging_data(spec)}
    if figures.seeds.max() == 1:
        left_out |= {"seeds", *_SPREAD}
    if figures.diverged_at.isna().all():
        left_out |= {"diverged", "diverged_at"}
    return [
        Column(
            name,
            _(TITLES[as_named(spec, name)]) if name in TITLES else _(heading, **judged),
            _(meaning, **judged),
            _texts(name, figures),
            sortable(figures[name]),
            is_usual=name not in _UNUSUAL,
        )
        for name, (heading, meaning) in _COLUMNS.items()
        if name not in left_out
    ]


def class_columns(history: History, of_classes: ClassFigures) -> list[Column]:
    """How well each class is predicted, and all of them in balance."""
    spec = history.experiment.dataset
    judged_by = judging_data(spec)
    columns = {(_(_BALANCED), _(_BALANCED_ABOUT, data=judged_by)): of_classes.balanced}
    for name, of_class in zip(said_classes(load(spec).class_names), of_classes.accuracy.T):
        columns[_(_OF_CLASS, name=name), _(_OF_CLASS_ABOUT, name=name, data=judged_by)] = of_class
    return [
        Column(f"class {place}", heading, meaning, [cell(share, percent) for share in shares], sortable(shares), False)
        for place, ((heading, meaning), shares) in enumerate(columns.items())
    ]


def _texts(name: str, figures) -> list[str]:
    texts = [cell(number, _WRITTEN.get(name, written)) for number in figures[name]]
    if name != "test_accuracy" or figures.test_accuracy_deviation.isna().all():
        return texts
    spreads = [cell(spread, points) for spread in figures.test_accuracy_deviation]
    return [_(_WITH_DEVIATION, accuracy=text, deviation=spread) for text, spread in zip(texts, spreads)]
