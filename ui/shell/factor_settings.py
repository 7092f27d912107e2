"""The settings that the factors of a comparison have: the one choice that all networks share, and the list of choices
that are compared."""

from core import Run
from core.notes import Note
from ui.shell.factors import FACTORS, Factor, shown_layers, text_of
from ui.shell.language import N_
from ui.shell.setting import FREE, SELECT, SEVERAL, SLIDE, Setting

_WHICH = {
    "activation": N_("Activation functions to compare"),
    "optimizer": N_("Optimizers to compare"),
    "learning_rate": N_("Learning rates to compare"),
    "initializer": N_("Initial weights to compare"),
    "l2": N_("L2 penalties to compare"),
    "dropout": N_("Dropout rates to compare"),
    "schedule": N_("Learning rate schedules to compare"),
    "l1": N_("L1 penalties to compare"),
}


def single(factor: Factor) -> Setting:
    """The one choice of a factor that all networks have."""
    return Setting(
        key=factor.field, label=factor.label, kind=FREE if factor.free else SLIDE if factor.limits else SELECT,
        default=factor.single, choices=(*((None,) if factor.none else ()), *factor.choices),
        limits=factor.limits, none=factor.none, noun=Note(factor.noun), about=factor.about,
        facts=factor.facts, **_shown_as(factor),
        reads=lambda experiment: _choice(experiment.runs[0], factor.field),
    )  # fmt: skip


def several(factor: Factor) -> Setting:
    """The list of a factor's choices that are compared."""
    return Setting(
        key=factor.several, label=_WHICH[factor.field], kind=SEVERAL, default=list(factor.compared),
        choices=factor.choices, limits=factor.limits, noun=Note(factor.noun), about=factor.about, facts=factor.facts,
        **_shown_as(factor),
        reads=lambda experiment: list(
            dict.fromkeys(choice for run in experiment.runs if (choice := _choice(run, factor.field)) is not None)
        ),
    )  # fmt: skip


def _shown_as(factor: Factor) -> dict[str, object]:
    """How the choices of a factor stand on screen."""
    if factor.free:
        return {"shows": shown_layers}
    return {} if factor.limits else {"names": factor.field}


def _choice(run: Run, field: str) -> object:
    value = getattr(run, field)
    return (text_of(value) or FACTORS[field].single) if field == "activation" else value
