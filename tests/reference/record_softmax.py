"""PyTorch's softmax, cross-entropy and squared error, and its sigmoid for two classes, in `softmax.json`."""

import json
from pathlib import Path

import torch
from torch.nn import functional as F

CASES = (
    {"scores": [2.0, 1.0, 0.1], "constant": 0.0, "temperature": 1.0, "true_class": 1},
    {"scores": [2.0, 1.0, 0.1], "constant": 10.0, "temperature": 0.5, "true_class": 0},
    {"scores": [-3.5, 0.0, 4.5, 4.0], "constant": -100.0, "temperature": 10.0, "true_class": 2},
    {"scores": [5.0, -5.0], "constant": 0.0, "temperature": 0.1, "true_class": 1},
    {"scores": [2.0, 1.0, 0.1], "constant": 1000.0, "temperature": 1.0, "true_class": 2},
    {"scores": [2.0, 1.0, 0.1], "constant": -1000.0, "temperature": 1.0, "true_class": 2},
    {"scores": [88.0, 89.0, 0.0], "constant": 0.0, "temperature": 1.0, "true_class": 0},
)


def record_case(case: dict) -> dict:
    """With infinities and NaN as the words that Python reads again."""
    z = ((torch.tensor(case["scores"]) + case["constant"]) / case["temperature"]).requires_grad_()
    loss = F.cross_entropy(z, torch.tensor(case["true_class"]))
    loss.backward()
    of_squares = z.detach().clone().requires_grad_()
    targets = F.one_hot(torch.tensor(case["true_class"]), len(z)).float()
    squared_error = F.mse_loss(F.softmax(of_squares, dim=0), targets)
    squared_error.backward()
    pair = z.detach()[:2].double()
    exponentials = torch.exp(z.detach())
    numbers = {
        "probabilities": F.softmax(z.detach(), dim=0),
        "plain_exponentials": exponentials,
        "plain_probabilities": exponentials / exponentials.sum(),
        "loss": loss.detach(),
        "slopes": z.grad,
        "squared_error": squared_error.detach(),
        "squared_error_slopes": of_squares.grad,
        "two_classes": F.softmax(pair, dim=0)[1],
        "one_unit": torch.sigmoid(pair[1] - pair[0]),
    }
    return case | {name: value.tolist() for name, value in numbers.items()}


def record() -> None:
    torch.set_default_dtype(torch.float32)  # in which exp(89) is infinite, as the cases want it
    text = json.dumps([record_case(case) for case in CASES], indent=1)
    Path(__file__).with_name("softmax.json").write_text(text + "\n")
