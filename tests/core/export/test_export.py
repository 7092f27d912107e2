import ast
import contextlib
import io
import re
import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_iris

from core import (
    DATASETS,
    INITIALIZERS,
    SCHEDULES,
    Branch,
    DatasetSpec,
    Experiment,
    Run,
    Table,
    final_figures,
    load,
    train,
)
from core.export import core_code, torch_code
from core.nn.initializers import draw
from tests import ROOT
from tests.reference.cases import ACTIVATIONS_IN_TORCH, OPTIMIZERS_IN_TORCH

MOONS = DatasetSpec("moons", samples=100, noise=0.25, seed=1)


def own(rows: int, features: int, **settings) -> DatasetSpec:
    """Flowers of two kinds, one from each end of the file in turn, with names that need care in a script."""
    X, y = load_iris(return_X_y=True)
    order = [i // 2 if i % 2 else 149 - i // 2 for i in range(rows)]
    names = ('width "w"', "length\\l", "größe", "{x}")[:features]
    table = Table(names, ("'a'\n", "b"), X[order, :features], y[order] // 2)
    return DatasetSpec("own", table=table, **settings)


EXPERIMENTS = {
    "default": Experiment(epochs=4),
    "mixed": Experiment(
        DatasetSpec("spiral", classes=3, noise=0.2, seed=4, test_share=0.3),
        (Run("gelu_tanh"), Run(("tanh", "relu_squared"), l1=0.002, bias=0.1), Run("step", "nag", l2=0.01, seed=3)),
        hidden=(9, 7), epochs=4, batch_size=50, seed=2, dtype="float64",
    ),
    "deep": Experiment(MOONS, (Run("selu"), Run(("relu", "tanh") * 6)), hidden=(5,) * 12, epochs=3, dtype="float64"),
    "same mixture": Experiment(MOONS, [Run(("relu", "tanh"), seed=s) for s in (5, 1)], hidden=(6, 5), epochs=3),
    "grid": Experiment(MOONS, [Run(a, seed=s) for a in ("relu", "sigmoid") for s in range(3)], (8,), epochs=3),
    "grid, seed first": Experiment(MOONS, [Run(a, seed=s) for s in (2, 7) for a in ("elu", "sin")], (8,), epochs=3),
    "one run twice": Experiment(MOONS, (Run("mish"), Run("mish")), hidden=(4,), epochs=2),
    "penalties": Experiment(MOONS, [Run("silu", "sgd", l1=0.001, l2=p) for p in (0.0, 0.1)], epochs=3, dtype="float64"),
    "rates": Experiment(MOONS, [Run("tanh", "amsgrad", learning_rate=r) for r in (None, 1e-5, 0.1)], epochs=3),
    "biases": Experiment(MOONS, [Run("sigmoid", bias=b, l2=0.01) for b in (-1.0, 0.0)], epochs=3, dtype="float64"),
    "squared error": Experiment(DatasetSpec("blobs", 90), (Run("softsign"), Run("elu")), epochs=3, loss="mse"),
    "principal components": Experiment(DatasetSpec("iris", seed=3), (Run("arctan"), Run("celu")), epochs=3),
    "all features": Experiment(DatasetSpec("digits", view="all"), (Run("gaussian", "adamw"),), (12,), 2, 128),
    "no hidden layer": Experiment(MOONS, [Run((), optimizer=o) for o in ("adam", "radam")], hidden=(), epochs=3),
    "full batch": Experiment(MOONS, (Run("silu"),), (8,), epochs=3, batch_size=None),
    "no epoch": Experiment(MOONS, (Run("relu"),), epochs=0),
    "own": Experiment(own(24, 2, seed=1), (Run("relu"), Run("tanh")), epochs=4, dtype="float64"),
    "own, all of many features": Experiment(own(30, 4, view="all", test_share=0.25), (Run("relu"),), epochs=4),
    "own, from a file": Experiment(own(60, 4), (Run("relu"), Run("tanh")), epochs=4, dtype="float64"),
    "activations": Experiment(MOONS, [Run(a) for a in ACTIVATIONS_IN_TORCH], (6, 5), 2, 16, dtype="float64"),
    "optimizers": Experiment(MOONS, [Run("tanh", o) for o in OPTIMIZERS_IN_TORCH], (6, 5), 5, 16, dtype="float64"),
    "optimizers with one rate": Experiment(MOONS, [Run("gelu", o, 0.003) for o in OPTIMIZERS_IN_TORCH], (6,), 3),
    "initializers": Experiment(MOONS, [Run("elu", initializer=i) for i in ("auto", *INITIALIZERS)], (6, 5), 2),
    "initializers of all layers": Experiment(MOONS, [Run(initializer=i) for i in INITIALIZERS], (6, 5), 2),
    "drawn biases": Experiment(MOONS, [Run(initializer="pytorch_default", bias=b) for b in (0.5, 0.0)], (6, 5), 2),
    "dropout": Experiment(MOONS, [Run("tanh", dropout=d, seed=s) for d in (0.0, 0.3) for s in (1, 2)], (6, 5), 3, 16),
    "dropout for all": Experiment(MOONS, (Run("gelu", "sgd", dropout=0.5),), (6,), 4, 25, dtype="float64"),
    "schedules": Experiment(MOONS, [Run("tanh", schedule=s, dropout=0.1) for s in SCHEDULES], (6,), 9, dtype="float64"),
    "schedules that end": Experiment(
        MOONS, [Run("tanh", schedule=s) for s in SCHEDULES], (6,), 12, dtype="float64", schedule_epochs=7
    ),
    "one schedule": Experiment(MOONS, [Run("tanh", o, schedule="cosine") for o in ("adam", "sgd")], (6,), 5),
    "made features": Experiment(
        DatasetSpec("circles", 90, made_features=("x1_squared", "x1_x2", "sin_x2")), (Run("tanh"), Run("relu")),
        epochs=3, dtype="float64",
    ),
    "made of components": Experiment(DatasetSpec("iris", made_features=("x1_x2",)), (Run("tanh"),), epochs=3),
    "as measured": Experiment(
        DatasetSpec("xor", made_features=("sin_x1", "x2_squared"), standardised=False), (Run("elu"),), (5, 4), 3
    ),
    "components as measured": Experiment(DatasetSpec("wine", standardised=False), (Run("tanh"),), (5,), 3, None),
    "all as measured": Experiment(DatasetSpec("iris", view="all", standardised=False), (Run("tanh"),), epochs=3),
    "no test part": Experiment(DatasetSpec("moons", 60, test_share=0), (Run("tanh"), Run("relu")), epochs=3),
    "no test part, as measured": Experiment(
        own(30, 2, test_share=0, standardised=False, made_features=("x1_x2",)), (Run("tanh"),), epochs=3
    ),
    **{f"data {name}": Experiment(DatasetSpec(name), epochs=1) for name in DATASETS},
}  # fmt: skip


@pytest.fixture(params=EXPERIMENTS)
def experiment(request, tmp_path, monkeypatch) -> Experiment:
    """Each in turn, in a folder with the file that the page would give."""
    experiment = EXPERIMENTS[request.param]
    (tmp_path / "experiment.json").write_text(experiment.to_json())
    monkeypatch.chdir(tmp_path)
    return experiment


def run(code: str) -> tuple[str, dict]:
    """What a script prints, and its names."""
    names: dict = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "exported", "exec"), names)
    return printed.getvalue(), names


def test_core_code_builds_the_very_experiment(experiment):
    _, names = run(core_code(experiment).partition("history = ")[0])
    assert names["experiment"] == experiment


@pytest.mark.slow
@pytest.mark.parametrize("name", ["default", "mixed"])
def test_core_code_run_by_itself_prints_the_pages_figures(name):
    experiment = EXPERIMENTS[name]
    command = [sys.executable, "-W", "error", "-c", core_code(experiment)]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed == final_figures(train(experiment)).to_string(index=False) + "\n"


def test_core_code_says_what_is_not_default_and_no_more():
    experiment = Experiment(
        DatasetSpec("moons", 400, 0.3), [Run(a, seed=s, l2=0.1) for a in ("relu", "tanh") for s in range(5)], (8,)
    )
    assert (
        core_code(experiment)
        == """\
from core import DatasetSpec, Experiment, Run, final_figures, train

experiment = Experiment(
    dataset=DatasetSpec("moons", noise=0.3),
    runs=[Run(activation, l2=0.1, seed=seed) for activation in ("relu", "tanh") for seed in range(5)],
    hidden=(8,),
)
history = train(experiment)
print(final_figures(history).to_string(index=False))
"""
    )


def test_core_code_lists_runs_that_are_no_combinations():
    runs = (Run("relu"), Run("relu", "sgd"), Run(("tanh", "gelu"), "sgd"))
    assert 'runs=[Run("relu"), Run("relu", optimizer="sgd"), Run(("tanh", "gelu"), optimizer="sgd")]' in core_code(
        Experiment(runs=runs)
    )


def test_branches_are_written_with_core_and_not_with_torch():
    branches = (None, Branch(2, ("relu", "sin"), learning_rate=0.1), Branch(2, optimizer="sgd"))
    experiment = Experiment(MOONS, [Run("tanh", branch=branch) for branch in branches], (6, 5), 4)
    printed, names = run(core_code(experiment))
    assert names["experiment"] == experiment
    assert "relu, sin, rate 0.1 after epoch 2" in printed and "no branch" in printed
    with pytest.raises(ValueError, match="branch"):
        torch_code(experiment)


def test_a_long_table_is_read_and_a_short_one_written_down():
    for code in (core_code, torch_code):
        assert "experiment.json" in code(Experiment(own(31, 2)))
        assert "experiment.json" not in code(Experiment(own(30, 2)))


def test_scripts_compile_and_use_all_that_they_name(experiment):
    for code in (core_code(experiment), torch_code(experiment)):
        nodes = list(ast.walk(compile(code, "exported", "exec", ast.PyCF_ONLY_AST)))
        imported = {alias.asname or alias.name for node in nodes if hasattr(node, "names") for alias in node.names}
        defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)} - {
            "forward",
            "fit",
            "begin",
            "__init__",
        }
        arguments = {node.arg for node in nodes if isinstance(node, ast.arg)} - {"n_in", "n_out", "y"}
        stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        assert imported | defined | arguments | stored <= loaded | {"self"}
        assert max(len(line) for line in code.splitlines()) <= 120


def test_torch_code_needs_nothing_of_this_project(experiment):
    nodes = list(ast.walk(ast.parse(torch_code(experiment))))
    modules = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    theirs = {"torch", "numpy", "scipy", "sklearn", *sys.stdlib_module_names}
    assert {module.partition(".")[0] for module in modules} <= theirs


def without_torch(code: str) -> str:
    return "".join(line for line in code.splitlines(keepends=True) if "torch" not in line)


def test_torch_code_has_the_same_data(experiment):
    pattern = r"X_train, \w+ = \(?torch\.tensor\((.*?), dtype.*\n"  # where inputs become a tensor
    code, inputs_of, _ = re.split(pattern, torch_code(experiment), maxsplit=1)
    _, names = run(without_torch(code))
    data = load(experiment.dataset)
    for part in ("train", "test") if data.has_test_part else ("train",):
        inputs = eval(re.sub(r"\bX(_train)?\b", f"X_{part}", inputs_of), names)
        np.testing.assert_allclose(inputs, getattr(data, f"X_{part}"), rtol=1e-12, atol=1e-12)
        np.testing.assert_array_equal(names[f"y_{part}"], getattr(data, f"y_{part}"))


@pytest.mark.parametrize("name", INITIALIZERS)
def test_torch_code_has_the_same_initial_weights(name):
    code = torch_code(Experiment(runs=(Run(initializer=name),)))
    draws = np.random.default_rng((21, 5, 2)).standard_normal((7, 3))
    (function,) = (node for node in ast.parse(code).body if isinstance(node, ast.FunctionDef) and node.name == name)
    _, names = run(f"import numpy as np\nfrom scipy.special import ndtr\n{ast.unparse(function)}")
    np.testing.assert_allclose(names[name](draws, 7, 3), draw(name, 5, 2, 7, 3), rtol=1e-12)


def test_torch_code_gives_the_same_numbers(experiment):
    torch = pytest.importorskip("torch")
    try:
        printed, _ = run(torch_code(experiment))
    finally:
        torch.set_default_dtype(torch.float32)
    figures = final_figures(train(experiment))
    head, *lines = printed.splitlines()
    names = re.findall(r"(?:train|test) \w+", head)
    assert experiment.dataset.has_test_part or not any("test" in name for name in names)
    rows = [line.rsplit(maxsplit=len(names)) for line in lines]
    assert [row[0] for row in rows] == list(figures.network)
    accuracy, *losses = np.array([row[1:] for row in rows], float).T
    np.testing.assert_allclose(accuracy, figures[names[0].replace(" ", "_")], atol=5e-5)
    tolerance = 1e-4 if experiment.dtype == "float32" else 1e-8
    for loss, name in zip(losses, (name.replace(" ", "_") for name in names[1:])):
        np.testing.assert_allclose(loss, figures[name], atol=tolerance, rtol=tolerance, err_msg=name)
