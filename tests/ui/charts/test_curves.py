"""Curves that are linked to the page's legend, their scales, and where they leave the chart."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import altair as alt
import numpy as np
import pytest

from core import Branch, DatasetSpec, Experiment, History, Run, load, train
from core.analysis.summary import chance_level
from tests.ui.charts.test_charts import drawn_by, layers_of, rows_with
from ui.charts.curves import (
    accuracy_chart,
    accuracy_range,
    accuracy_text,
    automatic_scale,
    loss_chart,
    loss_scale,
    out_of_sight,
)
from ui.charts.rates import rates_chart
from ui.charts.replay import branch_rule
from ui.charts.steady import SAID, steady_scale
from ui.shell.language import said_in
from ui.shell.numbers import percent


@pytest.fixture(scope="module")
def history() -> History:
    return train(Experiment(DatasetSpec("moons", samples=100), (Run("relu"), Run("tanh"), Run("elu")), epochs=10))


def with_losses(history: History, *ends: float) -> History:
    """As if the losses had ended there."""
    losses = np.array(history.train_loss)
    losses[:, -1] = ends
    return replace(history, train_loss=losses, test_loss=losses)


def test_a_rule_with_a_label_stands_where_networks_branch_off(history):
    branched = train(Experiment(DatasetSpec("moons", 100), (Run(), Run(branch=Branch(4, "tanh"))), epochs=6))
    for chart in (loss_chart(branched, "train_loss"), accuracy_chart(branched, "test_accuracy"), rates_chart(branched)):
        rule, text = branch_rule(branched.experiment, {"field": "epoch"})
        found = [layer for layer in chart["layer"] if layer["data"] == {"values": [{"epoch": 4}]}]
        assert [layer["mark"] for layer in found] == [rule["mark"], text["mark"]]
        assert found[1]["encoding"]["text"] == {"value": "Branch"}
    curves = {name: [row["value"] for row in rows] for name, rows in by_network(branched).items()}
    assert curves["Unchanged"][:5] == pytest.approx(curves["Tanh after epoch 4"][:5])
    assert curves["Unchanged"][5:] != pytest.approx(curves["Tanh after epoch 4"][5:])
    assert branch_rule(history.experiment, {"field": "epoch"}) == []


def by_network(history: History) -> dict[str, list[dict]]:
    rows = loss_chart(history, "train_loss")["datasets"]["curves"]
    return {
        name: [row for row in rows if row["network"] == name] for name in dict.fromkeys(row["network"] for row in rows)
    }


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_tooltip_has_a_share_as_sentences_have_it(language, history):
    chart = said_in(language, accuracy_chart, history, "test_accuracy")
    sign = chart["config"]["locale"]["number"]["percent"]
    assert said_in(language, percent, 0.5) == f"50.0{sign}"


def test_losses_of_very_different_size_are_drawn_on_a_logarithmic_scale(history):
    assert not automatic_scale(with_losses(history, 0.1, 0.5, 0.9))
    assert automatic_scale(with_losses(history, 0.01, 0.5, 0.9))
    assert automatic_scale(with_losses(history, 0.0, 0.5, 0.9)), "0 is the least that can be"
    far = with_losses(history, 100.0, 0.5, 0.4)
    assert automatic_scale(far)
    assert not automatic_scale(replace(far, diverged_at=np.array([3, -1, -1]))), "what diverged does not count"
    assert not automatic_scale(replace(far, diverged_at=np.array([3, 3, 3])))
    assert not automatic_scale(far.select([0])), "one network is compared with none"


def test_a_curve_that_leaves_the_chart_has_a_triangle_where_it_does(history):
    losses = np.array(history.train_loss)
    losses[1, 4:] = 1000.0
    wild = replace(history, train_loss=losses)
    assert out_of_sight(wild) == ["Tanh"]
    ((arrow,),) = drawn_by(loss_chart(wild, "train_loss", is_linked=True), "point")
    assert (arrow["network"], arrow["epoch"]) == ("Tanh", 3)
    assert not drawn_by(loss_chart(wild, "train_loss", log=True), "point")
    assert not drawn_by(loss_chart(history, "train_loss"), "point")
    losses = np.array(wild.train_loss)
    losses[2] = loss_scale(wild, log=False)["domain"][1] + 1
    (arrows,) = drawn_by(loss_chart(replace(wild, train_loss=losses), "train_loss"), "point")
    assert {row["network"]: row["epoch"] for row in arrows} == {"Tanh": 3, "ELU": 0}, "as it never was in it"


def test_accuracy_curves_have_the_accuracies_and_chance_level(history):
    for column in ("train_accuracy", "test_accuracy"):
        chart = accuracy_chart(history, column)
        alt.Root.validate(chart)
        (rows,) = drawn_by(chart, "line")
        for name, values in zip(("ReLU", "Tanh", "ELU"), getattr(history, column)):
            assert [row["drawn"] for row in rows if row["network"] == name] == pytest.approx(values.tolist())
        chance = chance_level(history.experiment, column.removesuffix("_accuracy"))
        (level,) = rows_with(list(chart["datasets"].values()), "text")
        assert (level["drawn"], level["text"]) == (chance, f"Chance level {percent(chance)}")
    low, high = accuracy_range(history)
    late = history.test_accuracy[:, len(history.epochs) // 2 :]
    assert low <= min(late.min(), chance) and high >= late.max()
    assert f"Tanh: {percent(history.test_accuracy[1, -1])}" in accuracy_text(history, "test_accuracy")


def test_each_part_has_its_own_chance_level():
    """Of five training samples three are of one class, which 22 of the 45 test samples are of."""
    history = train(Experiment(DatasetSpec("moons", samples=50, noise=0.1, test_share=0.9), epochs=1))
    data = load(history.experiment.dataset)
    assert sorted(np.bincount(data.y_train)) == [2, 3]
    for column, share, text in (("train_accuracy", 3 / 5, "60.0 %"), ("test_accuracy", 22 / 45, "48.9 %")):
        (level,) = rows_with(list(accuracy_chart(history, column)["datasets"].values()), "text")
        assert (level["drawn"], level["text"]) == (pytest.approx(share), f"Chance level {text}")


def test_where_each_seed_has_its_own_split_chance_level_is_said_to_be_a_mean():
    spec = DatasetSpec("by_formula", samples=50, test_share=0.1, formula="y > 0")
    runs = tuple(Run("relu", seed=seed) for seed in range(10))
    history = train(Experiment(spec, runs, epochs=1, redraw="everything"))
    (level,) = rows_with(list(accuracy_chart(history, "test_accuracy")["datasets"].values()), "text")
    # By counting the test labels: .6 .4 .4 .4 .6 .6 .6 .6 .4 .4
    assert (level["drawn"], level["text"]) == (pytest.approx(0.5), "Chance level 50.0 % (mean of the seeds)")
    of_one = accuracy_chart(history.select([1]), "test_accuracy")["datasets"].values()
    assert rows_with(list(of_one), "text")[0]["text"] == "Chance level 40.0 %"


def test_a_network_without_a_finite_state_is_not_drawn_and_takes_no_room():
    runs = (Run("tanh"), Run("relu_squared", bias=1000.0))
    history = train(Experiment(DatasetSpec("moons", samples=100), runs, hidden=(8,) * 8, epochs=4))
    assert history.diverged_at.tolist() == [-1, 0]
    assert accuracy_range(history) == accuracy_range(history.select([0]))
    (rows,) = drawn_by(accuracy_chart(history, "test_accuracy"), "line")
    assert {row["network"] for row in rows} == {"Tanh"}


def test_a_band_of_several_seeds_leaves_the_vertical_range_as_it_is():
    runs = [Run(name, seed=seed) for name in ("relu", "tanh") for seed in (0, 1)]
    history = train(Experiment(DatasetSpec("moons", samples=100), runs, epochs=4))
    chart = accuracy_chart(history, "test_accuracy")
    bands, lines = (layers_of(chart, mark)[0]["encoding"]["y"]["scale"] for mark in ("area", "line"))
    assert bands == lines == steady_scale("y")
    (said,) = chart["datasets"][SAID]
    assert [said["y_low"], said["y_high"]] == accuracy_range(history)


def test_linked_curves_have_no_legend_and_follow_the_pages(history):
    chart = loss_chart(history, "test_loss", is_linked=True)
    assert {"highlighted", "hidden"} <= {parameter["name"] for parameter in chart["params"]}
    (line,) = layers_of(chart, "line")
    assert line["encoding"]["color"]["legend"] is None
    hidden, highlighted = line["encoding"]["opacity"]["condition"]
    assert (hidden["value"], highlighted["value"]) == (0, 1)
    alone = loss_chart(history, "test_loss")
    assert "legend" in layers_of(alone, "line")[0]["encoding"]["color"]
    assert "highlighted" not in {parameter["name"] for parameter in alone["params"]}


def in_vega(share: float) -> str:
    """What the format `.1%` makes of it: the exact value of the product of floats, and halves go up."""
    return f"{Decimal(100 * share).quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


def test_the_accuracy_beside_a_curve_is_written_as_in_sentences(history):
    """Of 160 and 80 samples, whose floats are on either side of what lies halfway."""
    for right in (82, 90, 102, 46):
        accuracies = np.full_like(history.test_accuracy, right / 160)
        chart = accuracy_chart(replace(history, test_accuracy=accuracies), "test_accuracy")
        said = {in_vega(row["value"]) for row in chart["datasets"]["curves"]}
        assert said == {percent(right / 160)} == {{82: "51.3 %", 90: "56.3 %", 102: "63.8 %", 46: "28.8 %"}[right]}
        assert {row["drawn"] for row in chart["datasets"]["curves"]} == {right / 160}
