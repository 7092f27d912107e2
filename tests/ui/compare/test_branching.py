import pytest

from core import Branch, DatasetSpec, Experiment, Run
from ui.compare.branching import branched, branching
from ui.compare.controls import Comparison
from ui.shell.conversion import is_in_settings
from ui.shell.factors import BRANCH, FACTORS

TWO = Experiment(DatasetSpec("moons"), [Run(name, seed=seed) for name in ("relu", "tanh") for seed in (0, 1)])


def test_a_branch_has_every_seed_of_one_network_and_a_tenth_of_its_rate():
    experiment = branched(TWO, [2, 3], 20)
    trunk, others = experiment.runs[:2], experiment.runs[2:]
    assert trunk == TWO.runs[2:]
    assert {run.branch for run in others} == {Branch(20, learning_rate=0.001)}
    assert [run.at(20) for run in others] == list(trunk)
    assert experiment.epochs == 60
    assert is_in_settings(experiment)


@pytest.mark.parametrize(("last", "epochs"), [(60, 100), (10, 30), (0, 1), (70, 100), (2000, 2000)])
def test_behind_the_last_epoch_there_are_more(last, epochs):
    ended = Experiment(DatasetSpec("moons"), runs=(Run(),), epochs=last)
    assert branched(ended, [0], last).epochs == epochs


def test_a_branch_that_is_shown_moves_to_the_epoch():
    branch = Branch(20, "elu", "sgd")
    both = Experiment(runs=(Run(), Run(branch=branch)))
    assert branched(both, [0], 5).runs[1].branch == Branch(5, "elu", "sgd")
    assert branching(Comparison(both, BRANCH)).names == ("Unchanged",)
    assert branching(Comparison(Experiment(runs=(Run(branch=branch),)), BRANCH)) is None
    assert branching(Comparison(TWO, FACTORS["activation"])).names == ("ReLU", "Tanh")
