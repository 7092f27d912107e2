"""Functions that people might write: in PyTorch by `record.py`, in core in the tests."""

import numpy as np

from core import DatasetSpec, Experiment, Run

# As people write them, beside what PyTorch has for it: an expression in a tensor z, translated by hand.
FORMULAS = {
    "x*sigmoid(1.702*x)": "z * torch.sigmoid(1.702 * z)",
    "max(0.1*x, x)": "torch.maximum(0.1 * z, z)",
    "x^3/(1 + x^2)": "z**3 / (1 + z**2)",
    "exp(-x^2/2)*cos(5*x)": "torch.exp(-(z**2) / 2) * torch.cos(5 * z)",
    "where(x > 0, x, 0.5*(exp(x) - 1))": "torch.where(z > 0, z, 0.5 * (torch.exp(z) - 1))",
    "min(max(x, -1), 1)": "torch.minimum(torch.maximum(z, -torch.ones_like(z)), torch.ones_like(z))",
    "x*tanh(softplus(x))": "z * torch.tanh(nn.functional.softplus(z, threshold=1e9))",
    "abs(x)": "torch.abs(z)",
    "sign(x)*sqrt(abs(x) + 1)": "torch.sign(z) * torch.sqrt(torch.abs(z) + 1)",
    "log(1 + abs(x))*sign(x)": "torch.log(1 + torch.abs(z)) * torch.sign(z)",
    "arctan(x)/(pi/2)": "torch.atan(z) / (torch.pi / 2)",
    "erf(x/sqrt(2))*x": "torch.erf(z / 2**0.5) * z",
    "x + sin(3*x)^2/3": "z + torch.sin(3 * z) ** 2 / 3",
    "relu(x)^2 - relu(-x)": "torch.relu(z) ** 2 - torch.relu(-z)",
    "2^(-x^2)": "2.0 ** (-(z**2))",
    "tanh(x)*e^(-abs(x))": "torch.tanh(z) * torch.exp(-torch.abs(z))",
    "1/(1 + exp(-x))": "1 / (1 + torch.exp(-z))",
    "x/(1 + abs(x))": "z / (1 + torch.abs(z))",
    "sinh(x)/cosh(x)": "torch.sinh(z) / torch.cosh(z)",
    "arcsinh(x)": "torch.asinh(z)",
    "tan(sin(x))": "torch.tan(torch.sin(z))",
    "abs(x)^1.5*sign(x)": "torch.abs(z) ** 1.5 * torch.sign(z)",
    "(1 + x^2)^(-0.5)": "(1 + z**2) ** (-0.5)",
    "max(x, 0.2*x, -1)": "torch.maximum(torch.maximum(z, 0.2 * z), -torch.ones_like(z))",
    "where(-1 < x < 1, x, sign(x))": "torch.where((z > -1) & (z < 1), z, torch.sign(z))",
    "where(x > 1 or x < -1, x^2, abs(x))": "torch.where((z > 1) | (z < -1), z**2, torch.abs(z))",
    "(1 + x^2)^sin(x)": "(1 + z**2) ** torch.sin(z)",
    "log(sigmoid(x))": "torch.log(torch.sigmoid(z))",
    "-min(0, x) + max(0, x)/4": "-torch.minimum(torch.zeros_like(z), z) + torch.maximum(torch.zeros_like(z), z) / 4",
    "x**7/1e4 - 0.3*x": "z**7 / 1e4 - 0.3 * z",
}  # fmt: skip

PLACES = np.array(sorted({*np.linspace(-6, 6, 121).round(6), 0.0, 1.0, -1.0, 1e-3, -1e-3, 20.0, -20.0}))


def training(formula: str) -> Experiment:
    """Full-batch, in float64."""
    spec, run = DatasetSpec("moons", samples=80, noise=0.2, seed=3), Run(f"={formula}", "momentum", seed=1)
    return Experiment(spec, (run,), hidden=(6, 5), epochs=30, batch_size=80, dtype="float64")
