from dataclasses import replace

import numpy as np
import pytest

from core import Branch, DatasetSpec, Experiment, History, Run, train
from core.analysis.failures import Divergence
from core.analysis.what_helps import Remedies, Remedy
from ui.compare.advice import _advice, _where
from ui.compare.controls import Comparison
from ui.shell.factors import BRANCH, FACTORS

MOONS = DatasetSpec("moons", samples=50)


def trained(*runs: Run) -> History:
    return train(Experiment(MOONS, runs, hidden=(4, 4), epochs=2))


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
