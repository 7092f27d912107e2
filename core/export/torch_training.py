"""The function `train` in a script for PyTorch, and the calls of it, one for each network."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import indent

from .. import streams
from ..analysis.summary import network_names
from ..nn.losses import LOSSES
from ..nn.optimizers import OPTIMIZERS
from ..train.experiment import Experiment
from ..train.run import Run
from .layout import call, filled, literal
from .torch_extras import BEGIN, EVALUATE, after_epoch, has_dropout, has_schedule
from .torch_layers import known, layer_initializers, module

DIGITS = {"float32": 6, "float64": 10}  # of the losses that are printed
OFF = ("bias", "dropout", "l1", "l2")  # parameters whose default is 0.0


def loss(experiment: Experiment) -> str:
    """Imports or defines `loss_of`."""
    text = known(LOSSES[experiment.loss].torch)
    return f"\n\n{text}" if text.startswith("def ") else text


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


def training(experiment: Experiment) -> list[str]:
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
    activations = parameters.place_by_layer("activation", [[module(name) for name in row] for row in names])
    rows = [[record.name for record in layer_initializers(run, layers)] for run in runs]
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
        kind, *arguments = known(OPTIMIZERS[runs[0].optimizer].torch)
        rate = parameters.place_number("lr", "rate")
        return call(f"torch.optim.{kind}", ["net.parameters()", f"lr={rate}", *arguments])
    texts = []
    for run in runs:
        kind, *arguments = known(OPTIMIZERS[run.optimizer].torch)
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
