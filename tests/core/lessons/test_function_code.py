"""The code to copy does what it says: numpy's is run here, PyTorch's was run when its numbers were recorded."""

import contextlib
import io
from dataclasses import replace

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.function_code import numpy_code, torch_code
from tests.reference.cases import ACTIVATIONS_IN_TORCH
from tests.reference.recorded import RECORD, numbers

RECORDED = numbers("function_code.json")
Z = np.linspace(-5, 5, 11)


def run(code: str) -> dict[str, object]:
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "copied", "exec"), names)
    return names


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_numpys_code_has_the_values_and_slopes_of_the_record_kinks_included(name):
    copied, record = run(numpy_code(name)), ACTIVATIONS[name]
    z = np.linspace(-30, 30, 1201)
    # PyTorch's softplus, and so the record's, is z itself from 20 on, which is 2e-9 off.
    np.testing.assert_allclose(copied["f"](z), record.value(z), rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(copied["slope"](z), record.slope(z), rtol=1e-8, atol=1e-12)
    np.testing.assert_array_equal(copied["z"], Z)


@pytest.mark.parametrize("name", ACTIVATIONS_IN_TORCH)
def test_pytorchs_code_is_the_one_whose_numbers_were_recorded_and_they_are_the_records(name):
    recorded = RECORDED[name]
    assert recorded["code"] == torch_code(name), RECORD
    np.testing.assert_allclose(recorded["value"], ACTIVATIONS[name].value(Z), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(recorded["slope"], ACTIVATIONS[name].slope(Z), rtol=1e-5, atol=1e-6)


def test_scipy_and_nn_are_imported_where_they_are_used():
    assert "ndtr" in numpy_code("gelu")
    assert "scipy" not in numpy_code("sigmoid")
    assert "nn" not in torch_code("sin").replace("linspace", "")
    assert "from torch import nn" in torch_code("sigmoid")


def test_of_what_pytorch_lacks_there_is_no_code_in_it(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "sin", replace(ACTIVATIONS["sin"], torch=None))
    assert torch_code("sin") is None


@pytest.mark.parametrize("code", [numpy_code, torch_code])
def test_a_wrong_name_is_named(code):
    with pytest.raises(ValueError, match="unknown activation 'sigmod'; did you mean 'sigmoid'"):
        code("sigmod")
