"""Every setting of the page "Sweep", and the grid that settings ask for.

What is varied has a list of values; all else has one value, as on Compare, whose settings these are.
"""

from collections.abc import Mapping

from core import DATASETS, Experiment, Grid, Run, limits
from core.data.kinds import BY_FORMULA
from core.notes import Note
from core.sweeps.factors import FACTORS as VARIABLE
from ui.shell import settings as compare
from ui.shell.conversion import experiment_for
from ui.shell.factors import DEFAULT_DATASET, FACTORS, activation_of_layers
from ui.shell.language import N_
from ui.shell.setting import RANGE, SEVERAL, Setting
from ui.shell.settings import BATCH_SIZES, GREATEST_NOISE, MOST_SEEDS
from ui.sweep.naming import heading

MOST_VARIED = 4  # factors, for links too: more than a table of two and what is done with the others can show
LEAST_SEEDS = 2  # one chooses the best setting, another one measures it
OF_THE_LIBRARY = tuple(name for name in DATASETS if name != BY_FORMULA)  # a formula has a control of its own on Compare
_RECORDS = (
    Setting(
        key="vary", label=N_("The networks differ in"), kind=SEVERAL, default=["activation", "rate_multiple"],
        choices=tuple(VARIABLE), shows=heading, noun=Note("factor"), about=N_(
            "Every combination of their values is trained. A relative learning rate is given as a multiple of the "
            "optimizer's default."
        ),
    ),
    Setting(
        key="rate_multiples", label=N_("Relative learning rates to compare"), kind=SEVERAL,
        default=[0.1, 0.3, 1.0, 3.0, 10.0, 30.0], choices=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0),
        limits=limits.LEARNING_RATE, noun=Note("multiple of the learning rate"),
        about=N_(
            "Multiples of the optimizer's default learning rate. 1 is the default itself, which suits the optimizer on "
            "these small problems."
        ),
    ),
    Setting(
        key="layer_counts", label=N_("Numbers of hidden layers to compare"), kind=SEVERAL, default=[1, 2, 4],
        choices=(0, 1, 2, 3, 4, 6, 8, 10, 15, 20), limits=limits.LAYERS, noun=Note("number of hidden layers"),
    ),
    Setting(
        key="unit_counts", label=N_("Numbers of units to compare"), kind=SEVERAL, default=[4, 16, 64],
        choices=(2, 4, 8, 16, 32, 64), limits=limits.UNITS, noun=Note("number of units"),
        about=N_("Units in each hidden layer."),
    ),
    Setting(
        key="batch_sizes", label=N_("Batch sizes to compare"), kind=SEVERAL, default=[8, 32, 128],
        choices=tuple(size for size in BATCH_SIZES if size), limits=limits.BATCH_SIZE, noun=Note("batch size"),
    ),
    Setting(
        key="datasets", label=N_("Datasets to compare"), kind=SEVERAL, noun=Note("dataset"),
        default=["checkerboard", "circles", "moons", "spiral", "xor"],
        choices=OF_THE_LIBRARY, names="dataset",
    ),
    Setting(
        key="noises", label=N_("Levels of noise to compare"), kind=SEVERAL, default=[0.0, 0.1, 0.2, 0.4],
        choices=(0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, GREATEST_NOISE), limits=limits.NOISE, noun=Note("noise"),
    ),
    Setting(
        key="seeds", label=N_("Seeds"), kind=RANGE, noun=Note("seeds"), default=5, choices=(LEAST_SEEDS, MOST_SEEDS),
        limits=(LEAST_SEEDS, MOST_SEEDS),
        about=N_(
            "How many times each combination is trained. Each seed draws its own data, split, minibatches and initial "
            "weights. All combinations share the same seeds, so they can be compared seed by seed. It takes 5 or more "
            "to test what each gains at its best, and 10 show smaller differences."
        ),
    ),
)  # fmt: skip
_OWN = {record.key: record for record in _RECORDS}
# By what is varied, the setting that has its values.
LISTS: dict[str, Setting] = {
    field: compare.SETTINGS[factor.several] for field, factor in FACTORS.items() if field in VARIABLE
} | {
    "rate_multiple": _OWN["rate_multiples"], "layers": _OWN["layer_counts"], "units": _OWN["unit_counts"],
    "batch_size": _OWN["batch_sizes"], "dataset": _OWN["datasets"], "noise": _OWN["noises"],
}  # fmt: skip
SETTINGS: dict[str, Setting] = compare.SETTINGS | _OWN
_ONE_WIDTH = N_("the number of hidden layers is varied, so they must all have one number of units")
_MANY = N_("{number} factors are varied, and at most {most} can be")


def grid_for(settings: Mapping[str, object]) -> Grid:
    """The grid that these settings ask for; those not named have their default.  Raises `ValueError` for what cannot be
    trained."""
    chosen = {key: setting.default for key, setting in SETTINGS.items()} | settings
    names = chosen["vary"]
    if len(names) > MOST_VARIED:
        raise ValueError(Note(_MANY, number=len(names), most=MOST_VARIED))
    values = {name: chosen[LISTS[name].key] for name in names}
    if "layers" in names and "units" not in names and "," in str(chosen["units"]):
        raise ValueError(Note(_ONE_WIDTH))
    base = _base(settings, values)
    if "activation" in values:
        values["activation"] = [activation_of_layers(text, len(base.hidden)) for text in values["activation"]]
    return Grid(tuple((name, tuple(of_name)) for name, of_name in values.items()), base, chosen["seeds"])


def query(settings: Mapping[str, object]) -> dict[str, list[str]]:
    """The settings as the page's address has them: without those that have their default."""
    dataset = settings.get("dataset", DEFAULT_DATASET)
    usual = {
        key: setting.default if key in _OWN else setting.default_with(dataset) for key, setting in SETTINGS.items()
    }
    return {key: SETTINGS[key].texts(value) for key, value in settings.items() if value != usual[key]}


def _base(settings: Mapping[str, object], varied: Mapping[str, list]) -> Experiment:
    """The experiment with all that is not varied, and of what is varied a value that all of it can have."""
    shared = {key: value for key, value in settings.items() if key in compare.SETTINGS and key not in varied}
    one = shared | {"activations": [shared.get("activation", Run.activation)], "seeds": 1}
    if "layers" in varied:
        one["layers"] = max(varied["layers"], default=1)
    if "dataset" in varied:
        made = [name for name in varied["dataset"] if DATASETS[name].made]
        one["dataset"] = next(iter([*made, *varied["dataset"]]), DEFAULT_DATASET)
        if not made:
            one.pop("samples", None)
    return experiment_for(one)
