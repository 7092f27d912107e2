"""The Compare page in AppTest: its controls, its address, and what it shows."""

import pytest

from core import ACTIVATIONS, DATASETS, DatasetSpec, Experiment, Run, final_figures, train
from tests.page import (
    address,
    charts,
    choose,
    drawn_by,
    figures,
    links,
    messages,
    opened,
    press,
    result,
    run,
    same_for_all,
)
from ui.jobs import results
from ui.jobs.job import Job
from ui.shell.factors import COMPARABLE, DEFAULT_ACTIVATIONS, DEFAULT_DATASET, FACTORS
from ui.shell.labels import label
from ui.shell.page import PAGES
from ui.shell.settings import OF_THE_BRANCH, OF_THE_VIEW, SETTINGS, unusual

LABELS = [label("activation", name) for name in DEFAULT_ACTIVATIONS]

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def test_defaults_show_networks_that_were_really_trained():
    page = opened()
    table = figures(page)
    assert list(table.network) == LABELS
    runs = tuple(Run(name) for name in DEFAULT_ACTIVATIONS)
    expected = final_figures(train(Experiment(DatasetSpec(DEFAULT_DATASET), runs)))
    assert table.test_accuracy.tolist() == pytest.approx(expected.test_accuracy.tolist())
    assert table.dead_units.tolist() == expected.dead_units.tolist()
    assert len(charts(page)) == 6
    assert address(page) == {}
    assert not page.warning
    assert any("four small networks learn the same data. Press **Play" in text.value for text in page.main.markdown)


def test_boundaries_have_a_picture_for_each_network_and_recorded_epoch():
    page = opened()
    networks, table = drawn_by(page, "pictures")[0]["networks"], figures(page)
    assert [each["label"] for each in networks] == LABELS
    assert len({each["pictures"][-1] for each in networks}) == len(networks)
    for each, accuracy, dead in zip(networks, table.test_accuracy, table.dead_units):
        assert f"{100 * accuracy:.1f} %" in each["outcomes"][-1]
        assert f"{dead:.0f} of 32" in each["outcomes"][-1]
        assert len(each["pictures"]) == 24, "60 epochs are recorded 24 times"


def test_every_chart_has_a_text_for_those_who_cannot_see_it():
    for chart in opened().get("vega_lite_chart"):
        assert all(name in chart.proto.alt for name in LABELS)


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset_can_be_chosen(name):
    page = opened(activations=["relu", "tanh"], epochs="10")
    if name != DEFAULT_DATASET:
        before = result(page)
        choose(page, "selectbox", "dataset", name)
        assert result(page) != before
        assert address(page)["dataset"] == [name]
    assert label("dataset", name) in same_for_all(page)


CONTROLS = [
    ("selectbox", "dataset", "circles", {}),
    ("slider", "noise", 0.35, {}),
    ("select_slider", "samples", 200, {}),
    ("selectbox", "classes", 4, {"dataset": "spiral"}),
    ("selectbox", "view", "all", {"dataset": "wine"}),
    ("selectbox", "compare", "optimizer", {}),
    ("multiselect", "activations", ["relu", "mish"], {}),
    ("multiselect", "optimizers", ["sgd", "adam"], {"compare": "optimizer"}),
    ("multiselect", "learning_rates", [0.01, 1.0], {"compare": "learning_rate"}),
    ("multiselect", "initializers", ["zeros", "auto"], {"compare": "initializer"}),
    ("multiselect", "l2_penalties", [0.0, 1.0], {"compare": "l2"}),
    ("multiselect", "dropout_rates", [0.0, 0.9], {"compare": "dropout"}),
    ("multiselect", "schedules", ["constant", "step"], {"compare": "schedule"}),
    ("number_input", "branch_epoch", 3, {"compare": "branch", "branch_optimizer": "sgd"}),
    ("selectbox", "branch_activation", "sin", {"compare": "branch", "branch_epoch": "4"}),
    ("selectbox", "branch_optimizer", "sgd", {"compare": "branch", "branch_epoch": "4"}),
    ("select_slider", "branch_learning_rate", 1.0, {"compare": "branch", "branch_epoch": "4"}),
    ("slider", "seeds", 3, {}),
    ("selectbox", "redraw", "everything", {"seeds": "3"}),
    ("segmented_control", "shown_seed", 1, {"seeds": "2"}),
    ("selectbox", "activation", "tanh", {"compare": "optimizer"}),
    ("selectbox", "initializer", "small_normal", {}),
    ("slider", "layers", 3, {}),
    ("selectbox", "units", "4", {}),
    ("selectbox", "units", "16", {"units": "7,3"}),
    ("multiselect", "made_features", ["x1_x2"], {}),
    ("toggle", "standardised", False, {"dataset": "iris"}),
    ("select_slider", "test_share", 0.2, {}),
    ("select_slider", "l1", 0.01, {}),
    ("multiselect", "l1_penalties", [0.0, 1.0], {"compare": "l1"}),
    ("selectbox", "optimizer", "sgd", {}),
    ("select_slider", "learning_rate", 0.1, {}),
    ("select_slider", "l2", 0.1, {}),
    ("select_slider", "dropout", 0.3, {}),
    ("selectbox", "schedule", "cosine", {}),
    ("select_slider", "schedule_epochs", 3, {"schedule": "step"}),
    ("selectbox", "loss", "mse", {}),
    ("select_slider", "epochs", 30, {}),
    ("select_slider", "batch_size", 64, {}),
    ("select_slider", "batch_size", None, {}),
    ("select_slider", "learning_rate", None, {"learning_rate": "0.1"}),
    ("number_input", "seed", 3, {}),
    ("selectbox", "inside", "tanh", {}),
]
COMPARED = {factor.several for factor in FACTORS.values()} | set(OF_THE_BRANCH)


@pytest.mark.parametrize(("widget", "key", "value", "start"), CONTROLS)
def test_every_control_changes_the_result_and_the_address(widget, key, value, start):
    page = opened(activations=["relu", "tanh"], epochs="10", **start)
    before, table, words = result(page), figures(page), same_for_all(page)
    choose(page, widget, key, value)
    assert result(page) != before
    if key in OF_THE_VIEW:
        assert figures(page).equals(table)
    elif key not in COMPARED:
        assert same_for_all(page) != words
    assert address(page).get(key) == (SETTINGS[key].texts(value) if unusual({key: value}) else None)
    again = opened(**address(page))
    assert result(again) == result(page), "the link gives the same view"
    assert not any("address" in message for message in messages(again))


def test_every_control_of_the_page_is_among_those_tested():
    keys = {key for _, key, _, _ in CONTROLS} | {"log switch"}
    starts = [{"dataset": name} for name in ("moons", "spiral", "iris")]
    starts += [{"compare": field, "epochs": "3"} for field in COMPARABLE]
    for start in starts:
        page = opened(**({"epochs": "1"} | start))
        widgets = [
            *page.selectbox, *page.slider, *page.select_slider, *page.multiselect, *page.number_input, *page.toggle,
            *page.segmented_control,
        ]  # fmt: skip
        assert {widget.key for widget in widgets} <= keys


def test_log_axis_changes_the_curves_of_the_loss_only():
    page = opened(activations=["relu", "tanh"], epochs="10")
    before = charts(page)
    choose(page, "toggle", "log switch", True)
    assert address(page)["log"] == ["True"]
    changed = [one != other for one, other in zip(before, charts(page), strict=True)]
    assert changed == [True, True, False, False, False, False]
    assert charts(opened(**address(page)))[0] == charts(page)[0], "the link gives the same view"
    choose(page, "toggle", "log switch", False)
    assert "log" not in address(page), "that is what suits these losses"


def test_settings_that_are_folded_are_named_where_they_are_changed():
    page = opened(activations="relu", epochs="1", noise="0.3", batch_size="full", layers="1")
    (said,) = [text.value for text in page.sidebar.markdown if "Changed below" in text.value]
    assert said == "**Changed below:** Noise, Batch size"
    assert not any("Changed below" in text.value for text in opened(activations="relu", epochs="1").sidebar.markdown)


def test_reset_brings_all_controls_to_their_defaults():
    page = opened(activations="relu", epochs="1", noise="0.3", dataset="circles", present="1")
    press(page, "leave presentation")
    press(page, "reset")
    assert address(page) == {}
    assert list(figures(page).network) == LABELS


def test_a_page_is_presented_by_its_address_and_stays_so_until_it_is_left():
    page = opened(activations="relu", epochs="1", present="1")
    assert address(page) == {"activations": ["relu"], "epochs": ["1"], "present": ["1"]}
    assert drawn_by(page, "shell")[0]["presented"]
    press(page, "preset 0")
    assert address(page)["present"] == ["1"]
    press(page, "leave presentation")
    assert "present" not in address(page)
    assert not drawn_by(page, "shell")[0]["presented"]
    press(page, "present")
    assert address(page)["present"] == ["1"]


def losses_of(page) -> list[dict]:
    """The curves of the loss, of the comparison shown and of the one that is pinned."""
    return [*charts(page)[:2], *charts(page)[4:6]]


def test_a_comparison_that_is_pinned_is_shown_beneath_the_next_on_one_scale():
    page = opened(activations=["relu", "tanh"], epochs="10")
    (first,), losses = drawn_by(page, "pictures"), charts(page)[:2]
    press(page, "pin")
    assert any("This comparison is pinned" in message for message in messages(page))
    choose(page, "slider", "layers", 1)
    shown, pinned = drawn_by(page, "pictures")
    assert pinned == first != shown
    curves = [line["encoding"].get("y", {}) for chart in losses_of(page) for line in chart["layer"]]
    domains = [curve["scale"]["domain"] for curve in curves if "domain" in curve.get("scale", {})]
    assert len(domains) >= 4
    assert all(domain == domains[0] for domain in domains)
    press(page, "unpin")
    assert len(charts(page)) == 6
    choose(page, "slider", "layers", 2)
    assert charts(page)[:2] == losses


def test_a_pinned_comparison_that_is_trained_again_keeps_nobody_waiting(monkeypatch):
    page = opened(activations=["relu"], epochs="10")
    press(page, "pin")
    training = results.training
    has_left = lambda experiment: len(experiment.hidden) == 2  # noqa: E731
    monkeypatch.setattr(results, "training", lambda asked: Job(asked) if has_left(asked) else training(asked))
    monkeypatch.setattr("ui.jobs.waiting.AT_ONCE", 2.0)
    choose(page, "slider", "layers", 1)
    assert any("trained again" in message for message in messages(page))
    assert len(charts(page)) == 6


def test_another_dataset_starts_from_its_own_defaults():
    page = opened(noise="0.5", activations="relu", epochs="1")
    assert page.slider(key="noise").value == 0.5
    choose(page, "selectbox", "dataset", "blobs")
    assert page.slider(key="noise").value == DATASETS["blobs"].noise
    assert address(page) == {"dataset": ["blobs"], "activations": ["relu"], "epochs": ["1"]}
    choose(page, "selectbox", "dataset", "iris")
    choose(page, "selectbox", "dataset", "moons")
    assert page.slider(key="noise").value == DATASETS["moons"].noise
    assert address(page)["dataset"] == ["moons"]


@pytest.mark.parametrize(
    ("bad", "parts"),
    [
        ({"dataset": "moon"}, ["unknown dataset 'moon'; did you mean 'moons'?", "breast_cancer"]),
        ({"noise": "abc"}, ["noise is 'abc'", "between 0 and 2"]),
        ({"noise": "nan"}, ["noise is 'nan'"]),
        ({"noise": "1e9"}, ["noise is '1e9'"]),
        ({"samples": "5001"}, ["samples is '5001'", "a whole number between 20 and 5000"]),
        ({"dataset": "spiral", "classes": "9"}, ["classes is '9'", "2, 3, 4"]),
        ({"dataset": "iris", "view": "tsne"}, ["unknown view 'tsne'", "pca2, all"]),
        ({"compare": "activations"}, ["unknown compare 'activations'", "learning_rate"]),
        ({"compare": "optimizer", "optimizers": ["adm", "sgd"]}, ["unknown optimizer 'adm'; did you mean 'adam'?"]),
        ({"compare": "learning_rate", "learning_rates": ["0"]}, ["learning rate is '0'", "between 1·10⁻⁸"]),
        ({"compare": "l2", "l2_penalties": ["-1"]}, ["L2 penalty is '-1'", "between 0 and 1000"]),
        ({"compare": "optimizer", "activation": "tanh,rleu"}, ["unknown activation 'rleu'; did you mean 'relu'?"]),
        ({"seeds": "11"}, ["seeds is '11'", "between 1 and 10"]),
        ({"seeds": "3", "shown_seed": "7"}, ["seed is '7'", "0, 1, 2"]),
        ({"inside": "rleu"}, ["unknown network 'rleu'", "tanh"]),
        ({"l2": "5000"}, ["L2 penalty is '5000'", "between 0 and 1000"]),
        ({"loss": "hinge"}, ["unknown loss 'hinge'", "cross_entropy, mse"]),
        ({"activations": ["rleu", "tanh"]}, ["unknown activation 'rleu'; did you mean 'relu'?", "mish"]),
        ({"layers": "21"}, ["layers is '21'", "between 0 and 20"]),
        ({"layers": "2.5"}, ["layers is '2.5'", "a whole number"]),
        ({"units": "0"}, ["units is '0'", "between 1 and 64"]),
        ({"initializer": "he"}, ["unknown initializer 'he'", "he_normal"]),
        ({"optimizer": "adm"}, ["unknown optimizer 'adm'; did you mean 'adam'?", "adadelta"]),
        ({"learning_rate": "-1"}, ["learning rate is '-1'", "or default"]),
        ({"epochs": "99999999999"}, ["epochs is '99999999999'", "2000"]),
        ({"batch_size": ""}, ["batch size is ''", "between 1 and 5000, or full"]),
        ({"seed": "1;drop"}, ["seed is '1;drop'", "between 0 and 2147483647"]),
        ({"log": "maybe"}, ["unknown log 'maybe'", "True, False"]),
    ],
)
def test_bad_values_in_the_address_are_named_and_the_page_works(bad, parts):
    page = opened(**bad)
    key = list(bad)[-1]
    said = messages(page)
    assert any(all(part in message for part in parts) for message in said), said
    assert any(f"left out of the address: {key}." in message for message in said)
    assert len(figures(page)) > 0
    assert key not in address(page) or isinstance(bad[key], list)
    run(page)
    assert not any("address" in message for message in messages(page)), "said once is enough"


def test_of_a_list_with_a_bad_name_the_good_ones_are_kept():
    page = opened(activations=["rleu", "tanh"])
    assert list(figures(page).network) == ["Tanh"]


def test_of_a_list_of_bad_names_only_the_default_is_shown():
    page = opened(activations=["rleu,tanh"])
    assert list(figures(page).network) == LABELS
    assert any("unknown activation 'rleu'" in message for message in messages(page))


def test_what_is_no_setting_of_the_page_is_named():
    page = opened(datset="moons", classes="3")
    assert "datset, classes" in messages(page)[0]
    assert address(page) == {}


def test_no_activation_is_a_message_and_not_the_old_result():
    page = opened()
    choose(page, "multiselect", "activations", [])
    assert "at least one activation" in page.info[0].value
    assert not drawn_by(page, "table")
    assert not page.get("vega_lite_chart")
    assert address(page) == {"activations": [""]}
    assert not drawn_by(opened(activations=""), "table"), "and so by its link"
    choose(page, "multiselect", "activations", ["relu"])
    assert len(figures(page)) == 1


def test_too_much_work_is_a_message_with_the_limit():
    page = opened(layers="20", units="64", epochs="2000")
    assert "60 s" in page.error[0].value
    assert not drawn_by(page, "table")
    choose(page, "select_slider", "epochs", 1)
    assert len(figures(page)) == len(DEFAULT_ACTIVATIONS)


def test_all_activations_at_once():
    page = opened(activations=list(ACTIVATIONS), epochs="3")
    assert list(figures(page).network) == [label("activation", name) for name in ACTIVATIONS]


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


def test_a_curve_that_is_not_to_be_seen_is_named():
    start = {"compare": "learning_rate", "optimizer": "sgd", "activation": "tanh", "epochs": "30"}
    page = opened(learning_rates=["0.1", "100.0"], log="False", **start)
    assert any("Too large for this scale: " in text.value for text in page.markdown)
    choose(page, "toggle", "log switch", True)
    assert not any("Too large for this scale" in text.value for text in page.markdown)
    alone = opened(learning_rates=["100.0"], log="False", **start)
    assert not any("Too large for" in text.value for text in alone.markdown), "then the axis is made for it"


def test_where_nothing_was_ever_finite_nothing_is_drawn_but_what_helps():
    page = opened(activations=["relu_squared"], initializer="he_normal", layers="8", epochs="10")
    assert any("before any training" in message for message in messages(page))
    assert any("nothing to show" in message for message in messages(page))
    assert not page.get("vega_lite_chart")
    press(page, "fix")
    assert len(figures(page)) == 1


def test_numbers_in_other_words_are_understood():
    page = opened(samples="0400", layers="1.0", learning_rate="1", activations="relu", epochs="1e1")
    assert not page.warning
    assert address(page) == {"layers": ["1"], "learning_rate": ["1.0"], "activations": ["relu"], "epochs": ["10"]}


def test_what_the_functions_are_is_told():
    page = opened(activations=["gelu"], epochs="1")
    assert any("Phi(z)" in text.value for text in page.main.expander[1].markdown)
    assert links(page)[PAGES["activations"].question] == "activations?activations=gelu"


def test_without_a_hidden_layer_the_page_says_that_activations_do_not_matter():
    page = opened(layers="0", epochs="10")
    assert any("all are the same" in text.value for text in page.main.markdown)
    assert figures(page).test_loss.nunique() == 1


def test_dead_units_are_named_in_words():
    page = opened(activations=["relu", "leaky_relu"], learning_rate="0.3", optimizer="adam")
    dead = figures(page).set_index("network").dead_units
    assert dead["ReLU"] > 0 == dead["Leaky ReLU"]
    assert any(f"ReLU: {dead['ReLU']:.0f} of 32" in text.value for text in page.markdown)


def test_the_slice_through_many_features_is_explained():
    alone = {"activations": "relu", "epochs": "1", "dataset": "wine"}
    assert any("all 13 features" in text.value for text in opened(view="all", **alone).main.markdown)
    assert not any("13 features" in text.value for text in opened(**alone).main.markdown)


def test_own_default_is_that_of_the_optimizer():
    page = opened(optimizer="sgd", activations="relu", epochs="3")
    spec = DatasetSpec(DEFAULT_DATASET)
    expected = final_figures(train(Experiment(spec, (Run("relu", "sgd", learning_rate=0.3),), epochs=3)))
    assert figures(page).test_loss[0] == pytest.approx(expected.test_loss[0])
