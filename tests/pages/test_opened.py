"""Opened experiments in AppTest: whatever a file asks for is shown and trained as it is."""

from dataclasses import replace

import numpy as np
import pytest

from core import Branch, DatasetSpec, Experiment, Run, Table, train
from core.analysis.repeats import mean_figures
from tests.page import address, choose, figures, links, messages, opened, press, run
from ui.compare import own_data
from ui.compare.presets import PRESETS
from ui.jobs.memory import Memory
from ui.shell.conversion import as_controls_say_it, settings_for
from ui.shell.labels import setting_labels
from ui.shell.settings import query

pytestmark = pytest.mark.usefixtures("no_worker_processes")

X = np.random.default_rng(1).normal(size=(40, 3)).round(3)
TABLE = Table(("a", "b", "c"), ("no", "yes"), X.tolist(), (X[:, 0] > 0).astype(int).tolist())
SMALL = {"hidden": (4, 4), "epochs": 3}
WITH_A_CONTROL = {
    "numbers": Experiment(
        DatasetSpec("moons", samples=333, noise=0.17), (Run(learning_rate=0.02, l2=0.002),), epochs=50, batch_size=10
    ),
    "large numbers": Experiment(
        DatasetSpec("moons", noise=1.7, seed=12345), (Run(seed=12345, learning_rate=0.1 + 0.2),), (4,), 3, seed=12345
    ),
    "rates": Experiment(runs=[Run(learning_rate=rate) for rate in (0.02, 0.07)], **SMALL),
    "no training": Experiment(hidden=(4,), epochs=0),
    "a tuple of one": Experiment(runs=(Run(("tanh",)),), hidden=(4,), epochs=3),
    "one of everything": Experiment(
        DatasetSpec("iris", test_share=0.25, made_features=("x1_squared", "sin_x2"), standardised=False),
        (Run(l1=0.01), Run(l1=0.1)),
        hidden=(7, 3),
        epochs=3,
    ),
    "a branch": Experiment(runs=(Run(), Run(branch=Branch(2, "elu", "sgd", 0.02))), **SMALL),
    "a batch of 5000": Experiment(batch_size=5000, **SMALL),
}
WITHOUT = {  # with what the page says of it
    "differ in activation function and optimizer (each with its default learning rate): ReLU (SGD) and Tanh (Adam).": (
        Experiment(runs=(Run("relu", "sgd"), Run("tanh")), **SMALL)
    ),
    "differ in activation function and learning rate: ReLU (learning rate 0.1) and Tanh (learning rate 0.3).": (
        Experiment(runs=(Run("relu", learning_rate=0.1), Run("tanh", learning_rate=0.3)), **SMALL)
    ),
    "numbers in float64": Experiment(runs=(Run("relu"), Run("tanh")), hidden=(7, 3), epochs=50, dtype="float64"),
    "initial bias −0.5": Experiment(runs=(Run(l1=0.01, bias=-0.5),), **SMALL),
    "differ in initial bias": Experiment(runs=(Run(), Run(bias=0.1)), **SMALL),
    "seed 3 for the data": Experiment(DatasetSpec(seed=3), **SMALL),
    "initial weights of seed 7, 9 and 1": Experiment(runs=(Run(seed=7), Run(seed=9), Run("tanh", seed=1)), **SMALL),
    "default learning rate together with": Experiment(runs=(Run(), Run(learning_rate=0.1)), **SMALL),
    "41 networks to compare": Experiment(runs=[Run(learning_rate=0.1 + i) for i in range(41)], hidden=(4,), epochs=3),
    "a list of networks that the controls cannot describe": Experiment(runs=(Run("elu"), Run("elu")), **SMALL),
    "networks that change after epoch 2": Experiment(
        runs=[Run(branch=branch) for branch in (None, Branch(2, "elu"), Branch(2, optimizer="sgd"))], **SMALL
    ),
    "seed 4 for the data": Experiment(DatasetSpec("own", table=TABLE, view="all", seed=4), **SMALL),
}
HELD = WITHOUT["numbers in float64"]


def opened_file(experiment: Experiment, **settings):
    """The page after that file was opened, on which something else was shown before."""
    return upload(opened(**{"activations": "elu", "epochs": "1", "layers": "1", "units": "2"} | settings), experiment)


def upload(page, experiment: Experiment):
    file = ("experiment.json", experiment.to_json().encode(), "application/json")
    page.file_uploader(key="experiment file").upload(*file)
    return run(page)


def shows(page, experiment: Experiment) -> bool:
    """Whether the page's figures are those of a training of the experiment without it."""
    wanted, shown = mean_figures(train(experiment)), figures(page)
    same = (shown[name].tolist() == wanted[name].tolist() for name in ("test_loss", "dead_units"))
    return list(shown.network) == setting_labels(experiment) and all(same)


def given_up(page) -> list[str]:
    return [message for message in messages(page) if "no longer shown" in message]


def is_held(page) -> bool:
    return any("trained exactly as it is" in message for message in messages(page))


@pytest.mark.parametrize("megabytes", [10.0, 0.001])
def test_the_data_of_a_file_count_as_any_table_does(megabytes, monkeypatch):
    memory = Memory(megabytes)
    monkeypatch.setattr(own_data, "memory", lambda: memory)
    page = opened_file(WITHOUT["seed 4 for the data"])
    is_refused = any("no memory left" in message for message in messages(page))
    assert is_held(page) == (memory.bytes > 0) == (not is_refused) == (megabytes > 1)


@pytest.mark.parametrize("name", WITH_A_CONTROL)
def test_what_the_controls_can_say_is_in_the_link(name):
    experiment = WITH_A_CONTROL[name]
    page = opened_file(experiment)
    assert shows(page, experiment)
    assert not messages(page)
    again = opened(**address(page))
    assert shows(again, experiment)
    assert not messages(again)


@pytest.mark.parametrize("fact", WITHOUT)
def test_what_no_control_can_say_is_named_and_trained_as_it_is(fact):
    experiment = WITHOUT[fact]
    page = opened_file(experiment)
    assert shows(page, experiment)
    (said,) = (message for message in messages(page) if "trained exactly as it is" in message)
    assert fact in said
    assert address(page) == query(settings_for(as_controls_say_it(experiment))) | {"opened": ["True"]}
    assert any("the link cannot hold" in caption.value for caption in page.caption)


def test_numbers_are_among_the_choices_of_their_controls():
    page = opened_file(WITH_A_CONTROL["numbers"])
    assert page.select_slider(key="epochs").value == 50
    assert page.select_slider(key="epochs").options[4:7] == ["50", "60", "100"]
    assert page.select_slider(key="batch_size").options[-1] == "full"
    choose(page, "select_slider", "epochs", 30)
    choose(page, "select_slider", "epochs", 50)
    assert shows(page, WITH_A_CONTROL["numbers"])
    assert "50" not in opened().select_slider(key="epochs").options


def test_a_control_that_is_changed_counts_again_and_the_page_says_what_was_given_up():
    page = opened_file(HELD)
    choose(page, "select_slider", "epochs", 10)
    assert shows(page, Experiment(runs=HELD.runs, hidden=(7, 3), epochs=10))
    (said,) = messages(page)
    assert "no longer shown" in said
    assert "numbers in float64" in said
    choose(page, "toggle", "log switch", True)
    assert given_up(page), "until a control is changed again"
    choose(page, "select_slider", "epochs", 50)
    assert not messages(page)
    assert shows(page, Experiment(runs=HELD.runs, hidden=(7, 3), epochs=50))


def test_how_the_networks_are_looked_at_gives_nothing_up():
    page = opened_file(HELD)
    choose(page, "toggle", "log switch", True)
    choose(page, "selectbox", "inside", "tanh")
    assert is_held(page)
    assert shows(page, HELD)


def test_a_page_that_is_loaded_again_says_that_it_is_not_shown_any_more():
    again = opened(**address(opened_file(HELD)))
    (said,) = given_up(again)
    assert "the address cannot hold" in said
    assert shows(again, replace(HELD, dtype="float32"))
    assert "opened" not in address(again)
    choose(again, "toggle", "log switch", True)
    assert given_up(again), "until a control is changed"
    choose(again, "select_slider", "epochs", 10)
    assert not messages(again)
    assert not messages(opened(**address(again)))


def test_the_address_has_no_trace_of_it_when_a_control_has_taken_its_place():
    page = opened_file(HELD)
    choose(page, "select_slider", "epochs", 10)
    assert "opened" not in address(page)
    assert not messages(opened(**address(page)))


def test_a_button_leaves_it_with_the_controls_as_they_stand():
    page = opened_file(HELD)
    press(page, "leave opened")
    assert given_up(page)
    assert shows(page, replace(HELD, dtype="float32"))


def test_another_file_takes_its_place():
    page = upload(opened_file(HELD), WITH_A_CONTROL["rates"])
    assert not messages(page)
    assert shows(page, WITH_A_CONTROL["rates"])
    other = replace(HELD, dataset=DatasetSpec(seed=3), dtype="float32")  # for which the controls stand where they stood
    page = upload(opened_file(HELD), other)
    assert shows(page, other)


def test_a_preset_takes_its_place_even_where_the_controls_stand_at_it():
    page = opened_file(replace(HELD, epochs=60))
    press(page, f"preset {list(PRESETS).index('Digits')}")
    assert not is_held(page)
    assert page.selectbox(key="dataset").value == "digits"


def test_it_is_kept_while_another_page_is_read():
    page = opened_file(HELD)
    there = address(page)
    page.switch_page("pages/softmax.py")
    run(page)
    page.switch_page("app.py")
    for key, value in there.items():  # as the menu's link has it
        page.query_params[key] = value
    assert shows(run(page), HELD)
    assert is_held(page)


def test_training_on_keeps_all_else():
    page = opened_file(HELD)
    press(page, "train on")
    assert is_held(page)
    assert shows(page, replace(HELD, epochs=60))
    assert address(page) == query(settings_for(replace(HELD, epochs=60))) | {"opened": ["True"]}


def test_a_smaller_rate_is_that_of_the_experiment_that_was_opened():
    runs = (Run("relu_squared", "sgd", 1e6), Run("tanh", "sgd", 1e6))
    page = opened_file(Experiment(runs=runs, hidden=(7, 3), epochs=3, dtype="float64"))
    assert figures(page).diverged_at.notna().any()
    press(page, "fix")
    assert is_held(page)
    rate = float(address(page)["learning_rate"][0])
    assert rate < 1e6
    runs = [replace(run, learning_rate=rate) for run in runs]
    assert shows(page, Experiment(runs=runs, hidden=(7, 3), epochs=3, dtype="float64"))


def test_of_fewer_layers_the_first_are_left_as_they_were():
    hidden = (15, 16) * 5
    runs = tuple(Run(name, initializer="he_normal") for name in ("relu_squared", "tanh"))
    page = opened_file(Experiment(runs=runs, hidden=hidden, epochs=10, dtype="float64"))
    press(page, "fix")
    assert is_held(page)
    left = int(address(page).get("layers", ["2"])[0])
    assert left < len(hidden)
    assert shows(page, Experiment(runs=runs, hidden=hidden[:left], epochs=10, dtype="float64"))


def test_a_network_that_is_left_out_leaves_the_others_as_they_were():
    runs = (Run("relu", "sgd", 1e8, l1=0.01), Run("relu", "sgd", 0.01, l1=0.01))
    experiment = Experiment(DatasetSpec(seed=3), runs, hidden=(5, 6), epochs=3)
    page = opened_file(experiment)
    press(page, "fix")
    assert shows(page, replace(experiment, runs=runs[1:]))


def test_other_data_of_ones_own_take_its_place():
    page = opened_file(WITHOUT["seed 4 for the data"])
    text = "a,b,c,k\n" + "".join(f"{x:.3f},{y:.3f},{z:.3f},{'p' if x > 1 else 'q'}\n" for x, y, z in X + 1)
    page.file_uploader(key="own file").upload("own.csv", text.encode(), "text/csv")
    run(page)
    assert given_up(page)
    assert page.selectbox(key="own label").value == "k"


def test_another_session_knows_nothing_of_it():
    page = opened_file(HELD)
    assert shows(opened(**address(page)), replace(HELD, dtype="float32"))
    assert links(page), "links to lessons are there as always"
