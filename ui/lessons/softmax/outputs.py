"""Softmax of a real network: the controls and sentences of that part of the lesson."""

from collections import Counter
from functools import partial

import numpy as np
import streamlit as st

from core import Dataset, DatasetSpec, Experiment, History, Run, load
from core.analysis.summary import chance_level
from core.lessons.softmax import Outputs, Steps, cross_entropy, probability_of
from core.notes import Note
from ui.shell.address import Address
from ui.shell.classes import said_class
from ui.shell.features import said_feature
from ui.shell.fixed import control, is_fixed
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import count, exact, percent, probability, short, written
from ui.shell.readers import between, one_of

DATASETS = ["digits", "iris"]
ACTIVATION = "relu"
SCORE = "z = a / T"
EXAMPLE = ("9", "8")  # the mistake that everybody uses as an example: true class, and what it is taken for
_DATASET, _SAMPLE = "dataset", "sample"  # keys of the controls
TITLE = N_("Real outputs of a network")
_SAMPLE_HELP = N_(
    "The test samples are sorted: mistakes come first, then correct predictions. In both groups, the least confident "
    "predictions come first."
)
_NETWORK = N_(
    "This network has {layers} with {units} {activation} units each and was trained on {dataset} for {epochs}. Its "
    "test accuracy is **{accuracy}** ({samples} test samples, chance level: {chance}). Its scores are called "
    "*logits*. Here they become probabilities at temperature {temperature}, which is chosen above."
)
_WRONG = N_(
    "The true class is **{true}**. The network predicts **{likeliest}**, with probability {greatest}: mistake {place} "
    "of {mistakes}."
)
_RIGHT = N_("The true class is **{true}**. The network predicts it, with probability {greatest}.")
_LOSS = N_("The true class has probability {p}; the cross-entropy, −ln p, is **{loss}**.")
_LOSS_OF_ZERO = N_(
    "The probability of the true class is too small for float32 and becomes 0. The cross-entropy is computed from the "
    "scores, not from this 0: it is **{loss}**."
)
_ALL = "1"
_SHORT_OF_1 = "1 − {rest}"
_LOSS_OF_ONE = N_(
    "The true class has probability {p}; the cross-entropy, −ln p, is **{loss}**: float32 cannot tell this p from 1."
)
_BUTTONS = {
    "example": N_("True class {true}, predicted {likeliest}"),
    "surest": N_("Most confident mistake"),
    "right": N_("Least confident correct prediction"),
    "sure": N_("Most confident correct prediction"),
}


def keep_choice(address: Address) -> Experiment:
    """Keeps the choices of `choose_dataset` and `choose_sample` in the address, and gives the network asked for."""
    address.later(_DATASET, DATASETS[0], one_of(Note("dataset"), DATASETS))
    experiment = Experiment(DatasetSpec(st.session_state[_DATASET], view="all"), (Run(ACTIVATION),))
    address.apart(_SAMPLE, 1, between(Note("sample"), 1, len(load(experiment.dataset).y_test)))
    return experiment


def choose_dataset() -> None:
    control(
        st.segmented_control, _("Dataset"), DATASETS, key=_DATASET, required=True,
        format_func=partial(label, "dataset"), on_change=_show, args=[0],
    )  # fmt: skip


def choose_sample(found: Outputs, data: Dataset) -> int:
    """The sample's place in the test part, chosen by its number in the outputs' order, or by a button."""
    samples, mistakes = len(found.labels), found.mistakes
    at = example(found, data)
    named = {} if at is None else sample_names(found, found.order[at], data)
    places = {} if at is None else {"example": at}
    places |= {"surest": mistakes - 1} if mistakes else {}
    places |= {"right": mistakes, "sure": samples - 1} if mistakes < samples else {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = _("Test sample, mistakes first")
        number = control(st.number_input, title, 1, samples, key=_SAMPLE, help=_(_SAMPLE_HELP), width=200)
        for kind, place in {} if is_fixed(_SAMPLE) else places.items():
            st.button(_(_BUTTONS[kind], **named), key=f"sample {kind}", on_click=_show, args=[int(place)])
    return int(found.order[number - 1])


def example(found: Outputs, data: Dataset) -> int | None:
    """The place, in the outputs' order, of the first mistake of the kind that is shown as an example.

    That is `EXAMPLE`, or the kind that the network makes most often, if it makes none of that; None if it makes no
    mistakes, or if the data have no such classes.
    """
    if not set(EXAMPLE) <= set(data.class_names):
        return None
    names, wrong = np.array(data.class_names), found.order[: found.mistakes]
    kinds = list(zip(names[found.labels[wrong]], names[found.likeliest[wrong]]))
    if not kinds:
        return None
    return kinds.index(EXAMPLE if EXAMPLE in kinds else Counter(kinds).most_common(1)[0][0])


def sample_names(found: Outputs, sample: int, data: Dataset) -> dict[str, str]:
    """What a sample's class is called, and what the class that the network takes it for."""
    true, likeliest = (said_class(data.class_names[place[sample]]) for place in (found.labels, found.likeliest))
    return {"true": true, "likeliest": likeliest}


def network_words(history: History, temperature: float) -> str:
    """What the network is, and how good."""
    experiment = history.experiment
    return _(
        _NETWORK,
        layers=count(len(experiment.hidden), "hidden layer"),
        units=experiment.hidden[0],
        activation=label("activation", experiment.runs[0].activation),
        dataset=label("dataset", experiment.dataset.name),
        epochs=count(int(history.epochs[-1]), "epoch"),
        accuracy=percent(history.test_accuracy[0, -1]),
        chance=percent(chance_level(experiment)),
        samples=len(load(experiment.dataset).y_test),
        temperature=exact(temperature),
    )


def sample_words(found: Outputs, sample: int, shown: Steps, data: Dataset) -> tuple[str, str]:
    """What the network says of a sample, and what that costs."""
    true, likeliest = found.labels[sample], found.likeliest[sample]
    loss = cross_entropy(shown.scaled, int(true))[0]
    said = _(
        _RIGHT if true == likeliest else _WRONG,
        **sample_names(found, sample, data),
        greatest=_greatest(shown.probabilities),
        place=int(np.flatnonzero(found.order == sample)[0]) + 1,
        mistakes=found.mistakes,
    )
    p = shown.probabilities[true]
    text = _greatest(shown.probabilities) if true == likeliest else probability(probability_of(shown.scaled, int(true)))
    sentence = {0: _LOSS_OF_ZERO, 1: _LOSS_OF_ONE}.get(float(p), _LOSS)
    return said, _(sentence, p=text, loss=written(loss))


def _greatest(probabilities: np.ndarray) -> str:
    """The greatest of them.  What float32 has rounded to 1 is short of it by what all others have."""
    greatest, rest = probabilities.max(), np.sort(probabilities)[:-1].sum(dtype=float)
    if greatest < 1:
        return probability(greatest)
    return _SHORT_OF_1.format(rest=short(rest)) if rest else _ALL


def show_measures(measures: np.ndarray, data: Dataset) -> None:
    """Of a flower, in centimetres, two in a row."""
    with st.container(horizontal=True, width=240):
        for name, measure in zip(data.feature_names, measures):
            st.metric(said_feature(name), _("{number} cm", number=written(measure)), width="content")


def compared(experiment: Experiment) -> dict[str, object]:
    """The settings of Compare that show this network's kind beside others."""
    return {"dataset": experiment.dataset.name, "view": experiment.dataset.view, "activations": [ACTIVATION]}


def _show(place: int) -> None:
    st.session_state[_SAMPLE] = place + 1
