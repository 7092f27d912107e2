"""Vanishing gradients, in AppTest: every control changes what is shown, and every notice is true."""

import re
from dataclasses import replace

import numpy as np
import pytest

from core import ACTIVATIONS, Experiment, History, Run, load, train
from core.data.datasets import DatasetSpec
from core.lessons.vanishing import chain, chain_figures
from core.limits import LAYERS
from core.nn.optimizers import EPSILON
from tests.page import address, charts, choose, drawn_by, figures, links, messages, opened, press, result
from ui.jobs.words import NEVER_FINITE
from ui.lessons.vanishing import words
from ui.lessons.vanishing.controls import COMPARED, DATASETS, EPOCHS, INITIAL, NOTHING, TRIES, UNITS
from ui.lessons.vanishing.table import labelled_figures
from ui.shell.numbers import short, written

PAGE = "pages/vanishing.py"
SMALL = "Small weights stop ReLU too"
XAVIER = "xavier_normal"
LABELS = ["Sigmoid", "Tanh", "ReLU"]  # of `COMPARED`
WEIGHTS = ["Xavier normal", "Auto"]  # of `INITIAL`
_COIN_TOSS = "A network that gives both classes a probability of 0.5 has a loss of ln 2 = 0.693."
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def experiment(
    layers: int = 10, epochs: int = 60, activations=COMPARED, initializer=INITIAL, optimizer: str = "momentum"
) -> Experiment:
    """What the page trains with these settings, its defaults otherwise."""
    runs = tuple(Run(name, optimizer, initializer=each) for name in activations for each in initializer)
    return Experiment(DatasetSpec("moons"), runs, hidden=(UNITS,) * layers, epochs=epochs)


def table(page):
    return figures(page).set_index("network")


def notices(page) -> str:
    (text,) = [text.value for text in page.main.markdown if text.value.startswith("**What to notice**")]
    return text


def shares(left) -> str:
    """The list of what is left of each network's gradient, by its label."""
    return ", ".join(f"**{name}** {short(value)}" for name, value in left.items())


def said_of(history: History) -> str:
    """All lines of what to notice, without a page around them."""
    return "\n".join(words.notices(history, chain(history)))


def figures_of(history: History):
    return labelled_figures(history, chain(history)).set_index("network")


def shows(monkeypatch, history: History) -> None:
    """From now on, whatever it is asked for."""
    monkeypatch.setattr("ui.jobs.waiting.trained", lambda experiment: history)


def cells(page, column: str) -> list[str]:
    """As they are read."""
    (shown,) = drawn_by(page, "table")
    return next(each["texts"] for each in shown["columns"] if each["name"] == column)


def test_it_opens_with_each_function_from_both_initial_weights_and_they_were_really_trained():
    page = opened(PAGE)
    history = train(experiment())
    expected = chain_figures(history, chain(history))
    assert figures(page).network.tolist() == [f"{name} ({each})" for name in LABELS for each in WEIGHTS]
    for name in ("bound", "slopes", "weights", "left", "gradient_ratio"):
        assert figures(page)[name].tolist() == pytest.approx(expected[name].tolist())
    assert figures(page).test_accuracy.tolist() == pytest.approx(expected.test_accuracy.tolist())
    assert len(charts(page)) == 3
    assert not messages(page)
    assert address(page) == {}


def test_the_first_answer_is_what_is_the_functions_doing_and_what_the_initial_weights():
    page = opened(PAGE)
    shown, said = table(page), notices(page)
    starved, suited = shown.loc["Sigmoid (Xavier normal)"], shown.loc["Sigmoid (Auto)"]
    assert starved.test_accuracy < 0.6 < 0.8 < suited.test_accuracy
    assert starved.left < 1e-4 < 1e-3 < suited.left
    assert shown.loc["ReLU (Auto)"].left > 0.1
    assert f"at the output: {shares(shown.left)}." in said
    assert said.count("\n* ") == 3
    assert "**Sigmoid** from two kinds of initial weights" in said, "that the weights matter most to"
    for row in (starved, suited):
        for name in ("left", "slopes", "weights"):
            assert written(row[name], 3) in said
    assert f"the test accuracy of **Sigmoid (Xavier normal)** is **{100 * starved.test_accuracy:.1f} %**" in said
    assert said.endswith("and is 0.693 now. " + _COIN_TOSS)
    (formula,) = [text.value for text in page.main.markdown if "slopes × weights =" in text.value]
    assert "**Sigmoid (Xavier normal)**, 10 hidden layers" in formula
    assert f"= **{written(starved.left, 3)}**" in formula
    assert "0.25¹⁰ = **9.54·10⁻⁷**" in formula
    assert r"\left(\max |f'|\right)^n" in page.latex[0].value
    assert [header.value for header in page.header] == ["Slopes, weights and test accuracy"]
    reading = " ".join(text.value for text in page.main.markdown)
    assert "chance level is 50.0 %" in reading
    kinds = [element.type for element in page.main]
    assert kinds[kinds.index("vega_lite_chart" if "vega_lite_chart" in kinds else "arrow_vega_lite_chart") + 1] == (
        "markdown"
    ), "how to read it"
    for chart in page.get("vega_lite_chart")[:2]:
        assert all(name in chart.proto.alt for name in LABELS)


def called(said: str, word: str) -> set[str]:
    """The networks of which the notices say that their gradient does so."""
    found = re.search(rf"\*\*{word}\*\*[^:*]*: ((?:\*\*[^*]+\*\*(?:, )?)+)", said)
    return set(re.findall(r"\*\*([^*]+)\*\*", found[1])) if found else set()


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"activations": ["gelu_tanh", "tanh"], "layers": 15, "initializer": [XAVIER], "optimizer": "nag"},
        {"initializer": ["small_normal"], "epochs": 10},
        {"initializer": ["xavier_4"], "epochs": 10},
        {"initializer": ["auto"], "layers": 3, "activations": ["tanh", "relu"], "epochs": 10},
    ],
)
def test_the_headline_is_what_is_left_of_the_signal_and_has_the_right_name(settings):
    """Not the ratio of the weights' gradients: what enters a layer is in those, and hides what the slopes take."""
    history = train(experiment(**settings))
    left, headline = figures_of(history).left, said_of(history).split("\n")[0]
    assert shares(left) in headline
    assert called(headline, "Vanishing") == set(left.index[left < 1e-3])
    assert called(headline, "Exploding") == set(left.index[left > 1e3])


def test_behind_fifteen_layers_of_gelu_the_ratio_of_the_weights_gradients_would_deceive():
    """And the headline does not: next to nothing is left of the signal."""
    asked_for = experiment(15, 60, ["gelu_tanh", "tanh"], [XAVIER], "nag")
    history = train(replace(asked_for, dataset=DatasetSpec("xor")))
    row = figures_of(history).loc["GELU (tanh)"]
    assert row.left < 1e-3 < 0.5 < row.gradient_ratio
    assert "GELU (tanh)" in called(said_of(history), "Vanishing")


def test_small_weights_are_not_said_to_pass_a_gradient():
    history = train(experiment(initializer=["small_normal"]))
    assert called(said_of(history), "Vanishing") == set(LABELS)
    assert np.isnan(figures_of(history).gradient_ratio["ReLU"]), "by what rounding leaves, nothing can be divided"


def test_where_relu_gets_four_times_xaviers_weights_its_gradient_explodes():
    said = said_of(train(experiment(**trial("Large weights: the gradient explodes").settings)))
    assert "ReLU" in called(said, "Exploding")
    assert "ReLU" not in called(said, "Vanishing")


def test_a_gradient_that_comes_to_vanish_is_told_of():
    history = train(experiment(**trial("Tanh vanishes too, but later").settings))
    left = chain(history).left[:, :, 0]
    later = {name for name, of_run in zip(figures_of(history).index, left) if of_run[0] >= 1e-3 > of_run[-1]}
    found = re.search(r"less than a thousandth is also left in (.+?)\.\n", said_of(history))
    assert (set(re.findall(r"\*\*([^*]+)\*\*", found[1])) if found else set()) == later


def test_what_adam_adds_is_told_where_the_first_layers_gradient_is_smaller():
    history = train(experiment(20, 10, ["sigmoid"], [XAVIER], "adam"))
    size = history.gradient_norm[0, 0, 0] / np.sqrt(3 * UNITS)
    assert size < EPSILON
    assert f"but never by less than {short(EPSILON)}." in said_of(history)
    assert short(size) in said_of(history)
    for layers, optimizer in ((2, "adam"), (20, "momentum")):
        assert "divides its steps" not in said_of(train(experiment(layers, 10, ["sigmoid"], [XAVIER], optimizer)))


def test_every_control_changes_the_result_and_is_in_the_address():
    page, chosen = opened(PAGE), {}
    for widget, key, value in (
        ("select_slider", "epochs", 10),
        ("multiselect", "activations", ["sigmoid", "selu"]),
        ("slider", "layers", 3),
        ("multiselect", "initializer", ["lecun_normal"]),
        ("selectbox", "optimizer", "adam"),
        ("selectbox", "dataset", "circles"),
    ):
        before, said = result(page), notices(page)
        choose(page, widget, key, value)
        assert result(page) != before, key
        assert notices(page) != said, key
        chosen[key] = [str(item) for item in (value if isinstance(value, list) else [value])]
        assert address(page) == chosen
    assert result(opened(PAGE, **chosen)) == result(page), "the link gives the same view"


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    bad = {"layers": "0", "initializer": "he", "optimizer": "adm", "dataset": "mons", "epochs": "7", "nonsense": "1"}
    page = opened(PAGE, activations=["rleu", "tanh"], **bad)
    said = " ".join(messages(page))
    for wrong in ("'rleu'", "'0'", "'he'", "'adm'", "'mons'", "'7'", "nonsense"):
        assert wrong in said
    assert figures(page).network.tolist() == WEIGHTS, "of a list with a bad name, the good ones are kept"
    assert len(charts(page)) == 3


def test_no_activation_is_a_message_and_not_the_old_result():
    page = opened(PAGE)
    choose(page, "multiselect", "activations", [])
    assert NOTHING in messages(page)
    assert not charts(page)
    assert not drawn_by(page, "table")
    assert any(label.startswith("Next: ") for label in links(page)), "there is a way on"
    choose(page, "multiselect", "activations", ["tanh"])
    assert len(charts(page)) == 3
    assert figures(page).network.tolist() == WEIGHTS, "the function is the same, and the weights tell them apart"
    choose(page, "multiselect", "initializer", [])
    assert NOTHING in messages(page)


def asked(each) -> dict[str, list[str]]:
    """The address of a button's settings."""
    return {
        key: list(map(str, value)) if isinstance(value, list) else [str(value)] for key, value in each.settings.items()
    }


def trial(label: str):
    return next(each for each in TRIES if each.label == label)


def test_every_button_sets_the_controls_and_says_what_to_see():
    """That it is so, `tests/ui/test_examples.py` shows."""
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert address(page) == asked(each)
        assert each.notice in messages(page)[0]


def test_behind_twenty_layers_of_sigmoid_the_gradient_is_far_smaller_than_what_adamax_adds():
    history = train(experiment(**TRIES[0].settings | {"epochs": 0}))
    assert f"adds {short(EPSILON).removeprefix('1·')} to that size" in TRIES[0].notice
    first = dict(zip(COMPARED, history.gradient_norm[:, 0, 0]))
    assert first.pop("sigmoid") < 1e-3 * EPSILON < 1e3 * EPSILON < min(first.values())


def test_it_is_what_adamax_adds_that_keeps_twenty_layers_of_sigmoid_at_a_guess(monkeypatch):
    """Without it, not from every seed can so deep a network learn, but from most."""
    runs = tuple(
        Run("sigmoid", TRIES[0].settings["optimizer"], initializer="xavier_normal", seed=seed) for seed in range(5)
    )
    experiment = Experiment(DatasetSpec("moons"), runs, (UNITS,) * 20, epochs=TRIES[0].settings["epochs"])
    assert train(experiment).test_accuracy[:, -1].max() < 0.6
    monkeypatch.setattr("core.nn.optimizers.adam_family.EPSILON", 1e-30)
    assert train(experiment).test_accuracy[:, -1].max() > 0.75


def test_small_weights_are_about_as_small_as_the_button_says():
    (W, _), *_ = train(experiment(epochs=0, **trial(SMALL).settings)).parameters(0)
    assert "about 0.01 in size" in trial(SMALL).notice
    assert W.std() == pytest.approx(0.01, rel=0.3)


def test_hardly_anything_enters_the_output_layer_behind_small_weights():
    """Where two classes are as frequent, its biases have no gradient, and that of its weights has what enters it."""
    history = train(experiment(epochs=0, **trial(SMALL).settings))
    last_hidden, output = history.gradient_norm[COMPARED.index("relu"), 0, -2:]
    assert "**ReLU** falls again at *out*" in trial(SMALL).notice
    assert output < 1e-3 * last_hidden
    assert np.bincount(load(DatasetSpec("moons")).y_train).tolist() == [120, 120]


def test_a_deep_sigmoid_network_that_learns_all_the_same_is_told_of_and_why():
    history = train(experiment(initializer=[XAVIER], optimizer="adam"))
    shown, said = figures_of(history), said_of(history)
    assert shown.left.idxmin() == "Sigmoid"
    accuracy = shown.test_accuracy["Sigmoid"]
    assert accuracy > 0.7
    assert "**Sigmoid** learns, although so little of its gradient is left." in said
    assert f"After 60 epochs, its test accuracy is **{100 * accuracy:.1f} %**" in said
    assert "Adam divides its steps by the size of the gradient, so small gradients also give large steps." in said
    assert _COIN_TOSS not in said
    beside = said_of(train(experiment(10, 60, ["step", "sigmoid", "tanh"], [XAVIER], "adam")))
    assert "**Step** 0" in beside
    assert "**Sigmoid** learns, although" in beside, "step has none at all"
    for settings in ({}, {"optimizer": "adam", "layers": 2}, {"optimizer": "adam", "activations": ["tanh", "relu"]}):
        said = said_of(train(experiment(initializer=[XAVIER], **settings)))
        assert "learns, although" not in said, "it did not learn, or had no small gradient"


def test_it_is_the_division_that_lets_ten_layers_of_sigmoid_learn(monkeypatch):
    """With a large number added to it, adam divides all gradients by about the same."""
    runs = tuple(Run("sigmoid", "adam", initializer=XAVIER, seed=seed) for seed in range(3))
    experiment = Experiment(DatasetSpec("moons"), runs, (UNITS,) * 10, epochs=60)
    assert train(experiment).test_accuracy[:, -1].min() > 0.7
    monkeypatch.setattr("core.nn.optimizers.adam_family.EPSILON", 0.01)
    assert train(experiment).test_accuracy[:, -1].max() < 0.6


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_guess_is_a_coin_toss_on_every_dataset(dataset):
    assert load(DatasetSpec(dataset)).classes == 2


def test_accuracies_are_rounded_alike_in_the_table_and_the_sentence(monkeypatch):
    """154 of 160: the browser would make 96.3 of 96.25, and Python makes 96.2."""
    history = train(experiment(1, 1, ["relu"], ["auto"]))
    shows(monkeypatch, replace(history, test_accuracy=np.array([[0.5, 0.9625]])))
    page = opened(PAGE, activations=["relu"], initializer="auto", layers="1")
    assert figures(page).test_accuracy.tolist() == [0.9625]
    (text,) = cells(page, "test_accuracy")
    assert f"the test accuracy of **ReLU** is **{text}**" in notices(page)


def test_what_is_exactly_0_is_explained_where_it_is_drawn():
    for activations, is_there in ((["tanh", "relu"], False), (["step", "relu"], True)):
        history = train(experiment(2, 1, activations, ["auto"]))
        readings = words.reading(history), words.reading_slopes(chain(history))
        assert ["strip **0**" in reading for reading in readings] == [is_there, is_there], "both pictures have it"


def test_weights_that_take_gradient_away_are_named():
    history = train(experiment(initializer=["small_normal"], epochs=10))
    shown, said = figures_of(history), said_of(history)
    assert f"The initial weights of **Tanh** multiply the gradient by **{written(shown.weights['Tanh'], 3)}**" in said
    assert shown.slopes["Tanh"] > 0.9, "it is not the slopes"
    assert set(shown.test_accuracy) == {0.5}
    assert "the test accuracy of **all 3 networks** is **50.0 %**" in said
    some = said_of(replace(history, diverged_at=np.array([-1, -1, 4])))
    assert "the test accuracy of **all 2 networks** that did not diverge is **50.0 %**" in some


def test_where_nothing_gets_through_the_page_says_so():
    history = train(experiment(10, 10, ["relu", "step"], ["zeros"]))
    assert figures_of(history).left.tolist() == [0, 0]
    assert "at the output: **ReLU** 0, **Step** 0." in said_of(history)
    assert "multipl" not in said_of(history)
    assert "nothing of the gradient" in words.numbers(history, chain(history))


def test_a_network_whose_first_layer_gets_nothing_is_named_beside_one_that_gets_something():
    history = train(experiment(10, 10, ["step", "relu"], ["auto"]))
    left = figures_of(history).left
    assert left["Step"] == 0
    assert f"at the output: **Step** 0, **ReLU** {short(left['ReLU'])}." in said_of(history)


def test_a_network_that_blew_up_is_not_spoken_of_as_trained():
    runs = Run("relu_squared", "momentum"), Run("tanh", "momentum")
    history = train(Experiment(DatasetSpec("moons"), runs, hidden=(UNITS,) * 2, epochs=10))
    accuracy = np.linspace([0.5, 0.5], [0.4, 0.9], len(history.epochs)).T  # it would be the worst
    history = replace(history, test_accuracy=accuracy, diverged_at=np.array([5, -1]))
    said = said_of(history)
    assert "**ReLU squared (epoch 5)**" in words.diverged(history)
    assert "After 10 epochs, the test accuracy of **Tanh** is **90.0 %**. Its training loss was" in said
    assert "accuracy of **ReLU squared**" not in said
    alone = said_of(history.select([0]))
    assert "accuracy" not in alone
    assert "at the output: **ReLU squared** " in alone, "what was before is still to be seen"
    assert words.diverged(history.select([1])) is None


def test_losses_of_any_size_are_short():
    history = train(experiment(1, 1, ["relu"], ["auto"]))
    said = said_of(replace(history, train_loss=np.array([[0.70049, 3.2e-7]])))
    assert "Its training loss was 0.700 before training, and is 3.2·10⁻⁷ now." in said


def test_a_gradient_that_is_infinite_is_not_what_is_left():
    """`relu_squared` blows up before any training, `step` lets nothing through."""
    settings = {"dataset": "xor", "layers": "10", "initializer": "lecun_uniform", "epochs": "10"}
    page = opened(PAGE, activations=["step", "relu_squared"], **settings)
    assert table(page).left["ReLU squared"] == np.inf
    assert cells(page, "left") == ["0", "∞"]
    said = " ".join(text.value for text in page.main.markdown)
    assert not re.search(r"\bnan\b|\binf\b", said)
    assert "nothing of the gradient passes" in said


def test_a_network_that_blows_up_is_named_and_the_others_are_shown():
    page = opened(PAGE, activations=["relu_squared", "sigmoid"], initializer="he_normal", epochs="10")
    assert any("**ReLU squared (epoch 0)**" in message for message in messages(page))
    shown = table(page)
    assert shown.left.isna().tolist() == shown.test_accuracy.isna().tolist() == [True, False]
    assert f"at the output: **Sigmoid** {short(shown.left['Sigmoid'])}." in notices(page)
    assert cells(page, "left") == ["–", written(shown.left["Sigmoid"], 3)]
    alone = opened(PAGE, activations=["relu_squared"], initializer="he_normal", epochs="10")
    assert NEVER_FINITE in messages(alone)
    assert not charts(alone)


def test_slopes_without_a_bound_are_told_as_such():
    history = train(experiment(1, 1, ["relu_squared"], ["auto"]))
    assert "have no bound." in words.numbers(history, chain(history))


def test_the_largest_that_can_be_asked_for_is_within_the_limits():
    runs = tuple(Run(name, initializer=each) for name in ACTIVATIONS for each in INITIAL)
    Experiment(DatasetSpec("spiral"), runs, hidden=(UNITS,) * LAYERS[1], epochs=EPOCHS[-1])


def test_all_activations_at_once():
    history = train(experiment(4, 10, list(ACTIVATIONS), ["auto"]))
    left, said = figures_of(history).left, said_of(history)
    assert left.index.tolist() == [activation.label for activation in ACTIVATIONS.values()]
    assert f"lowest (**{short(left.min())}**) for **{left.idxmin()}**" in said
    assert f"highest ({short(left.max())}) for **{left.idxmax()}**." in said


def test_the_link_to_compare_has_the_same_networks():
    page = opened(PAGE, activations=["sigmoid", "selu"], layers="4", initializer="lecun_normal", epochs="30")
    asked = links(page)["Compare such networks"].lstrip("?").split("&")
    there = {}
    for setting in asked:
        key, value = setting.split("=")
        there[key] = [*there.get(key, []), value]
    compared = opened(**there)
    assert not compared.warning
    assert len(figures(compared)) == len(table(page)) == 2
    expected = table(page).test_accuracy.tolist()
    assert figures(compared).test_accuracy.tolist() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("number", "text"), [(0.31, "0.31"), (25.3, "25"), (464.0, "460"), (5.12e-7, "5.1·10⁻⁷"), (0.0, "0"), (1, "1")]
)
def test_numbers_are_short(number, text):
    assert short(number) == text
