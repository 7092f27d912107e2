"""What to train: `Run` holds what may differ between the networks of one stack, `Experiment` what they share.

Both are frozen dataclasses of names, numbers and tuples: hashable, picklable, printable, and turned to and from JSON
without loss.  They are checked once, here; a wrong value is a `ValueError` that names it and the choices.
"""

import json
import math
from dataclasses import asdict, dataclass, field

from core import limits
from core.activations import ACTIVATIONS
from core.choices import look_up, unknown
from core.datasets import DatasetSpec, load
from core.initializers import AUTO, INITIALIZERS
from core.losses import LOSSES
from core.network import parameter_count
from core.optimizers import OPTIMIZERS
from core.schedule import recorded_epochs

DTYPES = ("float32", "float64")


@dataclass(frozen=True)
class Run:
    """One network of the stack.

    `activation` is a name for all hidden layers, or a tuple with one name for each.  `learning_rate` None is the
    optimizer's own default, `initializer` "auto" the one that suits the activation.  `l1` and `l2` weigh the penalties
    l1 * sum |w| and l2 / 2 * sum w^2 on the weights, not the biases.  `seed` is that of the initial weights, `bias` the
    initial bias of every hidden unit.
    """

    activation: str | tuple[str, ...] = "relu"
    optimizer: str = "adam"
    learning_rate: float | None = None
    initializer: str = AUTO
    l1: float = 0.0
    l2: float = 0.0
    seed: int = 0
    bias: float = 0.0

    def __post_init__(self) -> None:
        if isinstance(self.activation, list):  # as JSON gives it
            object.__setattr__(self, "activation", tuple(self.activation))
        for name in (self.activation,) if isinstance(self.activation, str) else self.activation:
            look_up("activation", ACTIVATIONS, name)
        look_up("optimizer", OPTIMIZERS, self.optimizer)
        if self.initializer != AUTO and self.initializer not in INITIALIZERS:
            raise unknown("initializer", self.initializer, (AUTO, *INITIALIZERS))
        if self.learning_rate is not None:
            limits.check("learning_rate", self.learning_rate, limits.LEARNING_RATE)
        limits.check("l1", self.l1, limits.PENALTY)
        limits.check("l2", self.l2, limits.PENALTY)
        limits.check("bias", self.bias, limits.BIAS)
        limits.check_seed("the run's seed", self.seed)

    @property
    def rate(self) -> float:
        """The learning rate in use: the run's own, or its optimizer's default."""
        return OPTIMIZERS[self.optimizer].learning_rate if self.learning_rate is None else self.learning_rate

    def layer_activations(self, layers: int) -> tuple[str, ...]:
        """One name for each of the hidden layers."""
        return (self.activation,) * layers if isinstance(self.activation, str) else self.activation


@dataclass(frozen=True)
class Experiment:
    """A stack of runs on the same data, split, shape and minibatches.

    `hidden` holds the units of each hidden layer, () for none.  `seed` is that of the order of the minibatches (the
    data and their split have the dataset's seed, initial weights the run's).
    """

    dataset: DatasetSpec = field(default_factory=DatasetSpec)
    runs: tuple[Run, ...] = (Run(),)
    hidden: tuple[int, ...] = (16, 16)
    epochs: int = 60
    batch_size: int = 32
    loss: str = "cross_entropy"
    seed: int = 0
    dtype: str = "float32"

    def __post_init__(self) -> None:
        object.__setattr__(self, "runs", tuple(self.runs))
        object.__setattr__(self, "hidden", tuple(self.hidden))
        look_up("loss", LOSSES, self.loss)
        if self.dtype not in DTYPES:
            raise unknown("dtype", self.dtype, DTYPES)
        limits.check_seed("the experiment's seed", self.seed)
        limits.check("the number of runs", len(self.runs), limits.RUNS)
        limits.check("the number of hidden layers", len(self.hidden), limits.LAYERS)
        for units in self.hidden:
            limits.check("the number of units of a layer", units, limits.UNITS)
        limits.check("epochs", self.epochs, limits.EPOCHS)
        limits.check("batch_size", self.batch_size, limits.BATCH_SIZE)
        for run in self.runs:
            if len(run.layer_activations(len(self.hidden))) != len(self.hidden):
                names, layers = run.activation, len(self.hidden)
                raise ValueError(f"a run has {len(names)} activations {names}, for {layers} hidden layers")
        self._check_size()

    def _check_size(self) -> None:
        """The bound on the product: what the experiment takes as a whole."""
        seconds, values = estimated_seconds(self), recorded_values(self)
        if seconds > limits.SECONDS:
            raise ValueError(
                f"this experiment would take about {seconds:,.0f} s, and the limit is {limits.SECONDS:.0f} s: "
                "fewer epochs, samples, networks, hidden layers or units, or larger batches, make it shorter"
            )
        if values > limits.RECORDED_VALUES:
            raise ValueError(
                f"this experiment would record {values:,} parameters, and the limit is {limits.RECORDED_VALUES:,}: "
                "fewer epochs, networks, hidden layers or units make it smaller"
            )

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of every layer: (inputs, hidden..., classes)."""
        data = load(self.dataset)
        return (data.features, *self.hidden, data.classes)

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=2)

    @classmethod
    def from_json(cls, text: str) -> "Experiment":
        """The experiment that `to_json` wrote; `ValueError` for anything else."""
        try:
            fields = json.loads(text)
            dataset = DatasetSpec(**fields.pop("dataset"))
            runs = tuple(Run(**run) for run in fields.pop("runs"))
            return cls(dataset=dataset, runs=runs, **fields)
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"this is not an experiment: {error}") from error


def recorded_values(experiment: Experiment) -> int:
    """Numbers that a history keeps of the parameters: runs x parameters x recorded epochs."""
    records = len(recorded_epochs(experiment.epochs))
    return len(experiment.runs) * parameter_count(experiment.sizes) * records


# Rough cost of the engine on one core, fitted to measured trainings: only the order of magnitude matters.
_SECONDS_PER_LAYER_CALL = 15e-6
_SECONDS_PER_RUN_CALL = 1.5e-6
_SECONDS_PER_MULTIPLY = 0.25e-9
_SECONDS_PER_ACTIVATION = 8e-9


def estimated_seconds(experiment: Experiment) -> float:
    """About how long `train` takes on one core, in seconds."""
    data, runs = load(experiment.dataset), len(experiment.runs)
    samples, layers = len(data.y_train), len(experiment.hidden) + 1
    steps = experiment.epochs * math.ceil(samples / experiment.batch_size)
    per_step = layers * (_SECONDS_PER_LAYER_CALL + runs * _SECONDS_PER_RUN_CALL)
    per_sample = runs * (
        3 * parameter_count(experiment.sizes) * _SECONDS_PER_MULTIPLY + sum(experiment.hidden) * _SECONDS_PER_ACTIVATION
    )
    return steps * per_step + experiment.epochs * samples * per_sample
