"""Points that are drawn, on Compare in AppTest: the address has them, and what is said of too few or too many."""

import pytest

from core import DatasetSpec, Experiment, Run, train
from core.data.drawing import MOST_POINTS, points_of, table_of, text_of_dataset
from tests.page import address, choose, drawn_by, figures, messages, opened, press, result, run
from ui.compare import own_points

pytestmark = pytest.mark.usefixtures("no_worker_processes")
XOR = "AAAe5V.eo89R4"
MOONS, _ = text_of_dataset(DatasetSpec("moons", samples=50))
ASKED = {"dataset": "drawn", "activations": ["relu", "tanh"], "epochs": "3"}
ASKED_RUNS = Run("relu"), Run("tanh")


def canvas(page) -> dict:
    (data,) = drawn_by(page, "drawing")
    return data


def test_the_points_of_a_link_are_on_the_canvas_and_trained():
    page = opened(**ASKED, points=MOONS)
    assert canvas(page)["text"] == MOONS
    spec = DatasetSpec("own", table=table_of(MOONS))
    expected = train(Experiment(spec, ASKED_RUNS, epochs=3))
    assert figures(page).test_loss.tolist() == expected.test_loss[:, -1].tolist()
    facts = [text.value for box in page.main.expander for text in box.markdown]
    assert any("Points you draw: 2 classes, 30 training samples, 20 test samples" in fact for fact in facts)
    assert not any("are not in the link" in caption.value for caption in page.main.caption)
    assert not any(button.key == "draw on" for button in page.button)
    assert messages(page) == []


def test_the_classes_look_as_they_do_in_the_pictures():
    page = opened(**ASKED, points=MOONS)
    (pictures,) = drawn_by(page, "pictures")
    assert canvas(page)["classes"][:2] == pictures["classes"]


def test_what_the_browser_says_is_drawn_is_trained_and_what_no_canvas_says_is_not(monkeypatch):
    page = opened(**ASKED, points=MOONS)
    state = {"points": MOONS}
    monkeypatch.setattr(own_points.st, "session_state", state)
    for wrong in (None, 7, ["abc"], {"a": 1}, "abcd", "é" * 3, "abc" * 501, "a" * 1_000_000):
        own_points._take(wrong)
        assert state == {"points": MOONS}
    own_points._take(XOR)
    assert state == {"points": XOR}
    monkeypatch.undo()
    page.session_state["points"] = XOR
    run(page)
    assert address(page)["points"] == [XOR]
    assert canvas(page)["text"] == XOR
    assert len(figures(page)) == 2


def test_four_points_are_learned_without_test_data():
    page = opened(**ASKED, points=XOR)
    assert any("A class has fewer than 4 points" in message for message in messages(page))
    (pictures,) = drawn_by(page, "pictures")
    assert pictures["networks"][0]["outcomes"][-1].startswith("Training accuracy")


@pytest.mark.parametrize(
    ("points", "lacking"),
    [
        ("", "at least 4 points and 2 classes are needed"),
        ("AAAe5Veo8", "at least 4 points and 2 classes are needed"),
        ("AAAe5V..eo89R4", "class 1 has no points"),
        ("AAAAAA.AAAAAA", "has the same value in every row"),
    ],
)
def test_what_is_needed_before_training_is_said(points, lacking):
    page = opened(**ASKED, points=points)
    (said,) = messages(page)
    assert said.startswith("The training starts as soon as there are enough points: ")
    assert lacking in said
    assert canvas(page)["text"] == points
    assert not drawn_by(page, "pictures")


@pytest.mark.parametrize("points", ["abcd", "___", "<script>", "abc" * 501])
def test_a_bad_text_in_the_address_is_one_sentence_and_an_empty_canvas(points):
    page = opened(**ASKED, points=points)
    (said,) = [message for message in messages(page) if "In the address" in message]
    assert "must be the text of a drawing of at most 500 points and 10 classes" in said
    assert canvas(page)["text"] == ""
    assert "points" not in address(page)


def test_a_drawing_can_begin_with_a_dataset_and_is_kept_while_another_one_is_chosen():
    page = opened(dataset="moons", samples="50", activations=["relu"], epochs="3", noise="0.3")
    press(page, "draw on")
    text, _ = text_of_dataset(DatasetSpec("moons", samples=50, noise=0.3))
    assert address(page) == {"dataset": ["drawn"], "points": [text], "activations": ["relu"], "epochs": ["3"]}
    assert canvas(page)["text"] == text
    said = [text.value for text in page.main.markdown]
    assert any("x is moved and scaled to fit into the square." in each for each in said)
    page.session_state["points"] = XOR
    run(page)
    assert not any("to fit into the square" in text.value for text in page.main.markdown), "it is another drawing"
    choose(page, "selectbox", "dataset", "circles")
    assert "points" not in address(page)
    choose(page, "selectbox", "dataset", "drawn")
    assert address(page)["points"] == [XOR]


def test_of_more_points_than_a_link_has_it_is_said_that_some_are_taken():
    page = opened(dataset="moons", samples="1000", activations=["relu"], epochs="1")
    press(page, "draw on")
    assert len(points_of(canvas(page)["text"])[1]) == MOST_POINTS
    assert any("500 of the 1,000 points are taken" in text.value for text in page.main.markdown)


def test_data_of_more_features_cannot_be_drawn_on():
    page = opened(dataset="iris", activations=["relu"], epochs="1")
    assert drawn_by(page, "pictures")
    assert not any(button.key == "draw on" for button in page.button)


def test_the_share_of_test_data_outlives_a_drawing_that_is_too_small_for_it():
    page = opened(**ASKED, points=XOR, test_share="0.2")
    assert page.select_slider(key="test_share").disabled
    assert [message for message in messages(page) if "address" in message] == []
    page.session_state["points"] = MOONS
    run(page)
    assert not page.select_slider(key="test_share").disabled
    expected = train(Experiment(DatasetSpec("own", table=table_of(MOONS), test_share=0.2), ASKED_RUNS, epochs=3))
    assert figures(page).test_loss.tolist() == expected.test_loss[:, -1].tolist()


def test_an_experiment_that_is_opened_has_its_points_on_the_canvas():
    spec = DatasetSpec("own", table=table_of(MOONS), made_features=("x1_squared", "sin_x2"), standardised=False)
    experiment = Experiment(spec, (Run("elu"),), epochs=3, batch_size=8)
    page = opened(activations=["relu"], epochs="1")
    file = ("experiment.json", experiment.to_json().encode(), "application/json")
    page.file_uploader(key="experiment file").upload(*file)
    run(page)
    assert address(page).items() >= {"dataset": ["drawn"], "points": [MOONS], "activations": ["elu"]}.items()
    assert address(page).items() >= {"made_features": ["x1_squared", "sin_x2"], "standardised": ["False"]}.items()
    assert result(opened(**address(page))) == result(page), "its link has all of it"
    assert canvas(page)["text"] == MOONS
    assert figures(page).test_loss.tolist() == train(experiment).test_loss[:, -1].tolist()
