"""PyTorch's functions and optimizers, as the registries write them."""

from collections.abc import Callable, Iterable

import torch
from torch import nn
from torch.nn import functional as F

from core import ACTIVATIONS, OPTIMIZERS

Function = Callable[[torch.Tensor], torch.Tensor]


def activation(name: str) -> Function:
    """The function that the record's text makes; a new output, even where PyTorch gives the input back."""
    if name == "hardsigmoid":
        return _hardsigmoid
    return eval(f"lambda z: {call(ACTIVATIONS[name].torch)}", {"torch": torch, "nn": nn})


def call(text: str) -> str:
    """A module of torch.nn is called with z; an expression in z stays as it is."""
    return f"{text}(z) * 1" if text.startswith("nn.") else text


def _hardsigmoid(z: torch.Tensor) -> torch.Tensor:
    """In float64 the slope that nn.Hardsigmoid 2.13.0 gives is 1/6 rounded to float32, off by 3e-8; its definition by
    relu6, with the same sides at the kinks, is exact."""
    return F.hardsigmoid(z) if z.dtype == torch.float32 else F.relu6(z + 3) / 6


def optimizer(name: str, parameters: Iterable[torch.Tensor], lr: float) -> torch.optim.Optimizer:
    kind, *arguments = OPTIMIZERS[name].torch
    settings = eval(f"dict({', '.join(arguments)})")
    return getattr(torch.optim, kind)(parameters, lr=lr, **settings)
