"""What a mission is: a question about the networks of a view, and what a person can answer before seeing them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choices:
    """A few answers, one of which is right.

    Without `texts` they are the networks of the view, in its order, or the cells of a mission that has some.  The first
    by the mission's measure is right; with the text `none`, that is the last answer, and right where no network leads
    by more than `margin`.  With `reach`, the right one is the last cell whose value reaches that.

    With `texts` they are ranges of the value of one network, that at the place `network`: each of the `bounds` is where
    a range begins, from the second on.
    """

    texts: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()
    network: int = 0
    none: str = ""
    margin: float = 0.0
    reach: float | None = None


@dataclass(frozen=True)
class Scale:
    """A number from `low` to `high`, in steps, which the value of the network at that place is compared with: a number
    that is not further from it than `near` is right."""

    low: float
    high: float
    step: float
    near: float
    network: int = 0


@dataclass(frozen=True)
class Goal:
    """No question but a task: the first network's value is at most `bound` (at least, where the largest is first) from
    each of several seeds, with as few as possible of what `cost` names, "units" or "weights".  The mission's free
    settings are free from the start."""

    bound: float
    cost: str = "units"
    network: int = 0


@dataclass(frozen=True)
class ByHand:
    """A task without training: weights and bias of one neuron that has at least this `share` of the points on the right
    side.  It begins with the weights and the bias of `start`."""

    share: float
    start: tuple[float, float, float] = (1.0, 0.0, 0.0)


Answers = Choices | Scale | Goal | ByHand


@dataclass(frozen=True, kw_only=True)
class Mission:
    """A question and what belongs to it.

    `settings` are those of Compare, by key, that differ from their defaults: the view that it starts from.  `measure`
    names what is measured of each network.  `reason` says why it came out so, and `lesson` is the page, by its key in
    `PAGES`, that explains it.  `free` are the settings that can be changed, after the prediction or, of a goal, from
    the start.

    With `cells` the view is a small grid, by the keys of Compare's settings: in a room each participant trains one cell
    of it.  A mission without a `name` is somebody's own: its words are foreign, and stand in its address.
    """

    name: str = ""
    title: str = ""
    question: str
    reason: str = ""
    settings: Mapping[str, object]
    measure: str
    answers: Answers
    lesson: str = "compare"
    free: tuple[str, ...] = ()
    cells: Mapping[str, tuple] = field(default_factory=dict)

    @property
    def is_about_one(self) -> bool:
        """Whether the answers say something of one network, and are not the names of several."""
        answers = self.answers
        return bool(self.cells) or isinstance(answers, Scale) or (isinstance(answers, Choices) and bool(answers.bounds))
