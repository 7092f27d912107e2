"""Vanishing gradients, in AppTest: every control changes what is shown, and every notice is true."""

import re

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from core import ACTIVATIONS, Experiment, Run, load, train
from core.chain import chain, chain_figures
from core.datasets import DatasetSpec
from core.limits import LAYERS
from core.optimizers import EPSILON
from tests.page import address, chart_data, charts, choose, figures, links, messages, opened, press, result
from ui.lessons.vanishing import COMPARED, EPOCHS, NOTHING, TRIES, UNITS
from ui.words import short

PAGE = "pages/vanishing.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def experiment(layers: int = 10, epochs: int = 60, **settings: object) -> Experiment:
    """What the page trains with these settings, its defaults otherwise."""
    runs = tuple(Run(name, **({"optimizer": "momentum"} | settings)) for name in COMPARED)
    return Experiment(DatasetSpec("moons"), runs, hidden=(UNITS,) * layers, epochs=epochs)


def table(page):
    return figures(page).set_index("network")


def notices(page) -> str:
    (text,) = [text.value for text in page.main.markdown if text.value.startswith("**What to notice**")]
    return text


def test_it_opens_with_four_networks_that_were_really_trained():
    page = opened(PAGE)
    assert page.title[0].value == "Why do deep sigmoid networks not learn?"
    history = train(experiment())
    expected = chain_figures(history, chain(history))
    assert figures(page).network.tolist() == COMPARED
    for name in ("bound", "slopes", "weights", "left", "gradient_ratio"):
        assert figures(page)[name].tolist() == pytest.approx(expected[name].tolist())
    assert figures(page).test_accuracy.tolist() == pytest.approx((100 * expected.test_accuracy).tolist())
    assert len(charts(page)) == 3
    assert not messages(page)[1:], "but for the invitation to try something"
    assert address(page) == {}


def test_the_first_answer_is_that_sigmoid_does_not_learn_and_why():
    page = opened(PAGE)
    shown, said = table(page), notices(page)
    assert shown.test_accuracy["sigmoid"] < 60 < 85 < shown.test_accuracy.drop("sigmoid").min()
    assert shown.gradient_ratio["sigmoid"] < 1e-5 < 0.1 < shown.gradient_ratio.drop("sigmoid").min()
    assert f"**{short(shown.gradient_ratio['sigmoid'])}** times that of the output layer in **sigmoid**" in said
    assert f"The slopes of **relu** alone leave **{short(shown.slopes['relu'])}** of the gradient" in said
    assert f"**sigmoid** is right for **{shown.test_accuracy['sigmoid']:.1f} %**" in said
    (formula,) = [text.value for text in page.main.markdown if "slopes times weights" in text.value]
    assert "**sigmoid**, 10 hidden layers" in formula
    assert f"= **{short(shown.left['sigmoid'])}**" in formula
    assert "0.25¹⁰ = **9.5·10⁻⁷**" in formula
    assert r"\left(\max |f'|\right)^n" in page.latex[0].value


def test_every_chart_has_a_text_for_those_who_cannot_see_it():
    for chart in opened(PAGE).get("vega_lite_chart"):
        assert all(name in chart.proto.alt for name in COMPARED)


@pytest.mark.parametrize(
    ("widget", "key", "value"),
    [
        ("multiselect", "activations", ["sigmoid", "selu"]),
        ("slider", "layers", 3),
        ("selectbox", "initializer", "lecun_normal"),
        ("selectbox", "optimizer", "adam"),
        ("selectbox", "dataset", "circles"),
        ("select_slider", "epochs", 10),
    ],
)
def test_every_control_changes_the_result_and_is_in_the_address(widget, key, value):
    page = opened(PAGE)
    before, words = result(page), notices(page)
    choose(page, widget, key, value)
    assert result(page) != before
    assert notices(page) != words
    asked = value if isinstance(value, list) else [value]
    assert address(page) == {key: [str(item) for item in asked]}
    assert result(opened(PAGE, **address(page))) == result(page), "the link gives the same view"


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    bad = {"layers": "0", "initializer": "he", "optimizer": "adm", "dataset": "mons", "epochs": "7", "nonsense": "1"}
    page = opened(PAGE, activations=["rleu", "tanh"], **bad)
    said = " ".join(messages(page))
    for wrong in ("'rleu'", "'0'", "'he'", "'adm'", "'mons'", "'7'", "nonsense"):
        assert wrong in said
    assert figures(page).network.tolist() == ["tanh"], "of a list with a bad name, the good ones are kept"
    assert len(charts(page)) == 3


def test_no_activation_is_a_message_and_not_the_old_result():
    page = opened(PAGE)
    choose(page, "multiselect", "activations", [])
    assert NOTHING in messages(page)
    assert not charts(page)
    assert not page.dataframe
    choose(page, "multiselect", "activations", ["tanh"])
    assert len(charts(page)) == 3
    assert "that of the output layer." in notices(page), "there is no other to compare it with"


@pytest.fixture(scope="module")
def at_start():
    """The page's table without having pressed anything."""
    history = train(experiment(epochs=0))
    return chain_figures(history, chain(history)).set_index("network")


@pytest.mark.parametrize("number", range(len(TRIES)))
def test_every_button_sets_the_controls_and_says_what_to_see(number, at_start):
    page = opened(PAGE)
    press(page, f"try {number}")
    each = TRIES[number]
    assert address(page) == {key: [str(value)] for key, value in each.settings.items()}
    assert each.notice in messages(page)[0]
    holds, shown = TRUE[each.label], table(page)
    assert holds(shown, at_start), shown


def test_behind_twenty_layers_of_sigmoid_the_gradient_is_far_smaller_than_what_adam_adds():
    page = opened(PAGE, **{key: str(value) for key, value in TRIES[0].settings.items()})
    assert TRIES[0].notice in messages(page)[0]
    rows = [row for row in chart_data(page, "place") if row["place"] == "hidden layer 1" and row["epoch"] == 0]
    first = {row["network"]: row["value"] for row in rows}
    assert first.pop("sigmoid") < 1e-3 * EPSILON < 1e3 * EPSILON < min(first.values())


def test_it_is_what_adam_adds_that_keeps_twenty_layers_of_sigmoid_at_a_guess(monkeypatch):
    experiment = Experiment(
        DatasetSpec("moons"), tuple(Run("sigmoid", "adam", seed=seed) for seed in range(3)), (UNITS,) * 20,
        epochs=TRIES[0].settings["epochs"],
    )  # fmt: skip
    assert train(experiment).test_accuracy[:, -1].tolist() == [0.5, 0.5, 0.5]
    monkeypatch.setattr("core.optimizers.EPSILON", 1e-30)
    assert train(experiment).test_accuracy[:, -1].min() > 0.8


def test_small_weights_are_about_as_small_as_the_button_says():
    (W, _), *_ = train(experiment(epochs=0, **TRIES[1].settings)).parameters(0)
    assert "about 0.01 in size" in TRIES[1].notice
    assert W.std() == pytest.approx(0.01, rel=0.3)


def even_adam_does_not_help_sigmoid(shown, at_start) -> bool:
    others = shown.drop("sigmoid")
    return shown.test_accuracy["sigmoid"] < 60 < 75 < others.test_accuracy.min() and shown.left["sigmoid"] < 1e-10


def the_same_slopes_but_nothing_learns(shown, at_start) -> bool:
    """Each of the ten layers leaves 0.1 of it or less."""
    same_slopes = shown.slopes["relu"] == pytest.approx(at_start.slopes["relu"], rel=0.1)
    return same_slopes and shown.left["relu"] < 0.1**10 and shown.test_accuracy.max() < 60


def all_learn(shown, at_start) -> bool:
    data = load(DatasetSpec("moons"))
    line = 100 * LogisticRegression().fit(data.X_train, data.y_train).score(data.X_test, data.y_test)
    no_better = shown.test_accuracy["sigmoid"] <= line + 0.1 < shown.test_accuracy.drop("sigmoid").min()
    return 0.2 < shown.slopes["sigmoid"] < 0.25 and shown.test_accuracy.min() > 85 and no_better


TRUE = dict(zip((each.label for each in TRIES), (
    even_adam_does_not_help_sigmoid, the_same_slopes_but_nothing_learns, all_learn,
)))  # fmt: skip


def test_weights_that_take_gradient_away_are_named():
    page = opened(PAGE, initializer="small_normal", epochs="10")
    shown, said = table(page), notices(page)
    assert f"The initial weights of **tanh** multiply the gradient by **{short(shown.weights['tanh'])}**" in said
    assert shown.slopes["tanh"] > 0.9, "it is not the slopes"


def test_where_nothing_gets_through_the_page_says_so():
    page = opened(PAGE, initializer="zeros", activations=["relu", "step"], epochs="10")
    assert table(page).left.tolist() == [0, 0]
    assert "the gradient of the first layer is **0** in **relu, step**." in notices(page)
    assert "times" not in notices(page)
    assert sum("nothing of the gradient" in text.value for text in page.main.markdown) == 1


def test_a_network_whose_first_layer_gets_nothing_is_named_beside_one_that_gets_something():
    page = opened(PAGE, activations=["step", "relu"], epochs="10")
    ratios = table(page).gradient_ratio
    assert ratios["step"] == 0
    expected = f"is **0** in **step**. In **relu**, it is {short(ratios['relu'])} times that of the output layer."
    assert expected in notices(page)
    assert "0 times" not in re.sub(r"\d\.\d+ times", "", notices(page))


def test_a_network_that_blew_up_is_not_spoken_of_as_trained():
    settings = {"activations": ["relu_squared", "tanh"], "layers": "2", "initializer": "he_normal"}
    page = opened(PAGE, **settings)
    shown, said = table(page), notices(page)
    assert any("Blew up: **relu_squared (epoch 5)**" in message for message in messages(page))
    assert shown.test_accuracy["relu_squared"] < shown.test_accuracy["tanh"], "it would be the worst"
    assert f"After 60 epochs, **tanh** is right for **{shown.test_accuracy['tanh']:.1f} %**" in said
    assert "Its training loss was" in said
    assert "relu_squared** is right" not in said
    alone = notices(opened(PAGE, **settings | {"activations": ["relu_squared"]}))
    assert "is right for" not in alone
    assert "times that of the output layer" in alone, "what was before is still to be seen"


def test_losses_of_any_size_are_short():
    page = opened(PAGE, activations=["relu"], dataset="circles", optimizer="adam", epochs="200")
    run = Run("relu", "adam")
    (loss,) = train(Experiment(DatasetSpec("circles"), (run,), (UNITS,) * 10, epochs=200)).train_loss
    assert loss[-1] < 1e-6
    assert f"Its training loss was {loss[0]:.3f} at the start, and is {short(loss[-1])} now." in notices(page)


def test_a_gradient_that_is_infinite_is_not_what_is_left():
    """`relu_squared` blows up before any training, `step` lets nothing through."""
    settings = {"dataset": "xor", "layers": "10", "initializer": "lecun_uniform", "epochs": "10"}
    page = opened(PAGE, activations=["step", "relu_squared"], **settings)
    assert table(page).left["relu_squared"] == np.inf
    words = " ".join(text.value for text in page.main.markdown)
    assert not re.search(r"\bnan\b|\binf\b", words)
    assert "nothing of the gradient gets through" in words


def test_a_network_that_blows_up_is_named_and_the_others_are_shown():
    page = opened(PAGE, activations=["relu_squared", "sigmoid"], epochs="10")
    assert any("Blew up: **relu_squared (epoch 0)**" in message for message in messages(page))
    shown = table(page)
    assert shown.left.isna().tolist() == shown.test_accuracy.isna().tolist() == [True, False]
    assert f"**{short(shown.gradient_ratio['sigmoid'])}** times that of the output layer." in notices(page)
    alone = opened(PAGE, activations=["relu_squared"], epochs="10")
    assert any("nothing to draw" in message for message in messages(alone))
    assert not charts(alone)


def test_slopes_without_a_bound_are_told_as_such():
    page = opened(PAGE, activations=["relu_squared"], layers="1", epochs="10")
    assert any("Its slopes have no bound." in text.value for text in page.main.markdown)


def test_the_largest_that_can_be_asked_for_is_within_the_limits():
    runs = tuple(Run(name) for name in ACTIVATIONS)
    Experiment(DatasetSpec("spiral"), runs, hidden=(UNITS,) * LAYERS[1], epochs=EPOCHS[-1])


def test_all_activations_at_once():
    page = opened(PAGE, activations=list(ACTIVATIONS), layers="4", epochs="10")
    assert figures(page).network.tolist() == list(ACTIVATIONS)


def test_the_link_to_compare_has_the_same_networks():
    page = opened(PAGE, activations=["sigmoid", "selu"], layers="4", initializer="lecun_normal", epochs="30")
    asked = links(page)["Open this in Compare"].lstrip("?").split("&")
    there = {}
    for setting in asked:
        key, value = setting.split("=")
        there[key] = [*there.get(key, []), value]
    compared = opened(**there)
    assert not compared.warning
    assert figures(compared).network.tolist() == ["sigmoid", "selu"]
    expected = table(page).test_accuracy.tolist()
    assert figures(compared).test_accuracy.tolist() == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(
    ("number", "text"), [(0.31, "0.31"), (25.3, "25"), (464.0, "460"), (5.12e-7, "5.1·10⁻⁷"), (0.0, "0"), (1, "1")]
)
def test_numbers_are_short(number, text):
    assert short(number) == text
