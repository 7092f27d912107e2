"""What a setting of Compare is: its control, its text in the address, and its field in `core`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core import DATASETS, DatasetSpec, Experiment
from core.data.drawing import points_of
from core.data.kinds import BY_FORMULA
from core.notes import Note
from ui.shell.labels import label
from ui.shell.language import _
from ui.shell.numbers import exact
from ui.shell.readers import Parse, between, one_of, or_none, read_by, some_of, switch, texts

SELECT, SLIDE, RANGE, NUMBER, SWITCH, SEVERAL, FREE, TEXT, CANVAS = (
    "select", "slide", "range", "number", "switch", "several", "free", "text", "canvas",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting, under the key that its widget and the address have for it.

    `kind` says which widget it has, one of the names above.  `owner` is the class of `core` that has it as its `field`
    (None: it is a matter of the view, or `reads` tells what it is in an experiment).  `read` reads a text of the
    address where choices and limits do not say how.  `choices` are what the widget offers, and for a range its ends;
    numbers beside them are taken too, where there are `limits`.  `none` is what None is called on screen and in the
    address, and `noun` what errors call the setting, where choices or limits say how it is read.  `about` says what it
    is, with the fields of `facts`.  How a choice stands on screen is said by `shows` or, where it is a name of a
    registry, by its label there, for the field `names` of `ui.shell.labels`.
    """

    key: str
    label: str
    kind: str
    owner: type | None = None
    field: str = ""
    default: object = None
    choices: tuple = ()
    limits: tuple[float, float] | None = None
    none: str = ""
    noun: Note | None = None
    step: float | None = None
    about: str = ""
    facts: Callable[[], dict[str, object]] = dict
    names: str = ""
    shows: Callable[[object], str] | None = None
    reads: Callable[[Experiment], object] | None = None
    read: Callable[[str], object] | None = None

    @property
    def help(self) -> str | None:
        """What the setting is, for whoever asks beside its control."""
        return _(self.about, **self.facts()) or None

    @property
    def of_the_data(self) -> bool:
        """Whether this setting depends on the dataset, of which each has a default of its own."""
        return self.owner is DatasetSpec and self.field != "standardised"

    @property
    def of_the_view(self) -> bool:
        """Whether this setting changes what is seen of the networks, and not the networks."""
        return self.owner is None and self.reads is None

    def of(self, experiment: Experiment) -> object:
        """This setting in an experiment: the widget's value, or the nearest that it can have."""
        if self.reads:
            return self.reads(experiment)
        return getattr(experiment.dataset if self.owner is DatasetSpec else experiment, self.field)

    def default_with(self, dataset: str) -> object:
        """The default where that dataset is chosen; None if the setting does not apply to it."""
        if not self.of_the_data or dataset not in DATASETS:
            return self.default
        return getattr(DatasetSpec(dataset), self.field)

    def parse(self, choices: Sequence | None = None) -> Parse:
        """The reader of this setting in the address; `choices` are the widget's, if they depend on other settings."""
        if self.kind == SWITCH:
            return switch(self.noun)
        if self.kind == TEXT:
            return read_by(lambda text: DatasetSpec(BY_FORMULA, **{self.field: text}).formula)
        if self.read:
            return read_by(self.read)
        if self.kind == CANVAS:
            return read_by(_drawing)
        if self.limits is None:
            one = one_of(self.noun, self.choices if choices is None else choices, self.none)
        else:
            one = between(self.noun, *self.limits)
            one = or_none(one, self.none) if self.none else one
        return some_of(one) if self.kind == SEVERAL else one

    def texts(self, value: object) -> list[str]:
        """A value of this setting as the strings that the address has for it."""
        return texts(value, self.none)

    def text(self, value: object) -> str:
        """One of the choices of this setting as it stands on screen."""
        if value is None:
            return _(self.none)
        if self.shows:
            return self.shows(value)
        return label(self.names, value) if self.names else exact(value)


def _drawing(text: str) -> str:
    """A text that is a drawing; `ValueError` for any other."""
    points_of(text)
    return text
