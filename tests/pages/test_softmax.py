"""Softmax, in AppTest: every control changes what is shown, and every notice is true."""

import re

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.datasets import load_digits, load_iris

from core import Dataset, DatasetSpec, Experiment, Run, final_figures, load, train
from core.analysis.summary import chance_level
from core.lessons.correction import mend
from core.lessons.softmax import Outputs, outputs, steps
from tests.page import address, charts, choose, figures, links, messages, opened, press
from tests.ui.charts.test_charts import rows_with
from tests.ui.shell.test_numbers import value
from ui.lessons.softmax.charts import TEMPERATURES as DRAWN
from ui.lessons.softmax.controls import CONSTANTS, TEMPERATURES, TRIES, Asked
from ui.lessons.softmax.outputs import example, sample_words
from ui.lessons.softmax.words import SEEN, loss_words, notices, overflow_reading, share_formula

PAGE = "pages/softmax.py"
OUTPUTS = -3  # place of the chart of the network's outputs: the two of the mending come after it
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def texts(page) -> list[str]:
    """The charts' texts, all sentences and the tables."""
    alts = [chart.proto.alt for chart in page.get("vega_lite_chart")]
    sentences = [text.value for text in (*page.main.markdown, *page.latex, *page.metric)]
    return [*alts, *sentences, *(table.value.to_csv() for table in page.table)]


def shown(page, place: int = 0) -> list[tuple[str, float, float, float]]:
    """Name, score, exponential and probability of each class, as the first chart says, or the last, of the network."""
    words = page.get("vega_lite_chart")[place].proto.alt.removeprefix("From scores to probabilities. ")
    rows = []
    for part in words.split(". True class")[0].split("; "):
        name, numbers = part.split(": ")
        rows.append((name, *(value(number.split()[-1]) for number in numbers.split(", "))))
    return rows


def probabilities(page, place: int = 0) -> list[float]:
    return [row[-1] for row in shown(page, place)]


def trained(name: str):
    return train(Experiment(DatasetSpec(name, view="all"), (Run("relu"),)))


@pytest.fixture(scope="module")
def digits():
    return outputs(trained("digits"))


def test_it_opens_with_three_scores_and_with_a_digit_that_a_real_network_gets_wrong(digits):
    page = opened(PAGE)
    assert probabilities(page) == pytest.approx([0.659, 0.242, 0.0986])
    assert len(charts(page)) == 8
    assert not messages(page)
    first = digits.order[0]
    logits = digits.logits[first].tolist()
    assert [row[1] for row in shown(page, OUTPUTS)] == pytest.approx(logits, rel=1e-3)
    true, likeliest = digits.labels[first], digits.likeliest[first]
    assert true != likeliest
    assert any(f"class is **{true}**. The network predicts **{likeliest}**" in text for text in texts(page))
    assert any(f"mistake 1 of {digits.mistakes}." in text for text in texts(page))
    chance = 100 * chance_level(trained("digits").experiment)
    assert any(f"chance level: {chance:.1f} %)" in text for text in texts(page))
    assert address(page) == {}


def test_two_classes_and_two_losses_are_of_the_scores_on_screen():
    page = opened(PAGE, score0="5", score1="-4", true_class="1", temperature="2", constant="10")
    said = " ".join(texts(page))
    assert "z₀ = 7.5 and z₁ = 3 gives class 1 the probability **0.011**" in said
    assert "The sigmoid of z₁ − z₀ = −4.5 is **0.011**" in said
    assert "The answer is **class 0**" in said
    assert "**Mistake:** the z of the true class, class 1, is 4.5 below the largest z." in said
    assert "*logistic regression*" in said


def test_a_confident_mistake_has_a_steep_cross_entropy_and_hardly_any_squared_error():
    page = opened(PAGE)
    number = [each.label for each in TRIES].index("A confident mistake")
    press(page, f"try {number}")
    assert TRIES[number].notice in messages(page)
    table = page.table[1].value["∂L/∂z of class 1"]
    of_entropy, of_squares = (value(cell) for cell in table)
    assert of_entropy == pytest.approx(-1, abs=1e-3)
    assert 0 < abs(of_squares) < 1e-3


CONTROLS = [
    ("slider", "score0", 3.5),
    ("slider", "score1", -5.0),
    ("slider", "score2", 0.0),
    ("segmented_control", "true_class", 2),
    ("select_slider", "constant", 10),
    ("select_slider", "temperature", 0.5),
    ("toggle", "subtract", True),
    ("segmented_control", "dataset", "iris"),
    ("number_input", "sample", 40),
]


def test_every_control_changes_the_result_and_is_in_the_address():
    page = opened(PAGE)
    expected = {}
    for widget, key, choice in CONTROLS:
        before = texts(page)
        choose(page, widget, key, choice)
        assert texts(page) != before, key
        expected[key] = [str(choice)]
        assert address(page) == expected
    assert texts(opened(PAGE, **address(page))) == texts(page), "the link gives the same view"


def test_every_control_of_the_page_is_among_those_tested():
    page = opened(PAGE)
    widgets = [
        *page.main.slider, *page.main.select_slider, *page.main.segmented_control, *page.main.toggle,
        *page.main.number_input, *page.main.selectbox, *page.main.multiselect,
    ]  # fmt: skip
    assert {widget.key for widget in widgets} == {key for _, key, _ in CONTROLS}


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    wrong = {
        "score0": "6", "score1": "much", "true_class": "3", "constant": "7", "temperature": "0", "subtract": "maybe",
        "dataset": "moons", "sample": "720",
    }  # fmt: skip
    page = opened(PAGE, **wrong, nonsense="1")
    said = " ".join(messages(page))
    for text in (*wrong.values(), "nonsense"):
        assert text in said
    assert "score of class 0 is '6', and must be a number between −5 and 5" in said
    assert "sample is '720', and must be a whole number between 1 and 719" in said
    assert probabilities(page) == pytest.approx([0.659, 0.242, 0.0986])
    assert address(page) == {}


def test_add_1000_overflows_and_subtracting_the_largest_mends_it():
    page = opened(PAGE)
    before = probabilities(page)
    press(page, "try 0")
    assert TRIES[0].notice in messages(page)
    assert [row[2] for row in shown(page)] == [np.inf] * 3
    assert np.isnan(probabilities(page)).all()
    assert any("is larger than float32, a number of 32 bits, can hold (3.4·10³⁸)" in text for text in texts(page))
    table = page.table[0].value.set_index("Formula")
    assert table.loc["Plain: p"].tolist() == ["nan"] * 4
    assert table.loc["Stable: p"].astype(float).tolist() == pytest.approx([*before, 1], rel=3e-3)
    loss = next(text for text in texts(page) if "L = −ln p" in text)
    assert "0.659" in loss and loss.startswith("The plain formula fails above")
    assert any("The curves are right where the plain formula fails" in text for text in texts(page))
    choose(page, "toggle", "subtract", True)
    assert not any("formula fails above" in text for text in texts(page))
    assert not any("where the plain formula fails" in text for text in texts(page))
    assert probabilities(page) == pytest.approx(before, rel=1e-3)
    assert shown(page)[0][2] == 1, "what is left of the largest is 0"
    assert not messages(page)
    assert any("**The probabilities are back.**" in text for text in texts(page))


def test_cold_gives_next_to_everything_to_the_largest_and_makes_the_network_more_confident():
    page = opened(PAGE)
    confidence = max(probabilities(page, OUTPUTS))
    press(page, "try 1")
    assert TRIES[1].notice in messages(page)
    (_, z0, *_), (_, z1, *_), _ = shown(page)
    assert z0 - z1 == pytest.approx(10)
    assert probabilities(page)[0] > 0.999
    assert max(probabilities(page, OUTPUTS)) > confidence


def test_hot_makes_no_class_much_likelier_than_another_and_keeps_their_order():
    page = opened(PAGE)
    press(page, "try 2")
    assert TRIES[2].notice in messages(page)
    p = probabilities(page)
    assert p[0] > p[1] > p[2] > p[0] / 1.25


def test_equal_scores_make_equal_probabilities():
    page = opened(PAGE)
    press(page, "try 3")
    assert TRIES[3].notice in messages(page)
    assert probabilities(page) == pytest.approx([1 / 3] * 3, rel=1e-3)
    assert any("have the same z" in text for text in texts(page))


def test_every_temperature_that_can_be_chosen_is_on_the_axis_of_the_curves():
    assert (min(TEMPERATURES), max(TEMPERATURES)) == DRAWN


def test_there_are_no_more_buttons_to_try_than_those_tested():
    assert len(TRIES) == 5


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "**class 0** is larger than the z of class 1 by 1. So class 0 is e^1 ≈ **2.72 times** as likely"),
        ({}, "divided by their sum, 11.21, are the probabilities"),
        ({"scores": (2.0, 4.0, 0.1)}, "**class 1** is larger than the z of class 0 by 2."),
        ({"constant": 10, "temperature": 0.5}, "changes every z by 20. No probability changes by more than"),
        ({"constant": -1000}, "for the largest z, −998, the exponential is smaller than float32, a number of 32 bits"),
        ({"constant": 10, "temperature": 0.1}, "With z = 120, the sum of the exponentials is larger than"),
        ({"constant": 1000}, "the same scores give class 0: 0.659, class 1: 0.242, class 2: 0.0986"),
        ({"constant": 100, "subtract": True}, "the largest exponential is always 1"),
        ({"constant": 100, "subtract": True}, "The probabilities are back"),
        ({"constant": 10, "subtract": True}, "No exponential can overflow, and the probabilities are the same"),
        ({}, "For class 0: p = 7.389 / 11.21 = **0.659**"),
        ({"true_class": 1}, "class 1, p = 0.242. Cross-entropy: L = −ln p = **1.417**"),
        ({"true_class": 1}, "class 0: +0.659, class 1: −0.758, class 2: +0.0986"),
        ({"temperature": 0.1}, "p = 1 − 4.5·10⁻⁵. Cross-entropy: L = −ln p = **4.54"),
        (  # e^-100 is 3.72e-44, of which float32 makes 3.78e-44
            {"scores": (5.0, -5.0, 0.1), "true_class": 1, "temperature": 0.1},
            "class 1, p = 3.72·10⁻⁴⁴. Cross-entropy: L = −ln p = **100**",
        ),
        ({"temperature": 0.1}, "e^10 ≈ **22000 times** as likely"),
        ({"temperature": 0.1, "constant": -1}, "The constant changes every z by −10."),
        (
            {"scores": (5.0, -5.0, -5.0), "constant": 1, "temperature": 0.1},
            "every z by 10. No probability changes.",
        ),
        ({"constant": 1000}, "So class 0 should be e^1 ≈ **2.72 times** as likely"),
        ({"scores": (3.0, 3.0, 0.1), "constant": 1000}, "the same z, so they should have the same probability"),
        ({"scores": (3.5, -3.3, -4.1), "constant": -100}, "should be e^6.8 ≈ **898 times** as likely"),
        ({"constant": -1000, "temperature": 10.0}, "wrong here.** Even for the largest z, −99.8,"),
    ],
)
def test_sentences_have_the_numbers_on_screen(settings, said):
    asked = Asked(**{"scores": (2.0, 1.0, 0.1), "true_class": 0, "constant": 0, "temperature": 1.0, "subtract": False}
                  | settings)  # fmt: skip
    shown = asked.steps(asked.subtract)
    assert said in " ".join([*notices(asked, shown), share_formula(shown)[1], loss_words(asked, shown)])


def test_three_exponentials_that_float32_holds_and_whose_sum_it_does_not():
    page = opened(PAGE, score0="-1.2", score1="-1.2", score2="-1.2", constant="10", temperature="0.1")
    assert np.isfinite([row[2] for row in shown(page)]).all()
    assert probabilities(page) == [0, 0, 0]
    assert any("The plain formula fails here" in text for text in texts(page))


def test_exponentials_with_hardly_a_digit_are_told_to_be_wrong():
    page = opened(PAGE, score0="-4.3", score1="-4.9", score2="-3.3", constant="-100")
    right = softmax([-4.3, -4.9, -3.3])
    off = np.abs(np.subtract(probabilities(page), right)).max()
    assert off > 0.3
    (said,) = [text for text in texts(page) if "The plain formula is wrong here" in text]
    assert f"Probabilities are wrong by up to {off:.2g}." in said
    shares = ", ".join(f"class {k}: {share:.3g}" for k, share in enumerate(right))
    assert f"With the largest z subtracted first, the same scores give {shares}." in said
    assert "should be e^1 ≈ **2.72 times** as likely" in said
    assert "rounding" not in said


@pytest.mark.parametrize("scores", [(2.0, 1.0, 0.1), (-4.3, -4.9, -3.3), (3.0, 3.0, 3.0), (5.0, -5.0, 0.0)])
def test_wherever_the_plain_formula_is_off_it_is_told_to_fail_or_to_be_wrong(scores):
    for constant in CONSTANTS:
        for temperature in TEMPERATURES:
            asked = Asked(scores, 0, constant, temperature, subtract=False)
            plain = asked.steps(subtract=False)
            is_told = "**The plain formula" in " ".join(notices(asked, plain))
            is_right = np.allclose(plain.probabilities, softmax(np.array(scores) / temperature), rtol=0, atol=SEEN)
            assert is_told != is_right, (constant, temperature)


def test_the_largest_takes_all_unless_others_are_as_large():
    page = opened(PAGE, score0="3", score1="3", score2="3", temperature="0.1")
    assert probabilities(page) == pytest.approx([1 / 3] * 3, rel=1e-3)
    assert any("equal largest scores share it" in text for text in texts(page))


@pytest.mark.parametrize("name", ["digits", "iris"])
def test_of_no_sample_is_the_cross_entropy_at_odds_with_the_probability_beside_it(name):
    found, data = outputs(trained(name)), load(DatasetSpec(name, view="all"))
    for sample, logits in enumerate(found.logits):
        _, said = sample_words(found, sample, steps(logits), data)
        p, loss, rounded = re.fullmatch(
            r"The true class has probability (.+); the .+, −ln p, is \*\*(.+)\*\*(: float32 cannot .+)?\.", said
        ).groups()
        _, is_short_of_1, missing = p.rpartition("1 − ")
        if rounded:
            assert value(loss) == 0 <= value(missing) < 1.05 * np.finfo(np.float32).eps, "two digits are written"
            continue
        expected = -np.log1p(-value(missing)) if is_short_of_1 else -np.log(value(p))
        assert value(loss) == pytest.approx(expected, rel=0.06, abs=5e-4 if not is_short_of_1 else 0)


def test_the_picture_is_of_the_sample_that_the_numbers_are_of(digits):
    page = opened(PAGE, sample="300")
    place = digits.order[299]
    pixels = [cell["ink"] for cell in rows_with(charts(page), "ink")]
    raw = load_digits()
    (row,) = np.flatnonzero((raw.data == pixels).all(axis=1))
    assert page.get("vega_lite_chart")[OUTPUTS].proto.alt.endswith(f"True class: {raw.target[row]}.")
    assert [row[1] for row in shown(page, OUTPUTS)] == pytest.approx(digits.logits[place].tolist(), rel=1e-3)


def test_buttons_show_the_samples_that_they_promise(digits):
    page = opened(PAGE)
    label = page.button(key="sample example").label
    true, likeliest = label.removeprefix("True class ").split(", predicted ")
    press(page, "sample example")
    assert any(f"class is **{true}**. The network predicts **{likeliest}**" in text for text in texts(page))
    press(page, "sample surest")
    assert any(f"mistake {digits.mistakes} of {digits.mistakes}." in text for text in texts(page))
    press(page, "sample right")
    just = max(probabilities(page, OUTPUTS))
    assert any("The network predicts it" in text for text in texts(page))
    press(page, "sample sure")
    assert any("The network predicts it" in text for text in texts(page))
    assert max(probabilities(page, OUTPUTS)) > just
    assert address(page) == {"sample": ["719"]}


def of_one(logits: list[float], label: int) -> tuple[Outputs, Dataset]:
    """What a network says of one digit."""
    scores = np.full((1, 10), -50, np.float32)
    scores[0, : len(logits)] = logits
    return Outputs(scores, np.array([label]), np.zeros((1, 64))), load(DatasetSpec("digits", view="all"))


def test_a_probability_that_float32_cannot_hold_has_a_finite_cross_entropy_all_the_same():
    found, data = of_one([12.0, 0.0], label=1)
    _, said = sample_words(found, 0, steps(found.logits[0], temperature=0.1), data)
    assert "computed from the scores, not from this 0" in said
    assert said.endswith("**120**."), "12 / 0.1"


def test_of_a_small_probability_the_cross_entropy_is_minus_the_logarithm():
    found, data = of_one([10.0, 0.0], label=1)
    _, said = sample_words(found, 0, steps(found.logits[0], temperature=0.1), data)
    assert "has probability 3.72·10⁻⁴⁴; the cross-entropy, −ln p, is **100**." in said


def test_a_probability_that_float32_rounds_to_1_is_told_by_what_the_others_have():
    found, data = of_one([20.0, 0.0], label=1)
    said, _ = sample_words(found, 0, steps(found.logits[0]), data)
    assert value(said.split("probability 1 − ")[1].split(":")[0]) == pytest.approx(np.exp(-20), rel=0.05)


NINE, EIGHT = 9, 8


@pytest.mark.parametrize(
    ("mistakes", "expected"),
    [
        ([(3, 5), (1, 7), (1, 7), (NINE, EIGHT)], (NINE, EIGHT)),
        ([(3, 5), (1, 7), (1, 7), (EIGHT, NINE)], (1, 7)),
        ([], None),
    ],
)
def test_the_example_is_a_9_taken_for_an_8_or_else_the_mistake_that_is_made_most_often(mistakes, expected):
    labels, likeliest = np.array([*mistakes, (4, 4)]).T
    sureness = np.linspace(5, 1, len(labels), dtype=np.float32)  # so that the order is another
    found = Outputs(np.eye(10, dtype=np.float32)[likeliest] * sureness[:, None], labels, np.zeros((len(labels), 64)))
    place = example(found, load(DatasetSpec("digits", view="all")))
    assert (place is None) == (expected is None)
    if expected:
        at = found.order[place]
        assert (labels[at], likeliest[at]) == expected
    assert example(found, load(DatasetSpec("iris", view="all"))) is None


def test_the_controls_have_the_letters_of_the_formula():
    page = opened(PAGE)
    labels = [widget.label for widget in (*page.main.slider, *page.main.select_slider)]
    assert labels == ["Score a₀", "Score a₁", "Score a₂", "Constant c", "Temperature T"]


def test_inf_nan_and_float32_are_explained():
    said = overflow_reading()
    assert "float32" in said
    assert "numbers of 32 bits, up to 3.4·10³⁸" in said
    assert "inf (infinity); nan means not a number" in said


def test_the_mending_is_at_temperature_1_whatever_is_chosen():
    cold, usual = (opened(PAGE, **settings) for settings in ({"temperature": "0.1"}, {}))
    first, second = (page.get("vega_lite_chart")[-2] for page in (cold, usual))
    assert first.proto.alt == second.proto.alt
    assert "at temperature 1, whatever is chosen above" in " ".join(texts(cold))


def test_of_iris_the_measures_are_shown_as_they_were_measured():
    page = opened(PAGE, dataset="iris", sample="2")
    found, data = outputs(trained("iris")), load(DatasetSpec("iris", view="all"))
    measures = {metric.label: float(metric.value.removesuffix(" cm")) for metric in page.metric}
    assert measures == dict(zip(data.feature_names, found.measures[found.order[1]]))
    assert list(measures.values()) in load_iris().data.tolist()
    assert [row[0] for row in shown(page, OUTPUTS)] == list(load_iris().target_names)


def test_another_dataset_starts_from_its_first_sample():
    page = opened(PAGE, sample="300")
    choose(page, "segmented_control", "dataset", "iris")
    assert address(page) == {"dataset": ["iris"]}


@pytest.mark.parametrize("name", ["digits", "iris"])
def test_the_link_to_compare_trains_the_same_network(name):
    there = links(opened(PAGE, dataset=name))["Compare such networks"]
    settings = dict(setting.split("=") for setting in there.lstrip("?").split("&"))
    table, expected = figures(opened(**settings)), final_figures(trained(name))
    assert table.test_loss.tolist() == pytest.approx(expected.test_loss.tolist())


def test_the_mending_is_of_the_sample_that_is_shown(digits):
    page = opened(PAGE)
    first, second = (chart.proto.alt for chart in page.get("vega_lite_chart")[-2:])
    true = probabilities(page, OUTPUTS)[digits.labels[digits.order[0]]]
    assert f"probability, at temperature 1, goes from {true:.3g} to " in first
    found = mend(trained("digits"), int(digits.order[0]))
    assert f"{found.broken[-1]} of the other test samples went from right to wrong" in second
    assert any(
        f"A weight change of {100 * found.change[found.right_after]:.1f} % is enough" in text for text in texts(page)
    )
    choose(page, "number_input", "sample", digits.mistakes + 1)
    assert page.get("vega_lite_chart")[-2].proto.alt != first
    assert any("is already right about this sample" in text for text in texts(page))
