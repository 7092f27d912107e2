"""Every setting of Compare, declared once: its control, its text in the address, and what it is in `core`.

From the table follow which settings a link can leave out (`unusual`) and which change only what is seen of the networks
(`OF_THE_VIEW`).  `ui.shell.conversion` makes an experiment of settings, and `ui.shell.controls` draws the controls.
"""

from collections.abc import Mapping

from core import DATASETS, LOSSES, MADE_FEATURES, OPTIMIZERS, Branch, DatasetSpec, Experiment, limits
from core.data.datasets import OWN, VIEWS
from core.data.drawing import text_of_table
from core.notes import Note
from core.train.experiment import REDRAWS
from ui.shell.factor_settings import several, single
from ui.shell.factors import (
    COMPARABLE,
    DEFAULT_DATASET,
    FACTORS,
    LEARNING_RATES,
    Factor,
    layer_activations,
    shown_layers,
    text_of,
)
from ui.shell.labels import DRAWN
from ui.shell.language import N_, _
from ui.shell.numbers import exact_percent
from ui.shell.setting import CANVAS, FREE, NUMBER, RANGE, SELECT, SEVERAL, SLIDE, SWITCH, TEXT, Setting
from ui.shell.units import layer_units, text_of_units

# What the controls offer; links and files may have what core.limits allows.  The steps are such that each can be seen.
SAMPLES = (50, 100, 200, 400, 1000, 2000, 5000)  # training and test samples together
TEST_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
UNITS = ("1", "2", "4", "8", "16", "32", "64")
EPOCHS = (1, 3, 10, 30, 60, 100, 200, 500, 1000, 2000)
BATCH_SIZES = (4, 8, 16, 32, 64, 128, None)  # samples of a minibatch; None: all
GREATEST_NOISE = 1.0  # standard deviation, of data whose classes are 1 or so apart: more drowns them
GREATEST_SEED = 9999  # short to type
MOST_SEEDS = 10  # of each network, for links too: enough to tell luck, and they take ten times as long
MOST_COMPARED = 40  # networks, for links too: each is drawn, and that is more than there are activations


def differing(experiment: Experiment) -> list[str]:
    """The fields of `Run` but the seed in which the networks of an experiment differ, in the order of `COMPARABLE`."""
    fields = (*COMPARABLE, "bias")
    return [field for field in fields if len({getattr(run, field) for run in experiment.runs}) > 1]


def factor_of(experiment: Experiment) -> Factor:
    """The factor that is compared in an experiment: the first of those in which its networks differ."""
    return next((COMPARABLE[field] for field in differing(experiment) if field in COMPARABLE), FACTORS["activation"])


def _made_features(experiment: Experiment) -> list[str] | None:
    """None where the networks do not see two features, of which others could be made."""
    spec = experiment.dataset
    return list(spec.made_features) if spec.size.features - len(spec.made_features) == 2 else None


def _schedule_epochs(experiment: Experiment) -> int | None:
    return None if experiment.schedule_epochs == experiment.epochs else experiment.schedule_epochs


def _test_share(experiment: Experiment) -> float | None:
    """None of a table that is too small for a test part."""
    spec = experiment.dataset
    return spec.test_share if spec.table is None or spec.table.has_test_part else None


def _shown_share(share: float) -> str:
    return exact_percent(share) if share else _(_NO_TEST_DATA)


def _shown_feature(name: str) -> str:
    return MADE_FEATURES[name].of(("x\u2081", "x\u2082"))


def _branch(experiment: Experiment) -> Branch:
    """Its first one."""
    return next(run.branch for run in experiment.runs if run.branch)


def _new_activation(text: str) -> str | None:
    return None if text == _UNCHANGED else layer_activations(text)


_NO_TEST_DATA = N_("none")
_UNCHANGED = N_("unchanged")


def _dataset(experiment: Experiment) -> str:
    """The choice of the dataset's control: data of one's own that can be drawn are drawn."""
    spec = experiment.dataset
    return spec.name if text_of_table(spec.table) is None else DRAWN


_REDRAWS = {"weights": N_("the initial weights"), "everything": N_("everything: data, split, initial weights")}
_VIEWS = {"pca2": N_("two principal components"), "all": N_("all features")}
_RECORDS = (
    Setting(
        key="dataset", label=N_("Dataset"), kind=SELECT, default=DEFAULT_DATASET, choices=(*DATASETS, OWN, DRAWN),
        noun=Note("dataset"), names="dataset", reads=_dataset,
    ),
    Setting(
        key="points", label=N_("Points"), kind=CANVAS, default="",
        reads=lambda experiment: text_of_table(experiment.dataset.table),
    ),
    Setting(
        key="formula", label=N_("Class 1 where"), kind=TEXT, owner=DatasetSpec, field="formula",
        about=N_(
            "A comparison in x and y, for instance `y > sin(x)` or `x^2 + y^2 < 4`. The points are random in the "
            "square from −3 to 3. Noise moves them after they have got their class."
        ),
    ),
    Setting(
        key="noise", label=N_("Noise"), kind=RANGE, owner=DatasetSpec, field="noise", choices=(0.0, GREATEST_NOISE),
        noun=Note("noise"),
        limits=limits.NOISE, step=0.05, about=N_("Standard deviation of the random number added to every coordinate."),
    ),
    Setting(
        key="samples", label=N_("Samples"), kind=SLIDE, owner=DatasetSpec, field="samples", choices=SAMPLES,
        noun=Note("samples"), limits=limits.SAMPLES, about=N_("Training and test data together."),
    ),
    Setting(
        key="view", label=N_("What the networks see"), kind=SELECT, owner=DatasetSpec, field="view", default=VIEWS[0],
        noun=Note("view"), choices=VIEWS, shows=lambda view: _(_VIEWS[view]),
        about=N_(
            "Two principal components: the networks see the plane that you see. All features: each picture shows only "
            "the two directions in which the data vary most."
        ),
    ),
    Setting(key="classes", label=N_("Classes"), kind=SELECT, noun=Note("classes"), owner=DatasetSpec, field="classes"),
    Setting(
        key="made_features", label=N_("Made features"), kind=SEVERAL, default=[], choices=tuple(MADE_FEATURES),
        noun=Note("made feature"), shows=_shown_feature, reads=_made_features,
        about=N_(
            "More inputs for the networks, made of the two that they see: x\u2081 is the horizontal one and x\u2082 "
            "the vertical one. They are made of the inputs as the networks see them."
        ),
    ),
    Setting(
        key="standardised", label=N_("Standardise the inputs"), kind=SWITCH, owner=DatasetSpec, field="standardised",
        noun=Note("standardised"), default=DatasetSpec.standardised,
        about=N_(
            "Each input then has mean 0 and standard deviation 1 in the training data. Without it, the networks see "
            "the features as they were measured, and most learn worse. The pictures stay standardised."
        ),
    ),
    Setting(
        key="test_share", label=N_("Test data"), kind=SLIDE, default=DatasetSpec.test_share, choices=TEST_SHARES,
        noun=Note("test share"), limits=(0.0, limits.TEST_SHARE[1]), shows=_shown_share, reads=_test_share,
        about=N_("The part of the samples that the networks are not trained on. Without it, all results are of the "
                 "training data."),
    ),
    Setting(
        key="compare", label=N_("The networks differ in"), kind=SELECT, default="activation", choices=tuple(COMPARABLE),
        noun=Note("factor"),
        shows=lambda field: _(COMPARABLE[field].noun), reads=lambda experiment: factor_of(experiment).field,
    ),
    *map(several, FACTORS.values()),
    Setting(
        key="branch_epoch", label=N_("Branch after epoch"), kind=NUMBER, default=10, choices=limits.EPOCHS,
        limits=limits.EPOCHS, noun=Note("branch epoch"), reads=lambda experiment: experiment.branch_epoch,
        about=N_(
            "Until this epoch there is one network. From its weights, training goes on in two ways: with all settings "
            "as they are, and with the changes that you choose here."
        ),
    ),
    Setting(
        key="branch_activation", label=N_("New activation function"), kind=SELECT,
        choices=(None, *FACTORS["activation"].choices), none=_UNCHANGED, shows=shown_layers, read=_new_activation,
        reads=lambda experiment: text_of(_branch(experiment).activation) if _branch(experiment).activation else None,
        about=N_("The weights stay. For a different function in each layer, type the names with commas between them."),
    ),
    Setting(
        key="branch_optimizer", label=N_("New optimizer"), kind=SELECT, choices=(None, *OPTIMIZERS), none=_UNCHANGED,
        noun=Note("new optimizer"), names="optimizer", reads=lambda experiment: _branch(experiment).optimizer,
        about=N_(
            "An unchanged optimizer still uses the gradients of the epochs before. A new one starts without them and "
            "counts its steps from 1. It has its own default learning rate, unless you choose a new one."
        ),
    ),
    Setting(
        key="branch_learning_rate", label=N_("New learning rate"), kind=SLIDE, choices=(None, *LEARNING_RATES),
        limits=limits.LEARNING_RATE, none=_UNCHANGED, noun=Note("new learning rate"),
        reads=lambda experiment: _branch(experiment).learning_rate,
    ),
    Setting(
        key="seeds", label=N_("Seeds for each network"), kind=RANGE, default=1, choices=(1, MOST_SEEDS),
        noun=Note("seeds"),
        limits=(1, MOST_SEEDS), reads=lambda experiment: min(len({run.seed for run in experiment.runs}), MOST_SEEDS),
        about=N_(
            "How many times each network is trained, from different random initial weights. With several seeds, the "
            "curves show the median and the range, and you see how much of a difference is luck."
        ),
    ),
    Setting(
        key="redraw", label=N_("Each seed draws"), kind=SELECT, noun=Note("redraw"), owner=Experiment, field="redraw",
        default=Experiment.redraw, choices=REDRAWS, shows=lambda redraw: _(_REDRAWS[redraw]),
        about=N_(
            "The initial weights: the seeds share one set of data. Everything: each seed also draws its own samples, "
            "where they are made, its own split, and its own order of the minibatches. A result then does not depend "
            "on one split of the data."
        ),
    ),
    Setting(
        key="layers", label=N_("Hidden layers"), kind=RANGE, default=len(Experiment.hidden), choices=limits.LAYERS,
        noun=Note("layers"), limits=limits.LAYERS, reads=lambda experiment: len(experiment.hidden),
        about=N_("Layers between the input layer and the output layer. With none, no activation function is used."),
    ),
    Setting(
        key="units", label=N_("Units in each hidden layer"), kind=FREE, default=str(Experiment.hidden[0]),
        choices=UNITS, reads=lambda experiment: text_of_units(experiment.hidden) if experiment.hidden else None,
        about=N_(
            "A unit is one neuron. For layers of different sizes, type numbers with commas between them: `7,3` is 7 "
            "units in the first hidden layer and 3 in all later ones. At most {most} in each."
        ),
        read=layer_units, facts=lambda: {"most": limits.UNITS[1]}, shows=str,
    ),
    *map(single, FACTORS.values()),
    Setting(
        key="loss", label=N_("Loss"), kind=SELECT, owner=Experiment, field="loss", default=Experiment.loss,
        noun=Note("loss"), choices=tuple(LOSSES), names="loss", about=N_("The number that the training makes small."),
    ),
    Setting(
        key="epochs", label=N_("Epochs"), kind=SLIDE, owner=Experiment, field="epochs", default=Experiment.epochs,
        noun=Note("epochs"),
        choices=EPOCHS, limits=limits.EPOCHS, about=N_("In one epoch, every training sample is used once."),
    ),
    Setting(
        key="batch_size", label=N_("Batch size"), kind=SLIDE, owner=Experiment, field="batch_size",
        noun=Note("batch size"),
        default=Experiment.batch_size, choices=BATCH_SIZES, limits=limits.BATCH_SIZE, none=N_("full"),
        about=N_("The number of samples for each step. “Full” takes all training data: one step in each epoch."),
    ),
    Setting(
        key="schedule_epochs", label=N_("Epochs of the schedule"), kind=SLIDE, owner=Experiment,
        field="schedule_epochs", choices=(*EPOCHS, None), limits=limits.SCHEDULE_EPOCHS, none=N_("all"),
        noun=Note("epochs of the schedule"), reads=_schedule_epochs,
        about=N_(
            "The schedule of the learning rate is made for this number of epochs. After them, the learning rate does "
            "not change any more. “All” is the number of epochs that you chose above. If you continue a training, it "
            "keeps its schedule."
        ),
    ),
    Setting(
        key="seed", label=N_("Seed"), kind=NUMBER, owner=Experiment, field="seed", default=Experiment.seed,
        noun=Note("seed"), choices=(0, GREATEST_SEED), limits=limits.SEED,
        about=N_("Draws the samples, their split, the initial weights, the order of the minibatches and dropout."),
    ),
    Setting(key="log", label=N_("Logarithmic loss axis"), kind=SWITCH, noun=Note("log")),
    Setting(key="shown_seed", label=N_("Networks shown: seed"), kind=SELECT, noun=Note("seed")),
    Setting(key="inside", label=N_("Network"), kind=SELECT, noun=Note("network")),
)  # fmt: skip

SETTINGS: dict[str, Setting] = {record.key: record for record in _RECORDS}
OF_THE_DATA = tuple(record.key for record in _RECORDS if record.of_the_data)
OF_THE_INPUTS = ("made_features", "standardised", "test_share")  # the same for all datasets
OF_THE_BRANCH = ("branch_epoch", "branch_activation", "branch_optimizer", "branch_learning_rate")
OF_THE_VIEW = frozenset(record.key for record in _RECORDS if record.of_the_view)
OF_THE_TRAINING = tuple(record.key for record in _RECORDS if record.owner is Experiment)


def unusual(settings: Mapping[str, object]) -> dict[str, object]:
    """The settings, by the keys of their controls, that differ from the defaults of Compare."""
    dataset = settings.get("dataset", SETTINGS["dataset"].default)
    return {key: value for key, value in settings.items() if value != SETTINGS[key].default_with(dataset)}


def query(settings: Mapping[str, object]) -> dict[str, list[str]]:
    """The settings as the address of Compare has them: without those that have their default."""
    return {key: SETTINGS[key].texts(value) for key, value in unusual(settings).items()}
