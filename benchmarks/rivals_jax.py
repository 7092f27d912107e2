"""The benchmark's job in JAX: all networks' whole training as one compiled function, scanning epochs and minibatches.

Written twice, for there are two ways to say "these networks differ in their activation".  `vmap` is how JAX is meant to
be used: one network's training, mapped over the networks, whose activation is chosen by `lax.switch`; compiled, it
computes every activation for every network.  `stacked` is as `core` does it, by hand: networks of one activation
stand next to each other, and each function gets its slice.
"""

import time
from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
from jax.tree_util import tree_map

from core import Experiment, load

FUNCTIONS = {
    "identity": lambda z: z, "sigmoid": jax.nn.sigmoid, "tanh": jnp.tanh, "relu": jax.nn.relu,
    "leaky_relu": jax.nn.leaky_relu, "elu": jax.nn.elu, "selu": jax.nn.selu,
    "gelu": lambda z: jax.nn.gelu(z, approximate=False),
}  # fmt: skip
compile_seconds: dict[str, float] = {}  # of each side, the last time it was compiled


def side(style: str, experiment: Experiment, weights: list[np.ndarray]) -> Callable[[], object]:
    """Compiles the training and gives what runs it.  `weights` is [W (run, n_in, n_out), b (run, 1, n_out), ...]."""
    data = load(experiment.dataset)
    X, y = jnp.asarray(data.X_train, jnp.float32), jnp.asarray(data.y_train)
    order = jnp.asarray([np.random.default_rng(e).permutation(len(y)) for e in range(experiment.epochs)])
    functions = [FUNCTIONS[run.activation] for run in experiment.runs]
    start = [jnp.asarray(w) for w in weights]
    if style == "vmap":
        distinct = list(dict.fromkeys(functions))
        chosen = jnp.asarray([distinct.index(f) for f in functions])

        def train_one(weights, choice, order):
            return _train(_loss_of_one(distinct, choice), weights, X, y, order, experiment.samples_per_step)

        mapped, arguments = jax.vmap(train_one, in_axes=(0, 0, None)), (start, chosen, order)
    else:

        def mapped(weights, order):
            return _train(_loss_of_stack(functions), weights, X, y, order, experiment.samples_per_step)

        arguments = (start, order)
    begun = time.perf_counter()
    compiled = jax.jit(mapped).lower(*arguments).compile()
    compile_seconds[style] = time.perf_counter() - begun
    return lambda: jax.block_until_ready(compiled(*arguments))


def _loss_of_one(functions, choice):
    def loss(weights, X, y):
        a = X
        for W, b in zip(weights[:-2:2], weights[1:-2:2]):
            a = jax.lax.switch(choice, functions, a @ W + b)
        return _cross_entropy(a @ weights[-2] + weights[-1], y).mean()

    return loss


def _loss_of_stack(functions):
    distinct = list(dict.fromkeys(functions))
    places = [(functions.index(f), functions.index(f) + functions.count(f)) for f in distinct]

    def loss(weights, X, y):
        a = jnp.broadcast_to(X, (len(functions), *X.shape))
        for W, b in zip(weights[:-2:2], weights[1:-2:2]):
            z = a @ W + b
            a = jnp.concatenate([f(z[start:stop]) for f, (start, stop) in zip(distinct, places)])
        return _cross_entropy(a @ weights[-2] + weights[-1], y[None]).mean(axis=1).sum()

    return loss


def _cross_entropy(logits, y):
    y = jnp.broadcast_to(y, logits.shape[:-1])
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), y[..., None], -1)[..., 0]


def _train(loss, weights, X, y, order, batch_size: int):
    """Adam over all epochs; `order` is (epoch, sample).  The last minibatch of an epoch may be a smaller one."""
    full = len(y) // batch_size * batch_size

    def step(state, batch):
        weights, m, v, t = state
        g = jax.grad(loss)(weights, X[batch], y[batch])
        m = tree_map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = tree_map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        rate = 0.01 * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        weights = tree_map(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-8), weights, m, v)
        return (weights, m, v, t + 1), None

    def epoch(state, order):
        state, _ = jax.lax.scan(step, state, order[:full].reshape(-1, batch_size))
        return step(state, order[full:]) if full < len(y) else (state, None)

    zeros = tree_map(jnp.zeros_like, weights)
    return jax.lax.scan(epoch, (weights, zeros, zeros, jnp.float32(1)), order)[0][0]
