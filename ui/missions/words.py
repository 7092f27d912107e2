"""What is said of a mission: its question, its answers, the view that it starts from, and the outcome."""

from itertools import pairwise

from ui.missions.measures import MEASURES
from ui.missions.mission import ByHand, Choices, Mission, Scale
from ui.missions.outcomes import Cell, cells, experiment_of, networks
from ui.shell.experiments import listed, nouns_of, shared_facts
from ui.shell.language import N_, _
from ui.shell.numbers import count, exact, rounded
from ui.shell.plain import plain
from ui.shell.settings import SETTINGS, factor_of

_OWN = N_("Somebody's own mission")
_ONE = N_("One network: {networks}. Dataset: {dataset}. Training: {epochs}.")
_SEVERAL = N_("{number}: {networks}. Only this differs: {factor}. Dataset: {dataset}. Training: {epochs}.")
_NEURON = N_("One neuron with two inputs. Dataset: {dataset}. You set its weights and its bias.")
_CELLS = N_("This is repeated for each of these: {settings}.")
_MARGIN_IN_POINTS = N_("“{answer}” means that the best two differ by at most {margin} percentage points.")
_MARGIN = N_("“{answer}” means that the best two differ by at most {margin}.")
_GRID = N_("{name} {values}")
_SETTING = N_("{name}: {value}")
_LESS, _BETWEEN, _MORE = N_("Less than {high}"), N_("From {low} to less than {high}"), N_("{low} or more")


def title(mission: Mission) -> str:
    return _(mission.title) if mission.name else _(_OWN)


def question(mission: Mission) -> str:
    return _of(mission, mission.question)


def reason(mission: Mission) -> str:
    return _of(mission, mission.reason) if mission.reason else ""


def answers(mission: Mission) -> tuple[str, ...]:
    """The answers as they stand on screen; none of a scale or a task."""
    asked = mission.answers
    if not isinstance(asked, Choices):
        return ()
    if asked.texts:
        return tuple(map(_, asked.texts))
    if asked.bounds:
        return _ranges(mission)
    names = tuple(map(_short, cells(mission))) if mission.cells else tuple(map(plain, networks(mission)))
    return (*names, _(asked.none)) if asked.none else names


def answer(mission: Mission, text: str) -> str:
    """An answer, which is kept as a text, as it stands on screen."""
    if isinstance(mission.answers, Scale):
        return MEASURES[mission.measure].write(float(text))
    return answers(mission)[int(text)]


def cell(settings: Cell) -> str:
    """A cell of a mission's grid: `Hidden layers: 3`."""
    return ", ".join(
        _(_SETTING, name=_(SETTINGS[key].label), value=_shown(key, value)) for key, value in settings.items()
    )


def view(mission: Mission) -> str:
    """What the networks are, what differs and what is the same, in a sentence or two."""
    experiment = experiment_of(mission, 0, cells(mission)[0])
    names, dataset = networks(mission), SETTINGS["dataset"]
    if isinstance(mission.answers, ByHand):
        return _(_NEURON, dataset=dataset.text(dataset.of(experiment)))
    facts = {
        "networks": listed(map(plain, names)), "dataset": dataset.text(dataset.of(experiment)),
        "epochs": count(experiment.epochs, "epoch"), "factor": nouns_of(experiment),
        "number": count(len(names), "network"),
    }  # fmt: skip
    said = [_(_SEVERAL if len(names) > 1 else _ONE, **facts)]
    if mission.cells:
        grid = (_(_GRID, name=_(SETTINGS[key].label), values=_shown(key, each)) for key, each in mission.cells.items())
        said.append(_(_CELLS, settings="; ".join(grid)))
    if isinstance(mission.answers, Choices) and mission.answers.margin:
        said.append(_margin(mission))
    return " ".join(said)


def facts(mission: Mission) -> str:
    """All settings that the networks share."""
    experiment = experiment_of(mission, 0, cells(mission)[0])
    return " · ".join(shared_facts(experiment, factor_of(experiment)))


def _margin(mission: Mission) -> str:
    """What its last answer means."""
    margin, answer = mission.answers.margin, _(mission.answers.none)
    if MEASURES[mission.measure].in_percent:
        return _(_MARGIN_IN_POINTS, answer=answer, margin=rounded(100 * margin))
    return _(_MARGIN, answer=answer, margin=exact(margin))


def _ranges(mission: Mission) -> tuple[str, ...]:
    write, bounds = MEASURES[mission.measure].chosen, mission.answers.bounds
    between = (_(_BETWEEN, low=write(low), high=write(high)) for low, high in pairwise(bounds))
    return _(_LESS, high=write(bounds[0])), *between, _(_MORE, low=write(bounds[-1]))


def _short(settings: Cell) -> str:
    """A cell where it is said what its settings are."""
    return ", ".join(_shown(key, value) for key, value in settings.items()) if len(settings) == 1 else cell(settings)


def _shown(key: str, value: object) -> str:
    setting = SETTINGS[key]
    values = value if isinstance(value, list | tuple) else [value]
    return listed(setting.text(each) for each in values)


def _of(mission: Mission, text: str) -> str:
    """The mission's own words: of the catalogue, or foreign ones as they are."""
    return _(text) if mission.name else plain(text)
