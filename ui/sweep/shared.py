"""What all networks of a sweep have in common, in words, for a worker."""

from core import Grid
from ui.shell.experiments import facts_but
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count

_SAME = N_("**The same for all networks:** {facts}.")
_LAYERS, _UNITS = NN_("{number} hidden layer", "{number} hidden layers"), N_("{units} in each hidden layer")
# What a factor decides, by the names that `facts_but` has for it, where it is more than the field of the same name.
_DECIDED = {
    "rate_multiple": ("learning_rate",), "layers": ("hidden",), "units": ("hidden",), "batch_size": ("batch",),
    "dataset": ("data", "noise", "view"),
}  # fmt: skip


def same_for_all(grid: Grid) -> str:
    """All that is not varied."""
    varied = {name: values for name, values in grid.factors if len(values) > 1}
    deepest = [values.index(max(values)) if name == "layers" else 0 for name, values in grid.factors]
    experiment = grid.experiment(tuple(deepest))  # without a hidden layer, there would be no activation to tell
    decided = {field for name in varied for field in _DECIDED.get(name, (name,))}
    facts = facts_but(experiment, decided)
    if "units" in varied and "layers" not in varied:
        facts.append(plural(*_LAYERS, len(experiment.hidden)))
    elif "layers" in varied and "units" not in varied and experiment.hidden:
        facts.append(_(_UNITS, units=count(experiment.hidden[0], "unit")))
    return _(_SAME, facts=" · ".join(facts))
