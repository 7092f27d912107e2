"""PyTorch's activations, optimizers and whole trainings, in `torch.npz`."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

import numpy as np
import torch
from torch.nn import functional as F

from core import SCHEDULES, Experiment
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


def scheduler(name: str, length: int, optimizer: torch.optim.Optimizer) -> torch.optim.lr_scheduler.LRScheduler:
    """That of a schedule of core, as its record writes it."""
    names: dict = {"lr_scheduler": torch.optim.lr_scheduler}
    exec(f"def make(optimizer):\n{indent(SCHEDULES[name].torch(length), '    ')}", names)
    return names["make"](optimizer)


def record_schedules() -> dict[str, np.ndarray]:
    """The rate in each epoch, of a rate that is 1 before."""
    numbers = {}
    for name in SCHEDULES:
        for length in cases.SCHEDULE_LENGTHS:
            optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
            changing, rates = scheduler(name, length, optimizer), []
            for epoch in range(cases.SCHEDULE_EPOCHS):
                rates.append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                if epoch < length:
                    changing.step()
            numbers[f"schedule/{name}/{length}"] = np.array(rates)
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
    length = experiment.schedule_epochs or experiment.epochs
    changing = scheduler(run.schedule, length, optimizer)

    def loss(kept: Sequence[np.ndarray] = ()) -> torch.Tensor:
        a = inputs
        for layer, activation in enumerate(run.layer_activations(len(experiment.hidden))):
            W, b = layers[layer]
            a = pytorch.activation(activation)(a @ W + b)
            if len(kept):
                a = torch.where(torch.tensor(kept[layer]), a / (1 - run.dropout), 0.0)
        logits = a @ layers[-1][0] + layers[-1][1]
        if experiment.loss == "mse":
            return F.mse_loss(torch.softmax(logits, dim=1), targets)
        return F.cross_entropy(logits, labels)

    losses = [loss().item()]
    for epoch in range(experiment.epochs):
        optimizer.zero_grad()
        penalty = sum(run.l1 * W.abs().sum() + run.l2 / 2 * (W**2).sum() for W, _ in layers)
        (loss(cases.masks(experiment, epoch) if run.dropout else ()) + penalty).backward()
        optimizer.step()
        if epoch < length:
            changing.step()
        losses.append(loss().item())
    end = np.concatenate([p.detach().numpy().ravel() for layer in layers for p in layer])
    begin = np.concatenate([X.ravel(), y, *(p.ravel() for layer in start for p in layer)])
    return {f"training/{name}/losses": np.array(losses), f"training/{name}/end": end, f"training/{name}/start": begin}


def record() -> None:
    numbers = {"points": cases.POINTS}
    for dtype in ("float64", "float32"):
        numbers |= record_activations(dtype) | record_optimizers(dtype)
    numbers |= record_schedules()
    for name, experiment in cases.TRAININGS.items():
        numbers |= record_training(name, experiment)
    np.savez_compressed(Path(__file__).with_name("torch.npz"), **numbers)
