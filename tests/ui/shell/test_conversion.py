from dataclasses import replace

import numpy as np
import pytest

from core import DATASETS, SCHEDULES, Branch, DatasetSpec, Experiment, Run, Table
from core.data.datasets import OWN
from core.data.drawing import table_of
from ui.shell.conversion import as_controls_say_it, experiment_for, is_in_settings, settings_for
from ui.shell.factors import DEFAULT_ACTIVATIONS, DEFAULT_DATASET, FACTORS
from ui.shell.settings import MOST_COMPARED, SETTINGS, query

TABLE = Table(("a", "b"), ("no", "yes"), np.random.default_rng(1).normal(size=(40, 2)).round(3), [0, 1] * 20)
DRAWN = table_of("AAAe5Vjtl.OtUXyS9R4X14")
SAID = [
    Experiment(),
    Experiment(runs=[Run(name) for name in DEFAULT_ACTIVATIONS]),
    Experiment(DatasetSpec("spiral", samples=333, noise=0.17, classes=3, seed=4), (Run(seed=4),), seed=4),
    Experiment(DatasetSpec("wine", view="all"), (Run(("tanh", "relu", "relu")),), hidden=(5, 5, 5), loss="mse"),
    Experiment(DatasetSpec(OWN, table=TABLE), (Run("tanh"), Run("relu")), epochs=0),
    Experiment(DatasetSpec(OWN, table=DRAWN), (Run("tanh"), Run("relu")), epochs=3),
    Experiment(DatasetSpec("by_formula", formula="x^2+y^2 < 4", noise=0.0), (Run("tanh"), Run("=max(0.1*x, x)"))),
    Experiment(runs=(Run(("=max(0.1*x, x)", "relu", "=min(x, 1)")),), hidden=(4, 4, 4)),
    Experiment(runs=[Run(optimizer=name, learning_rate=0.02, l2=0.3) for name in ("sgd", "adam")]),
    Experiment(runs=[Run(learning_rate=rate, seed=seed) for rate in (0.02, 1e-6) for seed in (0, 1)], hidden=()),
    Experiment(runs=[Run("elu", l2=penalty) for penalty in (0.0, 0.07)], epochs=50, batch_size=10),
    Experiment(runs=[Run("elu", initializer=name) for name in ("zeros", "auto")], batch_size=None),
    Experiment(runs=[Run(seed=seed) for seed in range(3)], redraw="everything"),
    Experiment(runs=[Run(dropout=rate, schedule="step") for rate in (0.0, 0.07)], epochs=80),
    Experiment(runs=[Run(schedule=name, dropout=0.2) for name in SCHEDULES], schedule_epochs=45),
    Experiment(runs=(Run(schedule="warm_up"),), epochs=0),
    Experiment(runs=[Run("elu", branch=each) for each in (None, Branch(7, learning_rate=0.02))]),
    Experiment(
        runs=[
            Run("elu", "sgd", 0.1, seed=seed, branch=each)
            for each in (None, Branch(0, ("tanh", "=max(0.1*x, x)"), "adam"))
            for seed in (0, 1)
        ],
        epochs=1,
    ),
    Experiment(hidden=(7, 3)),
    Experiment(hidden=(7, 7, 3, 3)),
    Experiment(DatasetSpec(test_share=0.3)),
    Experiment(DatasetSpec(test_share=0.0), runs=(Run(l1=0.1),)),
    Experiment(runs=(Run(l1=0.1), Run())),
    Experiment(DatasetSpec("iris", made_features=("x1_x2", "sin_x2"), standardised=False)),
    Experiment(DatasetSpec("wine", view="all", standardised=False)),
    Experiment(DatasetSpec(OWN, table=TABLE, standardised=False, test_share=0.5)),
]
NOT_SAID = [
    Experiment(dtype="float64"),
    Experiment(DatasetSpec(seed=1)),
    Experiment(runs=(Run("relu", "sgd"), Run("tanh", "adam"))),
    Experiment(runs=(Run(bias=1.0),)),
    Experiment(runs=(Run(l1=0.1), Run(l2=0.1))),
    Experiment(runs=(Run(seed=3), Run(seed=5))),
    Experiment(runs=(Run("tanh"), Run("tanh"))),
    Experiment(runs=[Run(seed=seed) for seed in range(11)]),
    Experiment(runs=(Run(), Run(learning_rate=0.1))),
    Experiment(runs=(Run(branch=Branch(3, optimizer="sgd")),)),
    Experiment(runs=[Run(branch=Branch(3, optimizer=name)) for name in ("sgd", "nag")]),
    Experiment(runs=(Run(), Run(branch=Branch(3, "relu")))),
    Experiment(runs=(Run(), Run("tanh", branch=Branch(3, optimizer="sgd")))),
    Experiment(runs=[Run(learning_rate=0.1 + i) for i in range(MOST_COMPARED + 1)]),
]


@pytest.mark.parametrize("experiment", SAID)
def test_settings_ask_for_the_experiment_they_were_made_from(experiment):
    assert experiment_for(settings_for(experiment), experiment.dataset.table) == experiment
    assert is_in_settings(experiment)


@pytest.mark.parametrize("experiment", SAID)
def test_the_address_gives_settings_back(experiment):
    settings = settings_for(experiment)
    for key, value in settings.items():
        choices = sorted(DATASETS[experiment.dataset.name].classes) if key == "classes" else None
        if not any(factor.free and key in (factor.field, factor.several) for factor in FACTORS.values()):
            assert SETTINGS[key].parse(choices)(SETTINGS[key].texts(value)) == value


@pytest.mark.parametrize("experiment", NOT_SAID)
def test_what_the_settings_cannot_say_is_known(experiment):
    """They still ask for something that can be trained, but for too many networks, and for what is nearest."""
    assert not is_in_settings(experiment)
    if len(experiment.runs) <= MOST_COMPARED:
        nearest = experiment_for(settings_for(experiment))
        assert is_in_settings(nearest)
        assert len(nearest.hidden) == len(experiment.hidden)
        assert nearest.epochs == experiment.epochs


def test_defaults_are_those_of_core():
    """But for what Compare compares at first."""
    default = experiment_for({})
    assert default == Experiment(DatasetSpec(DEFAULT_DATASET), [Run(name) for name in DEFAULT_ACTIVATIONS])
    assert replace(default, dataset=DatasetSpec(), runs=(Run(),)) == Experiment()
    assert query(settings_for(default)) == {}


def test_a_schedule_is_as_long_as_the_epochs_unless_another_number_is_said():
    assert experiment_for({"schedule": "cosine", "epochs": 200}).schedule_epochs == 200
    assert query(settings_for(experiment_for({"schedule": "cosine", "schedule_epochs": 200, "epochs": 200}))) == {
        "schedule": ["cosine"], "epochs": ["200"],
    }  # fmt: skip
    assert experiment_for({"schedule_epochs": 30}) == experiment_for({}), "no rate changes"


@pytest.mark.parametrize("name", DATASETS)
def test_each_dataset_has_its_own_defaults(name):
    experiment = Experiment(DatasetSpec(name), [Run(activation) for activation in DEFAULT_ACTIVATIONS])
    assert query(settings_for(experiment)) == ({} if name == DEFAULT_DATASET else {"dataset": [name]})


def test_data_that_can_be_drawn_are_drawn_and_others_are_own_data():
    drawn, own = (settings_for(Experiment(DatasetSpec(OWN, table=table))) for table in (DRAWN, TABLE))
    assert query(drawn)["dataset"] == ["drawn"] and query(own)["dataset"] == ["own"]
    assert table_of(*query(drawn)["points"]) == DRAWN
    assert "points" not in own


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"branch_activation": "relu", "branch_optimizer": "adam", "branch_learning_rate": 0.01},
        {"branch_activation": "tanh", "layers": 0},
        {"branch_optimizer": "sgd", "epochs": 10},
        {"branch_optimizer": "sgd", "epochs": 5},
    ],
)
def test_a_branch_that_changes_nothing_is_none(settings):
    experiment = experiment_for({"compare": "branch"} | settings)
    assert experiment.runs == (Run(),)
    differs = experiment_for({"compare": "branch"} | settings | {"epochs": 11, "branch_learning_rate": 0.5})
    assert differs.runs[0] == Run() and differs.runs[1].later.rate == 0.5


def test_another_activation_of_a_branch_can_be_typed_as_it_stands_on_screen():
    experiment = experiment_for({"compare": "branch", "branch_activation": "Tanh, ReLU"})
    assert experiment.runs[1].branch == Branch(10, ("tanh", "relu"))
    with pytest.raises(ValueError, match="unknown activation 'rleu'"):
        experiment_for({"compare": "branch", "branch_activation": "rleu"})


@pytest.mark.parametrize("batch_size", [240, 5000, None])
def test_a_batch_of_all_samples_is_the_full_one(batch_size):
    """Files that were written before None stood for it have 5000 there."""
    experiment = Experiment(DatasetSpec("moons", samples=400), batch_size=batch_size)
    assert as_controls_say_it(experiment).batch_size is None
    assert as_controls_say_it(replace(experiment, batch_size=239)).batch_size == 239


def test_one_name_in_a_tuple_is_that_name():
    assert as_controls_say_it(Experiment(runs=(Run(("tanh",)),), hidden=(4,))).runs == (Run("tanh"),)
    assert as_controls_say_it(Experiment(runs=(Run(("elu", "tanh")),))).runs == (Run(("elu", "tanh")),)


def test_no_name_where_there_is_no_hidden_layer_is_the_default():
    anew = Experiment(DatasetSpec(seed=9), (Run(seed=2), Run(seed=3)), seed=8, redraw="everything")
    assert is_in_settings(as_controls_say_it(anew)) and not is_in_settings(anew)
    assert as_controls_say_it(Experiment(runs=(Run((), l1=0.1),), hidden=())).runs == (Run(l1=0.1),)
