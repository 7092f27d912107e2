"""Numbers as they stand on screen, and that no other module of `ui` writes any."""

import ast
import re
import string
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests import ROOT
from ui.shell.numbers import (
    RAISED,
    brief,
    cell,
    count,
    exact,
    exact_percent,
    fixed,
    grouped,
    if_finite,
    in_tex,
    loss,
    pair,
    percent,
    points,
    positive_percent,
    probability,
    rounded,
    series,
    short,
    significant,
    written,
)  # fmt: skip

# The places where a number is formatted and not shown, by module and by what is formatted.
NOT_ON_SCREEN = {
    ("ui/charts/functions.py", ".4g"): "coordinates of an SVG",
    ("ui/lessons/optimizers/controls.py", "g"): "a start as the address has it, which people type",
}
OF_NUMBERS = re.compile(r"[-+ ]?z?#?0?\d*[,_]?(\.(\d+|\{\}))?[bcdeEfFgGnoxX%]?")


def value(text: str) -> float:
    """The number that was written."""
    back = {raised: plain for plain, raised in RAISED.items()} | {ord("−"): "-"}
    return float(text.replace("·10", "e").translate(back))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.75812, "0.7581"), (-0.75812, "−0.7581"), (-0.0, "0"), (0.0, "0"), (-4.5423e-5, "−4.542·10⁻⁵"),
        (np.float32(4.852e8), "4.852·10⁸"), (14.203125, "14.2"), (-1e-10, "−1·10⁻¹⁰"), (np.nan, "nan"),
        (-np.inf, "−inf"),
    ],
)  # fmt: skip
def test_they_have_a_true_minus_and_powers_of_ten(number, text):
    assert written(number) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.65900, "0.659"), (1.0, "1"), (0.0, "0"), (0.9994, "0.999"), (0.99951, "1 − 0.00049"),
        (1 - 4.5e-5, "1 − 4.5·10⁻⁵"), (3.72e-44, "3.72·10⁻⁴⁴"),
    ],
)  # fmt: skip
def test_a_probability_is_not_rounded_to_1_if_it_is_less(p, text):
    assert probability(p) == text


def test_pairs_have_no_negative_zero():
    assert pair((-0.0, -2.5)) == "(0, −2.5)"


@pytest.mark.parametrize(
    ("write", "number", "text"),
    [
        (short, 0.314, "0.31"), (short, 464.0, "460"), (short, -0.0, "0"), (short, -5.12e-7, "−5.1·10⁻⁷"),
        (partial(brief, digits=4), 0.75812, "0.7581"), (partial(brief, digits=4), -1.2345e-6, "−1.2·10⁻⁶"),
        (exact, 0.03, "0.03"), (exact, 1e-5, "1·10⁻⁵"), (exact, 1 / 3, "0.3333333333333333"), (exact, -1.0, "−1"),
        (exact, -0.0, "0"), (exact, 100.0, "100"), (exact, 1e8, "1·10⁸"), (exact, -1000, "−1000"),
        (exact, 1234567, "1234567"), (exact, "tanh-like", "tanh-like"), (exact, None, "None"), (exact, True, "True"),
        (partial(fixed, places=2), -0.001, "0.00"), (partial(fixed, places=2), -1.2, "−1.20"),
        (partial(fixed, places=0), 97.4, "97"),
        (rounded, 4.3567, "4.36"), (rounded, 1.0, "1"), (rounded, -np.inf, "−∞"), (rounded, -0.001, "0"),
        (loss, np.log(2), "0.693"), (loss, 3.21e-7, "3.2·10⁻⁷"), (loss, 12345.0, "12000"), (loss, 0.0, "0"),
        (if_finite, 0.123456, "0.1235"), (if_finite, np.nan, "not finite"), (if_finite, np.inf, "not finite"),
        (partial(if_finite, write=short), 4.12e-5, "4.1·10⁻⁵"),
        (cell, np.nan, "–"), (cell, np.inf, "∞"), (partial(cell, write=short), 464.0, "460"),
        (percent, 0.9558, "95.6 %"), (percent, np.float32(1), "100.0 %"), (percent, -0.0, "0.0 %"),
        (positive_percent, 0.9558, "95.6 %"), (positive_percent, 0.0005, "0.1 %"), (positive_percent, 3e-4, "0.03 %"),
        (exact_percent, 0.4, "40 %"), (exact_percent, 0.125, "12.5 %"), (exact_percent, 0.07, "7 %"),
        (points, 0.019, "1.9"), (points, -0.004, "−0.4"), (points, -0.0004, "0.0"),
        (series, [-2, 0, 0.88079], "−2, 0, 0.8808"), (grouped, 10000, "10,000"),
    ],
)  # fmt: skip
def test_numbers_are_written_for_what_they_are(write, number, text):
    assert write(number) == text


@pytest.mark.parametrize("samples", [7, 16, 30, 80, 96, 160, 360, 400, 500, 1000, 2000])
def test_what_lies_halfway_is_rounded_up_by_the_exact_fraction_and_not_by_its_float(samples):
    """A mean of accuracies, too, which sums make a little smaller or larger."""
    for right in range(samples + 1):
        exactly = Decimal(100 * right) / samples
        text = f"{exactly.quantize(Decimal('0.1'), ROUND_HALF_UP)} %"
        share = right / samples
        assert [percent(each) for each in (share, np.nextafter(share, 0), np.nextafter(share, 2))] == [text] * 3
        assert f"{points(-share)} %".replace("−", "") == text


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (56.25, 1, "56.3"), (-56.25, 1, "−56.3"), (62.5, 0, "63"), (28.125, 2, "28.13"), (0.0625, 3, "0.063"),
        (56.2499, 1, "56.2"), (-0.04, 1, "0.0"), (123456789012.25, 1, "123456789012.2"), (np.inf, 1, "inf"),
    ],
)  # fmt: skip
def test_halves_go_away_from_0(number, places, text):
    assert fixed(number, places) == text


def test_two_choices_are_never_written_alike():
    assert exact(0.1 + 0.2) != exact(0.3) == "0.3"


@pytest.mark.parametrize(
    ("number", "tex"), [(-0.75812, "-0.7581"), (4.5423e-5, r"4.542 \cdot 10^{-5}"), (-3e12, r"-3 \cdot 10^{12}")]
)
def test_in_formulas_they_are_latex(number, tex):
    assert in_tex(written(number)) == tex


def test_a_chart_gets_numbers_with_few_digits():
    assert significant(0.123456) == 0.1235
    assert significant(-98765.4, 2) == -99000


def test_one_is_alone_and_all_others_are_several():
    assert [count(number, "epoch") for number in (0, 1, 2)] == ["0 epochs", "1 epoch", "2 epochs"]


def formats(source: str) -> Iterator[str]:
    """The formats of numbers in a module: in f-strings, in templates of sentences, and as arguments of `format`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.format_spec.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from in_template(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "format":
            yield "".join(str(argument.value) for argument in node.args[1:] if isinstance(argument, ast.Constant))


def in_template(text: str) -> Iterator[str]:
    try:
        yield from (spec for _, field, spec, _ in string.Formatter().parse(text) if field is not None and spec)
    except ValueError:  # braces of CSS, JavaScript or LaTeX
        return


def test_the_formats_of_a_module_are_found():
    source = "f'{x:.2f} {y:>8}'; 'It is {share:.1f} %'.format(share=1); format(z, '.3g'); f'{x} {when:%H:%M} {y:.{n}g}'"
    assert {spec for spec in formats(source) if OF_NUMBERS.fullmatch(spec)} == {".1f", ".3g", ".2f", ".{}g"}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "ui").rglob("*.py")) if path.name != "numbers.py"],
    ids=lambda path: path.stem,
)
def test_no_other_module_formats_numbers(path: Path):
    module = path.relative_to(ROOT).as_posix()
    found = {spec for spec in formats(path.read_text()) if OF_NUMBERS.fullmatch(spec)}
    assert found == {spec for of_module, spec in NOT_ON_SCREEN if of_module == module}
