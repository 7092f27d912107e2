"""What the networks of a script for PyTorch are made of: modules of the activations, initial weights, layers."""

from typing import TypeVar

from .. import streams
from ..nn.activations import ACTIVATIONS
from ..nn.initializers import AUTO, INITIALIZERS, Initializer, suiting
from ..nn.own_functions import activation_of, is_own
from ..train.experiment import Experiment
from ..train.run import Run

Text = TypeVar("Text")


def known(text: Text | None) -> Text:
    """How PyTorch writes an entry of a registry, once `torch_code` has seen that it can."""
    assert text is not None
    return text


def module(name: str) -> str:
    """The module of an activation: torch.nn's or, where it has none, one that `modules` defines."""
    text = known(activation_of(name).torch)
    return text if text.startswith("nn.") else f"{_class_name(name)}()"


def _class_name(name: str) -> str:
    """As classes are named: ReluSquared for relu_squared."""
    return "".join(part.capitalize() for part in activation_of(name).identifier.split("_"))


def modules(experiment: Experiment) -> list[str]:
    """Activations that torch.nn has not."""
    used = {name for run in experiment.runs for name in run.layer_activations(len(experiment.hidden))}
    texts = {name: known(activation_of(name).torch) for name in _in_order(used)}
    return [
        f"\n\nclass {_class_name(name)}(nn.Module):\n    def forward(self, z):\n        return {text}\n"
        for name, text in texts.items()
        if not text.startswith("nn.")
    ]


def _in_order(used: set[str]) -> list[str]:
    """Activations as in the registry, and behind them those that somebody wrote."""
    return [*(name for name in ACTIVATIONS if name in used), *sorted(filter(is_own, used))]


def layer_initializers(run: Run, layers: int) -> list[Initializer]:
    """One for each layer, the output last."""
    activations = [*run.layer_activations(layers), None]
    return [suiting(name) if run.initializer == AUTO else INITIALIZERS[run.initializer] for name in activations]


def _used_initializers(experiment: Experiment) -> list[Initializer]:
    """Each once: those of the registry first, and what `"auto"` stands for in the order of the activations."""
    order = [*INITIALIZERS, *(f"{AUTO}_{name}" for name in ACTIVATIONS)]
    layers = len(experiment.hidden)
    used = {record.name: record for run in experiment.runs for record in layer_initializers(run, layers)}
    return [used[name] for name in [*order, *sorted(used.keys() - set(order))] if name in used]


def initializers(experiment: Experiment) -> list[str]:
    texts = []
    for record in _used_initializers(experiment):
        value = record.code
        if "ndtr" in value:
            texts.append("from scipy.special import ndtr\n")
            value += "  # ndtr makes them uniform between 0 and 1"
        texts.append(f"\n\ndef {record.name}(draws, n_in, n_out):\n    return {value}\n")
    return texts


def linear(experiment: Experiment) -> str:
    has_bias = any(run.bias for run in experiment.runs)
    biases = [
        f"        if initializer is {record.name}:  # it draws biases, too\n"
        "            layer.bias.add_(torch.from_numpy(initializer(rng.standard_normal(n_out), n_in, n_out)))\n"
        for record in _used_initializers(experiment)
        if record.draws_biases
    ]
    return f'''

def linear(number, n_in, n_out, initializer, seed{", bias=0.0" if has_bias else ""}):
    """Layer `number` of a network.  Networks with one seed start from the same draws, scaled by their initializer."""
    rng = np.random.default_rng(({streams.WEIGHTS}, seed, number))
    draws = rng.standard_normal((n_in, n_out))
    layer = nn.Linear(n_in, n_out)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(initializer(draws, n_in, n_out)).T)
        layer.bias.fill_({"bias" if has_bias else 0})
{"".join(biases)}\
    return layer
'''
