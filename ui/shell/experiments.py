"""An experiment in words: what its networks have in common."""

from core import LOSSES, Experiment, load
from core.data.datasets import OWN
from ui.shell.factors import Factor, text_of
from ui.shell.numbers import count

_WEIGHTS_AUTO = "initial weights auto, scaled to suit each"


def shared_facts(experiment: Experiment, factor: Factor) -> list[str]:
    """What the networks of a comparison have in common."""
    data, first, hidden = load(experiment.dataset), experiment.runs[0], experiment.hidden
    trained, tested = len(data.y_train), len(data.y_test)
    spec, layers = data.spec, count(len(hidden), "hidden layer")
    name = "own data" if spec.name == OWN else spec.name
    own_rates = first.learning_rate is None and factor.field == "optimizer"
    facts = {
        "data": f"{name}, {data.classes} classes, {trained} training and {tested} test samples",
        "noise": f"noise {spec.noise:g}" if spec.noise is not None else None,
        "view": f"view {spec.view}" if spec.view else None,
        "activation": text_of(first.activation) if hidden else None,
        "hidden": f"{layers} of {count(hidden[0], 'unit')}" if hidden else "no hidden layer",
        "optimizer": first.optimizer,
        "learning_rate": "each optimizer's own learning rate" if own_rates else f"learning rate {first.rate:g}",
        "l2": f"L2 penalty {first.l2:g}" if first.l2 else None,
        "loss": LOSSES[experiment.loss].label.lower() if experiment.loss != "cross_entropy" else None,
        "epochs": count(experiment.epochs, "epoch"),
        "batch": f"minibatches of {experiment.batch_size}" if experiment.batch_size < trained else "full batch",
        "initializer": _WEIGHTS_AUTO if first.initializer == "auto" else f"weights {first.initializer}",
        "seed": f"seed {experiment.seed}",
    }
    return [fact for field, fact in facts.items() if fact and field != factor.field]
