"""Sentences of the lesson on dead ReLUs, of units whose fates are made up, so that every kind is there."""

from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, History, Run, load, train
from core.analysis.failures import dies_out
from core.lessons.dead_relu import Fates, fates
from core.lessons.dead_relu_map import Sweep
from tests.page import charts, opened
from tests.pages.test_dead_relu import PAGE, page_of, trained
from ui.lessons.dead_relu.controls import BIASES, LEARNING_RATES, NAMES, RELU
from ui.lessons.dead_relu.words import diverged, gradients, notices, sweep_ends

pytestmark = pytest.mark.usefixtures("no_worker_processes")

HIDDEN = (4, 3)
LAYERS = np.repeat([1, 2], HIDDEN)
FATE = ("x.....x", "xxx.x..", "x...x..", "xx..x..")  # of relu: one epoch after the other, a letter for each unit


def told(relu=FATE, accuracies=(0.8, 0.9, 0.7, 0.6), diverged_at=(-1, -1, -1, -1), **others) -> tuple[History, Fates]:
    """A history and fates in which units are dead (x) or saturated (s) as these say; those not named are alive."""
    runs = tuple(Run(name) for name in NAMES)
    history = train(Experiment(DatasetSpec("moons", samples=50), runs, HIDDEN, epochs=len(relu) - 1))
    of_runs = ["".join(({"relu": relu} | others).get(name, ["." * len(LAYERS)] * len(relu))) for name in NAMES]
    marks = np.array([list(marks) for marks in of_runs]).reshape(len(NAMES), len(relu), len(LAYERS))
    dead, saturated = marks == "x", marks != "."
    norms = np.where(dead, 0, 0.25)
    counts = np.stack([dead[:, :, layer == LAYERS].sum(axis=2) for layer in (1, 2)], axis=2)
    test_accuracy = np.tile(np.array(accuracies)[:, None], len(relu))
    history = replace(history, dead_units=counts, test_accuracy=test_accuracy, diverged_at=np.array(diverged_at))
    return history, Fates(history.epochs, LAYERS, dead, saturated, saturated * 1.0, norms)


def test_the_fates_of_units_are_told_by_their_numbers():
    """Worked by hand: two are born dead, three more die; of the five two live in the end, and one has died twice."""
    outcome, first_layer, _ = notices(*told())
    assert outcome == (
        "**3 of 7 units of ReLU are dead** after 3 epochs, 2 of the 4 in hidden layer 1. "
        "Dead before training: 2. Dead earlier and alive now: 2. With seed 0, its test accuracy is **80.0 %**. "
        "The best of the others has 90.0 %; chance level is 50.0 %."
    )
    assert first_layer.endswith("3 of 4 units died (dead before training: 1); 2 came back, and 1 of them died again.")
    steady = notices(*told(relu=("x......", "x......")))[1]
    assert steady.endswith("1 of 4 units died (dead before training: 1); 0 came back.")
    assert notices(*told(relu=(".......",) * 2))[1].endswith("In layer 1 of ReLU, no unit died.")


def test_the_others_units_are_counted_in_the_state_that_the_chart_shows():
    """One that was dead before is revived, saturated or not."""
    alive = "." * len(LAYERS)
    leaky_relu, elu = (alive, alive, "ss....."), ("x......", "x......", "s.xs...")
    said = notices(*told(relu=(alive,) * 3, leaky_relu=leaky_relu, elu=elu))[2]
    assert said.startswith("Dead units of the other networks: Leaky ReLU 0, ELU 1, GELU 0. ")
    assert "Saturated and never dead: Leaky ReLU 2, ELU 1, GELU 0." in said


@pytest.mark.parametrize(
    ("relu", "words"),
    [
        ((".x.....", "......x"), "**1 of 7 units of ReLU is dead** after 1 epoch, in hidden layer 2. Dead before "
                                 "training: 1. Dead earlier and alive now: 1."),
        ((".x.....", "......."), "**No unit of ReLU is dead** after 1 epoch. Dead before training: 1. Dead earlier and "
                                 "alive now: 1."),
        ((".......", "......."), "**No unit of ReLU is dead** after 1 epoch. With seed 0"),
        ((".......", "x...xxx"), "**A whole hidden layer of ReLU is dead**, 4 of 7 units in all after 1 epoch"),
    ],
)  # fmt: skip
def test_one_unit_none_and_a_whole_layer_are_written_as_such(relu, words):
    assert notices(*told(relu=relu))[0].startswith(words)


def test_dead_units_have_no_gradient_and_living_ones_do():
    history, seen = told()
    said = gradients(history, seen)
    assert "**0** among ReLU's dead units (3), **0.25** among its living units (4)." in said
    assert "either" not in said
    for starved, words in ((1, "1 unit that is alive gets no"), (2, "2 units that are alive get no")):
        norms = seen.gradient_norm.copy()
        norms[RELU, -1, np.flatnonzero(~seen.dead[RELU, -1])[:starved]] = 0
        assert words in gradients(history, replace(seen, gradient_norm=norms))
    assert "all 7 units of ReLU are alive: " in gradients(*told(relu=("." * 7, "." * 7)))
    assert "all 7 units of ReLU are dead: " in gradients(*told(relu=("x" * 7, "x" * 7)))


def test_living_units_get_no_gradient_if_none_comes_for_the_samples_at_which_they_fire():
    """By weights chosen by hand: the last unit fires where the first input is below 0, so the unit under it, which
    fires where that is above 0, gets something only for the samples at which it does not fire."""
    history = train(Experiment(DatasetSpec("moons"), (Run("relu"),), hidden=(2, 1, 1), epochs=0))
    flat = history.flat_parameters.copy()
    chosen = replace(history, flat_parameters=flat)
    flat.flags.writeable = True
    (W1, b1), (W2, b2), (W3, b3), (W4, b4) = chosen.parameters(RELU)
    W1[...], b1[...] = [[1, -1], [0, 0]], 0
    W2[...], b2[...] = [[1], [0]], 0
    W3[...], b3[...] = [[-1e6]], 1e-3
    W4[...], b4[...] = [[1, -1]], 0
    seen = fates(chosen)
    assert not seen.dead.any()
    of_last_three = seen.gradient_norm[0, -1, 1:]
    inputs = load(history.experiment.dataset).X_train[:, 0]
    assert np.abs(inputs).min() > 1e-8, "no sample at which both fire"
    assert (of_last_three > 0).tolist() == [False, False, True]


def test_relu_that_blew_up_is_not_spoken_of_as_trained():
    history, seen = told(diverged_at=(2, -1, -1, -1))
    outcome, *_ = notices(history, seen)
    assert outcome == "**ReLU diverged in epoch 2**. In its last finite state, 3 of 7 units are dead."
    one, *_ = notices(*told(relu=("x......",) * 2, diverged_at=(1, -1, -1, -1)))
    assert one == "**ReLU diverged in epoch 1**. In its last finite state, 1 of 7 units is dead."
    assert diverged(history).startswith("Diverged (a number became infinite): **ReLU (epoch 2)**.")
    said = gradients(history, seen)
    assert "ReLU diverged here, so there is no gradient at the end to show." in said
    assert "either" not in said


def test_others_that_blew_up_are_named_and_not_the_best():
    history, seen = told(diverged_at=(-1, 1, 3, 2))
    assert "**Leaky ReLU (epoch 1), ELU (epoch 3), GELU (epoch 2)**" in diverged(history)
    assert notices(history, seen)[0].endswith("its test accuracy is **80.0 %**; chance level is 50.0 %.")
    assert diverged(told()[0]) is None


def test_the_best_of_the_others_is_one_that_came_to_the_end():
    outcome, *_ = notices(*told(diverged_at=(-1, 1, -1, -1)))
    assert "The best of the others that did not diverge has 70.0 %; chance level is " in outcome


def test_the_first_accuracies_are_said_to_be_those_of_one_seed():
    accuracies = {}
    for seed in (0, 3):
        history = trained(seed=seed)
        accuracies[seed] = 100 * history.test_accuracy[RELU, -1]
        said = notices(history, fates(history))[0]
        assert f"With seed {seed}, its test accuracy is **{accuracies[seed]:.1f} %**" in said
    assert len({round(trained(seed=seed).test_accuracy[RELU, -1], 2) for seed in range(5)}) > 1, "another is another"


def test_the_sum_is_the_gradient_of_a_unit():
    """With the gradient by its outputs, and not by its weighted sums, which has the slope in it already."""
    latex = opened(PAGE).latex[0].value
    assert r"\frac{\partial L}{\partial a_n}\, f'(z_n)\, x_{nj}" in latex
    assert r"\delta" not in latex
    assert r"\frac{1}{N}" not in latex, "L is the mean over the samples, and its gradient has the N in it"


def ends(dead_units=0, test_accuracy=0.5, diverged=False) -> Sweep:
    """(4, 6, 5) arrays, from what can be broadcast to that."""
    shape = len(NAMES), len(LEARNING_RATES), len(BIASES)
    arrays = (np.broadcast_to(each, shape).copy() for each in (dead_units, 0, test_accuracy, diverged))
    return Sweep(LEARNING_RATES, BIASES, *arrays)


@pytest.mark.parametrize(("of_gelu", "is_said"), [(0, False), (1, True)])
def test_where_elu_and_gelu_die_is_said_only_if_they_do(of_gelu, is_said):
    dead_units = np.array([7, 0, 0, of_gelu])[:, None, None] * (np.arange(len(BIASES)) == 0)
    said = sweep_ends(ends(dead_units=dead_units))
    assert f"of 30 each: ReLU 6, Leaky ReLU 0, ELU 0, GELU {6 * of_gelu}." in said
    assert ("Units of ELU or GELU die only far below 0" in said) == is_said


def test_networks_that_blew_up_have_not_learned():
    """Even if they had, at their last finite state."""
    diverged = np.arange(len(BIASES)) < 2
    learned = np.array([0.95, 0.9, 0.89, 0.95])[:, None, None]
    said = sweep_ends(ends(test_accuracy=learned, diverged=diverged))
    assert "of at least 90 % that did not diverge: ReLU 18, Leaky ReLU 18, ELU 0, GELU 18." in said


def test_with_a_layer_of_relu_dead_it_is_no_better_than_guessing():
    dead = trained(bias=-2.0, learning_rate=0.01)
    assert "the same answer, which is chance level." in notices(dead, fates(dead))[0]
    looked_at = 0
    for bias in BIASES:
        history = trained(bias=bias, learning_rate=3.0)
        data = load(history.experiment.dataset)
        if dies_out(history)[RELU]:
            looked_at += 1
            assert np.unique(history.logits(data.X_train)[RELU], axis=0).shape == (1, 2)
            assert history.train_accuracy[RELU, -1] == np.bincount(data.y_train).max() / len(data.y_train)
    assert looked_at, "the lowest bias at least leaves none alive"


def test_networks_that_blew_up_look_like_it():
    settings = {"optimizer": "momentum", "learning_rate": 3.0}
    page, history = page_of(**settings), trained(**settings)
    assert (history.diverged_at > 0).any()
    warned = page.warning[0].value.replace("\\", "")
    assert warned == diverged(history)
    assert "faded" in warned
    for at, panel in zip(history.diverged_at, charts(page)[0]["concat"]):
        before = (history.epochs < at).sum() if at > 0 else len(history.epochs)
        assert {row["finite_records"] for row in panel["layer"][0]["data"]["values"]} == {before}
