"""How long a step of the training takes with one activation and with another, and the functions alone."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..nn.initializers import draw, suiting
from ..nn.kernels import bind
from ..nn.losses import LOSSES
from ..nn.network import StackedMLP, one_hot, with_ones
from ..nn.optimizers import OPTIMIZERS
from .claim import AUXILIARY, RATIO, Claim, Plan, Row, Trial
from .paired import row

TURNS = 20
TRIES, SECONDS = 8, 0.0015  # in each turn: the quickest of so many counts, each about so long
FEATURES, CLASSES = 20, 2
OPTIMIZER = "sgd"  # the quickest, so that most of a step is the network's
# By the name of the part: hidden layers, units of each, samples of a minibatch.
NETWORKS = {
    f"{layers} × {units} units, batch {samples}": (layers, units, samples)
    for layers, units, samples in ((2, 8, 32), (2, 32, 32), (2, 128, 128), (3, 256, 256), (1, 1024, 256))
}
ACTIVATIONS = {"sigmoid": 1.5, "tanh": 2.0}  # and how many times as long as relu's their steps are said to take

_LABELS = {"sigmoid": "Sigmoid", "tanh": "Tanh"}
_STEP = {
    name: Trial(
        f"a step with {name}", f"time of a step with {_LABELS[name]}, divided by that with ReLU", RATIO, name, 1,
        claimed, title=f"A step with {_LABELS[name]}",
    )
    for name, claimed in ACTIVATIONS.items()
}  # fmt: skip
_ALONE = {
    name: Trial(
        f"{name} alone", f"time of {_LABELS[name]} and its slope, divided by that of ReLU", RATIO, name, role=AUXILIARY,
        title=f"{_LABELS[name]} alone",
    )
    for name in ACTIVATIONS
}  # fmt: skip


def experiment(turns: int = TURNS) -> Plan:
    """One of `NETWORKS`: its steps, then the functions alone."""
    return Plan((partial(_steps, turns), partial(_functions, turns)), _rows)


def _steps(turns: int, part: str, _: Any) -> dict[str, np.ndarray]:
    return take_turns({name: training_step(name, *NETWORKS[part]) for name in ("relu", *ACTIVATIONS)}, turns)


def _functions(turns: int, part: str, _: Any) -> dict[str, np.ndarray]:
    _, units, samples = NETWORKS[part]
    return take_turns({name: function_alone(name, units, samples) for name in ("relu", *ACTIVATIONS)}, turns)


def _rows(part: str, given: Sequence[Any]) -> tuple[Row, ...]:
    return tuple(
        row(trials[name].name, part, seconds[name] / seconds["relu"], _medians(name, seconds))
        for trials, seconds in zip((_STEP, _ALONE), given, strict=True)
        for name in ACTIVATIONS
    )


def training_step(activation: str, layers: int, units: int, samples: int) -> Callable[[], None]:
    """A function that does one step of the training of a network, on a minibatch that stays the same."""
    sizes = (FEATURES, *(units,) * layers, CLASSES)
    network = StackedMLP(sizes, [(activation,) * layers])
    loss, optimizer = LOSSES["cross_entropy"], OPTIMIZERS[OPTIMIZER]
    for layer, weights in enumerate(network.weights):
        initializer = suiting(activation if layer < layers else None)
        weights[0, :, :-1] = draw(initializer, 0, layer, sizes[layer], sizes[layer + 1]).T
    rng = np.random.default_rng(0)
    inputs = with_ones(rng.standard_normal((samples, FEATURES)), network.dtype)
    targets = one_hot(rng.integers(CLASSES, size=samples), CLASSES, network.dtype)
    rate, state = np.array([[0.01]], network.dtype), optimizer.init(network.parameters)

    def step() -> None:
        network.forward(inputs)
        network.backward(inputs, targets, loss)
        optimizer.step(network.parameters, network.gradient, state, rate, 1)

    return step


def function_alone(activation: str, units: int, samples: int) -> Callable[[], None]:
    """A function that computes value and slope of the activation for one layer, with its kernel of the training.  The
    copy that it makes of the sums takes the place of the product that leaves them there."""
    drawn = np.random.default_rng(0).standard_normal((1, units, samples), np.float32)
    z, a, s = (np.empty_like(drawn) for _ in range(3))
    kernel = bind(activation, z, a, s)

    def evaluate() -> None:
        np.copyto(z, drawn)  # kernels overwrite it
        kernel.value()
        if kernel.slope:
            kernel.slope()

    return evaluate


def take_turns(functions: dict[str, Callable[[], None]], turns: int) -> dict[str, np.ndarray]:
    """(turn,) seconds of one call of each.  Each turn begins with another one, so that whatever else the machine does
    meets all of them."""
    calls = {name: _calls(function) for name, function in functions.items()}
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    for turn in range(turns):
        names = list(functions)
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            seconds[name].append(min(_seconds(functions[name], calls[name]) for _ in range(TRIES)))
    return {name: np.array(each) for name, each in seconds.items()}


def _calls(function: Callable[[], None]) -> int:
    """How many of them take about `SECONDS`; the first call is to warm up."""
    function()
    return max(int(SECONDS / _seconds(function, 3)), 1)


def _seconds(function: Callable[[], None], calls: int) -> float:
    start = time.perf_counter()
    with np.errstate(all="ignore"):  # see core.nn.kernels
        for _ in range(calls):
            function()
    return (time.perf_counter() - start) / calls


def _medians(name: str, seconds: dict[str, np.ndarray]) -> str:
    times = ", ".join(f"{each} {1e6 * np.median(seconds[each]):.3g} µs" for each in (name, "relu"))
    return f"medians: {times}"


NO_EXP = Claim(
    name="no_exp",
    statement="ReLU trains 1.5 times faster than Sigmoid and 2 times faster than Tanh, because it needs no exp().",
    source=(
        "Often repeated in courses and blog posts, with these or other numbers. The network or the machine is seldom "
        "named."
    ),
    design=(
        "A training step (forward pass, backward pass and update) of networks in which only the activation function "
        f"differs. {len(NETWORKS)} sizes from 8 to 1024 units per layer, with this app's engine on one thread.",
        f"The time of a step, in {TURNS} turns. In each turn, the functions are measured one after the other, and the "
        f"fastest of {TRIES} tries counts.",
        "In each turn, the time with Sigmoid or Tanh divided by that with ReLU. The claim names factors, so only "
        "medians near them support it: between 1.33 and 1.75 for Sigmoid, between 1.67 and 2.5 for Tanh. The "
        "functions alone, where exp() matters most, are shown separately: a training step is more than its activation "
        "functions.",
    ),
    cannot_tell=(
        "Other engines and machines: on a graphics card, moving the numbers usually takes longer than computing exp(). "
        "The turns are repeats on one machine, so the intervals hold for that machine only. The time of a step also "
        "does not say how many steps are needed."
    ),
    formula=r"r = \frac{\text{time of a step with Sigmoid}}{\text{time of a step with ReLU}}",
    trials=(*_STEP.values(), *_ALONE.values()),
    parts=tuple(NETWORKS),
    plan=experiment(),
    repeats=TURNS,
    part_noun="network",
    repeat_noun="turn",
)
