"""Optimizers, in AppTest: every control changes what is shown, and every notice is true."""

import re
from urllib.parse import parse_qs

import numpy as np
import pytest

from core import OPTIMIZERS, Experiment, Run, final_figures, train
from core.lessons.decay import decay_or_penalty
from core.lessons.descent import arrivals, descend, rate_on, reached_minima
from core.lessons.minibatches import spread
from core.lessons.optimizer_terms import step_on, take_apart
from core.lessons.surfaces import SURFACES
from tests.by_sign import BY_SIGN
from tests.page import address, chart_data, charts, choose, figures, in_words, links, messages, opened, press
from tests.ui.charts.test_charts import rows_with
from tests.ui.shell.test_numbers import value
from ui.charts.palette import optimizer_look
from ui.lessons.optimizers.charts import paths_chart
from ui.lessons.optimizers.controls import STEPS, TRIES, Asked
from ui.lessons.optimizers.family import DEFAULT, FAMILIES
from ui.lessons.optimizers.words import about_surface, reading
from ui.lessons.optimizers.words import notices as notices_of
from ui.shell.labels import label
from ui.shell.numbers import short

PAGE = "pages/optimizers.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def texts(page) -> str:
    """All charts with their texts and data, all sentences and the table of terms."""
    parts = [text.value for text in (*page.main.markdown, *page.main.caption)]
    for chart in page.get("vega_lite_chart"):
        parts += [chart.proto.alt, chart.proto.spec, *(repr(item.data.data) for item in chart.proto.datasets)]
    return " ".join(parts)


def terms(page) -> dict[str, tuple[float, float]]:
    """The numbers of the table, by the terms' names."""
    (table,) = [text.value for text in page.main.markdown if text.value.startswith("| Term")]
    rows = re.findall(r"^\| \*\*(.+?)\*\* \$[^|]+\$ [^|]+ \| (\S+) \| (\S+) \|$", table, re.MULTILINE)
    return {name: (value(x), value(y)) for name, x, y in rows}


def notices(page) -> str:
    return next(text.value for text in page.main.markdown if "What to notice" in text.value)


def compared(page) -> str:
    """The sentence below the networks' losses."""
    return next(text.value for text in page.main.markdown if re.match(r"Near the end|After \d+ epochs", text.value))


def ends(page) -> dict[str, tuple[float, float]]:
    """Where the paths of the first chart end, by optimizer."""
    names = {label("optimizer", name): name for name in OPTIMIZERS}
    return {names[row["optimizer"].split()[0]]: (row["x"], row["y"]) for row in chart_data(page, "above")}


def test_it_opens_with_one_optimizer_of_each_family_on_a_surface():
    page = opened(PAGE)
    assert [OPTIMIZERS[name].family for name in ends(page)] == ["plain", "gradient changed", "rate adapted", "both"]
    assert len(charts(page)) == 3
    assert not messages(page)
    assert address(page) == {}


def test_the_paths_are_those_that_core_walks():
    page = opened(PAGE, surface="rosenbrock", optimizers=["nag", "adamax"], steps="30", learning_rate="0.001")
    paths = descend("rosenbrock", ["nag", "adamax"], [0.001, 0.001], 30)
    rows = chart_data(page, "above")
    np.testing.assert_allclose([(row["x"], row["y"]) for row in rows], paths.points.reshape(-1, 2))


@pytest.mark.parametrize(
    ("widget", "key", "value"),
    [
        ("selectbox", "surface", "rosenbrock"),
        ("selectbox", "start", "(4, -0.5)"),
        ("select_slider", "learning_rate", 0.01),
        ("select_slider", "steps", 30),
        ("selectbox", "optimizer", "radam"),
        ("slider", "step", 3),
    ],
)
def test_every_control_changes_the_result_and_is_in_the_address(widget, key, value):
    page = opened(PAGE)
    before = texts(page)
    choose(page, widget, key, value)
    assert texts(page) != before
    assert address(page) == {key: [str(value)]}
    assert texts(opened(PAGE, **address(page))) == texts(page), "the link gives the same view"


@pytest.mark.parametrize("name", ["momentum", "nag"])
def test_an_optimizer_is_switched_on_and_off_in_the_box_of_its_family(name):
    page = opened(PAGE)
    key = f"optimizers, {OPTIMIZERS[name].family}"
    was_on = name in ends(page)
    others = [other for other in page.pills(key=key).value if other != name]
    choose(page, "pills", key, others if was_on else [*others, name])
    assert (name in ends(page)) != was_on
    assert list(ends(page)) == address(page)["optimizers"]
    assert list(ends(page)) == [other for other in OPTIMIZERS if (other in DEFAULT) != (other == name)]
    again = opened(PAGE, **address(page))
    assert list(ends(again)) == list(ends(page))


def test_every_optimizer_has_its_box():
    assert set(FAMILIES) >= {record.family for record in OPTIMIZERS.values()}


def test_a_family_has_a_box_as_soon_as_it_has_an_optimizer(monkeypatch):
    for name in [name for name, record in OPTIMIZERS.items() if record.family == "sign only"]:
        monkeypatch.delitem(OPTIMIZERS, name)
    before = [box.label for box in opened(PAGE).pills]
    monkeypatch.setitem(OPTIMIZERS, "by_sign", BY_SIGN)
    page = opened(PAGE, optimizers=["sgd", "by_sign"], optimizer="by_sign")
    assert [box.label for box in page.pills] == [*before, "Sign only"]
    assert any(
        "**By sign** (nobody). Each parameter moves by the learning rate." in text.value for text in page.markdown
    )
    x, y = terms(page)["step"]
    assert abs(x) == abs(y) > 0
    choose(page, "pills", "optimizers, sign only", [])
    assert list(ends(page)) == ["sgd"]


def test_without_an_optimizer_it_says_so_and_one_more_brings_the_picture_back():
    page = opened(PAGE, optimizers="")
    assert any("at least one optimizer" in message for message in messages(page))
    assert not charts(page)
    choose(page, "pills", "optimizers, both", ["adam"])
    assert list(ends(page)) == ["adam"]
    assert len(charts(page)) == 3


def test_any_place_of_the_surface_is_a_start_and_stays_one_among_the_choices():
    page = opened(PAGE, start="(2.5,-1)", optimizers="sgd")
    assert not messages(page)
    assert address(page)["start"] == ["(2.5, -1)"]
    paths = descend("beale", ["sgd"], None, 100, (2.5, -1.0))
    assert ends(page)["sgd"] == pytest.approx(tuple(paths.points[0, -1]))
    choose(page, "selectbox", "start", "(0, -1)")
    assert address(page)["start"] == ["(0, -1)"]
    assert page.selectbox(key="start").options == ["(1, 1.5)", "(0, −1)", "(4, −0.5)"]


@pytest.mark.parametrize("start", ["(9, 9)", "(1; 1)", "1, 1", "(nan, 0)", "(x, 1)"])
def test_a_start_that_is_no_place_of_the_surface_is_named(start):
    (said,) = messages(opened(PAGE, start=start, optimizers="sgd"))
    assert f"start is '{start}', and must be (x, y) with x from −2.6 to 6 and y from −2.3 to 2" in said


def test_another_surface_starts_at_a_start_of_its_own():
    page = opened(PAGE, surface="saddle", start="(-2, 0)")
    choose(page, "selectbox", "surface", "beale")
    assert page.selectbox(key="start").value == "(1, 1.5)"
    assert address(page) == {}, "that is the default surface"


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    wrong = {
        "surface": "bowel", "start": "(9, 9)", "learning_rate": "7", "steps": "11", "optimizer": "adma",
        "step": "0", "nonsense": "1",
    }  # fmt: skip
    page = opened(PAGE, optimizers=["sgd", "sdg"], **wrong)
    said = " ".join(messages(page))
    for text in ("'bowel'", "'(9, 9)'", "'7'", "'11'", "'adma'", "'0'", "'sdg'", "nonsense"):
        assert text in said
    assert list(ends(page)) == ["sgd"]
    assert len(charts(page)) == 3


def test_a_step_beyond_fewer_steps_is_given_up():
    page = opened(PAGE, step="25")
    choose(page, "select_slider", "steps", 10)
    assert page.slider(key="step").value == 10
    assert address(page) == {"steps": ["10"]}


@pytest.mark.parametrize("name", ["sgd", "nag", "nadam", "radam"])
def test_the_terms_of_a_step_are_those_of_the_path_on_screen(name):
    page = opened(PAGE, surface="valley", optimizers=name, optimizer=name, step="7")
    rate, start = rate_on("valley", name), SURFACES["valley"].starts[0]
    expected = take_apart(name, step_on("valley", name, rate, start, 7))
    shown = terms(page)
    assert list(shown) == [term.name for term in expected]
    for term in expected:
        assert shown[term.name] == pytest.approx(tuple(np.broadcast_to(term.value, 2)), rel=1e-3)
    path = [(row["x"], row["y"]) for row in chart_data(page, "above")]
    assert shown["step"] == pytest.approx(tuple(np.subtract(path[7], path[6])), rel=1e-3)


def test_one_optimizer_alone_has_its_name_and_look_at_its_network_too():
    """Not those of its activation."""
    page = opened(PAGE, optimizers="sgd")
    encoding = next(layer["encoding"] for layer in charts(page)[2]["layer"] if layer["mark"]["type"] == "line")
    assert encoding["color"]["scale"] == {"domain": ["SGD"], "range": [optimizer_look("sgd").colour]}
    assert "relu" not in in_words(page.get("vega_lite_chart")[2]).lower()
    assert {row["network"] for row in chart_data(page, "network")} == {"SGD"}


def test_the_step_taken_apart_is_of_an_optimizer_that_is_chosen():
    page = opened(PAGE, optimizers=["momentum", "nag"])
    assert page.selectbox(key="optimizer").value == "momentum"
    assert list(address(page)) == ["optimizers"]
    choose(page, "pills", "optimizers, both", ["adam"])
    assert page.selectbox(key="optimizer").value == "adam", "it follows the choice"
    choose(page, "selectbox", "optimizer", "nag")
    choose(page, "pills", "optimizers, both", [])
    assert page.selectbox(key="optimizer").value == "nag", "unless another was asked for"
    assert address(page)["optimizer"] == ["nag"]


@pytest.mark.parametrize("name", ["adam", "momentum"])
def test_of_the_step_taken_apart_it_is_told_whose_it_is(name):
    record = OPTIMIZERS[name]
    (said,) = [text.value for text in opened(PAGE, optimizer=name).main.markdown if record.source in text.value]
    assert said.startswith(f"**{record.label}**{f': {record.full_name}' if record.full_name else ''} (")
    assert said.endswith(record.note)


def test_the_boxes_say_that_they_are_to_be_pressed_and_that_nothing_is_drawn_at_random():
    (said,) = [text.value for text in opened(PAGE).main.markdown if "Boxed" in text.value]
    assert said.startswith("**Optimizers: press to add or remove.**")
    assert "**SGD** also uses the exact gradient" in said


@pytest.mark.parametrize(
    ("surface", "marks"),
    [("beale", "Star: lowest point."), ("saddle", "Stars: lowest points."),
     ("rastrigin", "Star: lowest point. Small circles: other minima.")],
)  # fmt: skip
def test_every_mark_of_the_picture_is_explained(surface, marks):
    paths = descend(surface, ["sgd"], None, 1)
    assert marks in reading(paths)
    places = [row["place"] for row in rows_with(paths_chart(paths)["datasets"], "place")]
    assert (places.count("the lowest point") > 1) == ("Stars" in marks)
    assert ("a minimum" in places) == ("Small circles" in marks)


def test_who_leaves_the_picture_is_told():
    paths = descend("rastrigin", ["sgd", "rmsprop"], None, 100, (-2.6, 1.2))
    assert reading(paths).endswith("Triangle at the edge: a path leaves the chart there (RMSProp).")
    assert "leaves" not in reading(descend("beale", list(OPTIMIZERS), None, 200)), "the window holds all"


def test_who_ended_outside_of_the_picture_is_told():
    page = opened(PAGE, surface="rosenbrock", learning_rate="1.0")
    paths, (x, y) = descend("rosenbrock", DEFAULT, [1.0] * 4, 100), SURFACES["rosenbrock"].window
    is_inside = {name: x[0] <= at[0] <= x[1] and y[0] <= at[1] <= y[1] for name, at in ends(page).items()}
    assert [is_inside[name] for name in ("rmsprop", "adam")] == [False, True]
    assert min(paths.diverged_at[:2]) > 0 > max(paths.diverged_at[2:])
    (told,) = re.findall(r"Ended outside the chart: (.+)\.\n", notices(page))
    place = re.fullmatch(r"\*\*RMSProp\*\* at \((\S+), (\S+)\)", told)
    assert tuple(map(value, place.groups())) == pytest.approx(ends(page)["rmsprop"], rel=1e-3)
    assert "Lowest of those that did not diverge, after 100 steps: **Adam**, " in notices(page)
    assert "outside" not in notices(opened(PAGE))


def test_a_path_that_diverges_is_told_everywhere():
    page = opened(PAGE, surface="rosenbrock", learning_rate="0.1", optimizer="sgd", step="30")
    (sgd, momentum, *_) = descend("rosenbrock", DEFAULT, [0.1] * 4, 100).diverged_at
    assert f"**SGD** (step {sgd}), **Momentum** (step {momentum}). They **diverged**" in notices(page)
    assert "·10" not in notices(page), "of one that blew up, no height is told"
    assert "The path of SGD has no step 30: it diverges before (its numbers become infinite)." in messages(page)
    assert f"SGD (0.1) diverged in step {sgd}" in page.get("vega_lite_chart")[0].proto.alt


def test_if_all_diverge_the_page_still_stands():
    page = opened(PAGE, surface="rosenbrock", learning_rate="10", optimizers=["sgd", "momentum"])
    assert "They **diverged**" in texts(page)
    assert len(charts(page)) == 3


@pytest.mark.parametrize("surface", SURFACES)
def test_the_figures_of_the_notices_are_those_of_the_paths(surface):
    paths = descend(surface, DEFAULT, None, 100)
    said = " ".join(notices_of(paths))
    above = paths.heights[:, -1] - SURFACES[surface].lowest
    labels = [label("optimizer", name) for name in DEFAULT]
    assert f"Lowest after 100 steps: **{labels[above.argmin()]}**, {short(above.min())} above" in said
    assert f"Highest: **{labels[above.argmax()]}**, {short(above.max())} above" in said
    for name, at in zip(labels, arrivals(paths)):
        assert (f"**{name}** {at}" in said) == (at >= 0)
    minima = len(set(reached_minima(paths).tolist()) - {-1})
    assert (f"at {minima} different ones" in said) == (minima > 1)
    assert "ridge" not in said
    start = SURFACES[surface].starts[0]
    about = about_surface(Asked(SURFACES[surface], start, tuple(DEFAULT), None, 100))
    assert f"the height is {SURFACES[surface].value(*start):.4g} " in about


def test_the_networks_are_trained_with_the_same_optimizers_and_their_own_rates():
    page = opened(PAGE, learning_rate="0.001")
    history = train(Experiment(runs=tuple(Run(optimizer=name) for name in DEFAULT)))
    alt = in_words(page.get("vega_lite_chart")[2])
    for name, loss in zip(DEFAULT, history.train_loss[:, -1]):
        assert f"{label('optimizer', name)}: {loss:.4g}" in alt
    near_end = [sorted(losses)[1] for losses in history.train_loss[:, -3:]]
    best = label("optimizer", DEFAULT[np.argmin(near_end)])
    assert f"**{best}** has the lowest training loss: {short(min(near_end))}" in texts(page)
    assert "median of epochs {}, {}, {}.".format(*history.epochs[-3:]) in compared(page)
    assert "Only the optimizer and its learning rate differ between these networks. The same for all: " in texts(page)


def test_a_network_alone_differs_from_no_other():
    page = opened(PAGE, optimizers="sgd")
    (said,) = [text.value for text in page.main.markdown if "loss of a network" in text.value]
    assert "differ" not in said
    facts = said.partition("This network: ")[2].lower()
    assert "moons" in facts
    assert f" · sgd · learning rate {Run(optimizer='sgd').rate:g} · " in facts


def test_what_diverged_did_not_end_lowest():
    asked = {"surface": "rosenbrock", "learning_rate": "100.0"}
    page = opened(PAGE, optimizers=["sgd", "momentum", "nag"], **asked)
    assert compared(page).endswith("On the surface above, all diverged.")
    assert "Lowest" not in notices(page)
    paths = descend("rosenbrock", ["sgd", "adam"], [100.0] * 2, 100)
    assert paths.diverged_at[0] > 0 > paths.diverged_at[1]
    said = compared(opened(PAGE, optimizers=["sgd", "adam"], **asked))
    assert "**Adam** has the lowest" in said
    assert arrivals(paths)[1] < 0
    assert "On the surface above, no path ended close to the lowest height" in said
    assert "ended lowest" not in said


def test_on_the_ridge_all_end_at_one_height_and_the_page_says_why():
    page = opened(PAGE, surface="saddle", start="(-2, 0)")
    assert {round(y, 12) for _, y in ends(page).values()} == {0}
    assert "After 100 steps, all are 0.25 above the lowest point." in notices(page)
    assert "exactly on the ridge, where the slope along y is 0" in notices(page)
    assert "On the surface above, all ended at the same height." in compared(page)


def test_some_that_end_at_one_height_are_told_together():
    asked = {"surface": "valley", "start": "(-2, 0)", "learning_rate": "1.0", "optimizers": ["sgd", "momentum", "nag"]}
    assert asked["optimizers"][1] == "momentum"
    paths = descend("valley", asked["optimizers"], [1.0] * 3, 100, (-2.0, 0.0))
    said, high = " ".join(notices_of(paths)), paths.heights[1, -1]
    assert "**SGD**, **NAG**, 0 above the lowest point. Highest: **Momentum**, " in said
    assert f"{short(high)} above it." in said
    assert "·10⁻⁶" in short(high)
    assert "ridge" not in said, "it is the floor of a valley"


def test_one_step_has_no_negative_zero_and_a_true_minus():
    page = opened(PAGE, surface="saddle", start="(-2, 0)", optimizers="sgd", optimizer="sgd", step="1")
    assert terms(page)["gradient"] == (-2, 0)
    (table,) = [text.value for text in page.main.markdown if text.value.startswith("| Term")]
    assert not re.search(r"[-−]0 \|", table)
    assert any("Step 1 of **SGD**: (−2, 0) + (2, 0) = (0, 0)." in text.value for text in page.main.markdown)


def test_the_velocity_of_momentum_has_the_letter_of_its_family():
    assert r"\boxed{m}" in FAMILIES["gradient changed"]
    for name in ("momentum", "nag"):
        page = opened(PAGE, optimizers=name, optimizer=name)
        (table,) = [text.value for text in page.main.markdown if text.value.startswith("| Term")]
        assert "**velocity** $m_t = " in table
        assert "v_" not in table


def test_no_length_of_the_paths_makes_the_bar_move_the_networks_curves():
    """It moves what has as many records as it has."""
    (spec,) = charts(opened(PAGE))[2:]
    (record,) = [parameter for parameter in spec["params"] if parameter["name"] == "record"]
    assert record["bind"]["max"] not in STEPS


def test_every_button_sets_its_controls_and_says_what_to_notice():
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert each.notice in messages(page)[0].replace("\\", "")
        assert set(address(page)) == set(each.settings)


def test_in_the_valley_sgd_zigzags_momentum_swings_in_longer_waves_and_nag_hardly_swings():
    settings = TRIES[0].settings
    page = opened(PAGE, **settings)
    rows = chart_data(page, "above")
    across = {
        name: np.array([row["y"] for row in rows if row["optimizer"].lower().startswith(f"{name} ")])
        for name in ("sgd", "momentum", "nag")
    }
    crossings = {name: (np.sign(y[1:]) != np.sign(y[:-1])) for name, y in across.items()}
    assert crossings["sgd"].all(), "the floor is y = 0"
    assert crossings["momentum"].sum() < 0.3 * crossings["sgd"].sum()
    start = abs(across["nag"][0])
    assert abs(across["nag"][6:]).max() < 0.03 * start < 0.5 * start < abs(across["momentum"][6:]).max()
    paths = descend(settings["surface"], settings["optimizers"], None, 100)
    sgd, momentum, nag = arrivals(paths)
    assert 0 < nag < momentum < sgd


def test_at_the_saddle_sgd_stalls_and_adam_leaves_at_once():
    page = opened(
        PAGE, **{key: value if isinstance(value, list) else str(value) for key, value in TRIES[1].settings.items()}
    )
    rate, steps = TRIES[1].settings["learning_rate"], 100
    assert np.hypot(*ends(page)["sgd"]) < 0.1, "that is where the saddle is"
    assert np.hypot(ends(page)["adam"][0], abs(ends(page)["adam"][1]) - 1) < 0.1, "and that is a minimum"
    sgd, adam = descend("saddle", ["sgd", "adam"], [rate] * 2, steps).points
    assert adam[1, 1] - adam[0, 1] == pytest.approx(rate, rel=1e-3), "a full step along y, from the first on"
    assert sgd[1, 1] - sgd[0, 1] < rate / 100


def test_four_optimizers_end_in_four_dips_and_elsewhere_from_another_start():
    assert ends(opened(PAGE, **TRIES[2].settings)).keys() == set(DEFAULT)
    surface = SURFACES["rastrigin"]
    of_starts = [reached_minima(descend("rastrigin", DEFAULT, None, 100, start)).tolist() for start in surface.starts]
    assert len(set(of_starts[0])) == 4
    assert surface.minima.index((0.0, 0.0)) not in of_starts[0], "the lowest"
    for other in of_starts[1:]:
        assert 2 * np.not_equal(other, of_starts[0]).sum() > len(DEFAULT), "most end elsewhere"
    assert "most end in another minimum" in TRIES[2].notice


def test_the_link_to_compare_trains_the_same_networks():
    """The learning rate is that of the paths."""
    there = links(opened(PAGE, optimizers=["sgd", "adam"], learning_rate="0.1"))["Compare such networks"]
    expected = final_figures(train(Experiment(runs=(Run(optimizer="sgd"), Run(optimizer="adam")))))
    table = figures(opened(**parse_qs(there.lstrip("?"))))
    assert table.test_loss.tolist() == pytest.approx(expected.test_loss.tolist())


def test_at_the_saddle_the_rates_that_suit_turn_the_order_round_and_the_page_shows_both():
    """By the steps themselves: at one rate for all adam is first, at their own rates sgd."""
    settings = TRIES[1].settings
    paths = descend("saddle", settings["optimizers"], [settings["learning_rate"]] * 2, 100)
    own = descend("saddle", settings["optimizers"], None, 100)
    sgd, adam = arrivals(paths)
    assert sgd < 0 <= adam
    sgd, adam = arrivals(own)
    assert 0 <= sgd < adam
    asked = {key: each if isinstance(each, list) else str(each) for key, each in settings.items()}
    said = notices(opened(PAGE, **asked))
    for name, step, rate in zip(own.optimizers, arrivals(own), own.rates):
        assert f"**{label('optimizer', name)}** {step} ({rate:g})" in said
    assert "With the default for each" not in notices(opened(PAGE, surface="saddle", optimizers=["sgd", "adam"]))


def test_a_path_that_has_hardly_moved_has_come_to_no_minimum():
    """Of Rastrigin's function, ten steps at 0.0003."""
    asked = {"surface": "rastrigin", "steps": "10", "learning_rate": "0.0003", "optimizers": ["sgd", "rmsprop", "adam"]}
    page = opened(PAGE, **asked)
    start = SURFACES["rastrigin"].starts[0]
    moved = [np.hypot(*np.subtract(at, start)) for at in ends(page).values()]
    assert max(moved) < 0.1
    assert "different ones" not in notices(page)


def test_what_minibatches_change_and_what_a_decay_does_is_told_with_the_networks_figures():
    page = opened(PAGE)
    history = train(Experiment(runs=tuple(Run(optimizer=name) for name in DEFAULT)))
    found = spread(history, DEFAULT.index("sgd"))
    (said,) = [text.value for text in page.main.markdown if text.value.startswith("**Minibatches.**")]
    assert "32 of the 240 training samples" in said
    numbers = re.search(
        r"average (\S+) times as long .+? ([\d.]+) % of them .+? are (\S+) times as long, and ([\d.]+) %", said
    )
    expected = np.ravel(np.column_stack([found.length, 100 * found.opposed]))
    assert [value(number) for number in numbers.groups()] == pytest.approx(expected, rel=0.01, abs=0.05)
    (said,) = [text.value for text in page.main.markdown if "weight decay?**" in text.value]
    lengths = decay_or_penalty(Experiment())
    for length in (lengths.penalty, lengths.decay, lengths.alone):
        assert f"{length:.3g} times" in said
    alone = opened(PAGE, optimizers=["momentum"])
    assert "minibatches of **Momentum**" in texts(alone)
    assert "weight decay?" not in texts(alone)
