"""Missions in an address: by their names, or one's own with all that it is.

    mission=line_on_circles
    question=Which+is+best?&measure=test_loss&dataset=moons&activations=relu&activations=tanh

A room keeps a question as `urlencode(params_of(mission), doseq=True)`.  What comes from an address is bounded and
checked here; its words are shown by `plain`.
"""

from collections.abc import Mapping, Sequence

from core import DATASETS
from ui.missions.measures import MEASURES
from ui.missions.mission import Choices, Mission
from ui.missions.outcomes import networks
from ui.missions.records import MISSIONS
from ui.shell.address import between, one_of, read_by, some_of
from ui.shell.factors import layer_activations
from ui.shell.language import N_, _
from ui.shell.page import PAGES
from ui.shell.setting import FREE
from ui.shell.settings import OF_THE_VIEW, SETTINGS, query, unusual

MOST_LETTERS = 400  # of a question and of a reason
MOST_BOUNDS = 3
OF_OWN = ("question", "reason", "measure", "bounds", "free", "lesson")
OWN_NONE = N_("No clear difference")
_NO_QUESTION = N_("the address has no mission and no question")
_LONG = N_("the {part} has {letters} characters, and at most {most} are possible")
_BOUNDS = N_("the bounds of the answers must grow, and at most {most} are possible")
_ONE = N_("there is one network, so the answers need bounds")
Params = Mapping[str, Sequence[str]]


def mission_of(params: Params) -> Mission:
    """The mission that an address asks for; raises `ValueError` for what cannot be asked."""
    if params.get("mission"):
        return one_of("mission", MISSIONS)(params["mission"]) and MISSIONS[params["mission"][-1]]
    if not params.get("question"):
        raise ValueError(_(_NO_QUESTION))
    settings = _settings(params)
    bounds = tuple(some_of(between("bound", -1e6, 1e6))(params.get("bounds", [])))
    if len(bounds) > MOST_BOUNDS or list(bounds) != sorted(set(bounds)):
        raise ValueError(_(_BOUNDS, most=MOST_BOUNDS))
    measure = one_of("measure", MEASURES)(params.get("measure", ["test_accuracy"]))
    free = [key for key in SETTINGS if key not in OF_THE_VIEW]
    answers = Choices(bounds=bounds) if bounds else Choices(none=OWN_NONE, margin=MEASURES[measure].margin)
    mission = Mission(
        question=_text(params, "question"), reason=_text(params, "reason"), settings=settings, measure=measure,
        answers=answers, lesson=one_of("lesson", PAGES)(params.get("lesson", ["compare"])),
        free=tuple(some_of(one_of("free setting", free))(params.get("free", []))),
    )  # fmt: skip
    if not bounds and len(networks(mission)) == 1:
        raise ValueError(_(_ONE))
    return mission


def params_of(mission: Mission) -> dict[str, list[str]]:
    """The address of a mission, as `mission_of` reads it."""
    if mission.name:
        return {"mission": [mission.name]}
    own = {
        "question": [mission.question], "reason": [mission.reason] if mission.reason else [],
        "measure": [mission.measure], "bounds": [f"{bound:g}" for bound in mission.answers.bounds],
        "free": list(mission.free), "lesson": [] if mission.lesson == "compare" else [mission.lesson],
    }  # fmt: skip
    return {key: texts for key, texts in own.items() if texts} | query(mission.settings)


def _settings(params: Params) -> dict[str, object]:
    """The settings of Compare in an address, but for the seeds, of which a mission has its own."""
    dataset = params.get("dataset", [SETTINGS["dataset"].default])[-1]
    asked = {
        key: _parse(key, dataset)(params[key])
        for key in SETTINGS
        if key in params and key not in OF_THE_VIEW and key not in ("seed", "seeds", "redraw")
    }
    return unusual(asked)


def _parse(key: str, dataset: str):
    setting = SETTINGS[key]
    if key == "classes":
        return setting.parse(sorted(DATASETS[dataset].classes) if dataset in DATASETS else ())
    if key == "activations":
        return some_of(read_by(layer_activations))
    return read_by(layer_activations) if setting.kind == FREE and not setting.read else setting.parse()


def _text(params: Params, part: str) -> str:
    text = params.get(part, [""])[-1].strip()
    if len(text) > MOST_LETTERS:
        raise ValueError(_(_LONG, part=part, letters=len(text), most=MOST_LETTERS))
    return text
