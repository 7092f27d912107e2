"""The outputs of single neurons and their derivatives, by PyTorch, in `neuron.json`."""

import json
from pathlib import Path

import torch

from tests.reference import cases, pytorch

INPUT = (0.9, -1.4)
NUDGE = (0.3, -0.2, 0.15)  # of both weights and the bias
NEURONS = (
    {"weights": (1.2, -0.7), "bias": 0.1, "sharpness": 1.0},
    {"weights": (-0.8, 0.3), "bias": 0.6, "sharpness": 1.0},
    {"weights": (0.4, 0.35), "bias": 0.05, "sharpness": 20.0},
)


def record_neuron(activation: str, weights: tuple[float, ...], bias: float, sharpness: float) -> dict[str, object]:
    """Output and slopes and, of the nudge, the output after it and the change that forward differentiation predicts."""
    inputs = torch.tensor([*INPUT, 1.0], dtype=torch.float64)
    parameters = torch.tensor([*weights, bias], dtype=torch.float64, requires_grad=True)
    nudge = torch.tensor(NUDGE, dtype=torch.float64)

    def output(parameters: torch.Tensor) -> torch.Tensor:
        return pytorch.activation(activation)(sharpness * torch.dot(parameters, inputs))

    output(parameters).backward()
    before, predicted = torch.func.jvp(output, (parameters.detach(),), (nudge,))
    return {
        "output": before.item(),
        "slopes": parameters.grad.tolist(),
        "after": output(parameters + nudge).item(),
        "predicted": predicted.item(),
    }


def record() -> None:
    rows = [
        {"activation": name, "input": INPUT, "nudge": NUDGE} | neuron | record_neuron(name, **neuron)
        for name in cases.ACTIVATIONS_IN_TORCH
        for neuron in NEURONS
    ]
    text = ",\n".join(json.dumps(row) for row in rows)
    Path(__file__).with_name("neuron.json").write_text(f"[\n{text}\n]\n")
