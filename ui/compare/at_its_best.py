"""From a ranking at one learning rate to the sweep that gives each network its best one."""

from core import DATASETS
from core.analysis.repeats import runs_by_setting
from core.data.kinds import BY_FORMULA
from ui.compare.controls import Comparison
from ui.shell.conversion import settings_for
from ui.shell.language import N_
from ui.shell.settings import query

MAY_CHANGE = N_("**Another learning rate may change this ranking.**")
_RANKED = ("activation", "optimizer")
_NOT_THERE = ("compare", "seeds", "redraw", "learning_rate")  # what the sweep varies, or has otherwise
_ONLY_HERE = {"made_features", "standardised", "test_share", "schedule_epochs"}  # what no sweep can have


def settings_of_sweep(asked: Comparison) -> dict[str, list[str]] | None:
    """The address of the page Sweep for these networks at several rates; None where nothing is trained or
    ranked, or where that page has not all of their settings."""
    experiment, field = asked.experiment, asked.factor.field
    name = experiment.dataset.name
    is_there = name in DATASETS and name != BY_FORMULA and not asked.is_opened and bool(experiment.hidden)
    if not experiment.epochs or field not in _RANKED or not is_there or len(runs_by_setting(experiment)) < 2:
        return None
    asked_for = query(settings_for(experiment))
    if _ONLY_HERE & asked_for.keys():
        return None
    settings = {key: text for key, text in asked_for.items() if key not in _NOT_THERE}
    return settings if field == "activation" else {"vary": [field, "rate_multiple"], **settings}
