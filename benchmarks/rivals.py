"""The same job by scikit-learn, PyTorch and JAX; those that are not installed are left out."""

import importlib.metadata
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from core import Experiment, load

Side = tuple[Callable[[], object], int]
_compile_seconds = [0.0]


def versions() -> str:
    names = [name for name in ("numpy", "scikit-learn", "torch", "jax") if _installed(name)]
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def compile_seconds() -> float:
    """What JAX took beyond its run to compile its last training."""
    return _compile_seconds[0]


def sides(experiment: Experiment) -> dict[str, Side]:
    found: dict[str, Side] = {"scikit-learn MLPClassifier": (lambda: _sklearn(experiment), 4 * 5)}
    if _installed("torch"):
        found["PyTorch, a loop per network"] = (lambda: _torch_loops(experiment), 8)
        found["PyTorch, stacked"] = (lambda: _torch_stack(experiment), len(experiment.runs))
    if _installed("jax"):
        found["JAX, vmap and scan, compiled"] = (_jax_side(experiment), len(experiment.runs))
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
                    experiment.hidden, activation=activation, alpha=0, batch_size=experiment.batch_size,
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
            for batch in torch.randperm(len(X)).split(experiment.batch_size):
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
        for batch in torch.randperm(len(X)).split(experiment.batch_size):
            a = X[batch].expand(len(experiment.runs), -1, -1)
            for W, b in zip(weights[:-2:2], weights[1:-2:2]):
                z = torch.baddbmm(b, a, W)
                a = torch.cat([functions[name](part) for name, part in zip(names, z.split(each))])
            logits = torch.baddbmm(weights[-1], a, weights[-2])
            loss = F.cross_entropy(logits.flatten(0, 1), y[batch].repeat(len(experiment.runs)), reduction="sum")
            optimizer.zero_grad()
            (loss / len(batch)).backward()
            optimizer.step()


def _jax_side(experiment: Experiment) -> Callable[[], object]:
    """Compiles once; the call then runs the compiled training."""
    import jax

    train, arguments = _jax_training(experiment)
    start = time.perf_counter()
    compiled = jax.jit(train).lower(*arguments).compile()
    _compile_seconds[0] = time.perf_counter() - start
    return lambda: jax.block_until_ready(compiled(*arguments))


def _jax_training(experiment: Experiment):
    """Whole training as one function: vmap over the runs, scan over epochs and minibatches."""
    import jax
    import jax.numpy as jnp

    data, size = load(experiment.dataset), experiment.batch_size
    X, y = jnp.asarray(data.X_train, jnp.float32), jnp.asarray(data.y_train)
    steps = len(X) // size
    order = np.array([np.random.default_rng(e).permutation(len(X))[: steps * size] for e in range(experiment.epochs)])
    order = jnp.asarray(order.reshape(-1, size))
    functions = [
        lambda z: z, jax.nn.sigmoid, jnp.tanh, jax.nn.relu, jax.nn.leaky_relu, jax.nn.elu, jax.nn.selu,
        lambda z: jax.nn.gelu(z, approximate=False),
    ]  # fmt: skip
    weights = [jnp.asarray(w) for w in _stack_weights(experiment)]
    each = len(experiment.runs) // 8

    def loss(weights, batch):
        a = jnp.broadcast_to(X[batch], (len(experiment.runs), size, X.shape[1]))
        for W, b in zip(weights[:-2:2], weights[1:-2:2]):
            z = a @ W + b
            a = jnp.concatenate([f(z[k * each : (k + 1) * each]) for k, f in enumerate(functions)])
        logits = a @ weights[-2] + weights[-1]
        return -jnp.take_along_axis(jax.nn.log_softmax(logits), y[batch][None, :, None], 2).mean(1).sum()

    def step(state, batch):
        weights, m, v, t = state
        g = jax.grad(loss)(weights, batch)
        m = [0.9 * a + 0.1 * b for a, b in zip(m, g)]
        v = [0.999 * a + 0.001 * b * b for a, b in zip(v, g)]
        scale = 0.01 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        weights = [w - scale * a / (jnp.sqrt(b) + 1e-8) for w, a, b in zip(weights, m, v)]
        return (weights, m, v, t + 1), None

    def train(weights, order):
        zeros = [jnp.zeros_like(w) for w in weights]
        return jax.lax.scan(step, (weights, zeros, zeros, jnp.float32(1)), order)[0][0]

    return train, (weights, order)
