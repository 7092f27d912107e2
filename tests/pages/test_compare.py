"""The Compare page in AppTest: other factors than the activation, seeds, presets, and what can be taken."""

import numpy as np
import pytest

from core import Branch, DatasetSpec, Experiment, Run, final_figures, train
from core.analysis.luck import contest
from core.analysis.repeats import mean_figures, one_of_each
from core.export import core_code
from tests.page import address, chart_data, choose, drawn_by, figures, messages, opened, press, result, upload
from ui.compare.controls import Comparison
from ui.compare.luck import luck
from ui.compare.presets import PRESETS
from ui.compare.words import comparison
from ui.shell.conversion import experiment_for, settings_for
from ui.shell.factors import FACTORS
from ui.shell.settings import query

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def last_outcome(page) -> str:
    """What stands above the first network's picture in the end."""
    (drawn,) = drawn_by(page, "pictures")
    return drawn["networks"][0]["outcomes"][-1]


@pytest.mark.parametrize("field", FACTORS)
def test_any_factor_can_be_compared(field):
    page = opened(compare=field, epochs="3")
    experiment = experiment_for({"compare": field, "epochs": 3})
    assert any(comparison(Comparison(experiment, FACTORS[field])) in text.value for text in page.main.markdown)
    assert len(figures(page)) == len(FACTORS[field].compared)


def test_a_branch_is_compared_with_the_network_as_it_was():
    page = opened(
        dataset="moons", compare="branch", branch_epoch="5", branch_learning_rate="1.0", epochs="10", seeds="3"
    )
    runs = [Run(seed=seed, branch=branch) for branch in (None, Branch(5, learning_rate=1.0)) for seed in range(3)]
    history = train(Experiment(DatasetSpec("moons"), runs, epochs=10))
    assert figures(page).network.tolist() == ["Unchanged", "learning rate 1 after epoch 5"]
    assert figures(page).test_loss.tolist() == pytest.approx(mean_figures(history).test_loss.tolist())
    assert any(luck(history, contest(history)) in text.value for text in page.main.markdown)
    assert not any(button.proto.label == "PyTorch" for button in page.get("download_button"))
    assert any("no PyTorch script" in caption.value for caption in page.caption)
    choose(page, "select_slider", "epochs", 3)
    assert any("No epoch follows the branch" in message for message in messages(page))
    assert page.number_input(key="branch_epoch").value == 3


def test_a_branch_that_changes_nothing_yet_and_one_that_cannot_be():
    page = opened(compare="branch", epochs="10", branch_epoch="5")
    assert any("changes nothing yet" in message for message in messages(page))
    assert figures(page).network.tolist() == ["ReLU"]
    page = opened(compare="branch", epochs="10", branch_epoch="11", branch_optimizer="sgd")
    (said,) = (message for message in messages(page) if "In the address" in message)
    assert "branch epoch is '11', and must be a whole number between 0 and 10" in said
    page = opened(compare="branch", epochs="10", branch_epoch="5", branch_activation="rleu")
    (said,) = (message for message in messages(page) if "In the address" in message)
    assert "unknown activation 'rleu'" in said


def test_optimizers_have_their_own_learning_rates_unless_one_is_chosen():
    page = opened(dataset="moons", compare="optimizer", optimizers=["sgd", "adam"], epochs="10")
    runs = (Run("relu", "sgd"), Run("relu", "adam"))
    expected = final_figures(train(Experiment(DatasetSpec("moons"), runs, epochs=10)))
    assert figures(page).test_loss.tolist() == expected.test_loss.tolist()
    choose(page, "select_slider", "learning_rate", 0.1)
    runs = (Run("relu", "sgd", 0.1), Run("relu", "adam", 0.1))
    expected = final_figures(train(Experiment(DatasetSpec("moons"), runs, epochs=10)))
    assert figures(page).test_loss.tolist() == expected.test_loss.tolist()


def test_layers_can_have_activations_of_their_own():
    page = opened(dataset="moons", activations=["tanh,relu", "relu"], layers="3", epochs="10")
    runs = (Run(("tanh", "relu", "relu")), Run("relu"))
    expected = final_figures(train(Experiment(DatasetSpec("moons"), runs, hidden=(16,) * 3, epochs=10)))
    assert figures(page).test_loss.tolist() == expected.test_loss.tolist()
    assert figures(page).network[0] == "Tanh, ReLU, ReLU"
    choose(page, "slider", "layers", 1)
    assert any("'tanh,relu' names 2 hidden layers, and the networks have 1" in message for message in messages(page))
    assert not drawn_by(page, "table")


def test_what_is_typed_and_cannot_be_read_is_named_and_the_rest_is_shown():
    page = opened(activations=["relu"], epochs="3")
    choose(page, "multiselect", "activations", ["relu", "tanh, rleu", "gelu, tanh"])
    assert any("unknown activation 'rleu'" in message for message in messages(page))
    assert figures(page).network.tolist() == ["ReLU", "GELU, Tanh"]


def test_figures_over_seeds_are_those_of_each_seed_trained_alone():
    page = opened(dataset="moons", activations=["relu", "tanh"], seeds="3", epochs="10", seed="5")
    alone = {
        name: [
            final_figures(train(Experiment(DatasetSpec("moons", seed=5), (Run(name, seed=seed),), epochs=10, seed=5)))
            for seed in (5, 6, 7)
        ]
        for name in ("relu", "tanh")
    }
    for name, row in zip(alone, figures(page).itertuples(), strict=True):
        accuracies = [table.test_accuracy[0] for table in alone[name]]
        assert row.seeds == 3
        assert row.test_accuracy == pytest.approx(np.mean(accuracies))
        assert row.test_accuracy_deviation == pytest.approx(np.std(accuracies, ddof=1))
        assert row.test_accuracy_least == pytest.approx(min(accuracies))
        assert row.test_accuracy_greatest == pytest.approx(max(accuracies))


def test_settings_that_are_rarely_changed_stand_in_groups():
    page = opened(compare="schedule", epochs="1")
    (more,) = [box for box in page.sidebar.expander if box.label == "More settings"]
    assert [text.value for text in more.markdown] == ["**Seeds**", "**Network**", "**Training**", "**Regularisation**"]


def test_each_seed_can_draw_everything_anew():
    page = opened(dataset="moons", activations=["relu"], seeds="3", epochs="5", seed="5", redraw="everything")

    def accuracy(name: str, seed: int) -> float:
        experiment = Experiment(DatasetSpec("moons", seed=seed), (Run(name, seed=seed),), epochs=5, seed=seed)
        return train(experiment).test_accuracy[0, -1]

    for row in figures(page).itertuples():
        accuracies = [accuracy("relu", seed) for seed in (5, 6, 7)]
        assert row.test_accuracy == pytest.approx(np.mean(accuracies))
        assert row.test_accuracy_least == pytest.approx(min(accuracies))
    assert not any(button.proto.label == "PyTorch" for button in page.get("download_button"))
    choose(page, "segmented_control", "shown_seed", 6)
    assert last_outcome(page).startswith(f"Test accuracy {100 * accuracy('relu', 6):.1f} % · ")


def test_all_can_be_trained_from_ten_seeds():
    page = opened(seeds="10", epochs="3")
    assert figures(page).seeds.tolist() == [10] * len(FACTORS["activation"].compared)


def test_the_pictures_are_those_of_the_seed_shown():
    page = opened(dataset="moons", activations=["relu"], seeds="3", epochs="10")
    choose(page, "segmented_control", "shown_seed", 2)
    spec = DatasetSpec("moons")
    alone = train(Experiment(spec, (Run("relu", seed=2),), epochs=10))
    assert last_outcome(page).startswith(f"Test accuracy {100 * alone.test_accuracy[0, -1]:.1f} % · ")


def test_what_is_luck_is_said_of_the_networks_on_the_page():
    several = opened(dataset="moons", activations=["relu", "tanh", "identity"], seeds="3", epochs="10")
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh", "identity") for seed in range(3))
    history = train(Experiment(runs=runs, epochs=10))
    assert luck(history, contest(history)) in [text.value for text in several.main.markdown]
    assert [row["test_accuracy"] for row in chart_data(several, "place")] == pytest.approx(history.test_accuracy[:, -1])
    one = opened(activations=["relu", "identity"], epochs="3")
    assert any("With so few seeds" in text.value for text in one.main.markdown)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_shows_networks_and_what_to_notice(name):
    page = opened(noise="0.4", epochs="3", activations="relu")
    button = f"preset {list(PRESETS).index(name)}"
    press(page, button)
    assert page.button(key=button).proto.type == "primary"
    assert PRESETS[name].notice in messages(page)
    assert len(figures(page)) >= 3
    again = opened(**address(page))
    assert again.button(key=button).proto.type == "primary", "its link is the same preset"
    choose(page, "number_input", "seed", 1)
    assert page.button(key=button).proto.type == "secondary"
    assert PRESETS[name].notice not in messages(page)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "Expecting"),
        ("[]", "not an experiment"),
        (Experiment().to_json().replace("relu", "rleu"), "unknown activation 'rleu'"),
    ],
)
def test_an_experiment_that_cannot_be_opened_says_why_and_changes_nothing(text, part):
    page = opened(activations=["relu"], epochs="3")
    before = result(page)
    upload(page, text, "experiment.json", "application/json", "experiment file")
    assert any("cannot be opened" in message and part in message for message in messages(page)), messages(page)
    assert result(page) == before


@pytest.mark.parametrize("field", FACTORS)
def test_settings_ask_for_the_experiment_they_were_made_from(field):
    settings = {"dataset": "circles", "noise": 0.25, "compare": field, "seeds": 2, "units": 8, "loss": "mse"}
    experiment = experiment_for(settings | {"epochs": 30, "batch_size": 16, "seed": 1})
    page = opened(**query(settings_for(experiment)))
    assert address(page) == query(settings_for(experiment))
    expected = mean_figures(train(experiment))
    assert figures(page).test_loss.tolist() == pytest.approx(expected.test_loss.tolist())


def test_training_on_gives_what_training_at_once_gives():
    page = opened(dataset="moons", activations=["relu", "tanh"], epochs="30")
    press(page, "train on")
    assert "epochs" not in address(page), "60 is the default"
    expected = final_figures(train(Experiment(runs=(Run("relu"), Run("tanh")))))
    assert figures(page).test_loss.tolist() == expected.test_loss.tolist()


def test_training_on_keeps_the_schedule_and_ends_where_all_rates_are_0():
    runs = [Run("relu", schedule=name) for name in ("warm_up", "cosine")]
    page = opened(**query(settings_for(Experiment(runs=runs, epochs=10))))
    press(page, "train on")
    assert address(page)["epochs"] == ["30"]
    assert address(page)["schedule_epochs"] == ["10"]
    expected = final_figures(train(Experiment(runs=runs, epochs=30, schedule_epochs=10)))
    assert figures(page).test_loss.tolist() == expected.test_loss.tolist()
    choose(page, "multiselect", "schedules", ["cosine"])
    assert "train on" not in [button.key for button in page.button]


def test_a_network_without_a_finite_state_has_neither_gradients_nor_a_confusion_matrix():
    page = opened(activations=["tanh", "=log(x)"], epochs="2", inside="=log(x)")
    without = len(page.get("vega_lite_chart"))
    assert any(text.value.startswith("**No finite state: log(x).**") for text in page.markdown)
    assert any("no finite state" in box.value for box in page.info)
    choose(page, "selectbox", "inside", "tanh")
    assert len(page.get("vega_lite_chart")) == without + 2 and not page.info


def test_inside_of_a_network_has_its_charts_and_stays_chosen():
    page = opened(activations=["relu", "tanh"], epochs="10")
    without = len(page.get("vega_lite_chart"))
    choose(page, "selectbox", "inside", "tanh")
    alts = [chart.proto.alt for chart in page.get("vega_lite_chart")]
    assert len(alts) == without + 4
    assert any("The network Tanh after epoch 10" in alt for alt in alts)
    choose(page, "select_slider", "epochs", 30)
    assert any("The network Tanh after epoch 30" in c.proto.alt for c in page.get("vega_lite_chart"))
    choose(page, "multiselect", "activations", ["relu"])
    assert page.selectbox(key="inside").value is None


def test_the_link_has_all_settings_that_are_not_defaults():
    page = opened(activations=["relu"], epochs="10", inside="relu", log="True")
    copied = drawn_by(page, "copying")[0]["text"]
    assert all(part in copied for part in ("activations=relu", "epochs=10", "inside=relu", "log=True"))
    assert drawn_by(opened(), "copying")[0]["text"].endswith("/")


def test_exported_code_gives_the_figures_on_the_page(tmp_path):
    page = opened(dataset="moons", activations=["relu", "tanh"], seeds="2", epochs="10")
    history = train(Experiment(runs=tuple(Run(n, seed=s) for n in ("relu", "tanh") for s in (0, 1)), epochs=10))
    names: dict = {}
    exec(compile(core_code(history.experiment), "exported", "exec"), names)
    assert mean_figures(names["history"]).test_loss.tolist() == figures(page).test_loss.tolist()
    assert one_of_each(names["history"]).experiment == one_of_each(history).experiment


def test_the_largest_charts_are_drawn():
    page = opened(layers="20", units="4", epochs="200", samples="50", batch_size="full")
    assert len(figures(page)) == len(FACTORS["activation"].compared)


def test_too_many_networks_are_a_message_with_the_limit():
    mixes = [f"{one},{other}" for one in ("relu", "tanh", "elu", "gelu", "selu", "sin", "mish") for other in
             ("relu", "tanh", "elu", "gelu", "selu", "sin")]  # fmt: skip
    page = opened(activations=mixes, epochs="1")
    assert any("42 networks are chosen, and at most 40" in message for message in messages(page))


def test_without_a_hidden_layer_the_activation_is_no_choice():
    page = opened(compare="optimizer", epochs="3", activation="tanh")
    assert not page.selectbox(key="activation").disabled
    choose(page, "slider", "layers", 0)
    assert page.selectbox(key="activation").disabled
