"""An experiment in words: what its networks have in common."""

from collections.abc import Collection, Iterable

from core import Experiment, load
from core.analysis.repeats import runs_by_setting
from core.data.conditions import condition_of
from core.formula.writing import shown
from core.nn.initializers import AUTO
from core.nn.rate_schedules import CONSTANT
from ui.shell.branches import changed
from ui.shell.factors import COMPARABLE, Factor
from ui.shell.features import made_features
from ui.shell.labels import label, text_of_branch
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count, exact, exact_percent
from ui.shell.plain import plain
from ui.shell.settings import SETTINGS, differing, factor_of

_DATA = N_("{name}: {classes} classes, {trained} training samples, {tested} test samples")
_DATA_WITHOUT_TEST = N_("{name}: {classes} classes, {trained} training samples, no test samples")
# Of data that differ, what they may have in common nevertheless.
_CLASSES, _SHARE, _NO_SHARE = N_("{classes} classes"), N_("{share} of the samples are test data"), N_("no test samples")
_SIZE = N_("{trained} training samples, {tested} test samples")
_SIZE_WITHOUT_TEST = N_("{trained} training samples, no test samples")
_FORMULA = N_("class 1 where {formula}")
_NOISE = N_("noise {value}")
_VIEWS = {
    "pca2": N_("inputs: the first 2 principal components"),
    "all": N_("inputs: all {features} features"),
}
_MADE, _RAW = N_("features made of the inputs: {names}"), N_("inputs not standardised")
_NO_HIDDEN_LAYER = N_("no hidden layer")
_ONE_SIZE = NN_("{number} hidden layer of {units}", "{number} hidden layers of {units} each")
_SEVERAL_SIZES = N_("hidden layers of {units} units")
_RATE, _L1, _L2 = N_("learning rate {value}"), N_("L1 penalty {value}"), N_("L2 penalty {value}")
_LOSS = N_("loss: {name}")
_FULL_BATCH, _BATCHES = N_("full batch"), NN_("minibatches of {number} sample", "minibatches of {number} samples")
_WEIGHTS, _AUTO = N_("initial weights: {name}"), N_("initial weights: {name}, scaled for each activation function")
_BIAS = N_("initial bias {value}")
_DROPOUT, _SCHEDULE = N_("dropout rate {value}"), N_("learning rate schedule: {name}")
_SCHEDULE_EPOCHS = N_("schedule for {epochs}")
_DTYPE = N_("numbers in {dtype}")
_SEED, _SEEDS = N_("seed {seed}"), N_("seeds {seeds}")
_SEED_OF_DATA, _SEED_OF_WEIGHTS = N_("seed {seed} for the data"), N_("seed {seed} for the initial weights")
_NOUNS = {"bias": N_("initial bias")}  # no factor: opened experiments may differ in it
_WITH_ITS_RATE = N_("optimizer (each with its default learning rate)")
_LISTED = N_("{words} and {last}")


def shared_facts(experiment: Experiment, factor: Factor) -> list[str]:
    """What the networks of a comparison have in common, in words: all settings but those in which they differ."""
    varied = {factor.field, *differing(experiment)}
    varied |= {field for run in experiment.runs for field in changed(run, len(experiment.hidden))}
    return facts_but(experiment, varied)


def facts_but(experiment: Experiment, varied: Collection[str]) -> list[str]:
    """The settings of an experiment in words, but for these fields: `activation`, `hidden`, `batch`.  Without `data`,
    what they are is left out and their size stays; without `size`, the share of test data stays."""
    data, first, step = load(experiment.dataset), experiment.runs[0], experiment.samples_per_step
    spec, trained, tested = data.spec, len(data.y_train), len(data.y_test)
    own_rates = first.learning_rate is None and "optimizer" in varied
    seeds = sorted({run.seed for run in experiment.runs})
    listed_seeds = listed(map(str, seeds))
    follow = seeds == list(range(experiment.seed, experiment.seed + len(seeds))) or not share_seeds(experiment)
    is_anew, length = experiment.redraw != "weights", experiment.schedule_epochs
    dataset = SETTINGS["dataset"]
    name = dataset.text(dataset.of(experiment))
    weights = _AUTO if first.initializer == AUTO else _WEIGHTS
    activations = [label("activation", each) for each in first.layer_activations(1)] if experiment.hidden else []
    made = plain(made_features(data))
    message, size = (_DATA, _SIZE) if data.has_test_part else (_DATA_WITHOUT_TEST, _SIZE_WITHOUT_TEST)
    share = _(_SHARE, share=exact_percent(spec.test_share)) if data.has_test_part else _(_NO_SHARE)
    facts = {
        "data": _(message, name=name, classes=data.classes, trained=trained, tested=tested),
        "classes": _(_CLASSES, classes=data.classes) if "data" in varied else None,
        "size": _(size, trained=trained, tested=tested) if "data" in varied else None,
        "share": share if "size" in varied else None,
        "formula": _(_FORMULA, formula=shown(condition_of(spec.formula))) if spec.formula else None,
        "noise": _(_NOISE, value=exact(spec.noise)) if spec.noise is not None else None,
        "view": _(_VIEWS[spec.view], features=data.features) if spec.view else None,
        "made": _(_MADE, names=made) if made else None,
        "raw": None if spec.standardised else _(_RAW),
        "activation": ", ".join(activations),
        "hidden": _hidden(experiment.hidden),
        "optimizer": label("optimizer", first.optimizer),
        "learning_rate": None if own_rates else _(_RATE, value=exact(first.rate)),
        "l1": _(_L1, value=exact(first.l1)) if first.l1 else None,
        "l2": _(_L2, value=exact(first.l2)) if first.l2 else None,
        "dropout": _(_DROPOUT, value=exact(first.dropout)) if first.dropout else None,
        "schedule": _(_SCHEDULE, name=label("schedule", first.schedule)) if first.schedule != CONSTANT else None,
        "schedule_epochs": _(_SCHEDULE_EPOCHS, epochs=count(length, "epoch")) if length else None,
        "branch": text_of_branch(first.branch) if first.branch else None,
        "loss": _(_LOSS, name=label("loss", experiment.loss)) if experiment.loss != Experiment.loss else None,
        "epochs": count(experiment.epochs, "epoch"),
        "batch": _(_FULL_BATCH) if step == trained else plural(*_BATCHES, step),
        "initializer": _(weights, name=label("initializer", first.initializer)),
        "bias": _(_BIAS, value=exact(first.bias)) if first.bias else None,
        "dtype": _(_DTYPE, dtype=experiment.dtype) if experiment.dtype != Experiment.dtype else None,
        "seed": _(_SEEDS, seeds=listed_seeds) if is_anew else _(_SEED, seed=experiment.seed),
        "data_seed": _(_SEED_OF_DATA, seed=spec.seed) if spec.seed != experiment.seed and not is_anew else None,
        "weights_seed": None if follow or is_anew else _(_SEED_OF_WEIGHTS, seed=listed_seeds),
    }
    return [fact for field, fact in facts.items() if fact and field not in varied]


def share_seeds(experiment: Experiment) -> bool:
    """Whether all networks of a comparison start from the same random draws, each from one or from several."""
    runs = experiment.runs
    return len({frozenset(runs[run].seed for run in places) for places in runs_by_setting(experiment)}) == 1


def nouns_of(experiment: Experiment) -> str:
    """What the networks of an experiment differ in or, where all are alike, what could be compared."""
    fields = differing(experiment) or [factor_of(experiment).field]
    nouns = {field: _NOUNS.get(field) or COMPARABLE[field].noun for field in fields}
    if "optimizer" in differing(experiment) and experiment.runs[0].learning_rate is None:
        nouns["optimizer"] = _WITH_ITS_RATE
    return listed(map(_, nouns.values()))


def listed(words: Iterable[str]) -> str:
    """Words in a sentence: `a`, `a and b`, `a, b and c`."""
    words = list(words)
    return _(_LISTED, words=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)


def _hidden(hidden: tuple[int, ...]) -> str:
    if not hidden:
        return _(_NO_HIDDEN_LAYER)
    if len(set(hidden)) > 1:
        return _(_SEVERAL_SIZES, units=listed(map(str, hidden)))
    return plural(*_ONE_SIZE, len(hidden), units=count(hidden[0], "unit"))
