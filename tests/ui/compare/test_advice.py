from dataclasses import replace

import numpy as np
import pytest

from core import ACTIVATIONS, Branch, DatasetSpec, Experiment, History, Run, train
from core.analysis.failures import Divergence
from core.analysis.what_helps import Remedies, Remedy
from ui.compare.advice import _advice, _where, standstills
from ui.compare.controls import Comparison
from ui.shell.factors import BRANCH, FACTORS

MOONS = DatasetSpec("moons", samples=50)


def trained(*runs: Run) -> History:
    return train(Experiment(MOONS, runs, hidden=(4, 4), epochs=2))


def with_dead_layers(*runs: Run) -> History:
    """All units of the second hidden layer are dead in the end."""
    history = trained(*runs)
    dead = np.zeros_like(history.dead_units)
    dead[:, :, 1] = 4
    return replace(history, dead_units=dead)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_reason_why_units_are_dead_is_that_of_their_own_function(name):
    """By the slopes themselves, at two neighbouring places: 0 everywhere, on a stretch, or only by rounding."""
    z = np.linspace(-8, 8, 1601)
    zero = ACTIVATIONS[name].slope(z) == 0
    ((page, said),) = standstills(with_dead_layers(Run(name)))
    assert page == "dead_relu"
    label = ACTIVATIONS[name].label
    assert f"**Dead: {label}.**" in said and f"The slope of {label} is" in said
    assert ("0 everywhere" in said) == zero.all()
    assert ("rounded to 0" in said) == (not (zero[1:] & zero[:-1]).any())
    assert "on both sides" not in said


def test_networks_that_died_for_different_reasons_are_told_apart():
    said = [sentence for _, sentence in standstills(with_dead_layers(Run("relu"), Run("gelu"), Run("relu6")))]
    assert ["**Dead: ReLU, ReLU6.**" in sentence for sentence in said] == [True, False]
    assert ["**Dead: GELU.**" in sentence for sentence in said] == [False, True]
    assert "The slope of ReLU and ReLU6 is 0 in a range of z" in said[0]
    mixed = with_dead_layers(Run(("tanhshrink", "relu")), Run(("relu", "tanhshrink")))
    assert ["The slope of ReLU is" in sentence for _, sentence in standstills(mixed)] == [True, False]


@pytest.mark.parametrize("name", ["sigmoid", "softplus", "tanh"])
def test_from_zeros_it_is_not_said_that_nothing_passes_forwards(name):
    """sigmoid makes 0.5 of 0, and softplus ln 2: the same of every sample, and not nothing."""
    ((_, said),) = standstills(with_dead_layers(Run(name, initializer="zeros")))
    assert f"**All weights start at 0: {ACTIVATIONS[name].label}.**" in said
    assert "no gradient passes" not in said
    assert "the same outputs for every sample" in said


@pytest.mark.parametrize(("l2", "share", "is_penalty"), [(1.0, 0.2, True), (0.0, 0.2, False), (1.0, 0.9, False)])
def test_a_penalty_is_blamed_if_there_is_one_and_it_has_shrunk_the_weights(l2, share, is_penalty):
    history = trained(Run("tanh", l2=l2))
    flat = np.repeat(history.flat_parameters[:, :1], len(history.epochs), axis=1)
    flat[:, -1] *= share
    norms = np.ones_like(history.gradient_norm)
    norms[:, -1, 0] = 1e-9
    still = replace(history, flat_parameters=flat, gradient_norm=norms)
    ((_, said),) = standstills(still)
    assert ("penalty" in said) == is_penalty
    assert ("ewer layers" in said) != is_penalty
    assert (f"{100 * share:.1f} %" in said) == is_penalty


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Divergence(0, 3, 2, 1, "weighted sums"), "in epoch 3, step 2: the weighted sums of hidden layer 1 became"),
        (Divergence(0, 3, 2, 3, "outputs"), "in epoch 3, step 2: the losses of some samples became"),
        (Divergence(0, 3, 0, 3, "weights"), "in epoch 3: the weights of the output layer became infinite."),
        (Divergence(0, 0, 0, 2, "outputs"), "before any training: the outputs of hidden layer 2 are infinite."),
        (Divergence(0, 0, 0, 1, "outputs", True), "before any training: the outputs of hidden layer 1 are NaN (not a"),
        (Divergence(0, 3, 2, 3, "outputs", True), "in epoch 3, step 2: the losses of some samples became NaN (not a"),
    ],
)
def test_where_a_network_diverged_is_told_by_epoch_step_and_layer(where, said):
    (one,) = _where(trained(Run("leaky_relu"), Run("tanh")), {0: where})
    assert one.startswith(f"**Leaky ReLU diverged** {said}")
    (first,) = _where(trained(Run("tanh", seed=0), Run("tanh", seed=1)), {0: replace(where, epoch=9), 1: where})
    assert first.startswith(f"**Tanh diverged** with 2 of 2 seeds, first {said}")


def test_what_helps_is_what_all_networks_share_or_to_leave_out_those_that_diverged():
    history = trained(Run(learning_rate=0.1), Run(learning_rate=100.0), Run(learning_rate=30.0))
    history = replace(history, diverged_at=np.array([-1, 1, 2]))
    compared = Comparison(history.experiment, FACTORS["learning_rate"])
    said, fix = _advice(compared, history, Remedies(None, ("hidden",)))
    assert "the setting that is compared" in said and "All other networks stay finite." in said
    assert fix.label == "Remove learning rate 100, learning rate 30"
    assert fix.experiment.runs == history.experiment.runs[:1]
    others = replace(trained(Run("relu"), Run("tanh")), diverged_at=np.array([1, -1]))
    compared = Comparison(others.experiment, FACTORS["activation"])
    said, fix = _advice(compared, others, Remedies(Remedy("initializer", "auto", 0.1), ("initializer",)))
    assert fix.label == "Set the initial weights to Auto" and "lowest training loss: 0.1" in said
    said, _ = _advice(compared, others, Remedies(Remedy("learning_rate", 0.3, 9.0), ("learning_rate",)))
    assert "With learning rate 0.3, none" in said and "learn nothing" in said


@pytest.mark.parametrize(
    ("diverged_at", "said"),
    [
        ([-1, 2], "**The cause is the change after epoch 1.**"),
        ([2, -1], "**The change after epoch 1 helps.**"),
        ([1, 1], "No single change was tried, because the networks change"),
    ],
)
def test_a_branch_is_the_cause_or_the_remedy_or_neither(diverged_at, said):
    history = trained(Run(), Run(branch=Branch(1, optimizer="sgd")))
    history = replace(history, diverged_at=np.array(diverged_at))
    why, fix = _advice(Comparison(history.experiment, BRANCH), history, Remedies(None, ()))
    assert why.startswith(said) and fix is None


def test_units_die_of_the_function_that_they_have_in_the_end():
    ((page, said),) = standstills(with_dead_layers(Run("tanh", branch=Branch(1, "relu"))))
    assert page == "dead_relu" and "The slope of ReLU is 0 in a range" in said
