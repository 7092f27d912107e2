"""An experiment as a script that uses PyTorch and nothing of this project.

It is put together from sections, each with the imports it needs.  The script's function `train` has a parameter for
whatever differs between the runs; what they share stands in its body.
"""

import re
import sys
from collections.abc import Mapping

from ..nn.activations import ACTIVATIONS, Activation
from ..nn.losses import LOSSES, Loss
from ..nn.optimizers import OPTIMIZERS, Optimizer
from ..train.experiment import Experiment
from .torch_data import data, split
from .torch_extras import dropout_module, schedules
from .torch_layers import initializers, linear, modules
from .torch_training import loss, training

Entry = Activation | Optimizer | Loss


def not_in_torch(experiment: Experiment) -> list[str]:
    """What of the experiment PyTorch lacks, as names with their kind (`optimizer lion`); if there is nothing,
    `torch_code` can write it, unless runs branch."""
    activations = {name for run in experiment.runs for name in run.layer_activations(len(experiment.hidden))}
    used: dict[str, tuple[Mapping[str, Entry], set[str]]] = {
        "activation": (ACTIVATIONS, activations),
        "optimizer": (OPTIMIZERS, {run.optimizer for run in experiment.runs}),
        "loss": (LOSSES, {experiment.loss}),
    }
    return [
        f"{kind} {name}"
        for kind, (registry, names) in used.items()
        for name, record in registry.items()
        if name in names and record.torch is None
    ]


def torch_code(experiment: Experiment) -> str:
    """A script that trains the same networks with PyTorch, numpy and scikit-learn, and prints each one's test accuracy
    and losses after the last epoch; without a test part, training accuracy and loss.

    The numbers are those of `core.train` up to rounding, which adaptive optimizers make large where a gradient is
    nothing else.  A network that blows up is not put back to its last finite state, as it is there: the script prints
    what has become of it.

    Raises `ValueError` if PyTorch lacks something (see `not_in_torch`) or runs branch, and for one that draws
    everything anew for each of several seeds, which would be several scripts: `Experiment.of_seed` gives one of them.
    """
    if len(seeds := experiment.runs_by_seed()) == 1:
        experiment = experiment.of_seed(*seeds)
    if experiment.redraw != "weights":
        raise ValueError(f"redraw is {experiment.redraw!r}, and a PyTorch script is of one seed: use of_seed")
    if experiment.branch_epoch is not None:
        raise ValueError("runs of this experiment branch, which is not written for PyTorch")
    if lacking := not_in_torch(experiment):
        raise ValueError(f"PyTorch has no {', no '.join(lacking)}: this experiment cannot be written for it")
    sections = [
        "import numpy as np\nimport torch\nfrom torch import nn\n",
        "torch.set_default_dtype(torch.float64)\n\n" if experiment.dtype == "float64" else "",
        data(experiment.dataset),
        split(experiment),
        loss(experiment),
        *modules(experiment),
        dropout_module(experiment),
        *initializers(experiment),
        linear(experiment),
        *schedules(experiment),
        *training(experiment),
    ]
    return _with_imports_on_top("".join(sections))


def _with_imports_on_top(code: str) -> str:
    """Import lines sorted, those of the standard library apart, and the docstring above."""
    pattern = re.compile(r"^(?:import|from) .*\n", re.MULTILINE)
    imports = sorted({*pattern.findall(code)}, key=lambda line: (line.startswith("from"), line))
    standard = [line for line in imports if re.split(r"\W", line.split()[1])[0] in sys.stdlib_module_names]
    others = [line for line in imports if line not in standard]
    blocks = (['"""A comparison made with Activation Lab, in PyTorch."""\n'], standard, others, [pattern.sub("", code)])
    return "\n".join("".join(block) for block in blocks if block)
