"""The Compare page in AppTest: its controls, and what it shows."""

import pytest

from core import ACTIVATIONS, DATASETS, DatasetSpec, Experiment, Run, final_figures, train
from tests.page import (
    address,
    charts,
    choose,
    drawn_by,
    figures,
    in_words,
    links,
    messages,
    opened,
    press,
    result,
    same_for_all,
)
from tests.ui.charts.test_charts import pixels
from ui.charts.boundaries import RESOLUTION
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
    films = [pixels(each["film"]) for each in networks]
    assert len({film[-RESOLUTION - 1 : -1].tobytes() for film in films}) == len(networks), "the last epoch of each"
    for each, accuracy, dead in zip(networks, table.test_accuracy, table.dead_units):
        assert f"{100 * accuracy:.1f} %" in each["outcomes"][-1]
        assert f"{dead:.0f} of 32" in each["outcomes"][-1]
    assert {len(film) for film in films} == {24 * (RESOLUTION + 2)}, "60 epochs are recorded 24 times"


def test_every_chart_has_a_text_for_those_who_cannot_see_it():
    shown = opened().get("vega_lite_chart")
    assert shown
    for chart in shown:
        assert all(name in in_words(chart) for name in LABELS)


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
    keys = {key for _, key, _, _ in CONTROLS} | {"log switch", "language"}
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


def test_a_curve_that_is_not_to_be_seen_is_named():
    start = {"compare": "learning_rate", "optimizer": "sgd", "activation": "tanh", "epochs": "30"}
    page = opened(learning_rates=["0.1", "100.0"], log="False", **start)
    assert any("Too large for this scale: " in text.value for text in page.markdown)
    choose(page, "toggle", "log switch", True)
    assert not any("Too large for this scale" in text.value for text in page.markdown)
    alone = opened(learning_rates=["100.0"], log="False", **start)
    assert not any("Too large for" in text.value for text in alone.markdown), "then the axis is made for it"


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
