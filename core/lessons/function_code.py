"""An activation function as code to copy: its value and its slope, in numpy and in PyTorch.

Both scripts stand alone, and print f(z) and f'(z) for the same eleven z from -5 to 5.
"""

from textwrap import indent

from ..nn.own_functions import activation_of

PLACES = "-5, 5, 11"  # of z: the arguments of both linspace

_NUMPY = """\
import numpy as np
{imports}

def f(z):
{value}


def slope(z):
{slope}


z = np.linspace({places})
print(f(z))
print(slope(z))
"""
_NDTR = "from scipy.special import ndtr\n"
_MODULE = """\
import torch
from torch import nn

f = {module}

"""
_EXPRESSION = """\
import torch


def f(z):
    return {expression}


"""
_TORCH = """\
z = torch.linspace({places}, requires_grad=True)
value = f(z)
(slope,) = torch.autograd.grad(value.sum(), z)
print(value.detach())
print(slope)
"""


def numpy_code(name: str) -> str:
    """A script that defines `f(z)` and `slope(z)` of an activation of the registry for arrays of numpy.

    Raises `ValueError` for a name that is none of the registry's.
    """
    record = activation_of(name)
    imports = _NDTR if "ndtr(" in record.code + record.slope_code else ""
    value, slope = _body(record.code), _body(record.slope_code)
    return _NUMPY.format(imports=imports, value=value, slope=slope, places=PLACES)


def torch_code(name: str) -> str | None:
    """A script that has PyTorch compute the values and, by autograd, the slopes of an activation of the registry; None
    if PyTorch lacks it.

    Raises `ValueError` for a name that is none of the registry's.
    """
    text = activation_of(name).torch
    if text is None:
        return None
    is_module = text.startswith("nn.")
    function = _MODULE.format(module=text) if is_module else _EXPRESSION.format(expression=text)
    return function + _TORCH.format(places=PLACES)


def _body(code: str) -> str:
    """Of a function that returns the last line's expression."""
    *lines, expression = code.split("\n")
    return indent("\n".join([*lines, f"return {expression}"]), "    ")
