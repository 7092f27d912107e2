import pickle
import subprocess
import sys

import numpy as np
import pytest

from core.data.tables import Table
from tests import ROOT

X, Y = [[i, i * i] for i in range(20)], [0, 1] * 10
FIELDS = {"feature_names": ["p", "q"], "class_names": ["a", "b"], "X": X, "y": Y}


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"feature_names": "pq"}, ["feature names are 'pq'", "tuple"]),
        ({"feature_names": ["p", 3]}, ["feature name is 3", "text"]),
        ({"feature_names": ["p", " "]}, ["feature name is ' '"]),
        ({"feature_names": ["p"] * 65}, ["feature names", "differ"]),
        ({"feature_names": [f"p{i}" for i in range(65)]}, ["features is 65", "64"]),
        ({"feature_names": ["p", "q\ud800"]}, ["feature name", "cannot be shown"]),
        ({"class_names": ["a", "b" * 201]}, ["class name", "between 1 and 200"]),
        ({"feature_names": ["p", "q", "r"]}, ["X has shape (20, 2)", "(n, 3)"]),
        ({"class_names": ["a", "a"]}, ["class names", "differ"]),
        ({"class_names": ["a"]}, ["classes is 1", "10"]),
        ({"class_names": None}, ["class names are None"]),
        ({"class_names": ["a", "b", "c"]}, ["rows of class 'c' is 0"]),
        ({"X": [*X[:19], [1]]}, ["inhomogeneous"]),
        ({"X": X[:19]}, ["X has shape (19, 2) and y (20,)"]),
        ({"X": X[:3], "y": Y[:3]}, ["rows is 3", "4"]),
        ({"X": X * 251, "y": Y * 251}, ["rows is 5020", "5,000"]),
        ({"X": [*X[:19], [1, None]]}, ["only numbers"]),
        ({"X": [*X[:19], [1, 10**400]]}, ["only numbers"]),
        ({"X": [["1", "2"]] * 20}, ["only numbers"]),
        ({"X": {"p": 1}}, ["only numbers"]),
        ({"X": [*X[:19], [1, float("nan")]]}, ["X[19][1] is nan"]),
        ({"X": [*X[:19], [float("inf"), 1]]}, ["X[19][0] is inf"]),
        ({"X": [[i, 0.1] for i in range(20)]}, ["'q' has the same value"]),
        ({"y": [0.0, 1.0] * 10}, ["y only whole numbers"]),
        ({"y": [True, False] * 10}, ["y only whole numbers"]),
        ({"y": [0, 2] * 10}, ["y goes from 0 to 2", "between 0 and 1"]),
        ({"y": [0, -1] * 10}, ["y goes from -1"]),
        ({"y": [0] * 20}, ["rows of class 'b' is 0", "between 1"]),
    ],
)
def test_a_table_checks_itself(change, parts):
    with pytest.raises(ValueError) as error:
        Table(**(FIELDS | change))
    for part in parts:
        assert part in str(error.value)


def test_lists_and_arrays_become_plain_tuples():
    one, other = Table(**FIELDS), Table(("p", "q"), ("a", "b"), np.array(X, np.float32), np.array(Y, np.uint8))
    assert one == other
    assert hash(one) == hash(other)
    assert type(other.X[0][0]) is float
    assert type(other.y[0]) is int


@pytest.mark.parametrize(
    "change", [{"feature_names": ["q", "p"]}, {"class_names": ["b", "a"]}, {"X": X[::-1]}, {"y": Y[::-1]}]
)
def test_every_part_makes_a_table_another(change):
    one, other = Table(**FIELDS), Table(**(FIELDS | change))
    assert one != other
    assert hash(one) != hash(other)


def test_a_pickle_is_found_in_another_process_where_texts_hash_differently():
    one = Table(**FIELDS)
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(pickle.loads(pickle.dumps(one))) == hash(one)
    code = (
        "import pickle, sys; from core.data.tables import Table; one = pickle.load(sys.stdin.buffer);"
        "assert {Table(one.feature_names, one.class_names, one.X, one.y): 'found'}[one] == 'found'"
    )
    subprocess.run([sys.executable, "-c", code], input=pickle.dumps(one), check=True, cwd=ROOT)


def test_a_large_table_prints_short():
    names = [f"feature {i}" for i in range(64)]
    numbers = np.random.default_rng(0).standard_normal((5000, 64))
    large = Table(names, ["a", "b"], numbers, [0, 1] * 2500)
    assert "5000 rows, 64 features" in repr(large)
    assert len(repr(large)) < 200
