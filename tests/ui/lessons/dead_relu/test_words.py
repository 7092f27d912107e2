"""Sentences of the lesson on dead ReLUs, at settings at which the usual ones would not be true."""

import re

import numpy as np
import pytest
from scipy.special import softmax

from core import load
from core.analysis.failures import dies_out
from core.lessons.dead_relu import fates
from core.lessons.dead_relu_map import sweep
from tests.page import charts, opened
from tests.pages.test_dead_relu import PAGE, accuracy, page_of, saturated, sentences, trained
from ui.lessons.dead_relu.controls import BIASES, LEARNED, LEARNING_RATES, NAMES, RELU

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def test_living_units_without_a_gradient_get_none_for_the_samples_at_which_they_fire():
    """By a forward and a backward pass of its own, in float64."""
    history = trained()
    data, seen = load(history.experiment.dataset), fates(history)
    layers, outputs = history.parameters(RELU), [data.X_train.astype(float)]
    for W, b in layers[:-1]:
        outputs.append(np.maximum(outputs[-1] @ W + b, 0))
    logits = outputs[-1] @ layers[-1][0] + layers[-1][1]
    back = softmax(logits, axis=1) - np.eye(2)[data.y_train]
    starved = (seen.gradient_norm[RELU, -1] == 0) & ~seen.dead[RELU, -1]
    assert starved.sum() > 3
    elsewhere = 0
    for layer in (3, 2, 1):
        by_outputs = back @ layers[layer][0].T
        for unit in np.flatnonzero(starved[seen.layers == layer]):
            fires = outputs[layer][:, unit] > 0
            assert fires.any()
            assert np.abs(by_outputs[fires, unit]).max() < np.finfo(np.float32).tiny
            elsewhere += by_outputs[~fires, unit].any()
        back = by_outputs * (outputs[layer] > 0)
    assert elsewhere > 3, "to most of them, something does come down: for samples at which they do not fire"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"optimizer": "nadam", "learning_rate": 0.01, "bias": 0.5}, "**One of relu's 48 units is dead** after 30"),
        ({"optimizer": "adam", "learning_rate": 0.01, "bias": 0.5, "initializer": "small_normal", "seed": 1},
         "**None of relu's 48 units is dead** after 30 epochs (at the start: 0; dead at some epoch and alive now: 5)."),
        ({"optimizer": "adamax", "learning_rate": 0.01, "initializer": "small_normal"}, "Of the living, 1 gets none"),
    ],
)  # fmt: skip
def test_one_unit_and_none_are_written_as_such(settings, words):
    said = sentences(page_of(**settings))
    assert words in said
    assert not re.search(r"\b1 of relu|\b1 dead units|\b1 get |\*\*0 of relu|, 0 of the 16", said)


NAG = {"optimizer": "nag", "learning_rate": 3.0}


@pytest.mark.parametrize("more", [{"initializer": "lecun_normal"}, {"initializer": "he_uniform", "seed": 7}])
def test_relu_that_blew_up_is_not_spoken_of_as_trained(more):
    page, history = page_of(**NAG, **more), trained(**NAG, **more)
    epoch, count = history.diverged_at[RELU], history.dead_units[RELU, -1].sum()
    assert epoch > 0
    said, warned = sentences(page), page.warning[0].value.replace("\\", "")
    assert f"**relu blew up in epoch {epoch}**. Dead units at its last finite state: {count} of 48." in said
    assert "it ends at" not in said
    assert "nan" not in said
    assert "Here relu did not stay finite, so there is no gradient in the end to show." in said
    assert "get none either" not in said
    blew_up = [name for name, at in zip(NAMES, history.diverged_at) if at >= 0]
    assert re.findall(r"(\w+) \(epoch", warned) == blew_up


def test_others_that_blew_up_are_named_and_not_the_best():
    settings = {"optimizer": "momentum", "learning_rate": 1.0, "bias": -1.0, "seed": 1}
    page, history = page_of(**settings), trained(**settings)
    assert (history.diverged_at[1:] >= 0).all()
    assert history.diverged_at[RELU] < 0
    assert re.findall(r"(\w+) \(epoch (\d+)\)", page.warning[0].value.replace("\\", "")) == [
        (name, str(epoch)) for name, epoch in zip(NAMES[1:], history.diverged_at[1:])
    ]
    assert f"With seed 1, it ends at **{accuracy(page, 'relu'):.1f} %** on test.\n" in sentences(page)
    assert "the best of the others" not in sentences(page)


def test_the_best_of_the_others_is_one_that_came_to_the_end():
    settings = NAG | {"initializer": "small_normal", "bias": 0.5, "seed": 7}
    history = trained(**settings)
    finite = history.diverged_at < 0
    assert finite.tolist() == [True, False, True, True]
    best = 100 * history.test_accuracy[[2, 3], -1].max()
    assert f"the best of the others that did not blow up at {best:.1f} %." in sentences(page_of(**settings))


def test_the_first_accuracies_are_said_to_be_those_of_one_seed():
    assert "With seed 0, it ends at **50.0 %** on test" in sentences(opened(PAGE))
    assert "With seed 3, it ends at" in sentences(page_of(seed=3))
    ends = [trained(seed=seed).test_accuracy[RELU, -1] for seed in (0, 1)]
    assert ends[0] < 0.55 < 0.9 < ends[1], "another seed is another story"


def test_the_notice_counts_saturated_units_as_the_chart_does():
    settings = {"learning_rate": 1.0, "bias": -0.5}
    page, seen = page_of(**settings), fates(trained(**settings))
    counts = ", ".join(f"{name} {saturated(page, name)}" for name in NAMES[1:])
    assert f"Saturated, and dead at no epoch: {counts}." in sentences(page)
    assert (seen.saturated & seen.revived)[:, -1].any(), "or the two could not have differed"


def test_the_sum_is_the_gradient_of_a_unit():
    """With the gradient by its outputs, and not by its weighted sums, which has the slope in it already."""
    latex = opened(PAGE).latex[0].value
    assert r"\frac{\partial L}{\partial a_n}\, f'(z_n)\, x_{nj}" in latex
    assert r"\delta" not in latex
    assert r"\frac{1}{N}" not in latex, "L is the mean over the samples, and its gradient has the N in it"


@pytest.mark.parametrize("settings", [{}, {"optimizer": "adadelta", "bias": -0.5}])
def test_where_elu_and_gelu_die_is_said_only_if_they_do(settings):
    ends = sweep(trained(**settings).experiment, LEARNING_RATES, BIASES)
    die = (ends.dead_units[2:] > 0).any()
    assert die == (settings == {})
    assert ("Where units of elu or gelu die" in sentences(page_of(**settings))) == die


def test_with_a_layer_of_relu_dead_it_is_no_better_than_guessing():
    assert "the same answer, so it is no better than guessing." in sentences(page_of(bias=-2.0, learning_rate=0.01))
    for bias in BIASES:
        history = trained(bias=bias, learning_rate=3.0)
        data = load(history.experiment.dataset)
        if dies_out(history)[RELU]:
            assert np.unique(history.logits(data.X_train)[RELU], axis=0).shape == (1, 2)
            assert history.train_accuracy[RELU, -1] == np.bincount(data.y_train).max() / len(data.y_train)
    assert dies_out(history)[RELU], "or nothing was looked at"


def test_networks_that_blew_up_look_like_it():
    settings = {"optimizer": "momentum", "learning_rate": 3.0}
    page, history = page_of(**settings), trained(**settings)
    warned = page.warning[0].value.replace("\\", "")
    assert warned.startswith("Blew up, that is, a number in it became infinite: ")
    assert "faded" in warned
    for at, panel in zip(history.diverged_at, charts(page)[0]["concat"]):
        before = (history.epochs < at).sum() if at > 0 else len(history.epochs)
        assert {row["finite_records"] for row in panel["layer"][0]["data"]["values"]} == {before}
    assert (history.diverged_at > 0).sum() == 3


def test_networks_that_blew_up_have_not_learned():
    settings = {"optimizer": "sgd", "seed": 3}
    ends = sweep(trained(**settings).experiment, LEARNING_RATES, BIASES)
    reached = ends.test_accuracy >= LEARNED
    assert (reached & ends.diverged).any(), "where they were at their last finite state"
    learned = ", ".join(f"{name} {count}" for name, count in zip(NAMES, (reached & ~ends.diverged).sum(axis=(1, 2))))
    assert f"without blowing up: {learned}." in sentences(page_of(**settings))
