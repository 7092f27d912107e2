"""What only some of the scripts for PyTorch have: dropout, and learning rates that change."""

from textwrap import indent

from .. import streams
from ..nn.rate_schedules import CONSTANT, SCHEDULES
from ..train.experiment import Experiment

BEGIN = """\
        for layer in net:
            if isinstance(layer, Dropout):
                layer.begin(epoch)
"""
EVALUATE = "    net.eval()  # nothing is dropped\n"

_DROPOUT = f'''

class Dropout(nn.Module):
    """As nn.Dropout, but its random numbers depend on the seed, the epoch and the layer alone."""

    def __init__(self, p, seed, layer):
        super().__init__()
        self.p, self.seed, self.layer = p, seed, layer

    def begin(self, epoch):
        self.rng = np.random.default_rng(({streams.DROPOUT}, self.seed, epoch, self.layer))

    def forward(self, a):
        if not self.training:
            return a
        draws = self.rng.random(a.T.shape, np.float32)
        return a * torch.from_numpy(draws >= self.p).T / (1 - self.p)
'''


def has_dropout(experiment: Experiment) -> bool:
    """Whether the script needs a module for it."""
    return bool(experiment.hidden) and any(run.dropout for run in experiment.runs)


def dropout_module(experiment: Experiment) -> str:
    """A module with the masks of `core.nn.dropout`, if there is dropout."""
    return _DROPOUT if has_dropout(experiment) else ""


def has_schedule(experiment: Experiment) -> bool:
    """Whether a learning rate changes."""
    return any(run.schedule != CONSTANT for run in experiment.runs)


def schedules(experiment: Experiment) -> list[str]:
    """Functions that make the schedulers of an optimizer, unless all rates are constant."""
    if not has_schedule(experiment):
        return []
    texts = ["from torch.optim import lr_scheduler\n"]
    for name, record in SCHEDULES.items():
        if name in {run.schedule for run in experiment.runs}:
            lines = record.torch(experiment.schedule_epochs or 1)
            texts.append(f"\n\ndef {name}(optimizer):\n{indent(lines, '    ')}\n")
    return texts


def after_epoch(experiment: Experiment) -> str:
    """The scheduler's step, up to the end of the schedule."""
    length = experiment.schedule_epochs
    if length is None:
        return ""
    if experiment.epochs <= length:
        return "        scheduler.step()\n"
    return f"        if epoch < {length}:  # then the rate stays as it is\n            scheduler.step()\n"
