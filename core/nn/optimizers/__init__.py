"""Optimizers: how a gradient becomes a change of the parameters.

`OPTIMIZERS` is the registry: one record, at the end of the list in `adam_family`, gives an optimizer to the engine, the
exports, the pages, the URL, the legend and the tests.  (The place in the registry gives the colour and dash on every
page, so new ones go last.)

Update rules, names and coefficients are those of torch.optim 2.13.  Keras differs in places: its epsilon is 1e-7, its
RMSProp forgets with 0.9 instead of 0.99, its Adagrad starts from 0.1 instead of 0.  The default learning rates are not
PyTorch's: they suit this project's small problems, and were found by `benchmarks/learning_rates.py` (rule there).
"""

from .adam_family import ADAM_FAMILY
from .classic import CLASSIC
from .record import EPSILON, Optimizer, State
from .terms import Step, Term

__all__ = ["EPSILON", "OPTIMIZERS", "Optimizer", "State", "Step", "Term"]

# From simple to complex, the family tree first.
OPTIMIZERS: dict[str, Optimizer] = {record.name: record for record in (*CLASSIC, *ADAM_FAMILY)}
