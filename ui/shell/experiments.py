"""An experiment in words: what its networks have in common."""

from collections.abc import Iterable

from core import LOSSES, Experiment, load
from core.analysis.repeats import runs_by_setting
from core.data.datasets import OWN
from ui.shell.factors import FACTORS, Factor, text_of
from ui.shell.numbers import count, exact
from ui.shell.settings import differing, factor_of

_WEIGHTS_AUTO = "initial weights auto, scaled to suit each"
_NOUNS = {"l1": "L1 penalty", "bias": "initial bias"}  # of what is no factor: opened experiments may differ in it


def shared_facts(experiment: Experiment, factor: Factor) -> list[str]:
    """What the networks of a comparison have in common, in words: all settings but those in which they differ."""
    data, first, hidden = load(experiment.dataset), experiment.runs[0], experiment.hidden
    trained, tested, step = len(data.y_train), len(data.y_test), experiment.samples_per_step
    spec, layers = data.spec, count(len(hidden), "hidden layer")
    name = "own data" if spec.name == OWN else spec.name
    varied = {factor.field, *differing(experiment)}
    own_rates = first.learning_rate is None and "optimizer" in varied
    if len(set(hidden)) > 1:
        units = f"{listed(map(str, hidden))} units"
    else:
        units = count(hidden[0], "unit") if hidden else None
    seeds = sorted({run.seed for run in experiment.runs})
    follow = seeds == list(range(experiment.seed, experiment.seed + len(seeds))) or not share_seeds(experiment)
    is_anew = experiment.redraw != "weights"
    facts = {
        "data": f"{name}, {data.classes} classes, {trained} training and {tested} test samples",
        "noise": f"noise {exact(spec.noise)}" if spec.noise is not None else None,
        "view": f"view {spec.view}" if spec.view else None,
        "activation": text_of(first.activation) if hidden else None,
        "hidden": f"{layers} of {units}" if hidden else "no hidden layer",
        "optimizer": first.optimizer,
        "learning_rate": "each optimizer's own learning rate" if own_rates else f"learning rate {exact(first.rate)}",
        "l1": f"L1 penalty {exact(first.l1)}" if first.l1 else None,
        "l2": f"L2 penalty {exact(first.l2)}" if first.l2 else None,
        "loss": LOSSES[experiment.loss].label.lower() if experiment.loss != "cross_entropy" else None,
        "epochs": count(experiment.epochs, "epoch"),
        "batch": "full batch" if step == trained else f"minibatches of {step}",
        "initializer": _WEIGHTS_AUTO if first.initializer == "auto" else f"weights {first.initializer}",
        "bias": f"initial bias {exact(first.bias)}" if first.bias else None,
        "dtype": experiment.dtype if experiment.dtype != Experiment.dtype else None,
        "seed": f"seeds {listed(map(str, seeds))}" if is_anew else f"seed {experiment.seed}",
        "data_seed": f"seed {spec.seed} for the data" if spec.seed != experiment.seed and not is_anew else None,
        "weights_seed": None if follow or is_anew else f"seed {listed(map(str, seeds))} for the initial weights",
    }
    return [fact for field, fact in facts.items() if fact and field not in varied]


def share_seeds(experiment: Experiment) -> bool:
    """Whether all networks of a comparison start from the same random draws, each from one or from several."""
    runs = experiment.runs
    return len({frozenset(runs[run].seed for run in places) for places in runs_by_setting(experiment)}) == 1


def nouns_of(experiment: Experiment) -> str:
    """What the networks of an experiment differ in or, where all are alike, what could be compared."""
    fields = differing(experiment) or [factor_of(experiment).field]
    return listed(_NOUNS.get(field) or FACTORS[field].noun for field in fields)


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: `a`, `a and b`, `a, b and c`."""
    words = list(words)
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
