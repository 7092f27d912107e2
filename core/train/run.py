"""What one network of a stack is trained with: `Run`, and the `Branch` that it may take."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from .. import limits
from ..nn.initializers import AUTO, INITIALIZERS
from ..nn.optimizers import OPTIMIZERS
from ..nn.own_functions import activation_of
from ..nn.rate_schedules import CONSTANT, SCHEDULES
from ..notes import Note
from ..registry import check_type, look_up


def _named(activation: str | Sequence[str]) -> str | tuple[str, ...]:
    """Activations by the names that they have, for one layer or for each."""
    if not isinstance(activation, list | tuple):  # JSON gives lists
        return activation_of(activation).name
    limits.check(Note("the number of activations"), len(activation), limits.LAYERS)
    return tuple(activation_of(name).name for name in activation)


@dataclass(frozen=True)
class Branch:
    """How a run goes on after an epoch, from the weights that it has then: what is None stays as it was.

    An optimizer that stays keeps what it remembers of former gradients.  A new one remembers nothing, counts its steps
    from 1 and, if no learning rate is given, has its own default.
    """

    epoch: int
    activation: str | tuple[str, ...] | None = None
    optimizer: str | None = None
    learning_rate: float | None = None

    def __post_init__(self) -> None:
        if self.activation is not None:
            object.__setattr__(self, "activation", _named(self.activation))
        limits.settle(self, "epoch", limits.EPOCHS)


@dataclass(frozen=True)
class Run:
    """One network of the stack.

    `activation` is a name for all hidden layers, or a tuple with one name for each; `=x*sigmoid(1.702*x)` is the name
    of a function of x that somebody wrote.  `learning_rate` None is the optimizer's own default, `initializer` "auto"
    what suits the activation.  `l1` and `l2` weigh the penalties l1 * sum |w| and l2 / 2 * sum w^2 on the weights, not
    the biases.  `seed` is that of the initial weights and of dropout, `bias` the initial bias of every hidden unit, on
    top of what the initializer draws for it, which for most is 0.

    `dropout` is the share of the hidden outputs that are set to 0, at random, in every step of the training (see
    `core.nn.dropout`); nothing is dropped in what is recorded or predicted.  `schedule` says how the learning rate
    changes from epoch to epoch (see `core.nn.rate_schedules`), in as many as the experiment's `schedule_epochs`.
    `branch` says what changes after one of the epochs.
    """

    activation: str | tuple[str, ...] = "relu"
    optimizer: str = "adam"
    learning_rate: float | None = None
    initializer: str = AUTO
    l1: float = 0.0
    l2: float = 0.0
    seed: int = 0
    bias: float = 0.0
    dropout: float = 0.0
    schedule: str = CONSTANT
    branch: Branch | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "activation", _named(self.activation))
        look_up(Note("optimizer"), OPTIMIZERS, self.optimizer)
        look_up(Note("initializer"), {AUTO: None, **INITIALIZERS}, self.initializer)
        if self.learning_rate is not None:
            limits.settle(self, "learning_rate", limits.LEARNING_RATE)
        limits.settle(self, "l1", limits.PENALTY)
        limits.settle(self, "l2", limits.PENALTY)
        limits.settle(self, "bias", limits.BIAS)
        limits.settle(self, "dropout", limits.DROPOUT)
        look_up(Note("schedule"), SCHEDULES, self.schedule)
        limits.settle(self, "seed", limits.SEED)
        if self.branch is not None:
            check_type(Note("the branch of a run"), self.branch, Branch)
            _ = self.later  # which checks it

    @property
    def later(self) -> "Run":
        """The run as it is after its branch; itself if it has none."""
        if self.branch is None:
            return self
        changed = {name: value for name, value in asdict(self.branch).items() if name != "epoch" and value is not None}
        if changed.get("optimizer", self.optimizer) != self.optimizer:
            changed.setdefault("learning_rate", None)
        return replace(self, branch=None, **changed)

    def at(self, epoch: int) -> "Run":
        """The run as it is trained in an epoch, or as its network is after that epoch; the first is 1."""
        if self.branch is None:
            return self
        return self.later if epoch > self.branch.epoch else replace(self, branch=None)

    @property
    def rate(self) -> float:
        """The learning rate in use: the run's own, or its optimizer's default."""
        return OPTIMIZERS[self.optimizer].learning_rate if self.learning_rate is None else self.learning_rate

    def layer_activations(self, layers: int) -> tuple[str, ...]:
        """One name for each of the hidden layers."""
        return (self.activation,) * layers if isinstance(self.activation, str) else self.activation
