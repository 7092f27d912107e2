"""PyTorch's activations, optimizers and whole trainings, in `torch.npz`."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from core import Experiment
from tests.reference import cases, pytorch


def record_activations(dtype: str) -> dict[str, np.ndarray]:
    numbers = {}
    for name in cases.ACTIVATIONS_IN_TORCH:
        z = torch.tensor(cases.POINTS.astype(dtype), requires_grad=True)
        value = pytorch.activation(name)(z)
        value.sum().backward()
        numbers[f"activation/{name}/{dtype}"] = np.stack([value.detach().numpy(), z.grad.numpy()])
    return numbers


def record_optimizers(dtype: str) -> dict[str, np.ndarray]:
    """50 steps from one point down Rosenbrock's valley."""
    torch.set_default_dtype(getattr(torch, dtype))  # the type in which NAdam keeps its product of momenta
    numbers = {}
    for name in cases.OPTIMIZERS_IN_TORCH:
        p = torch.tensor(np.array(cases.VALLEY_START, dtype), requires_grad=True)
        optimizer = pytorch.optimizer(name, [p], lr=cases.VALLEY_RATES[name])
        path = []
        for _ in range(50):
            optimizer.zero_grad()
            (100 * (p[1] - p[0] ** 2) ** 2 + (1 - p[0]) ** 2).backward()
            optimizer.step()
            path.append(p.detach().numpy().copy())
        numbers[f"optimizer/{name}/{dtype}"] = np.array(path)
    return numbers


def record_training(name: str, experiment: Experiment) -> dict[str, np.ndarray]:
    """Full-batch training of the experiment's only run: losses before and after every epoch, parameters at the end."""
    torch.set_default_dtype(torch.float64)
    (run,) = experiment.runs
    X, y, start = cases.starting_point(experiment)
    layers = [(torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)) for W, b in start]
    inputs, labels = torch.tensor(X), torch.tensor(y)
    targets = F.one_hot(labels).to(inputs.dtype)
    optimizer = pytorch.optimizer(run.optimizer, [p for layer in layers for p in layer], lr=run.rate)

    def loss() -> torch.Tensor:
        a = inputs
        for (W, b), activation in zip(layers, run.layer_activations(len(experiment.hidden))):
            a = pytorch.activation(activation)(a @ W + b)
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


def record() -> None:
    numbers = {"points": cases.POINTS}
    for dtype in ("float64", "float32"):
        numbers |= record_activations(dtype) | record_optimizers(dtype)
    for name, experiment in cases.TRAININGS.items():
        numbers |= record_training(name, experiment)
    np.savez_compressed(Path(__file__).with_name("torch.npz"), **numbers)
