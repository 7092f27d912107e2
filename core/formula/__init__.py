"""Formulas that people write, such as `x*sigmoid(1.702*x)` or `y > sin(x)`: reading, computing and writing them."""

from .evaluating import Program
from .reading import FormulaError, read
from .slopes import slope_of
from .tree import Node, is_constant

__all__ = ["FormulaError", "Node", "Program", "is_constant", "read", "slope_of"]
