import ast
import pickle
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from core.formula import FormulaError, Program, read, slope_of
from core.formula import reading as module
from core.formula.reading import LENGTH
from core.formula.tree import in_order
from core.formula.typesetting import latex
from core.formula.writing import numpy_code, shown, spelled
from tests.core.formula.hostile import HOSTILE
from tests.formulas import evaluate
from tests.numeric import central_difference
from tests.reference.formula_cases import FORMULAS


def value(text: str, x: float = 2.0) -> float:
    return Program(read(text))(x=np.array([x]))[0].item()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", 2), ("x+3*x", 8), ("(x+3)*x", 10), ("-x^2", -4), ("(-x)^2", 4), ("2^x^2", 16), ("2**-x", 0.25),
        ("x-1-1", 0), ("8/x/x", 2), ("x·3", 6), ("x×3", 6), ("8÷x", 4), ("1−x", -1), ("x/2^2", 0.5), ("+x", 2),
        ("1e1*x", 20), (".5*x", 1), ("max(1, x, 3)", 3), ("min(1,x,3)", 1), ("where(x>=2, 5, 6)", 5),
        ("where(1<x<2, 5, 6)", 6), ("ln(x)", np.log(2)), ("where(not x<2 and x<3, 5, 6)", 5),
        ("where(x<0 or x<1 and x<3, 5, 6)", 6), ("e^x*pi", np.e**2 * np.pi), ("x^-3", 0.125), ("x^0.5", np.sqrt(2)),
        ("x^0", 1), ("atan(x)", np.arctan(2)), ("5 - -x", 7),
    ],
)  # fmt: skip
def test_a_formula_means_what_it_means_in_mathematics(text, expected):
    assert value(text) == pytest.approx(expected, rel=1e-14)


def test_there_are_two_hundred_hostile_texts():
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:30]))
def test_a_hostile_text_is_refused_with_its_place(text):
    with pytest.raises(FormulaError) as caught:
        read(text)
    error = caught.value
    assert 0 <= error.at <= len(text)
    assert len(str(error)) < 2 * LENGTH + 400, "megabytes are not echoed"
    assert pickle.loads(pickle.dumps(error)).at == error.at


def test_nothing_is_executed():
    """None of these is named in the package."""
    for path in Path(module.__file__).parent.glob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        assert not names & {"eval", "exec", "compile", "__import__", "globals"}, path


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("x*sigmod(x)", 2, "unknown name 'sigmod'; did you mean 'sigmoid'?"),
        ("y+x", 0, "unknown name 'y'; possible: x"), ("x+", 2, "expected a number, a name or '('"),
        ("2x", 1, "expected an operator"),
        ("import os", 7, "Only x, numbers, operators and functions"),
        ("max(x, 1", 3, "expected ')'"), ("x)", 1, "unexpected ')'"),
        ("x^2 + sin x", 10, "expected '(' behind sin"), ("x + $", 4, "unexpected character '$'"),
        ("where(x, 1, 2)", 6, "expected a comparison"), ("x>0", 0, "comparisons belong into where"),
        ("3*pi", 0, "with x in it"), ("x^(2^10)", 3, "expected an exponent between"),
        ("x + 1/0", 4, "this is not a finite number"), ("x·х", 2, "unexpected"),
        ("x + sin(x, 2)", 4, "sin has 1 argument, not 2"), ("x^2^2 + lambda", 8, "unknown name 'lambda'"),
        ("3*exp", 5, "'('"),
    ],
)  # fmt: skip
def test_an_error_says_where_and_what_was_expected(text, at, said):
    with pytest.raises(FormulaError) as caught:
        read(text)
    assert caught.value.at == at
    assert said in str(caught.value)
    assert f"character {at + 1}" in str(caught.value)


def test_conditions_are_read_where_they_are_asked_for():
    root = read("y > sin(x) and x^2 + y^2 < 4", ("x", "y"), condition=True)
    x, y = np.array([0.0, 0.0, 0.0, 3.0]), np.array([1.0, -1.0, 3.0, 1.0])
    (holds,) = Program(root)(x=x, y=y)
    assert holds.dtype == bool
    assert holds.tolist() == [True, False, False, False]
    for text in ("y + x", "y > 0 + (x > 0)", "1 > 0", "z > x"):
        with pytest.raises(FormulaError):
            read(text, ("x", "y"), condition=True)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_written_is_read_again_the_same(text):
    root = read(text)
    assert read(spelled(root)) is root
    assert read(shown(root)) is root
    assert spelled(read(spelled(root))) == spelled(root)
    assert not set(shown(root)) & set("*_`[]#$~:\\|"), "which mean something in Markdown"


@pytest.mark.parametrize("text", FORMULAS)
def test_slope_is_the_central_difference(text):
    root, x = read(text), np.linspace(-4, 4, 201) + 0.0123
    (slopes,) = Program(slope_of(root))(x=x)
    differences = central_difference(lambda x: Program(root)(x=x)[0], x, 1e-4)
    np.testing.assert_allclose(slopes, differences, rtol=1e-6, atol=1e-8)


def test_a_slope_is_by_one_variable():
    root = read("x^2*y + y", ("x", "y"))
    assert spelled(slope_of(root, "x")) == "2*x*y"
    assert spelled(slope_of(root, "y")) == "x^2+1"


@pytest.mark.parametrize("text", [text for text in FORMULAS if " or " not in text])
def test_latex_and_numpys_code_say_the_same(text):
    root, z = read(text), np.linspace(-3, 3, 61)
    for one in (root, slope_of(root)):
        (expected,) = Program(one)(x=z)
        *lines, last = numpy_code(one, {"x": "z"}).split("\n")
        names = {"np": np, "ndtr": ndtr, "z": z}
        exec("\n".join([*lines, f"found = {last}"]), names)
        np.testing.assert_allclose(names["found"], expected, rtol=1e-9, atol=1e-9)
        if (written := latex(one, {"x": "z"})) is not None:
            np.testing.assert_allclose(evaluate(written, z), expected, rtol=1e-9, atol=1e-9)


def test_what_occurs_twice_is_one_node_and_large_slopes_stay_small():
    root = read("max(" * 19 + "x" + "".join(f",{i}*x)" for i in range(2, 21)))
    slope = slope_of(root)
    assert len(in_order(root, slope)) < 250, "and as a text it would have a million parts"
    assert latex(slope, {"x": "z"}) is None
    (values,) = Program(slope)(x=np.array([-1.0, 1.0]))
    assert values.tolist() == [1, 20]


def test_a_bound_program_computes_in_its_memory_again_and_again():
    """With arguments overwritten where they are no longer needed: values and slopes are as without."""
    for text in FORMULAS:
        root = read(text)
        x, a, s = (np.empty((3, 4), "float32") for _ in range(3))
        value, slope = Program(root, slope_of(root)).bind({"x": x}, [a, s])
        for seed in (0, 1):
            x[:] = np.random.default_rng(seed).standard_normal(x.shape)
            kept = x.copy()
            with np.errstate(all="ignore"):
                value()
                slope()
            np.testing.assert_array_equal(x, kept)
            np.testing.assert_array_equal(a, Program(root)(x=x)[0])
            np.testing.assert_array_equal(s, np.broadcast_to(Program(slope_of(root))(x=x)[0], x.shape))
