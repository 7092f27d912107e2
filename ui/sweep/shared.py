"""What all networks of a sweep have in common, in words, for a worker."""

from collections.abc import Sequence
from itertools import product

from core import Grid
from ui.shell.experiments import facts_but
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count

_SAME = N_("**The same for all networks:** {facts}.")
_LAYERS, _UNITS = NN_("{number} hidden layer", "{number} hidden layers"), N_("{units} in each hidden layer")
# What a factor decides, by the names that `facts_but` has for it, where it is more than the field of the same name.
_DECIDED = {
    "rate_multiple": ("learning_rate",), "layers": ("hidden",), "units": ("hidden",), "batch_size": ("batch",),
    "dataset": ("data",),
}  # fmt: skip


def same_for_all(grid: Grid) -> str:
    """All that is not varied; where datasets are, what all of them have in common."""
    varied = {name: values for name, values in grid.factors if len(values) > 1}
    experiments = [grid.experiment(index) for index in product(*(_places(*factor) for factor in grid.factors))]
    decided = {field for name in varied for field in _DECIDED.get(name, (name,))}
    if len({experiment.dataset.size[:2] for experiment in experiments}) > 1:
        decided.add("size")
    first, *others = (facts_but(experiment, decided) for experiment in experiments)
    facts = [fact for fact in first if all(fact in of_other for of_other in others)]
    hidden = experiments[0].hidden
    if "units" in varied and "layers" not in varied:
        facts.append(plural(*_LAYERS, len(hidden)))
    elif "layers" in varied and "units" not in varied and hidden:
        facts.append(_(_UNITS, units=count(hidden[0], "unit")))
    return _(_SAME, facts=" · ".join(facts))


def _places(name: str, values: tuple) -> Sequence[int]:
    """Of a factor's values, those that are looked at: all datasets, the most layers, as without a hidden layer there
    would be no activation to tell, and the first of all else."""
    return range(len(values)) if name == "dataset" else [values.index(max(values)) if name == "layers" else 0]
