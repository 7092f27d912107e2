from core import Branch, Experiment, Run
from ui.shell.branches import changed, changes_of
from ui.shell.experiments import shared_facts
from ui.shell.factors import BRANCH, FACTORS
from ui.shell.labels import setting_labels


def test_what_changes_is_told_with_what_it_was():
    run = Run("tanh", "adam", branch=Branch(5, ("elu", "relu"), "sgd", 0.02))
    assert changed(run, 2) == ["activation", "optimizer", "learning_rate"]
    experiment = Experiment(runs=(run,))
    assert changes_of(experiment, run) == [
        "ELU, ReLU instead of Tanh", "SGD instead of Adam", "learning rate 0.02 instead of 0.01",
    ]  # fmt: skip
    assert changes_of(experiment, Run(branch=Branch(5))) == ["the same settings"]
    assert changed(Run(branch=Branch(5, "tanh")), 0) == []
    assert changed(Run(branch=Branch(5, optimizer="sgd")), 2) == ["optimizer", "learning_rate"], "each has its own rate"


def test_what_changes_is_not_the_same_for_all():
    trunk = Run("tanh", "adam")
    runs = trunk, Run("tanh", "adam", branch=Branch(5, optimizer="sgd", learning_rate=0.02))
    facts = shared_facts(Experiment(runs=runs), BRANCH)
    assert "Tanh" in facts
    assert not {"Adam", "SGD", "learning rate 0.01"} & set(facts)
    alike = Experiment(runs=(Run(branch=Branch(5, optimizer="sgd")),))
    assert "SGD after epoch 5" in shared_facts(alike, FACTORS["activation"])


def test_networks_are_called_by_what_changes_and_when():
    branches = (None, Branch(5, ("elu", "relu")), Branch(5, optimizer="sgd", learning_rate=0.02), Branch(5))
    assert setting_labels(Experiment(runs=[Run(branch=branch) for branch in branches])) == [
        "Unchanged", "ELU, ReLU after epoch 5", "SGD with learning rate 0.02 after epoch 5", "Unchanged after epoch 5",
    ]  # fmt: skip
