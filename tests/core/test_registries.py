"""Every entry of every registry keeps the contracts; a new one is tested because it is there.

What is of one registry only is tested beside it, over all of its entries: values and slopes in `nn/test_activations`,
points and splits in `data/test_datasets`, heights and minima in `lessons/test_surfaces`, and so on.
"""

import ast
import contextlib
import io
import pickle
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from core import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, DatasetSpec, Experiment, Run, train
from core.claims import CLAIMS
from core.claims.results import kept
from core.export import core_code, not_in_torch, torch_code
from core.lessons.surfaces import SURFACES
from core.nn.initializers import draw, draw_biases
from core.nn.optimizers.record import Optimizer
from tests.by_sign import BY_SIGN

REGISTRIES = {
    "activation": ACTIVATIONS, "optimizer": OPTIMIZERS, "initializer": INITIALIZERS, "loss": LOSSES,
    "schedule": SCHEDULES, "dataset": DATASETS, "surface": SURFACES, "claim": CLAIMS,
}  # fmt: skip
ENTRIES = [(kind, name) for kind, registry in REGISTRIES.items() for name in registry]
FAMILIES = {"plain", "gradient changed", "rate adapted", "both", "sign only"}
MOONS = DatasetSpec("moons", samples=40)


def experiment_with(kind: str, name: str, **settings) -> Experiment:
    """A small one that has the entry in it."""
    run = Run(**{kind: name}) if kind in ("activation", "optimizer", "initializer", "schedule") else Run("tanh")
    fields = {"dataset": DatasetSpec(name) if kind == "dataset" else MOONS, "hidden": (5, 4), "epochs": 2}
    return Experiment(runs=(run,), **fields, **({"loss": name} if kind == "loss" else {}), **settings)


TRAINED = [(kind, name) for kind, name in ENTRIES if kind not in ("surface", "claim")]


@pytest.mark.parametrize(("kind", "name"), ENTRIES)
def test_an_entry_has_its_name_which_fits_an_address_and_a_script(kind, name):
    record = REGISTRIES[kind][name]
    assert record.name == name
    assert name.isidentifier()
    assert name == name.lower()


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name in ENTRIES if kind != "claim"])
def test_an_entry_says_what_it_is(kind, name):
    record = REGISTRIES[kind][name]
    labels = [other.label for other in REGISTRIES[kind].values()]
    assert record.label
    assert labels.count(record.label) == 1
    assert record.note.endswith(".")
    assert kind in ("dataset", "optimizer", "schedule") or record.formula.count("{") == record.formula.count("}")


@pytest.mark.parametrize(("kind", "name"), TRAINED)
def test_an_experiment_with_it_goes_through_json_and_pickle(kind, name):
    experiment = experiment_with(kind, name)
    assert Experiment.from_json(experiment.to_json()) == experiment
    assert pickle.loads(pickle.dumps(experiment)) == experiment


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("kind", "name"), TRAINED)
def test_a_network_with_it_is_trained_in_its_dtype_twice_the_same(kind, name, dtype):
    experiment = experiment_with(kind, name, dtype=dtype)
    history = train(experiment)
    assert history.flat_parameters.dtype == dtype
    assert np.isfinite(history.flat_parameters).all()
    assert np.isfinite(history.train_loss).all()
    np.testing.assert_array_equal(train(experiment).flat_parameters, history.flat_parameters)


@pytest.mark.parametrize(("kind", "name"), TRAINED)
def test_the_script_with_core_trains_the_same(kind, name):
    experiment, names = experiment_with(kind, name), {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(core_code(experiment), "exported", "exec"), names)
    np.testing.assert_array_equal(names["history"].flat_parameters, train(experiment).flat_parameters)


@pytest.mark.parametrize(("kind", "name"), TRAINED)
def test_the_script_with_pytorch_is_python_or_it_is_said_what_pytorch_lacks(kind, name):
    experiment = experiment_with(kind, name)
    if getattr(REGISTRIES[kind][name], "torch", ""):
        assert not not_in_torch(experiment)
    if not not_in_torch(experiment):
        ast.parse(torch_code(experiment))
    else:
        with pytest.raises(ValueError, match=f"PyTorch has no {kind} {name}: this experiment cannot be written for it"):
            torch_code(experiment)


@pytest.mark.parametrize("kind", ["activation", "optimizer", "loss"])
def test_all_that_pytorch_lacks_is_named(kind, monkeypatch):
    name = next(iter(REGISTRIES[kind]))
    monkeypatch.setitem(REGISTRIES[kind], name, replace(REGISTRIES[kind][name], torch=None))
    assert not_in_torch(experiment_with(kind, name)) == [f"{kind} {name}"]
    with pytest.raises(ValueError, match=f"PyTorch has no {kind} {name}"):
        torch_code(experiment_with(kind, name))


def stepped(optimizer: Optimizer, dtype: str, gradients: np.ndarray) -> np.ndarray:
    """Parameters (run, parameter) after a step for each gradient (step, run, parameter)."""
    p = np.ones(gradients.shape[1:], dtype)
    state = optimizer.init(p)
    with np.errstate(invalid="ignore"):
        for t, gradient in enumerate(gradients.astype(dtype), 1):
            optimizer.step(p, gradient, state, np.full((len(p), 1), 0.1, dtype), t)
    assert all(array.dtype == dtype for array in (p, *state))
    return p


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimizer", [*OPTIMIZERS.values(), BY_SIGN], ids=lambda record: record.name)
def test_an_optimizer_goes_downhill_keeps_its_dtype_and_no_run_minds_anothers_nan(optimizer, dtype):
    gradients = np.full((3, 2, 4), 0.5)
    good = stepped(optimizer, dtype, gradients)
    assert (good < 1).all()
    gradients[1, 0, 2] = np.nan
    broken = stepped(optimizer, dtype, gradients)
    assert not np.isfinite(broken[0, 2])
    np.testing.assert_array_equal(broken[1], good[1])
    assert optimizer.family in FAMILIES
    assert optimizer.learning_rate > 0


@pytest.mark.parametrize("name", INITIALIZERS)
def test_initial_weights_have_their_shape_their_deviation_and_the_ones_that_a_script_draws(name):
    W = draw(name, seed=3, layer=1, n_in=200, n_out=300)
    assert (W.shape, W.dtype) == ((200, 300), np.float64)
    assert W.std() == pytest.approx(INITIALIZERS[name].deviation(200, 300), rel=0.02)
    draws = np.random.default_rng((21, 3, 1)).standard_normal((200, 300))
    names = {"np": np, "ndtr": ndtr, "draws": draws, "n_in": 200, "n_out": 300}
    np.testing.assert_allclose(eval(INITIALIZERS[name].code, names), W, rtol=1e-12)
    b = draw_biases(name, seed=3, layer=1, n_in=200, n_out=300)
    names["draws"] = np.random.default_rng((21, 3, 1)).standard_normal((201, 300))[-1]
    drawn = INITIALIZERS[name].draws_biases
    np.testing.assert_allclose(b, eval(INITIALIZERS[name].code, names) if drawn else np.zeros(300), rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_keeps_shape_dtype_and_nan(name, dtype):
    logits = np.random.default_rng(0).standard_normal((3, 2, 5)).astype(dtype)
    logits[:, 1, 4] = np.nan
    targets = np.eye(3, dtype=dtype)[:, [0, 1, 2, 0, 1]]
    losses = LOSSES[name].per_sample(logits.copy(), targets)
    assert (losses.shape, losses.dtype) == ((2, 5), dtype)
    LOSSES[name].gradient(logits, targets)
    assert logits.dtype == dtype
    is_nan = np.zeros((2, 5), bool)
    is_nan[1, 4] = True
    np.testing.assert_array_equal(np.isnan(losses), is_nan)
    np.testing.assert_array_equal(np.isnan(logits).all(axis=0), is_nan)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_has_a_kept_result_of_all_its_trials_in_all_its_parts(name):
    claim = CLAIMS[name]
    rows = kept().rows.get(name, ())
    assert rows, "measure it: run benchmarks/claims.py"
    assert {(row.trial, row.part) for row in rows} == {(t.name, p) for t in claim.trials for p in claim.parts}
    assert all(trial.activation in ACTIVATIONS for trial in claim.trials)
