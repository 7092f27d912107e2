"""Dead ReLUs, in AppTest: every control changes what is shown, and every notice is true."""

import re
from functools import cache

import numpy as np
import pytest

from core import DATASETS, OPTIMIZERS, DatasetSpec, Experiment, History, Run, train
from core.analysis.summary import chance_level
from core.lessons.dead_relu import fates
from core.lessons.dead_relu_map import ends, swept
from tests.page import address, charts, choose, figures, messages, opened, press
from ui.lessons.dead_relu.controls import (
    BIASES,
    EPOCHS,
    HIDDEN,
    LEARNING_RATES,
    NAMES,
    READING,
    RELU,
    TRIES,
    four_networks,
    not_compared,
)
from ui.lessons.dead_relu.words import gradients, notices, sweep_ends

PAGE = "pages/dead_relu.py"
LABELS = ("ReLU", "Leaky ReLU", "ELU", "GELU")  # of `NAMES`
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def experiment(
    optimizer: str = "adam",
    learning_rate: float = 0.3,
    bias: float = 0.0,
    initializer: str = "auto",
    seed: int = 0,
) -> Experiment:
    """What the page trains with these settings, its defaults otherwise."""
    runs = tuple(Run(name, optimizer, learning_rate, initializer, seed=seed, bias=bias) for name in NAMES)
    return Experiment(DatasetSpec("moons", seed=seed), runs, HIDDEN, EPOCHS, seed=seed)


@cache
def trained(**settings: object) -> History:
    """The page's networks, not by way of the page."""
    return train(experiment(**settings))


def page_of(**settings: object):
    """The page at an address with these settings."""
    return opened(PAGE, **{name: str(value) for name, value in settings.items()})


def outcomes(page) -> dict[str, str]:
    """What the text of the page's first chart says of each network in the end."""
    words = page.get("vega_lite_chart")[0].proto.alt.split(". ", 1)[1]
    return dict(part.split(": ") for part in words.removesuffix(".").split("; "))


def dead(page, name: str) -> int:
    return int(re.search(r"(\d+) dead", outcomes(page)[name])[1])


def saturated(page, name: str) -> int:
    return int(re.search(r"(\d+) saturated", outcomes(page)[name])[1])


def accuracy(page, name: str) -> float:
    return float(re.search(r"accuracy ([\d.]+) %", outcomes(page)[name], re.IGNORECASE)[1])


def sentences(page) -> str:
    return " ".join(text.value for text in (*page.main.markdown, *page.main.caption))


def everything(page) -> str:
    return sentences(page) + "".join(chart.proto.spec for chart in page.get("vega_lite_chart"))


def test_it_opens_with_four_networks_of_which_relus_units_die():
    page = opened(PAGE)
    history = trained()
    for run, name in enumerate(LABELS):
        assert dead(page, name) == history.dead_units[run, -1].sum()
        assert saturated(page, name) <= history.saturated_units[run, -1].sum()
        assert accuracy(page, name) == pytest.approx(100 * history.test_accuracy[run, -1], abs=0.05)
    assert dead(page, "ReLU") > 24, "more than half"
    assert dead(page, "Leaky ReLU") == saturated(page, "Leaky ReLU") == 0
    assert f"chance level is {100 * chance_level(history.experiment):.1f} %" in sentences(page)
    assert len(charts(page)) == 2
    assert [header.value for header in page.header] == ["What kills units?"]
    assert READING in sentences(page)
    assert address(page) == {}
    assert not messages(page)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "Their learning rate is **30 times** the default of Adam."),
        ({"learning_rate": 0.01}, "Their learning rate is the default of Adam."),
        ({"optimizer": "momentum", "learning_rate": 3.0}, "is **100 times** the default of Momentum."),
        ({"optimizer": "sgd", "learning_rate": 0.03}, "is **0.1 times** the default of SGD."),
    ],
)
def test_the_heading_is_answered_and_it_is_said_how_large_the_steps_are(settings, words):
    said = four_networks(experiment(**settings))
    assert "A ReLU unit dies if a step is too large, or if its bias starts too low." in said
    assert said.endswith(words)
    assert [OPTIMIZERS[name].learning_rate for name in ("adam", "momentum", "sgd")] == [0.01, 0.03, 0.3]


def test_the_heading_s_answer_is_true():
    def dead_in_the_end(**settings) -> int:
        return trained(**settings).dead_units[RELU, -1].sum()

    assert dead_in_the_end(learning_rate=0.01) < 10
    assert dead_in_the_end(learning_rate=0.3) > 24
    assert dead_in_the_end(learning_rate=0.01, bias=-2.0) > 24


def test_units_come_back_and_large_steps_cost():
    """Of one seed alone it may not be so."""
    assert sum(fates(trained(seed=seed)).returns(1)[RELU] for seed in range(5)) > 0
    usual, large = (
        np.mean([trained(learning_rate=rate, seed=seed).test_accuracy[RELU, -1] for seed in range(5)])
        for rate in (0.01, 1.0)
    )
    assert large < usual - 0.1


def test_what_to_notice_is_said_of_the_networks_on_the_page():
    page, history = page_of(learning_rate=1.0), trained(learning_rate=1.0)
    seen, said = fates(history), sentences(page)
    assert four_networks(history.experiment) in said
    for sentence in (*notices(history, seen), gradients(history, seen)):
        assert sentence in said


def test_with_large_steps_elu_and_gelu_have_dead_units_too():
    ends = [trained(learning_rate=1.0, seed=seed).dead_units[:, -1].sum(axis=1) for seed in range(5)]
    _, leaky_relu, elu, gelu = np.sum(ends, axis=0)
    assert leaky_relu == 0 < min(elu, gelu)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"initializer": "zeros"}, "all 48 units of ReLU are dead: their largest gradient norm is **0**"),
        ({"initializer": "small_normal", "learning_rate": 0.01, "bias": 0.5}, "all 48 units of ReLU are alive"),
    ],
)
def test_all_dead_and_none_dead_are_said_too(settings, words):
    history = trained(**settings)
    assert words in gradients(history, fates(history))


def test_in_the_first_layer_dead_is_for_ever_with_sgd_and_not_with_adam():
    history = trained(optimizer="sgd", learning_rate=3.0)
    said = notices(history, fates(history))[1]
    assert "SGD makes no step without one." in said
    assert "**a unit that dies there stays dead**" in said
    deaths, returns = re.search(r", (\d+) of 16 units died .*; (\d+) came back\.", said).groups()
    assert int(deaths) > 0 == int(returns)
    assert "Adam also makes steps from earlier gradients" in notices(trained(), fates(trained()))[1]


def test_every_control_changes_the_result_and_is_in_the_address():
    page, chosen = opened(PAGE), {}
    for widget, key, value in (
        ("select_slider", "learning_rate", 0.03),
        ("select_slider", "bias", -0.5),
        ("selectbox", "optimizer", "momentum"),
        ("selectbox", "initializer", "lecun_normal"),
        ("number_input", "seed", 3),
    ):
        before = outcomes(page)
        choose(page, widget, key, value)
        assert outcomes(page) != before, key
        chosen[key] = [str(value)]
        assert address(page) == chosen
    assert everything(opened(PAGE, **chosen)) == everything(page), "the link gives the same view"
    widgets = [*page.selectbox, *page.slider, *page.select_slider, *page.number_input, *page.segmented_control]
    assert {widget.key for widget in widgets} == {*chosen, "language"}, "all of them"


def test_the_sliders_have_the_least_on_the_left():
    sliders = opened(PAGE).select_slider
    assert len(sliders) == 2
    for slider in sliders:
        numbers = [float(text.replace("−", "-")) for text in slider.options]
        assert numbers == sorted(numbers)


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    page = opened(PAGE, learning_rate="0.2", bias="-7", optimizer="adm", initializer="he", seed="x", nonsense="1")
    said = " ".join(messages(page))
    for wrong in ("'0.2'", "'-7'", "did you mean 'adam'", "'he'", "'x'", "nonsense"):
        assert wrong in said
    assert len(charts(page)) == 2
    assert address(page) == {}


def test_the_map_is_a_sweep_in_which_the_networks_above_have_a_frame():
    page = opened(PAGE, learning_rate="0.01", bias="-1.0")  # small steps: alone or among others, it ends alike
    pairs = LEARNING_RATES, BIASES
    sweep = ends(train(swept(trained().experiment, *pairs)), *pairs)
    for run, panel in enumerate(charts(page)[1]["concat"]):
        rows, _, (here,) = (layer["data"]["values"] for layer in panel["layer"])
        assert len(rows) == sweep.dead_units[run].size
        assert (here["rate"], here["bias"]) == (0.01, -1.0)
        assert here["dead"] == dead(page, LABELS[run])
        assert here["number"] == f"{accuracy(page, LABELS[run]):.0f}"
    assert "**To the right: larger steps. Down: lower initial bias.**" in sentences(page)
    assert sweep_ends(sweep) in sentences(page)


def test_the_map_is_the_same_for_all_learning_rates_and_biases_but_for_its_frame():
    cells = [
        [panel["layer"][0]["data"] for panel in charts(opened(PAGE, **at))[1]["concat"]]
        for at in ({}, {"learning_rate": "3.0", "bias": "-2.0"})
    ]
    assert cells[0] == cells[1]


def test_every_button_sets_the_controls_and_says_what_to_see():
    """That it is so, `tests/ui/test_examples.py` shows."""
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert each.notice in messages(page)[0].replace("\\", "")
        assert address(page) == {key: [str(value)] for key, value in each.settings.items()}
        history = trained(**each.settings)
        assert [dead(page, name) for name in LABELS] == history.dead_units[:, -1].sum(axis=1).tolist()


def test_what_is_dead_from_the_start_is_told_to_stay_so():
    history = trained(**TRIES[1].settings)
    first = history.dead_units[RELU, 0, 0]
    outcome, said, _ = notices(history, fates(history))
    assert "that is dead from the start never had a gradient" in said
    assert f"{first} of 16 units died (dead before training: {first}); 0 came back." in said
    assert "**A whole hidden layer of ReLU is dead**" in outcome


def test_the_link_to_compare_has_the_same_networks():
    def link(page) -> str:
        return next(each.proto.query_string for each in page.get("page_link") if each.proto.query_string)

    page = opened(PAGE, optimizer="sgd", learning_rate="0.1", seed="3", initializer="lecun_normal")
    for part in ("optimizer=sgd", "learning_rate=0.1", "seed=3", "initializer=lecun_normal", "layers=3"):
        assert part in link(page)
    assert not_compared(trained().experiment) is None
    settings = dict(part.split("=") for part in link(page).split("&") if not part.startswith("activations"))
    compare = opened(activations=list(NAMES), **settings)
    shown = figures(compare)
    assert shown.test_accuracy.tolist() == pytest.approx([accuracy(page, name) / 100 for name in LABELS], abs=0.001)
    assert shown.dead_units.tolist() == [dead(page, name) for name in LABELS]
    biased = opened(PAGE, bias="-1.0")
    assert "without the initial bias of −1." in sentences(biased)
    assert link(biased) == link(opened(PAGE)), "Compare has no control for it"


def test_the_data_are_those_of_compare():
    assert trained().experiment.dataset.samples == DATASETS["moons"].samples
