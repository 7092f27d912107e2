"""Networks on Compare that diverge, die or stand still, in AppTest: what is said of them, and what helps."""

import pytest

from tests.page import address, drawn_by, figures, links, messages, opened, press
from ui.shell.page import PAGES

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def test_a_network_that_blows_up_says_where_and_why_and_a_button_fixes_it():
    page = opened(activations=["relu_squared", "tanh"], optimizer="sgd", learning_rate="100.0")
    table = figures(page)
    assert table.diverged_at.notna().tolist() == [True, False]
    assert "diverged in epoch" in drawn_by(page, "pictures")[0]["networks"][0]["outcomes"][-1]
    (said,) = [message for message in messages(page) if "diverged**" in message]
    assert "**ReLU squared diverged** in epoch 1, step" in said
    assert "of hidden layer" in said
    assert "The steps were too large" in said
    press(page, "fix")
    assert "diverged_at" not in figures(page)
    rate = address(page)["learning_rate"]
    assert f"With learning rate {float(rate[0]):g}," in said
    assert not any("diverged**" in message for message in messages(page))


def test_a_network_that_was_never_finite_does_not_take_the_others_along():
    page = opened(activations=["relu_squared", "tanh"], initializer="he_normal", layers="8", epochs="10")
    (said,) = [message for message in messages(page) if "before any training" in message]
    assert "**ReLU squared diverged** before any training: the outputs of hidden layer" in said
    assert figures(page).test_loss.notna().tolist() == [False, True]
    for chart in page.get("vega_lite_chart"):
        assert "NaN" not in chart.proto.spec
    press(page, "fix")
    assert figures(page).test_loss.notna().all()
    assert int(address(page).get("layers", ["2"])[0]) < 8


def test_where_the_compared_choices_blow_up_the_button_leaves_them_out():
    start = {"compare": "learning_rate", "optimizer": "sgd", "activation": "relu_squared"}
    page = opened(learning_rates=["0.01", "100.0"], **start)
    press(page, "fix")
    assert address(page)["learning_rates"] == ["0.01"]
    assert len(figures(page)) == 1


def test_a_network_whose_first_layer_gets_no_gradient_is_named():
    page = opened(activations=["sigmoid", "selu"], initializer="xavier_normal", layers="16", units="8", epochs="30")
    (warning,) = page.warning
    assert "hardly changes: Sigmoid.**" in warning.value
    there = links(page)[PAGES["vanishing"].question]
    assert there == "vanishing?activations=sigmoid&activations=selu&layers=16&optimizer=adam&initializer=xavier_normal"


def test_networks_whose_layers_have_died_are_named():
    """Which of them die is chance, as is all that so large steps do; nine in ten do, so of five seeds one does."""
    steps = {"initializer": "xavier_normal", "optimizer": "sgd", "learning_rate": "3.0"}
    page = opened(activations=["relu", "leaky_relu"], layers="3", epochs="30", seeds="5", **steps)
    table = figures(page).set_index("network")
    assert table.dead_units["ReLU"] >= 16
    assert any("**Dead: ReLU.**" in message for message in messages(page))
    assert links(page)[PAGES["dead_relu"].question] == "dead_relu"


def test_where_nothing_was_ever_finite_nothing_is_drawn_but_what_helps():
    page = opened(activations=["relu_squared"], initializer="he_normal", layers="8", epochs="10")
    assert any("before any training" in message for message in messages(page))
    assert any("nothing to show" in message for message in messages(page))
    assert not page.get("vega_lite_chart")
    press(page, "fix")
    assert len(figures(page)) == 1


def test_zeros_are_told_from_dead_units_and_small_slopes():
    page = opened(compare="initializer", initializers=["zeros", "he_normal"], epochs="10")
    assert any("**All weights start at 0: Zeros.**" in message for message in messages(page))
    assert not any("Dead:" in message or "hardly changes" in message for message in messages(page))


def test_where_all_choices_diverge_no_button_empties_the_list():
    start = {"compare": "learning_rate", "optimizer": "sgd", "activation": "relu_squared", "epochs": "10"}
    page = opened(dataset="moons", learning_rates=["10.0", "100.0"], layers="4", **start)
    assert any("diverged**" in message for message in messages(page))
    assert not [button for button in page.button if button.key == "fix"]


def test_a_fix_of_fewer_layers_names_fewer_activations():
    mixed = ",".join(["relu_squared"] * 8)
    page = opened(dataset="moons", activations=[mixed], initializer="he_normal", layers="8", epochs="3")
    press(page, "fix")
    assert len(figures(page)) == 1
    assert int(address(page).get("layers", ["2"])[0]) < 8
