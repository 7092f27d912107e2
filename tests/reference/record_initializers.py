"""The distributions of initial weights and biases, by PyTorch, in `initializers.json`."""

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import init

from tests.reference.cases import INITIALIZER_SHAPE

# How PyTorch sets the weights; biases are set to 0 with them, but by its own default.
_SET = {
    "he_normal": lambda W: init.kaiming_normal_(W, nonlinearity="relu"),
    "he_uniform": lambda W: init.kaiming_uniform_(W, nonlinearity="relu"),
    "xavier_normal": init.xavier_normal_,
    "xavier_uniform": init.xavier_uniform_,
    "lecun_normal": lambda W: init.kaiming_normal_(W, nonlinearity="linear"),
    "lecun_uniform": lambda W: init.kaiming_uniform_(W, nonlinearity="linear"),
    "small_normal": lambda W: init.normal_(W, std=0.01),
    "zeros": init.zeros_,
    "xavier_4": lambda W: init.xavier_normal_(W, gain=4),
}


def record() -> None:
    """Standard deviation, kurtosis (0 where all are 0) and greatest size of weights and of biases."""
    torch.manual_seed(0)
    numbers = {}
    for name in (*_SET, "pytorch_default"):
        layer = nn.Linear(*INITIALIZER_SHAPE, dtype=torch.float64)
        if name in _SET:
            _SET[name](layer.weight)
            init.zeros_(layer.bias)
        numbers[name] = {"weights": _figures(layer.weight), "biases": _figures(layer.bias)}
    Path(__file__).with_name("initializers.json").write_text(json.dumps(numbers, indent=1) + "\n")


def _figures(parameters: torch.Tensor) -> list[float]:
    variance = parameters.var(correction=0)
    kurtosis = (parameters - parameters.mean()).pow(4).mean() / variance.square() if variance else variance
    return [variance.sqrt().item(), kurtosis.item(), parameters.abs().max().item()]
