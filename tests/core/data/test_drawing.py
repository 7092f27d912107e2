"""Drawings as texts: what a link can hold, what it means, and what it may not make of the server."""

import numpy as np
import pytest

from core import DATASETS, DatasetSpec, Experiment, Run, Table, limits, load
from core.data import drawing
from core.data.drawing import (
    MOST_POINTS,
    REACH,
    STEP,
    fitted,
    points_of,
    table_of,
    text_of,
    text_of_dataset,
    text_of_table,
)
from tests.hostile.kinds import TEXTS, bounded

SIX = text_of([[-1, -1], [-1, 1], [-2, 0.29], [1, 1], [1, -1], [2, 0]], [0, 0, 0, 1, 1, 1])
MADE = [name for name, kind in DATASETS.items() if kind.made]


def drawn(points: int, classes: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Points anywhere in the square, class after class, each of which has some."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), rng.integers(classes, size=points - classes)])
    return rng.uniform(-REACH, REACH, (points, 2)), np.sort(labels)


def test_a_text_is_what_the_module_says():
    text = "eo8Yh_.9R4"
    assert f'"{text}"' in drawing.__doc__
    X, y = points_of(text)
    assert X.tolist() == [[0, 0], [0.29, -0.5], [2.5, 2.5]]
    assert y.tolist() == [0, 0, 1]
    assert text_of(X, y) == text
    assert points_of("")[0].shape == (0, 2) and text_of([], []) == ""


@pytest.mark.parametrize(("points", "classes"), [(2, 2), (150, 3), (MOST_POINTS, limits.CLASSES[1])])
def test_what_is_written_is_read_with_each_coordinate_off_by_half_a_step_at_most(points, classes):
    X, y = drawn(points, classes)
    text = text_of(X, y)
    read, labels = points_of(text)
    assert len(text) == 3 * points + classes - 1
    assert np.abs(read - X).max() <= STEP / 2 + 1e-12
    assert labels.tolist() == y.tolist()
    assert text_of(read, labels) == text, "once rounded, a drawing stays as it is"


def test_every_place_of_the_square_has_a_text():
    for edge in (-REACH, REACH):
        column = np.round(np.arange(-REACH, REACH + STEP / 2, STEP), 2)
        for start in range(0, len(column), MOST_POINTS):
            X = np.column_stack([column, np.full_like(column, edge)])[start : start + MOST_POINTS]
            assert points_of(text_of(X, np.zeros(len(X), int)))[0].tolist() == X.tolist()


def test_points_of_classes_in_turn_come_class_after_class():
    X, y = points_of(text_of([[0, 0], [1, 1], [0, 1]], [1, 0, 1]))
    assert X.tolist() == [[1, 1], [0, 0], [0, 1]]
    assert y.tolist() == [0, 1, 1]


@pytest.mark.parametrize("X", [[[2.51, 0]], [[0, -3]], [[float("nan"), 0]], [[float("inf"), 0]]])
def test_points_outside_of_the_square_are_refused(X):
    with pytest.raises(ValueError, match=r"between -2\.5 and 2\.5"):
        text_of(X, [0])


def test_too_many_points_or_classes_are_refused():
    with pytest.raises(ValueError, match="points is 501"):
        text_of(np.zeros((501, 2)), np.zeros(501, int))
    with pytest.raises(ValueError, match="classes is 11"):
        text_of([[0, 0]], [10])


@pytest.mark.parametrize(
    "text",
    ["a", "abcd", "abc.", ".", "abc..", "abc!bc", "abc\n", "é" * 3, "___", "." * 10 + "abc", "abc" * 501, "\ud800" * 3],
)
def test_what_is_no_drawing_is_refused_in_one_sentence(text):
    with pytest.raises(
        ValueError, match=r"^points is .*, and must be the text of a drawing of at most 500 points"
    ) as error:
        points_of(text)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("kind", TEXTS)
def test_a_strangers_text_is_read_or_refused_at_once(kind):
    for text in (TEXTS[kind], TEXTS[kind].replace(" ", "A"), f"{SIX}{TEXTS[kind]}"):
        with bounded(kind):
            table_of(text)


def test_a_drawing_is_a_table():
    table = table_of(SIX)
    assert table == Table(
        ("x", "y"), ("class 0", "class 1"),
        [[-1.0, -1.0], [-1.0, 1.0], [-2.0, 0.29], [1.0, 1.0], [1.0, -1.0], [2.0, 0.0]], [0, 0, 0, 1, 1, 1],
    )  # fmt: skip
    assert not table.has_test_part, "three points of a class are too few to be split"
    assert table_of(text_of(*drawn(60, 3))).has_test_part


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("", "at least 4 points and 2 classes"),
        (text_of([[0, 0], [1, 1], [2, 2]], [0, 0, 1]), "at least 4 points"),
        (text_of(np.zeros((50, 2)), np.zeros(50, int)), "2 classes"),
        (text_of(drawn(50, 1)[0], np.repeat([0, 2], 25)), "class 1 has no points"),
        (text_of([[0, 0], [0, 1], [0, 2], [0, 0]], [0, 0, 1, 1]), "feature 'x' has the same value in every row"),
    ],
)
def test_what_is_too_little_to_learn_says_what_it_lacks(text, lacking):
    with pytest.raises(ValueError, match=lacking):
        table_of(text)


@pytest.mark.parametrize("seed", range(3))
def test_a_table_that_was_drawn_gives_its_text_back(seed):
    text = text_of(*drawn(100, 4, seed))
    assert text_of_table(table_of(text)) == text
    experiment = Experiment(DatasetSpec("own", table=table_of(text)), (Run("tanh"),), epochs=3)
    assert text_of_table(Experiment.from_json(experiment.to_json()).dataset.table) == text


def test_any_other_table_has_none():
    X, y = points_of(text_of(*drawn(100, 2)))
    classes = ("class 0", "class 1")
    assert text_of_table(Table(("x", "y"), classes, X, y)) is not None
    assert text_of_table(Table(("x", "z"), classes, X, y)) is None
    assert text_of_table(Table(("x", "y"), ("no", "yes"), X, y)) is None
    assert text_of_table(Table(("x", "y"), classes, X + 0.001, y)) is None
    assert text_of_table(Table(("x", "y"), classes, 2 * X, y)) is None
    assert text_of_table(Table(("x", "y"), classes, X, y[::-1])) is None, "another order is another split"
    assert text_of_table(Table(("x", "y"), classes, np.tile(X, (6, 1)), np.tile(y, 6))) is None
    assert text_of_table(None) is None


@pytest.mark.parametrize("name", MADE)
def test_a_drawing_can_begin_with_any_dataset_of_two_features(name):
    spec = DatasetSpec(name, samples=200)
    data = load(spec)
    text, notes = text_of_dataset(spec)
    X, y = points_of(text)
    assert np.bincount(y).tolist() == np.bincount(np.concatenate([data.y_train, data.y_test])).tolist()
    before = np.vstack([data.X_train, data.X_test])
    for axis, column in enumerate(X.T):
        scaled = np.sort((column - column.mean()) / column.std())
        was = np.sort((before[:, axis] - before[:, axis].mean()) / before[:, axis].std())
        assert np.abs(scaled - was).max() < STEP / column.std(), "moved and scaled at most, for each axis alike"
    assert all("square" in note for note in notes)
    assert table_of(text).has_test_part


def test_points_that_suit_the_square_stay_where_they_are():
    X, y = drawn(80, 2)
    table = Table(("x", "y"), ("class 0", "class 1"), X, y)
    text, notes = text_of_dataset(DatasetSpec("own", table=table))
    assert np.abs(points_of(text)[0] - X).max() <= STEP / 2 + 1e-12
    assert notes == ()


def test_names_that_a_drawing_cannot_have_are_told():
    table = Table(("height", "width"), ("ash", "oak"), *drawn(80, 2))
    assert text_of_dataset(DatasetSpec("own", table=table))[1] == (
        "x is height, and y is width.",
        "The classes are now class 0, class 1 and so on. Their names were ash, oak.",
    )


@pytest.mark.parametrize("column", [[1e9, 2e9, 3e9], [-1e-9, 0, 1e-9], [1, 2, 2.6], [-1e100, 0, 1e100]])
def test_other_points_nearly_fill_the_square(column):
    assert fitted(np.array(column, float))[[0, -1]] == pytest.approx([-2.25, 2.25])


def test_of_many_samples_each_class_has_its_share_and_one_at_least():
    y = np.repeat([0, 1, 2], [4, 1996, 3000])
    X = np.random.default_rng(0).uniform(-2, 2, (5000, 2))
    text, notes = text_of_dataset(DatasetSpec("own", table=Table(("a", "b"), ("p", "q", "r"), X, y), test_share=0.5))
    drawn, labels = points_of(text)
    assert len(drawn) == MOST_POINTS
    assert np.bincount(labels) == pytest.approx([1, 199.6, 300], abs=2)
    assert any("500 of the 5,000 points" in note for note in notes)


def test_data_of_one_feature_or_many_are_no_drawing():
    for spec in (
        DatasetSpec("iris"),
        DatasetSpec("own", table=Table(("a",), ("p", "q"), [[k] for k in range(8)], [0, 1] * 4)),
    ):
        with pytest.raises(ValueError, match="the number of features"):
            text_of_dataset(spec)
