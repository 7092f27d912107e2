"""Which units of a training are dead at which epoch, by PyTorch, in `dead_relu.npz`."""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from core import Experiment
from tests.reference import cases, pytorch
from tests.reference.dead_relu_cases import TRAININGS

ACTIVATIONS = ("relu", "gelu", "leaky_relu")


def record_training(name: str, experiment: Experiment) -> dict[str, np.ndarray]:
    """Of every epoch: each unit's slopes (epoch, unit, sample) and the norm (epoch, unit) of its weights' gradient."""
    torch.set_default_dtype(torch.float64)
    (run,) = experiment.runs
    X, y, start = cases.starting_point(experiment)
    layers = [(torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)) for W, b in start]
    parameters = [p for layer in layers for p in layer]
    optimizer = torch.optim.SGD(parameters, run.rate)
    slopes, norms = [], []
    for _ in range(experiment.epochs + 1):
        a, of_layers = torch.tensor(X), []
        for (W, b), activation in zip(layers, run.layer_activations(len(experiment.hidden))):
            z = a @ W + b
            a = pytorch.activation(activation)(z)
            of_layers.append(torch.autograd.grad(a.sum(), z, retain_graph=True)[0])
        loss = F.cross_entropy(a @ layers[-1][0] + layers[-1][1], torch.tensor(y))
        optimizer.zero_grad()
        loss.backward()
        slopes.append(torch.cat(of_layers, dim=1).T.numpy())
        norms.append(torch.cat([torch.vstack([W.grad, b.grad]).norm(dim=0) for W, b in layers[:-1]]).numpy())
        optimizer.step()
    begin = np.concatenate([X.ravel(), y, *(p.ravel() for layer in start for p in layer)])
    return {f"{name}/slopes": np.array(slopes), f"{name}/norms": np.array(norms), f"{name}/start": begin}


def greatest_slope(activation: str) -> float:
    z = torch.linspace(-10, 10, 200_001, dtype=torch.float64, requires_grad=True)
    return torch.autograd.grad(pytorch.activation(activation)(z).sum(), z)[0].abs().max().item()


def record() -> None:
    numbers = {f"greatest/{activation}": np.array(greatest_slope(activation)) for activation in ACTIVATIONS}
    for name, experiment in TRAININGS.items():
        numbers |= record_training(name, experiment)
    np.savez_compressed(Path(__file__).with_name("dead_relu.npz"), **numbers)
