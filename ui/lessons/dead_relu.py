"""Dead ReLUs: the controls and sentences of the lesson."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from core import DatasetSpec, Experiment, History, Run, load
from core.blowup import dies_out
from core.fates import Fates, coasts
from core.sweep import Sweep
from ui import controls
from ui.address import Address, between
from ui.comparison import settings_for
from ui.factors import FACTORS, number
from ui.lesson import Try
from ui.words import count

INTRODUCTION = (
    "A ReLU passes what is positive and makes the rest 0. If a unit's weighted sum is negative for every sample, its "
    "slope is 0 everywhere: the unit is **dead**, and no gradient comes to its weights. Here are four networks that "
    "differ in nothing but their activation function."
)
NAMES = ("relu", "leaky_relu", "elu", "gelu")
RELU = NAMES.index("relu")
HIDDEN, EPOCHS = (16, 16, 16), 30
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
BIASES = (0.5, 0.0, -0.5, -1.0, -2.0)
LEARNED = 0.9  # of the test samples
_BIAS_HELP = "What the bias of every hidden unit starts at. With a negative one, fewer samples make a unit fire."

TRIES = (
    Try(
        "Half dead, and none the worse",
        {"learning_rate": 0.1, "bias": -1.0},
        "Half of the units of **relu** are dead in the end, and it is as good as the others: what is left in each "
        "layer is enough. Play it: many are dead from the start and come back, in hidden layers 2 and 3.",
    ),
    Try(
        "Born dead",
        {"learning_rate": 0.01, "bias": -2.0},
        "With this bias a whole layer of **relu** is dead before the first step. No gradient passes it, so nothing "
        "brings it back, however long the training. The others start as far below 0, and climb out of it.",
    ),
    Try(
        "Not dead, and stuck all the same",
        {"optimizer": "sgd", "bias": -2.0},
        "No unit of **leaky_relu** is dead, and it learns as little as relu: each saturated layer leaves a hundredth "
        "of the gradient, and sgd makes its steps as small. adam divides by the gradient's size, and gets out.",
    ),
)  # fmt: skip

READING = (
    "Each mark is a hidden unit. **Saturated**: flat, with a slope below 5 % of the greatest, for at least 95 % of the "
    "training samples. **Revived**: alive, and dead at an earlier epoch. Point at a unit for its gradient."
)
_ENDS = (
    "**{dead} of relu's {units} units are dead** after {epochs} (at the start: {born}; back since then: {revived}), "
    "{most} of the {wide} in hidden layer {layer}. It ends at **{accuracy:.1f} %** on test, the best of the others at "
    "{best:.1f} %."
)
_DIED_OUT = (
    "**A whole hidden layer of relu is dead**, {dead} of {units} units in all after {epochs} (at the start: {born}; "
    "back since then: {revived}). It says the same of every training sample, and ends at **{accuracy:.1f} %** on test, "
    "the best of the others at {best:.1f} %."
)
_FOR_EVER = (
    "Only a change in the layers below can bring a dead unit back. Below hidden layer 1 are the data, which do not "
    "change, and {optimizer} makes no step without a gradient: **there, dead is for ever**. Of relu's {units} units "
    "there, {deaths} were dead at some epoch, and {returns} came back."
)
_COASTING = (
    "Only a change in the layers below can bring a dead unit back. Below hidden layer 1 are the data, which do not "
    "change; but {optimizer} goes on for some steps without a gradient, and that may do it. Of relu's {units} units "
    "there, {deaths} were dead at some epoch, and {returns} came back."
)
_OTHERS = (
    "Dead units of the others: {dead}. Saturated and alive: {saturated}. Such a unit has a slope left, if a small one."
)
FORMULA = r"\frac{\partial L}{\partial w_j} = \frac{1}{N} \sum_{n=1}^{N} \delta_n\, f'(z_n)\, x_{nj}"
_SUM = "A unit is dead if $f'(z_n) = 0$ for all $N = {samples}$ training samples: then the whole sum is 0."
_BOTH = (
    "After {epochs}, the largest gradient of relu's {dead} dead units has norm **{of_dead:g}**, that of its {alive} "
    "living ones **{of_alive:.2g}**."
)
_ALL_DEAD = (
    "After {epochs}, all {dead} units of relu are dead: the largest of their gradients has norm **{of_dead:g}**."
)
_NONE_DEAD = (
    "After {epochs}, all {alive} units of relu live: the largest of their gradients has norm **{of_alive:.2g}**."
)
_STARVED = "Of the living, {starved} get none either: nothing comes down to them from the layers above."
_SWEEP_READING = (
    "Each cell is a network of its own, {networks} in all, with that learning rate and initial bias, and all else as "
    "above. The redder, the more of its units are dead in the end. The number is its accuracy on test in percent; ∞ is "
    "a network that blew up. The frame is at the networks above. Where steps are large, luck decides much: another "
    "seed gives other cells."
)
_SWEEP_ENDS = (
    "Of {networks} networks each, so many have dead units in the end: {dying}. So many reach {least:.0f} % on test: "
    "{learned}. Where elu and gelu die, it is far below 0: their slope is so small there that the computer's numbers "
    "cannot tell it from 0."
)
_WITHOUT_BIAS = "Compare starts all biases at 0: there you see these networks without the bias of {bias:g}."


def choose(address: Address) -> Experiment:
    """The lesson's controls, and the networks they ask for, in the order of `NAMES`."""
    with st.container(horizontal=True):
        rate = controls.slide(
            address, "Learning rate", "learning_rate", list(LEARNING_RATES), 0.3, format_func=number, width=170
        )
        bias = controls.slide(
            address, "Initial bias", "bias", list(BIASES), 0.0, format_func=number, width=170, help=_BIAS_HELP
        )
        optimizer = controls.single(address, FACTORS["optimizer"], width=125)
        initializer = controls.single(address, FACTORS["initializer"], width=150)
        with address.setting("seed", 0, between("seed", 0, controls.GREATEST_SEED)):
            seed = st.number_input("Seed", 0, controls.GREATEST_SEED, key="seed", help=controls.SEED_HELP, width=110)
    runs = tuple(Run(name, optimizer, rate, initializer, seed=seed, bias=bias) for name in NAMES)
    return Experiment(DatasetSpec("moons", seed=seed), runs, HIDDEN, EPOCHS, seed=seed)


def of_any_rate_and_bias(experiment: Experiment) -> Experiment:
    """What the sweep starts from: the same for all learning rates and biases, so that it is computed once."""
    return replace(experiment, runs=tuple(replace(run, learning_rate=None, bias=0.0) for run in experiment.runs))


def notices(history: History, fates: Fates) -> list[str]:
    """What there is to notice, with the figures of the networks on screen."""
    dead, accuracy = fates.dead[:, -1].sum(axis=1), 100 * history.test_accuracy[:, -1]
    only_saturated = fates.saturated[:, -1].sum(axis=1) - dead
    by_layer, optimizer = history.dead_units[RELU, -1], history.experiment.runs[RELU].optimizer
    return [
        (_DIED_OUT if dies_out(history)[RELU] else _ENDS).format(
            dead=dead[RELU],
            units=len(fates.layers),
            epochs=_epochs(history),
            born=fates.dead[RELU, 0].sum(),
            revived=fates.revived[RELU, -1].sum(),
            most=by_layer.max(),
            wide=history.experiment.hidden[by_layer.argmax()],
            layer=by_layer.argmax() + 1,
            accuracy=accuracy[RELU],
            best=np.delete(accuracy, RELU).max(),
        ),
        (_COASTING if coasts(optimizer) else _FOR_EVER).format(
            optimizer=optimizer,
            units=history.experiment.hidden[0],
            deaths=fates.deaths(1)[RELU],
            returns=fates.returns(1)[RELU],
        ),
        _OTHERS.format(dead=_listed(dead, but=RELU), saturated=_listed(only_saturated, but=RELU)),
    ]


def gradients(history: History, fates: Fates) -> str:
    """What comes to relu's dead units, and to its living ones."""
    dead, norms = fates.dead[RELU, -1], fates.gradient_norm[RELU, -1]
    numbers = {"epochs": _epochs(history), "dead": dead.sum(), "alive": (~dead).sum()}
    largest = {"of_dead": norms.max(where=dead, initial=0), "of_alive": norms.max(where=~dead, initial=0)}
    sentence = _ALL_DEAD if dead.all() else _BOTH if dead.any() else _NONE_DEAD
    starved = (norms[~dead] == 0).sum()
    parts = [
        _SUM.format(samples=len(load(history.experiment.dataset).y_train)),
        sentence.format(**numbers, **largest),
        *([_STARVED.format(starved=starved)] if starved else []),
    ]
    return " ".join(parts)


def sweep_reading(ends: Sweep) -> str:
    """How to read the maps."""
    return _SWEEP_READING.format(networks=ends.dead_units.size)


def sweep_ends(ends: Sweep) -> str:
    """In how many networks units die, and how many learn."""
    dying, learned = (each.sum(axis=(1, 2)) for each in (ends.dead_units > 0, ends.test_accuracy >= LEARNED))
    networks = ends.dead_units[RELU].size
    return _SWEEP_ENDS.format(networks=networks, dying=_listed(dying), least=100 * LEARNED, learned=_listed(learned))


def compared(experiment: Experiment) -> dict[str, object]:
    """The settings of Compare that show these networks; it has no control for the bias."""
    return settings_for(replace(experiment, runs=tuple(replace(run, bias=0.0) for run in experiment.runs)))


def not_compared(experiment: Experiment) -> str | None:
    """What is not the same there."""
    bias = experiment.runs[RELU].bias
    return _WITHOUT_BIAS.format(bias=bias) if bias else None


def _epochs(history: History) -> str:
    return count(int(history.epochs[-1]), "epoch")


def _listed(numbers: Sequence[int], but: int | None = None) -> str:
    """`relu 22, leaky_relu 0`, one of them left out if so asked."""
    return ", ".join(f"{NAMES[run]} {number}" for run, number in enumerate(numbers) if run != but)
