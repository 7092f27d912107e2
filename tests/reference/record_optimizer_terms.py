"""The state that PyTorch's optimizers keep, in `optimizer_terms.json`.

For each optimizer, the state after some of the steps from `cases.VALLEY_START` down Rosenbrock's valley, in PyTorch's
own names.
"""

import json
from pathlib import Path

import numpy as np
import torch

from tests.reference import cases, pytorch

STEPS = (1, 2, 7, 50)
_NOT_STATE = {"step"}


def record_states(name: str) -> dict[str, dict[str, list[float] | float]]:
    p = torch.tensor(np.array(cases.VALLEY_START), requires_grad=True)
    optimizer = pytorch.optimizer(name, [p], lr=cases.VALLEY_RATES[name])
    recorded = {}
    for t in range(1, max(STEPS) + 1):
        optimizer.zero_grad()
        (100 * (p[1] - p[0] ** 2) ** 2 + (1 - p[0]) ** 2).backward()
        optimizer.step()
        if t in STEPS:
            state = {
                key: value.tolist()
                for key, value in optimizer.state[p].items()
                if key not in _NOT_STATE and value is not None
            }
            recorded[str(t)] = {"gradient": p.grad.tolist()} | state
    return recorded


def record() -> None:
    torch.set_default_dtype(torch.float64)  # the type in which NAdam keeps its product of momenta
    numbers = {name: record_states(name) for name in cases.OPTIMIZERS_IN_TORCH}
    Path(__file__).with_name("optimizer_terms.json").write_text(json.dumps(numbers, indent=1) + "\n")
