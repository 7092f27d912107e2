"""What PyTorch says of the gradients inside of trained networks, in `vanishing.npz`.

core gives the data and the parameters, which are recorded too; every value and gradient is PyTorch's.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from core import Experiment, Run, load, train
from tests.reference import pytorch
from tests.reference.vanishing_cases import EXPERIMENTS


def gradient_norms(experiment: Experiment, run: Run, parameters: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """(2, layers): the norms of the sum of all samples' losses' gradients by each layer's weighted sums, and by its
    outputs, over units and samples; those by the output layer's are the same."""
    data = load(experiment.dataset)
    labels = torch.tensor(data.y_train)
    a, sums, outputs = torch.tensor(data.X_train), [], []
    names = (*run.layer_activations(len(experiment.hidden)), "identity")
    for (W, b), name in zip(parameters, names, strict=True):
        sums.append((a @ torch.tensor(W) + torch.tensor(b)).requires_grad_())
        a = pytorch.activation(name)(sums[-1])
        outputs.append(a)
    for value in (*sums, *outputs):
        value.retain_grad()
    if experiment.loss == "mse":
        targets = F.one_hot(labels, data.classes).to(a.dtype)
        (torch.softmax(a, dim=1) - targets).square().mean(dim=1).sum().backward()
    else:
        F.cross_entropy(a, labels, reduction="sum").backward()
    return np.array([[value.grad.norm().item() for value in values] for values in (sums, outputs)])


def record() -> None:
    numbers = {}
    for name, experiment in EXPERIMENTS.items():
        history = train(experiment)
        numbers[f"{name}/parameters"] = history.flat_parameters
        numbers[f"{name}/norms"] = np.array(
            [
                [gradient_norms(experiment, run, history.parameters(i, e)) for e in range(len(history.epochs))]
                for i, run in enumerate(experiment.runs)
            ]
        )
    np.savez_compressed(Path(__file__).with_name("vanishing.npz"), **numbers)
