"""Missions in an address: by their names, or one's own with all that it is.

    mission=line_on_circles
    question=Which+is+best?&measure=test_loss&dataset=moons&activations=relu&activations=tanh
    question=How+few?&measure=test_loss&goal=0.15&cost=units&free=units&dataset=moons&activations=relu

A room keeps a question as `urlencode(params_of(mission), doseq=True)`.  What comes from an address is bounded and
checked here; its words are shown by `plain`.
"""

from collections.abc import Mapping, Sequence

from core import DATASETS
from core.notes import Note
from ui.missions.goals import COSTS
from ui.missions.measures import MEASURES
from ui.missions.mission import Choices, Goal, Mission
from ui.missions.outcomes import SEEDS, experiment_of, networks
from ui.missions.records import MISSIONS
from ui.shell.factors import COMPARABLE, DEFAULT_DATASET, FACTORS, layer_activations
from ui.shell.language import N_
from ui.shell.page import PAGES
from ui.shell.readers import Parse, between, one_of, read_by, some_of
from ui.shell.setting import FREE, NUMBER
from ui.shell.settings import OF_THE_BRANCH, OF_THE_VIEW, SETTINGS, query, unusual

MOST_LETTERS = 400  # of a question and of a reason
MOST_BOUNDS, MOST_NETWORKS = 3, 8  # that can be answers
_NOT_ASKED = {*OF_THE_VIEW, "seed", "seeds", "redraw"}  # of Compare's settings: a mission has seeds of its own
_OF_SETTINGS = tuple(key for key in SETTINGS if key not in _NOT_ASKED)
# Of one's own mission:
KEYS = ("question", "reason", "measure", "bounds", "goal", "cost", "free", "lesson", *_OF_SETTINGS)
OWN_NONE = N_("No clear difference")
_NO_QUESTION = N_("the address has no mission and no question")
_LONG = {
    "question": N_("the question has {letters} characters, and at most {most} are possible"),
    "reason": N_("the reason has {letters} characters, and at most {most} are possible"),
}
_BOUNDS = N_("the bounds of the answers must grow, and at most {most} are possible")
_NOTHING_FREE = N_("a goal needs settings that can be changed")
_NETWORKS = N_("the networks are the answers, so they must be 2 to {most}, unless there are bounds")
Params = Mapping[str, Sequence[str]]
_bound = between(Note("bound"), -1e6, 1e6)


def mission_of(params: Params) -> Mission:
    """The mission that an address asks for; raises `ValueError` for what cannot be asked."""
    if params.get("mission"):
        return MISSIONS[one_of(Note("mission"), MISSIONS)(params["mission"])]
    question = _text(params, "question")
    if not question:
        raise ValueError(Note(_NO_QUESTION))
    settings = _settings(params)
    measure = one_of(Note("measure"), MEASURES)(params.get("measure", ["test_accuracy"]))
    answers = _answers(params, measure)
    mission = Mission(
        question=question, reason=_text(params, "reason"), settings=settings, measure=measure,
        answers=answers, lesson=one_of(Note("lesson"), PAGES)(params.get("lesson", ["compare"])),
        free=tuple(some_of(one_of(Note("free setting"), can_be_free(settings)))(params.get("free", []))),
    )  # fmt: skip
    if isinstance(answers, Goal):
        if not mission.free:
            raise ValueError(Note(_NOTHING_FREE))
    elif not answers.bounds and not 2 <= len(networks(mission)) <= MOST_NETWORKS:
        raise ValueError(Note(_NETWORKS, most=MOST_NETWORKS))
    experiment_of(mission, 0, seeds=SEEDS)  # which raises it for what cannot be trained
    return mission


def params_of(mission: Mission) -> dict[str, list[str]]:
    """The address of a mission, as `mission_of` reads it."""
    if mission.name:
        return {"mission": [mission.name]}
    own = {
        "question": [mission.question], "reason": [mission.reason] if mission.reason else [],
        "measure": [mission.measure], **_params_of(mission.answers), "free": list(mission.free),
        "lesson": [] if mission.lesson == "compare" else [mission.lesson],
    }  # fmt: skip
    return {key: texts for key, texts in own.items() if texts} | query(mission.settings)


def can_be_free(settings: Mapping[str, object]) -> tuple[str, ...]:
    """The settings of Compare that somebody can change in such a view, so that it becomes another one."""
    factor, dataset = COMPARABLE[settings.get("compare", "activation")], settings.get("dataset", DEFAULT_DATASET)
    lists = {other.several for other in FACTORS.values() if other is not factor}
    without = {"compare", "classes", factor.field, *lists, *OF_THE_BRANCH}
    return tuple(
        key
        for key in _OF_SETTINGS
        if SETTINGS[key].choices and SETTINGS[key].kind != NUMBER and key not in without
        if not SETTINGS[key].of_the_data or SETTINGS[key].default_with(dataset) is not None
    )


def _answers(params: Params, measure: str) -> Choices | Goal:
    """A goal, ranges, or the networks."""
    if params.get("goal"):
        bound, cost = _bound(params["goal"]), one_of(Note("cost"), COSTS)(params.get("cost", [Goal.cost]))
        return Goal(bound, cost)
    bounds = tuple(some_of(_bound)(params.get("bounds", [])))
    if len(bounds) > MOST_BOUNDS or list(bounds) != sorted(set(bounds)):
        raise ValueError(Note(_BOUNDS, most=MOST_BOUNDS))
    return Choices(bounds=bounds) if bounds else Choices(none=OWN_NONE, margin=MEASURES[measure].margin)


def _params_of(answers: Choices | Goal) -> dict[str, list[str]]:
    if isinstance(answers, Goal):
        return {"goal": [str(answers.bound)], "cost": [answers.cost]}
    return {"bounds": [str(bound) for bound in answers.bounds]}


def _settings(params: Params) -> dict[str, object]:
    """The settings of Compare in an address, but for the seeds, of which a mission has its own."""
    dataset = params.get("dataset", [SETTINGS["dataset"].default])[-1]
    return unusual({key: _parse(key, dataset)(params[key]) for key in _OF_SETTINGS if key in params})


def _parse(key: str, dataset: str) -> Parse:
    setting = SETTINGS[key]
    if key == "classes":
        return setting.parse(sorted(DATASETS[dataset].classes) if dataset in DATASETS else ())
    if key == "activations":
        return some_of(read_by(layer_activations))
    return read_by(layer_activations) if setting.kind == FREE and not setting.read else setting.parse()


def _text(params: Params, part: str) -> str:
    text = "".join(params.get(part, [])[-1:]).strip()
    if len(text) > MOST_LETTERS:
        raise ValueError(Note(_LONG[part], letters=len(text), most=MOST_LETTERS))
    return text
