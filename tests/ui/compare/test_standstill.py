from dataclasses import replace

import numpy as np
import pytest

from core import ACTIVATIONS, OPTIMIZERS, Branch, DatasetSpec, Experiment, History, Run, train
from core.nn.network import layer_views
from tests.by_sign import BY_SIGN
from tests.ui.compare.test_advice import trained
from ui.compare.standstill import standstills


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
    ("run", "norm", "change", "said"),
    [
        (Run("sigmoid", "sgd"), 1e-9, 0.001, "**The first layer hardly changes: Sigmoid.**"),
        (Run("sigmoid", "sgd"), 1e-9, 1.412, "still changed after epoch 1, by up to 141.2 % of their length."),
        (Run("sigmoid", "adam"), 5e-7, 1.412, "With Adam, steps are divided by the size of the gradient"),
        ("by_sign", 1e-30, 1.412, "With By sign, the size of a step does not depend on the size of the gradient"),
        ("by_sign", 0.0, 0.02, "still changed after epoch 1, by up to 2.0 %"),
        (Run("sigmoid", "adam"), 1e-9, 0.02, "still changed after epoch 1, by up to 2.0 %"),  # below epsilon
        (Run("sigmoid", "adadelta"), 5e-7, 0.02, "still changed after epoch 1, by up to 2.0 %"),
        (Run("sigmoid", "adamw"), 1e-9, 0.02, "Penalties and weight decay change weights without any gradient."),
        (Run("sigmoid", "sgd", l2=0.1), 1e-9, 0.02, "Penalties and weight decay change weights"),
    ],
)
def test_the_first_layer_is_said_to_hardly_change_only_if_its_weights_do_not(run, norm, change, said, monkeypatch):
    """Whatever the other layers do."""
    monkeypatch.setitem(OPTIMIZERS, "by_sign", BY_SIGN)
    run = Run("sigmoid", run) if isinstance(run, str) else run
    history = train(Experiment(DatasetSpec("moons", samples=50), (run,), hidden=(4, 4), epochs=2))
    flat = np.repeat(history.flat_parameters[:, :1], len(history.epochs), axis=1)
    first, *others = layer_views(flat[:, -1], history.experiment.sizes)
    first *= 1 + change
    others[0] *= 2
    norms = np.ones_like(history.gradient_norm)
    norms[:, 1:, 0] = norm
    ((page, told),) = standstills(replace(history, flat_parameters=flat, gradient_norm=norms))
    assert page == "vanishing" and said in told
    assert ("hardly changes" in told) == (change < 0.01)
    assert ("divided by" in told) == (norm == 5e-7 and run.optimizer == "adam")
    assert ("the size of a step" in told) == (norm == 1e-30)
    assert ("weight decay" in told) == (run.optimizer == "adamw" or run.l2 > 0)


def test_units_die_of_the_function_that_they_have_in_the_end():
    ((page, said),) = standstills(with_dead_layers(Run("tanh", branch=Branch(1, "relu"))))
    assert page == "dead_relu" and "The slope of ReLU is 0 in a range" in said


def test_units_whose_slope_is_0_only_after_a_branch_are_not_said_to_be_dead_from_the_start():
    ((_, said),) = standstills(with_dead_layers(Run("relu", branch=Branch(1, "step"))))
    assert "The slope of Step is 0 everywhere, so such units are always dead." in said
    assert "from the start" not in said
