import pytest

from core import Experiment, Run
from ui.compare.controls import Comparison
from ui.compare.opening import opening
from ui.shell.conversion import experiment_for
from ui.shell.factors import FACTORS
from ui.shell.replay import _OF_NOUN
from ui.shell.settings import factor_of

PLAY = _OF_NOUN["Epoch"]["play"]  # what the button says


def said(experiment: Experiment) -> str:
    return opening(Comparison(experiment, factor_of(experiment)))


def test_a_branch_is_a_change_during_the_training():
    assert "a change during the training does: two" in said(
        experiment_for({"compare": "branch", "branch_optimizer": "sgd"})
    )
    assert "how a small network learns" in said(experiment_for({"compare": "branch"}))


@pytest.mark.parametrize("field", FACTORS)
def test_it_names_what_is_compared_and_how_many_networks_there_are(field):
    sentence = said(experiment_for({"compare": field}))
    names = {
        "activation": "activation functions",
        "initializer": "initial weights",
        "l2": "L2 penalty",
        "l1": "L1 penalty",
    }
    assert names.get(field, FACTORS[field].noun) in sentence
    assert {4: "four", 5: "five", 8: "eight"}[len(FACTORS[field].compared)] in sentence
    assert "the same data" in sentence
    assert sentence.endswith(f"Press **{PLAY}** to watch them learn.")


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(),
        Experiment(runs=[Run(name) for name in ("relu", "tanh")], hidden=()),
        Experiment(runs=(Run("relu", "sgd"), Run("tanh", "adam"))),
        Experiment(runs=(Run("relu", bias=0.1), Run("relu"))),
        Experiment(runs=[Run(name, seed=seed) for name in ("relu", "tanh") for seed in (0, 1)], redraw="everything"),
    ],
)
def test_it_claims_nothing_where_no_single_factor_is_compared_on_one_set_of_data(experiment):
    assert said(experiment).startswith("See how ")
    assert "same data" not in said(experiment)


def test_where_nothing_was_trained_there_is_nothing_to_play():
    assert PLAY not in said(experiment_for({"epochs": 0}))
