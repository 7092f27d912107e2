"""Trainings whose units live, die and come back: in PyTorch by `record.py`, in core in the tests."""

from core import DatasetSpec, Experiment, Run

_MOONS = DatasetSpec("moons", samples=80, noise=0.2, seed=3)


def _full_batch(activation: str | tuple[str, ...], rate: float, bias: float, seed: int) -> Experiment:
    run = Run(activation, "sgd", learning_rate=rate, bias=bias, seed=seed)
    return Experiment(_MOONS, (run,), hidden=(6, 5, 4), epochs=50, batch_size=80, dtype="float64")


TRAININGS = {
    "relu": _full_batch("relu", 1.0, -0.3, seed=3),
    "mixed": _full_batch(("leaky_relu", "gelu", "relu"), 0.5, -0.5, seed=5),
}
