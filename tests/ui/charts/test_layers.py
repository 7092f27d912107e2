from dataclasses import replace

from core import Branch, DatasetSpec, Experiment, Run, train
from tests.ui.charts.test_charts import value_of
from ui.charts.layers import LETTERS, LINE_HEIGHT, in_lines, layer, names
from ui.compare.unit_charts import unit_chart

LONG = "Tanh, GELU, Leaky ReLU, SGD, learning rate 0.03 after epoch 10"


def test_a_long_name_stands_on_several_lines():
    axis, height = in_lines(["ReLU", LONG, "\"'\\"])
    short, lines, odd = (value_of(axis["labelExpr"], {"value": name}, 0) for name in ("ReLU", LONG, "\"'\\"))
    assert (short, odd) == (["ReLU"], ["\"'\\"])
    assert " ".join(lines) == LONG
    assert max(map(len, lines)) <= LETTERS
    assert height == len(lines) * LINE_HEIGHT


def test_rows_of_a_chart_are_as_high_as_their_names():
    runs = [Run(), Run(branch=Branch(1, ("tanh", "gelu", "leaky_relu"), "sgd", 0.03))]
    experiment = Experiment(DatasetSpec("moons", samples=40), runs, (2, 2, 2), epochs=2)
    usual = unit_chart(train(replace(experiment, runs=[Run(), Run("tanh")])), "dead_units")
    assert unit_chart(train(experiment), "dead_units")["height"] > usual["height"]


def test_a_mark_tells_only_what_it_is_given_to_tell():
    assert layer("rows", {"type": "rect"})["mark"] == {"type": "rect", "aria": False, "tooltip": None}
    assert layer("rows", {"type": "rect"}, tooltip=names("network"))["encoding"]["tooltip"] == names("network")
