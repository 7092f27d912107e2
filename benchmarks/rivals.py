"""The same job by scikit-learn, PyTorch and JAX (`rivals_jax`); those that are not installed are left out."""

import importlib.metadata
import warnings
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from core import Experiment, load

Side = tuple[Callable[[], object], int]
JAX_SIDES = {"vmap": "JAX, vmap and scan, compiled", "stacked": "JAX, stacked by hand, compiled"}


def versions() -> str:
    names = [name for name in ("numpy", "scikit-learn", "torch", "jax") if _installed(name)]
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def compile_seconds() -> dict[str, float]:
    """What JAX took to compile each of its trainings, the last time."""
    if not _installed("jax"):
        return {}
    from benchmarks import rivals_jax

    return {JAX_SIDES[style]: seconds for style, seconds in rivals_jax.compile_seconds.items()}


def sides(experiment: Experiment) -> dict[str, Side]:
    found: dict[str, Side] = {"scikit-learn MLPClassifier": (lambda: _sklearn(experiment), 4 * 5)}
    if _installed("torch"):
        found["PyTorch, a loop per network"] = (lambda: _torch_loops(experiment), 8)
        found["PyTorch, stacked"] = (lambda: _torch_stack(experiment), len(experiment.runs))
    if _installed("jax"):
        from benchmarks import rivals_jax

        for style, name in JAX_SIDES.items():
            found[name] = (rivals_jax.side(style, experiment, _stack_weights(experiment)), len(experiment.runs))
    return found


def _installed(name: str) -> bool:
    return find_spec({"scikit-learn": "sklearn"}.get(name, name)) is not None


def _sklearn(experiment: Experiment) -> None:
    from sklearn.neural_network import MLPClassifier

    data = load(experiment.dataset)
    X = data.X_train.astype(np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "has not converged", as asked for
        for activation in ("identity", "logistic", "tanh", "relu"):
            for seed in range(5):
                MLPClassifier(
                    experiment.hidden, activation=activation, alpha=0, batch_size=experiment.samples_per_step,
                    learning_rate_init=0.01, max_iter=experiment.epochs, n_iter_no_change=experiment.epochs,
                    random_state=seed,
                ).fit(X, data.y_train)  # fmt: skip


def _torch_functions() -> dict[str, Callable]:
    from torch.nn import functional as F

    return {
        "identity": lambda z: z, "sigmoid": F.sigmoid, "tanh": F.tanh, "relu": F.relu, "leaky_relu": F.leaky_relu,
        "elu": F.elu, "selu": F.selu, "gelu": F.gelu,
    }  # fmt: skip


def _torch_loops(experiment: Experiment) -> None:
    """As in a notebook: one model and one loop after the other, a seed of each activation."""
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(1)
    data, functions = load(experiment.dataset), _torch_functions()
    X, y = torch.tensor(data.X_train, dtype=torch.float32), torch.tensor(data.y_train)
    for activation in dict.fromkeys(run.activation for run in experiment.runs):
        layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(experiment.sizes, experiment.sizes[1:]))
        optimizer = torch.optim.Adam(layers.parameters(), lr=0.01)
        for _ in range(experiment.epochs):
            for batch in torch.randperm(len(X)).split(experiment.samples_per_step):
                a = X[batch]
                for layer in layers[:-1]:
                    a = functions[activation](layer(a))
                loss = F.cross_entropy(layers[-1](a), y[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()


def _stack_weights(experiment: Experiment) -> list[np.ndarray]:
    """[W (run, n_in, n_out), b (run, 1, n_out), ...] for a stack."""
    rng, runs, weights = np.random.default_rng(0), len(experiment.runs), []
    for n_in, n_out in zip(experiment.sizes, experiment.sizes[1:]):
        weights.append((rng.standard_normal((runs, n_in, n_out)) * np.sqrt(2 / n_in)).astype(np.float32))
        weights.append(np.zeros((runs, 1, n_out), np.float32))
    return weights


def _torch_stack(experiment: Experiment) -> None:
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(1)
    data, functions = load(experiment.dataset), _torch_functions()
    X, y = torch.tensor(data.X_train, dtype=torch.float32), torch.tensor(data.y_train)
    names, each = list(functions), len(experiment.runs) // 8
    weights = [torch.tensor(w, requires_grad=True) for w in _stack_weights(experiment)]
    optimizer = torch.optim.Adam(weights, lr=0.01)
    for _ in range(experiment.epochs):
        for batch in torch.randperm(len(X)).split(experiment.samples_per_step):
            a = X[batch].expand(len(experiment.runs), -1, -1)
            for W, b in zip(weights[:-2:2], weights[1:-2:2]):
                z = torch.baddbmm(b, a, W)
                a = torch.cat([functions[name](part) for name, part in zip(names, z.split(each))])
            logits = torch.baddbmm(weights[-1], a, weights[-2])
            loss = F.cross_entropy(logits.flatten(0, 1), y[batch].repeat(len(experiment.runs)), reduction="sum")
            optimizer.zero_grad()
            (loss / len(batch)).backward()
            optimizer.step()
