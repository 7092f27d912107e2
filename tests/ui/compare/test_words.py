import numpy as np
import pytest

from core import DATASETS, Branch, DatasetSpec, Experiment, Run, Table
from ui.compare.controls import Comparison
from ui.compare.words import comparison, same_for_all
from ui.shell.conversion import experiment_for
from ui.shell.factors import FACTORS
from ui.shell.settings import factor_of

SMALL = DatasetSpec("moons", samples=50)


def asked(experiment: Experiment) -> Comparison:
    return Comparison(experiment, factor_of(experiment))


def asked_for(**settings) -> Comparison:
    """What the controls ask for where they stand at these settings."""
    return asked(experiment_for(settings))


def facts(compared: Comparison) -> list[str]:
    return same_for_all(compared).split(" · ")


@pytest.mark.parametrize("field", FACTORS)
def test_what_differs_is_named_and_the_rest_is_the_same_for_all(field):
    compared, factor = asked_for(compare=field), FACTORS[field]
    said = comparison(compared)
    assert said.startswith(f"**{len(factor.compared)} networks. Only the {factor.noun}")
    shared = {
        "activation": "ReLU", "optimizer": "Adam", "learning_rate": "learning rate 0.01",
        "initializer": "initial weights: Auto, scaled for each activation function",
    }  # fmt: skip
    for other, fact in shared.items():
        differs = field == other or (field, other) == ("optimizer", "learning_rate")
        assert (fact in facts(compared)) != differs
        assert fact not in said.split("**")[1]


@pytest.mark.parametrize("field", ["activation", "dropout"])
def test_networks_without_a_hidden_layer_may_be_all_the_same(field):
    assert "and all are the same:** without a hidden layer," in comparison(asked_for(compare=field, layers=0))


def test_a_constant_rate_is_no_schedule():
    assert not [fact for fact in facts(asked_for()) if "schedule" in fact]


def test_optimizers_with_their_own_rates_are_told_from_those_with_one():
    own = asked_for(compare="optimizer")
    assert "default learning rate differ**" in comparison(own)
    assert "learning rate" not in facts(own)
    one = asked_for(compare="optimizer", learning_rate=0.1)
    assert "Only the optimizer differs**" in comparison(one)
    assert "learning rate 0.1" in facts(one)


@pytest.mark.parametrize(
    ("settings", "fact"),
    [
        ({"noise": 0.3}, "noise 0.3"), ({"loss": "mse"}, "loss: Squared error"), ({"epochs": 1}, "1 epoch"),
        ({"batch_size": None}, "full batch"), ({"batch_size": 16}, "minibatches of 16 samples"),
        ({"batch_size": 1}, "minibatches of 1 sample"),
        ({"seed": 4}, "seed 4"), ({"layers": 1, "units": 8}, "1 hidden layer of 8 units"),
        ({"standardised": False}, "inputs not standardised"),
        ({"made_features": ["x1_squared", "sin_x2"]}, "features made of the inputs: x₁², sin x₂"),
        ({"units": "7,3"}, "hidden layers of 7 and 3 units"), ({"l1": 0.01}, "L1 penalty 0.01"),
        ({"layers": 0}, "no hidden layer"), ({"layers": 3, "units": 1}, "3 hidden layers of 1 unit each"),
        ({"l2": 0.01}, "L2 penalty 0.01"), ({"dropout": 0.2}, "dropout rate 0.2"),
        ({"schedule": "cosine"}, "learning rate schedule: Cosine"),
        ({"schedule": "step", "epochs": 100}, "schedule for 100 epochs"),
        ({"compare": "schedule", "schedule_epochs": 30}, "schedule for 30 epochs"),
        ({"dataset": "moons", "samples": 100}, "Moons: 2 classes, 60 training samples, 40 test samples"),
        ({"dataset": "iris", "view": "all"}, "inputs: all 4 features"),
        ({"dataset": "iris"}, "inputs: the first 2 principal components"),
        ({"initializer": "he_normal"}, "initial weights: He normal"), ({"optimizer": "sgd"}, "SGD"),
        ({"seeds": 3, "redraw": "everything"}, "seeds 0, 1 and 2"), ({"learning_rate": 0.1}, "learning rate 0.1"),
    ],
)  # fmt: skip
def test_every_setting_is_among_what_is_the_same_for_all(settings, fact):
    assert fact in facts(asked_for(**settings))
    assert fact not in facts(asked_for(epochs=30, samples=200))


@pytest.mark.parametrize("name", DATASETS)
def test_datasets_have_their_labels(name):
    assert facts(asked_for(dataset=name))[0].startswith(f"{DATASETS[name].label}: ")


def test_own_data_are_called_so():
    X = np.random.default_rng(0).normal(size=(60, 2)).round(3).tolist()
    table = Table(("a", "b"), ("in", "out"), X, [0, 1] * 30)
    experiment = Experiment(DatasetSpec("own", table=table))
    assert facts(asked(experiment))[0] == "Own data: 2 classes, 36 training samples, 24 test samples"


def test_layers_of_different_functions_and_sizes_are_named_in_order():
    runs = (Run(("tanh", "relu"), "sgd"), Run(("tanh", "relu"), "adam"))
    shared = facts(asked(Experiment(runs=runs, hidden=(7, 3))))
    assert "Tanh, ReLU" in shared
    assert "hidden layers of 7 and 3 units" in shared


def test_without_a_hidden_layer_the_activation_function_is_no_fact():
    assert "Tanh" in facts(asked_for(compare="optimizer", activation="tanh"))
    assert "Tanh" not in facts(asked_for(compare="optimizer", activation="tanh", layers=0))
    assert "all are the same" in comparison(asked_for(layers=0))
    assert "all are the same" not in comparison(asked_for(layers=0, compare="optimizer"))


def test_repeats_are_told_and_what_each_seed_draws():
    said = comparison(asked_for(seeds=3))
    assert "Each network is trained 3 times, from different random initial weights." in said
    assert "trained" not in comparison(asked_for())
    anew = comparison(asked_for(seeds=3, redraw="everything"))
    assert "Each network is trained 3 times." in anew and "another seed determines the data" in anew
    assert "their split" in anew
    assert "split" not in comparison(asked_for(seeds=3, redraw="everything", test_share=0.0))
    alone = comparison(asked_for(activations=["leaky_relu"], seeds=3))
    assert alone.startswith("**One network: Leaky ReLU.**") and "It is trained 3 times" in alone


def test_networks_that_differ_in_several_settings_or_in_their_seeds_are_not_said_to_differ_in_one():
    several = comparison(asked(Experiment(SMALL, (Run("relu", "sgd"), Run("tanh")))))
    assert "These differ: activation function and optimizer (each with its default learning rate)." in several
    assert "Only" not in several
    seeds = comparison(asked(Experiment(SMALL, (Run("relu", seed=1), Run("tanh", seed=2)))))
    assert "and the random draws" in seeds and "Only" not in seeds


def test_a_branch_is_told_by_its_epoch_and_by_what_changes():
    branch = Branch(4, optimizer="sgd", learning_rate=0.02)
    said = comparison(asked(Experiment(SMALL, [Run(branch=each) for each in (None, branch)])))
    assert said.startswith("**2 networks. Only what happens after epoch 4 differs**")
    assert said.endswith("the other with SGD instead of Adam and learning rate 0.02 instead of 0.01.")
    others = Experiment(SMALL, [Run(branch=each) for each in (None, branch, Branch(4, "tanh"))])
    assert comparison(asked(others)).startswith("**3 networks. Only what happens after epoch 4 differs**")
    assert "instead of" not in comparison(asked(others))
    different = Experiment(SMALL, (Run("elu"), Run("tanh", branch=branch)))
    assert "activation function and what happens after an epoch" in comparison(asked(different))
