"""Functions that people write, held to PyTorch's autograd by numbers that `tests.reference.record` recorded."""

import contextlib
import io
import pickle

import numpy as np
import pytest

from core import Experiment, Run, activation_of, train
from core.export import core_code, torch_code
from core.formula import FormulaError
from core.lessons import function_code
from core.lessons.function_facts import facts
from core.nn.activations import ACTIVATIONS
from core.nn.initializers import suiting
from core.nn.kernels import bind
from core.nn.mean_field import gain
from core.nn.own_functions import seconds_of
from tests.reference import cases
from tests.reference.formula_cases import FORMULAS, PLACES, training
from tests.reference.recorded import Recorded, arrays

TOLERANCE = {"float64": {"rtol": 1e-9, "atol": 1e-12}, "float32": {"rtol": 2e-5, "atol": 2e-6}}


@pytest.fixture(scope="module")
def recorded() -> Recorded:
    return arrays("formulas.npz")


def test_there_are_thirty():
    assert len(FORMULAS) == 30


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_value_and_slope_are_pytorchs_kinks_included(formula, dtype, recorded):
    z, (value, slope) = PLACES.astype(dtype), recorded[f"{formula}/{dtype}"]
    record = activation_of(f"={formula}")
    for found, expected in ((record.value(z), value), (record.slope(z), slope)):
        assert found.dtype == dtype
        np.testing.assert_allclose(found, expected, **TOLERANCE[dtype])


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_whole_training_is_pytorchs(formula, recorded):
    experiment = training(formula)
    X, y, start = cases.starting_point(experiment)
    begin = np.concatenate([X.ravel(), y, *(p.ravel() for layer in start for p in layer)])
    np.testing.assert_allclose(begin, recorded[f"{formula}/start"], rtol=1e-12, atol=1e-14)
    history = train(experiment)
    np.testing.assert_allclose(history.train_loss[0], recorded[f"{formula}/losses"][history.epochs], rtol=1e-8)


@pytest.mark.parametrize("formula", FORMULAS)
def test_pytorchs_code_to_copy_was_run_and_prints_the_same(formula, recorded):
    record = activation_of(f"={formula}")
    assert function_code.torch_code(record.name) == str(recorded[f"{formula}/code"])
    value, slope = recorded[f"{formula}/copied"]
    z = np.linspace(-5, 5, 11)
    np.testing.assert_allclose(record.value(z), value, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(record.slope(z), slope, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("formula", FORMULAS)
def test_numpys_code_to_copy_is_value_and_slope(formula):
    names, record = {}, activation_of(f"={formula}")
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(function_code.numpy_code(record.name), "copied", "exec"), names)
    z = np.linspace(-2, 2, 21)
    np.testing.assert_allclose(names["f"](z), record.value(z), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(names["slope"](z), record.slope(z), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("formula", [*FORMULAS, "sin(x)/x", "exp(x)", "x", "2*x+1", "where(x>0, 1, 0)"])
def test_the_kernel_is_the_records_value_and_slope(formula, dtype):
    record, z = activation_of(f"={formula}"), PLACES.astype(dtype)
    a, s = np.empty_like(z), np.empty_like(z)
    kernel = bind(record.name, z.copy(), a, s)
    with np.errstate(all="ignore"):
        kernel.value()
        kernel.slope()
    np.testing.assert_array_equal(a, record.value(z))
    np.testing.assert_array_equal(s, record.slope(z))


def test_a_name_has_one_spelling_and_stays_in_json_pickle_and_hash():
    run = Run("= max( 0.10*x , x )")
    assert run.activation == "=max(0.1*x,x)"
    assert run == Run("=max(.1*x,x)")
    experiment = Experiment(runs=(run, Run(("relu", "=sin(x)/x"))), epochs=2)
    assert Experiment.from_json(experiment.to_json()) == experiment == pickle.loads(pickle.dumps(experiment))
    assert hash(experiment) == hash(pickle.loads(pickle.dumps(experiment)))
    assert train(experiment).train_loss.shape == (2, 3)


def test_a_wrong_formula_is_refused_by_the_run_and_a_wrong_name_as_before():
    with pytest.raises(FormulaError, match="did you mean 'sigmoid'"):
        Run("=x*sigmod(x)")
    with pytest.raises(ValueError, match="unknown activation 'rleu'; did you mean 'relu'"):
        Run("rleu")
    with pytest.raises(ValueError, match="no finite number for any x"):
        Run("=log(-1-x^2)")


def test_runs_with_a_formula_train_as_those_of_the_registry_that_it_repeats():
    """Same draws, same size of the weights, same minibatches."""
    pairs = {"tanh": "tanh(x)", "softsign": "x/(1+abs(x))", "relu": "relu(x)", "sigmoid": "sigmoid(x)", "sin": "sin(x)"}
    runs = [Run(name) for pair in pairs.items() for name in (pair[0], f"={pair[1]}")]
    history = train(Experiment(runs=runs, epochs=5, dtype="float64"))
    losses = history.train_loss.reshape(len(pairs), 2, -1)
    np.testing.assert_allclose(losses[:, 0], losses[:, 1], rtol=1e-9)
    for name, formula in pairs.items():
        assert gain(f"={formula}").variance == pytest.approx(gain(name).variance, rel=1e-3)
        one, other = facts(name), facts(f"={formula}")
        assert (other.saturated, other.dead, other.jumps) == (one.saturated, one.dead, one.jumps), name
        assert (other.range.least, other.range.greatest) == pytest.approx((one.range.least, one.range.greatest))
        assert activation_of(f"={formula}").range == pytest.approx(ACTIVATIONS[name].range, abs=1e-3)


def test_a_single_place_without_a_value_has_the_mean_of_both_sides():
    sinc = activation_of("=sin(x)/x")
    z = np.array([0.0, np.pi], "float32")
    np.testing.assert_allclose(sinc.value(z), [1, 0], atol=1e-6)
    np.testing.assert_allclose(sinc.slope(z), [0, -1 / np.pi], atol=1e-6)
    assert activation_of("=abs(x)/x").value(np.zeros(1)) == 0
    flat = activation_of("=sqrt(x^2)")
    assert flat.slope(np.zeros(1)) == 0, "where PyTorch has NaN"


def test_where_there_is_no_value_on_both_sides_it_is_nan_and_the_facts_say_so():
    log = activation_of("=log(x)")
    assert np.isnan(log.value(np.array([-1.0, np.nan]))).all()
    assert facts("=log(x)").infinite == ((-np.inf, 0.0),)
    assert facts("=1/x").infinite == ((0.0, 0.0),)
    assert facts("=sin(x)/x").infinite == facts("tanh").infinite == ()
    between_numbers = facts("=tan(x)").infinite
    assert between_numbers == tuple((pole, pole) for pole in facts("=tan(x)").poles) and len(between_numbers) == 6
    assert facts("=sqrt(x)").infinite == ((-np.inf, 0.0),), "whose end is not told apart"
    assert facts("=1/sin(x)").infinite[3:] == ((0.0, 0.0), *((pole, pole) for pole in facts("=1/sin(x)").poles[4:]))
    history = train(Experiment(runs=(Run("=log(x)"), Run("tanh")), epochs=2))
    assert history.diverged_at.tolist() == [0, -1], "and no other run notices"


@pytest.mark.parametrize(
    "formula", ["0*x", "x^100", "1/x", "exp(exp(x))", "log(x)", "tan(x)", "x^3", "sign(x)", "x^-50"]
)
def test_facts_and_weights_are_found_for_functions_that_are_hard(formula):
    found = facts(f"={formula}")
    assert found.greatest_slope >= 0
    assert found.range.least <= found.range.greatest
    assert 0 < gain(f"={formula}").variance < np.inf
    assert np.isfinite(suiting(f"={formula}").deviation(3, 4))
    assert train(Experiment(runs=(Run(f"={formula}"),), epochs=1)).train_loss.shape == (1, 2)


def test_a_steep_function_is_not_broken_and_a_jump_is_found():
    assert facts("=x^3").jumps == facts("=x^3").corners == ()
    assert facts("=x^2*sign(x-1)").jumps == (1.0,)
    assert facts("=max(x, -2*x)").corners == (0.0,)


def test_scripts_name_what_people_wrote():
    experiment = Experiment(runs=(Run("=x*sigmoid(1.702*x)"), Run("=sin(x)")), epochs=1)
    assert '"=x*sigmoid(1.702*x)"' in core_code(experiment)
    code = torch_code(experiment)
    assert "return z * torch.sigmoid(1.702 * z)" in code
    assert code.count("(nn.Module):") == 2
    compile(code, "exported", "exec")


def test_the_dearest_formulas_count_in_what_an_experiment_costs():
    dear = "=" + "+".join(f"tan(x+{i})" for i in range(15))
    assert seconds_of(dear) > 10 * seconds_of("=2*x")
    settings = {"hidden": (64,) * 4, "epochs": 400}
    Experiment(runs=(Run("relu"),), **settings)
    with pytest.raises(ValueError, match="this experiment would take about"):
        Experiment(runs=(Run(dear),) * 20, **settings)
