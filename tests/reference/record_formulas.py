"""Values, slopes and whole trainings of functions that people write, by PyTorch, in `formulas.npz`."""

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from core.lessons.function_code import torch_code
from tests.reference import cases
from tests.reference.formula_cases import FORMULAS, PLACES, training
from tests.reference.pytorch import Function
from tests.reference.record_function_code import record_code


def function(expression: str) -> Function:
    return eval(f"lambda z: {expression}", {"torch": torch, "nn": nn})


def record_values(expression: str, dtype: str) -> np.ndarray:
    """(2, place): values and slopes."""
    z = torch.tensor(PLACES.astype(dtype), requires_grad=True)
    value = function(expression)(z)
    (slope,) = torch.autograd.grad(value.sum(), z)
    return np.stack([value.detach().numpy(), slope.numpy()])


def record_training(formula: str, expression: str) -> tuple[np.ndarray, np.ndarray]:
    """Losses before and after every epoch, and what it began with."""
    experiment, f = training(formula), function(expression)
    (run,) = experiment.runs
    X, y, start = cases.starting_point(experiment)
    layers = [(torch.tensor(W, requires_grad=True), torch.tensor(b, requires_grad=True)) for W, b in start]
    optimizer = torch.optim.SGD([p for layer in layers for p in layer], lr=run.rate, momentum=0.9)
    losses = []
    for _ in range(experiment.epochs + 1):
        a = torch.tensor(X)
        for W, b in layers[:-1]:
            a = f(a @ W + b)
        loss = F.cross_entropy(a @ layers[-1][0] + layers[-1][1], torch.tensor(y))
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    begin = np.concatenate([X.ravel(), y, *(p.ravel() for layer in start for p in layer)])
    return np.array(losses), begin


def record() -> None:
    numbers = {}
    torch.set_default_dtype(torch.float64)
    for formula, expression in FORMULAS.items():
        losses, begin = record_training(formula, expression)
        numbers |= {f"{formula}/losses": losses, f"{formula}/start": begin}
        for dtype in ("float64", "float32"):
            numbers[f"{formula}/{dtype}"] = record_values(expression, dtype)
        copied = record_code(torch_code(f"={formula}"))
        numbers[f"{formula}/copied"] = np.array([copied["value"], copied["slope"]])
        numbers[f"{formula}/code"] = np.array(copied["code"])
    np.savez_compressed(Path(__file__).with_name("formulas.npz"), **numbers)
