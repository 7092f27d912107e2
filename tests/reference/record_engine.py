"""Records PyTorch's numbers, which the tests hold core to, in `torch.npz` beside this file.

Run it from the project's root, in an environment of its own with PyTorch 2.13.0 and the project's requirements:

    pip install torch==2.13.0 -r requirements.txt
    PYTHONPATH=. python tests/reference/record_torch.py

PyTorch gives every value, slope, step and loss here; core gives only the data and the initial weights, which are
recorded too, so that a test can tell when they have changed and the file has to be made again.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from tests.reference import cases


def _hardsigmoid(z: torch.Tensor) -> torch.Tensor:
    """In float64 the slope that F.hardsigmoid 2.13.0 gives is 1/6 rounded to float32, off by 3e-8; its definition by
    relu6, with the same sides at the kinks, is exact."""
    return F.hardsigmoid(z) if z.dtype == torch.float32 else F.relu6(z + 3) / 6


ACTIVATIONS = {
    "identity": lambda z: z * 1,
    "step": lambda z: torch.heaviside(z.detach(), torch.zeros((), dtype=z.dtype)) + 0 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "elu": F.elu,
    "selu": F.selu,
    "celu": F.celu,
    "gelu": F.gelu,
    "gelu_tanh": lambda z: F.gelu(z, approximate="tanh"),
    "silu": F.silu,
    "mish": F.mish,
    "softplus": F.softplus,
    "softsign": F.softsign,
    "hardsigmoid": _hardsigmoid,
    "hardtanh": F.hardtanh,
    "hardswish": F.hardswish,
    "relu6": F.relu6,
    "logsigmoid": F.logsigmoid,
    "tanhshrink": F.tanhshrink,
    "softshrink": F.softshrink,
    "hardshrink": F.hardshrink,
    "sin": torch.sin,
    "gaussian": lambda z: torch.exp(-(z**2)),
    "arctan": torch.atan,
    "relu_squared": lambda z: F.relu(z) ** 2,
}

OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "momentum": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9),
    "nag": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adadelta": torch.optim.Adadelta,
    "adam": torch.optim.Adam,
    "nadam": torch.optim.NAdam,
    "adamw": torch.optim.AdamW,
    "adamax": torch.optim.Adamax,
    "amsgrad": lambda p, lr: torch.optim.Adam(p, lr, amsgrad=True),
    "radam": torch.optim.RAdam,
}


def record_activations(dtype: str) -> dict[str, np.ndarray]:
    numbers = {}
    for name, function in ACTIVATIONS.items():
        z = torch.tensor(cases.POINTS.astype(dtype), requires_grad=True)
        value = function(z)
        value.sum().backward()
        numbers[f"activation/{name}/{dtype}"] = np.stack([value.detach().numpy(), z.grad.numpy()])
    return numbers


def record_optimizers(dtype: str) -> dict[str, np.ndarray]:
    """50 steps from one point down Rosenbrock's valley."""
    torch.set_default_dtype(getattr(torch, dtype))  # the type in which NAdam keeps its product of momenta
    numbers = {}
    for name, make in OPTIMIZERS.items():
        p = torch.tensor(np.array(cases.VALLEY_START, dtype), requires_grad=True)
        optimizer = make([p], lr=cases.VALLEY_RATES[name])
        path = []
        for _ in range(50):
            optimizer.zero_grad()
            (100 * (p[1] - p[0] ** 2) ** 2 + (1 - p[0]) ** 2).backward()
            optimizer.step()
            path.append(p.detach().numpy().copy())
        numbers[f"optimizer/{name}/{dtype}"] = np.array(path)
    return numbers


def record_training(name: str, experiment) -> dict[str, np.ndarray]:
    """Full-batch training of the experiment's only run: losses before and after every epoch, parameters at the end."""
    torch.set_default_dtype(torch.float64)
    (run,) = experiment.runs
    X, y, start = cases.starting_point(experiment)
    layers = [(torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)) for W, b in start]
    inputs, labels = torch.tensor(X), torch.tensor(y)
    targets = F.one_hot(labels).to(inputs.dtype)
    optimizer = OPTIMIZERS[run.optimizer]([p for layer in layers for p in layer], lr=run.rate)

    def loss() -> torch.Tensor:
        a = inputs
        for (W, b), activation in zip(layers, run.layer_activations(len(experiment.hidden))):
            a = ACTIVATIONS[activation](a @ W + b)
        logits = a @ layers[-1][0] + layers[-1][1]
        if experiment.loss == "mse":
            return F.mse_loss(torch.softmax(logits, dim=1), targets)
        return F.cross_entropy(logits, labels)

    losses = [loss().item()]
    for _ in range(experiment.epochs):
        optimizer.zero_grad()
        penalty = sum(run.l1 * W.abs().sum() + run.l2 / 2 * (W**2).sum() for W, _ in layers)
        (loss() + penalty).backward()
        optimizer.step()
        losses.append(loss().item())
    end = np.concatenate([p.detach().numpy().ravel() for layer in layers for p in layer])
    begin = np.concatenate([X.ravel(), y, *(p.ravel() for layer in start for p in layer)])
    return {f"training/{name}/losses": np.array(losses), f"training/{name}/end": end, f"training/{name}/start": begin}


def main() -> None:
    numbers = {"points": cases.POINTS}
    for dtype in ("float64", "float32"):
        numbers |= record_activations(dtype) | record_optimizers(dtype)
    for name, experiment in cases.TRAININGS.items():
        numbers |= record_training(name, experiment)
    np.savez_compressed(Path(__file__).with_name("torch.npz"), **numbers)


if __name__ == "__main__":
    main()
