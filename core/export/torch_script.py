"""An experiment as a script that uses PyTorch and nothing of this project.

It is put together from sections, each with the imports it needs.  The script's function `train` has a parameter for
whatever differs between the runs; what they share stands in its body.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from textwrap import indent
from typing import TypeVar

from .. import streams
from ..analysis.summary import network_names
from ..data import datasets
from ..data.datasets import DatasetSpec, code_of
from ..data.made_features import MADE_FEATURES
from ..data.tables import Table
from ..nn.activations import ACTIVATIONS, Activation
from ..nn.initializers import AUTO, INITIALIZERS, Initializer, suiting
from ..nn.losses import LOSSES, Loss
from ..nn.optimizers import OPTIMIZERS, Optimizer
from ..nn.own_functions import activation_of, is_own
from ..train.experiment import Experiment
from ..train.run import Run
from .layout import INLINE_ROWS, call, filled, lines, literal
from .torch_extras import BEGIN, EVALUATE, after_epoch, dropout_module, has_dropout, has_schedule, schedules

DIGITS = {"float32": 6, "float64": 10}  # of the losses that are printed
OFF = ("bias", "dropout", "l1", "l2")  # parameters whose default is 0.0

Entry = Activation | Optimizer | Loss
Text = TypeVar("Text")


def not_in_torch(experiment: Experiment) -> list[str]:
    """What of the experiment PyTorch lacks, as names with their kind (`optimizer lion`); if there is nothing,
    `torch_code` can write it, unless runs branch."""
    activations = {name for run in experiment.runs for name in run.layer_activations(len(experiment.hidden))}
    used: dict[str, tuple[Mapping[str, Entry], set[str]]] = {
        "activation": (ACTIVATIONS, activations),
        "optimizer": (OPTIMIZERS, {run.optimizer for run in experiment.runs}),
        "loss": (LOSSES, {experiment.loss}),
    }
    return [
        f"{kind} {name}"
        for kind, (registry, names) in used.items()
        for name, record in registry.items()
        if name in names and record.torch is None
    ]


def torch_code(experiment: Experiment) -> str:
    """A script that trains the same networks with PyTorch, numpy and scikit-learn, and prints each one's test accuracy
    and losses after the last epoch; without a test part, training accuracy and loss.

    The numbers are those of `core.train` up to rounding, which adaptive optimizers make large where a gradient is
    nothing else.  A network that blows up is not put back to its last finite state, as it is there: the script prints
    what has become of it.

    Raises `ValueError` if PyTorch lacks something (see `not_in_torch`) or runs branch, and for one that draws
    everything anew for each of several seeds, which would be several scripts: `Experiment.of_seed` gives one of them.
    """
    if len(seeds := experiment.runs_by_seed()) == 1:
        experiment = experiment.of_seed(*seeds)
    if experiment.redraw != "weights":
        raise ValueError(f"redraw is {experiment.redraw!r}, and a PyTorch script is of one seed: use of_seed")
    if experiment.branch_epoch is not None:
        raise ValueError("runs of this experiment branch, which is not written for PyTorch")
    if lacking := not_in_torch(experiment):
        raise ValueError(f"PyTorch has no {', no '.join(lacking)}: this experiment cannot be written for it")
    sections = [
        "import numpy as np\nimport torch\nfrom torch import nn\n",
        "torch.set_default_dtype(torch.float64)\n\n" if experiment.dtype == "float64" else "",
        _data(experiment.dataset),
        _split(experiment),
        _loss(experiment),
        *_modules(experiment),
        dropout_module(experiment),
        *_initializers(experiment),
        _linear(experiment),
        *schedules(experiment),
        *_train(experiment),
    ]
    return _with_imports_on_top("".join(sections))


def _known(text: Text | None) -> Text:
    """How PyTorch writes an entry of a registry, once `torch_code` has seen that it can."""
    assert text is not None
    return text


def _with_imports_on_top(code: str) -> str:
    """Import lines sorted, those of the standard library apart, and the docstring above."""
    pattern = re.compile(r"^(?:import|from) .*\n", re.MULTILINE)
    imports = sorted({*pattern.findall(code)}, key=lambda line: (line.startswith("from"), line))
    standard = [line for line in imports if re.split(r"\W", line.split()[1])[0] in sys.stdlib_module_names]
    others = [line for line in imports if line not in standard]
    blocks = (['"""A comparison made with Activation Lab, in PyTorch."""\n'], standard, others, [pattern.sub("", code)])
    return "\n".join("".join(block) for block in blocks if block)


def _data(spec: DatasetSpec) -> str:
    """Features X and labels y, before anything is fitted."""
    return code_of(spec) if spec.table is None else _own(spec.table)


def _own(table: Table) -> str:
    if len(table.y) <= INLINE_ROWS:
        X = lines("", [filled([repr(x) for x in row], "[]") for row in table.X], "[]")
        y = filled([repr(k) for k in table.y], "[]")
        return f"X = np.array({X})\ny = np.array({y})\n"
    return """\
import json
from pathlib import Path
# The file that the page's JSON download gives: the data are too many to stand here.
table = json.loads(Path("experiment.json").read_text())["dataset"]["table"]
X, y = np.array(table["X"]), np.array(table["y"])
"""


def _split(experiment: Experiment) -> str:
    """Both parts as tensors."""
    spec = experiment.dataset
    if not spec.has_test_part:
        return _unsplit(spec, experiment.dtype)
    size = f"test_size={spec.test_share}, random_state={spec.seed + datasets.SPLIT_SEED}"
    head, fit, inputs = _fitted(spec)
    fit = f"{fit}  # the test part has no say in it\n" if fit else ""
    return f"""\
from sklearn.model_selection import train_test_split
{head}\
X_train, X_test, y_train, y_test = train_test_split(X, y, {size}, stratify=y)
{fit}\
X_train, X_test = (torch.tensor({inputs.format("X")}, dtype=torch.{experiment.dtype}) for X in (X_train, X_test))
y_train, y_test = torch.tensor(y_train), torch.tensor(y_test)
"""


def _unsplit(spec: DatasetSpec, dtype: str) -> str:
    """All samples as training data."""
    head, fit, inputs = _fitted(spec)
    fit = f"{fit}\n" if fit else ""
    return f"""\
{head}\
X_train, y_train = X, y  # all samples: there is no test part
{fit}\
X_train, y_train = torch.tensor({inputs.format("X_train")}, dtype=torch.{dtype}), torch.tensor(y_train)
"""


def _fitted(spec: DatasetSpec) -> tuple[str, str, str]:
    """What comes before the split, what is fitted to the training part, and the inputs of features `{}`."""
    is_pca = spec.view == "pca2"
    # What a generator makes has no two values that are far apart: there the plain scaler gives the same.
    is_measured = spec.table is not None or not datasets.DATASETS[spec.name].made
    scaler = "Scaler" if is_measured else "StandardScaler"
    head, fit, inputs = "", "", "{}"
    if spec.standardised:
        head = f"from sklearn.preprocessing import StandardScaler\n{_PCA_IMPORTS if is_pca else ''}"
        head += _SCALER_CLASS if is_measured else ""
        fit, inputs = (_PCA if is_pca else _SCALER).format(scaler=scaler), "scaler.transform({})"
    elif is_pca:
        head, fit, inputs = "from sklearn.decomposition import PCA\n", _RAW_PCA, "pca.transform({})"
    if spec.made_features:
        codes = ", ".join(MADE_FEATURES[name].code for name in spec.made_features)
        head, inputs = head + _MADE.format(codes=codes), f"with_made({inputs})"
    return head, fit, inputs


_SCALER_CLASS = '''\


class Scaler(StandardScaler):
    """Divides by the standard deviation, but by no less than the smallest step between two values of a feature."""

    def fit(self, X, y=None):
        super().fit(X)
        steps = [np.diff(np.unique(feature)).min(initial=np.inf) for feature in X.T]
        self.scale_ = np.maximum(self.scale_, np.where(np.isinf(steps), 1, steps))
        return self


'''
_SCALER = "scaler = {scaler}().fit(X_train)"
_RAW_PCA = 'pca = PCA(n_components=2, svd_solver="full").fit(X_train)'
_MADE = """\


def with_made(X):
    x1, x2 = X.T
    return np.column_stack([x1, x2, {codes}])


"""
_PCA_IMPORTS = "from sklearn.decomposition import PCA\nfrom sklearn.pipeline import make_pipeline\n"
_PCA = """\
scaler = make_pipeline({scaler}(), PCA(n_components=2, svd_solver="full"), StandardScaler())
scaler.fit(X_train)"""


def _loss(experiment: Experiment) -> str:
    text = _known(LOSSES[experiment.loss].torch)
    return f"\n\n{text}" if text.startswith("def ") else text


def _module(name: str) -> str:
    """The module of an activation: torch.nn's or, where it has none, one that `_modules` defines."""
    text = _known(activation_of(name).torch)
    return text if text.startswith("nn.") else f"{_class_name(name)}()"


def _class_name(name: str) -> str:
    """As classes are named: ReluSquared for relu_squared."""
    return "".join(part.capitalize() for part in activation_of(name).identifier.split("_"))


def _modules(experiment: Experiment) -> list[str]:
    """Activations that torch.nn has not."""
    used = {name for run in experiment.runs for name in run.layer_activations(len(experiment.hidden))}
    texts = {name: _known(activation_of(name).torch) for name in _in_order(used)}
    return [
        f"\n\nclass {_class_name(name)}(nn.Module):\n    def forward(self, z):\n        return {text}\n"
        for name, text in texts.items()
        if not text.startswith("nn.")
    ]


def _in_order(used: set[str]) -> list[str]:
    """Activations as in the registry, and behind them those that somebody wrote."""
    return [*(name for name in ACTIVATIONS if name in used), *sorted(filter(is_own, used))]


def _layer_initializers(run: Run, layers: int) -> list[Initializer]:
    """One for each layer, the output last."""
    activations = [*run.layer_activations(layers), None]
    return [suiting(name) if run.initializer == AUTO else INITIALIZERS[run.initializer] for name in activations]


def _used_initializers(experiment: Experiment) -> list[Initializer]:
    """Each once: those of the registry first, and what `"auto"` stands for in the order of the activations."""
    order = [*INITIALIZERS, *(f"{AUTO}_{name}" for name in ACTIVATIONS)]
    layers = len(experiment.hidden)
    used = {record.name: record for run in experiment.runs for record in _layer_initializers(run, layers)}
    return [used[name] for name in [*order, *sorted(used.keys() - set(order))] if name in used]


def _initializers(experiment: Experiment) -> list[str]:
    texts = []
    for record in _used_initializers(experiment):
        value = record.code
        if "ndtr" in value:
            texts.append("from scipy.special import ndtr\n")
            value += "  # ndtr makes them uniform between 0 and 1"
        texts.append(f"\n\ndef {record.name}(draws, n_in, n_out):\n    return {value}\n")
    return texts


def _linear(experiment: Experiment) -> str:
    has_bias = any(run.bias for run in experiment.runs)
    biases = [
        f"        if initializer is {record.name}:  # it draws biases, too\n"
        "            layer.bias.add_(torch.from_numpy(initializer(rng.standard_normal(n_out), n_in, n_out)))\n"
        for record in _used_initializers(experiment)
        if record.draws_biases
    ]
    return f'''

def linear(number, n_in, n_out, initializer, seed{", bias=0.0" if has_bias else ""}):
    """Layer `number` of a network.  Networks with one seed start from the same draws, scaled by their initializer."""
    rng = np.random.default_rng(({streams.WEIGHTS}, seed, number))
    draws = rng.standard_normal((n_in, n_out))
    layer = nn.Linear(n_in, n_out)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(initializer(draws, n_in, n_out)).T)
        layer.bias.fill_({"bias" if has_bias else 0})
{"".join(biases)}\
    return layer
'''


class _Parameters:
    """What differs between the runs: for each parameter of the script's `train`, one text for each run."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._texts: dict[str, Sequence[str]] = {}

    def place(self, name: str, texts: Sequence[str]) -> str:
        """What the body of `train` says: the text that all runs share, or else the parameter's name."""
        if len(set(texts)) == 1:
            return texts[0]
        self._texts[name] = texts
        return name

    def place_number(self, name: str, field: str) -> str:
        """The same, for a field of `Run`."""
        return self.place(name, [literal(getattr(run, field)) for run in self._runs])

    def place_by_layer(self, name: str, rows: Sequence[Sequence[str]]) -> list[str]:
        """The same for each layer; `rows` has a text for each run and layer."""
        if all(len(set(row)) == 1 for row in rows):
            return [self.place(name, [row[0] for row in rows])] * len(rows[0])
        if all(row == rows[0] for row in rows):
            return list(rows[0])
        self._texts[f"{name}s"] = [
            f"[{row[0]}] * {len(row)}" if len(set(row)) == 1 else filled(row, "[]") for row in rows
        ]
        return [f"{name}s[{layer}]" for layer in range(len(rows[0]))]

    @property
    def names(self) -> list[str]:
        """Those with a default last."""
        return sorted(self._texts, key=OFF.__contains__)

    @property
    def signature(self) -> str:
        return ", ".join(["name", *(f"{name}=0.0" if name in OFF else name for name in self.names)])

    def arguments(self, run: int) -> list[str]:
        return [
            f"{name}={self._texts[name][run]}"
            for name in self.names
            if not (name in OFF and self._texts[name][run] == "0.0")
        ]


def _train(experiment: Experiment) -> list[str]:
    """The function that trains a network, and the calls of it."""
    parameters = _Parameters(experiment.runs)
    network = _network(experiment, parameters)
    optimizer = _optimizer(experiment.runs, parameters)
    scheduler, drops = "", has_dropout(experiment)
    if has_schedule(experiment):
        schedule = parameters.place("schedule", [run.schedule for run in experiment.runs])
        scheduler = f"    scheduler = {schedule}(optimizer)\n"
    penalties = _penalties(experiment.runs, parameters)
    names = network_names(experiment)
    width, digits = max(len(name) for name in ("network", *names)), DIGITS[experiment.dtype]
    calls = [call("train", [literal(name), *parameters.arguments(i)]) + "\n" for i, name in enumerate(names)]
    return [
        "from functools import partial\n" if "partial(" in "".join(calls) else "",
        f"""

def train({parameters.signature}):
    net = {indent(network, "    ").strip()}
    optimizer = {optimizer}
{scheduler}\
{_WEIGHTS if penalties else ""}\
    for epoch in range({experiment.epochs}):
        order = np.random.default_rng(({streams.MINIBATCHES}, {experiment.seed}, epoch)).permutation(len(X_train))
{BEGIN if drops else ""}\
        for batch in torch.from_numpy(order).split({experiment.batch_size or "len(order)"}):
            loss = loss_of(net(X_train[batch]), y_train[batch])
{indent(penalties, "            ")}\
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
{after_epoch(experiment)}\
{EVALUATE if drops else ""}\
{(_REPORT if experiment.dataset.has_test_part else _REPORT_WITHOUT_TEST).format(width=width, digits=digits)}""",
        *calls,
    ]


_REPORT = """\
    with torch.no_grad():
        accuracy = (net(X_test).argmax(dim=1) == y_test).double().mean()
        train_loss, test_loss = loss_of(net(X_train), y_train), loss_of(net(X_test), y_test)
    print(f"{{name:{width}}} {{accuracy:14.4f}} {{train_loss:14.{digits}f}} {{test_loss:14.{digits}f}}")


print(f"{{'network':{width}}} {{'test accuracy':>14}} {{'train loss':>14}} {{'test loss':>14}}")
"""
_REPORT_WITHOUT_TEST = """\
    with torch.no_grad():
        accuracy = (net(X_train).argmax(dim=1) == y_train).double().mean()
        train_loss = loss_of(net(X_train), y_train)
    print(f"{{name:{width}}} {{accuracy:14.4f}} {{train_loss:14.{digits}f}}")


print(f"{{'network':{width}}} {{'train accuracy':>14}} {{'train loss':>14}}")
"""
_WEIGHTS = "    weights = [layer.weight for layer in net if isinstance(layer, nn.Linear)]  # biases go free\n"


def _network(experiment: Experiment, parameters: _Parameters) -> str:
    runs, layers = experiment.runs, len(experiment.hidden)
    names = [run.layer_activations(layers) for run in runs]
    activations = parameters.place_by_layer("activation", [[_module(name) for name in row] for row in names])
    rows = [[record.name for record in _layer_initializers(run, layers)] for run in runs]
    if all(len(set(row)) == 1 for row in rows):
        initial = parameters.place_by_layer("initializer", rows)
    else:
        hidden = parameters.place_by_layer("initializer", [row[:-1] for row in rows])
        initial = [*hidden, parameters.place("output_initializer", [row[-1] for row in rows])]
    seed = parameters.place_number("seed", "seed")
    bias = f", bias={parameters.place_number('bias', 'bias')}" if any(run.bias for run in runs) else ""
    rate = parameters.place_number("dropout", "dropout") if has_dropout(experiment) else ""
    parts = [
        f"linear({i}, {n_in}, {n_out}, {initial[i]}, seed={seed}"
        + (f"{bias}), {activations[i]}" if i < layers else ")")
        + (f", Dropout({rate}, {seed}, {i})" if rate and i < layers else "")
        for i, (n_in, n_out) in enumerate(pairwise(experiment.sizes))
    ]
    return call("nn.Sequential", parts)


def _optimizer(runs: Sequence[Run], parameters: _Parameters) -> str:
    if len({run.optimizer for run in runs}) == 1:
        kind, *arguments = _known(OPTIMIZERS[runs[0].optimizer].torch)
        rate = parameters.place_number("lr", "rate")
        return call(f"torch.optim.{kind}", ["net.parameters()", f"lr={rate}", *arguments])
    texts = []
    for run in runs:
        kind, *arguments = _known(OPTIMIZERS[run.optimizer].torch)
        texts.append(call("partial", [f"torch.optim.{kind}", f"lr={literal(run.rate)}", *arguments]))
    return parameters.place("make_optimizer", texts) + "(net.parameters())"


def _penalties(runs: Sequence[Run], parameters: _Parameters) -> str:
    """The lines that add them to the loss of a minibatch."""
    text = ""
    if any(run.l1 for run in runs):
        text += f"loss = loss + {parameters.place_number('l1', 'l1')} * sum(W.abs().sum() for W in weights)\n"
    if any(run.l2 for run in runs):
        text += f"loss = loss + {parameters.place_number('l2', 'l2')} / 2 * sum((W**2).sum() for W in weights)\n"
    return text
