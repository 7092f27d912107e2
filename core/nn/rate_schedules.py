"""Schedules: how a learning rate changes from epoch to epoch.

`SCHEDULES` is the registry: one record gives a schedule to the engine, the exports, the page, the address and the
tests.  (The place in the registry gives the colour and dash, so new ones go last.)

A schedule is made for a number of epochs, its `length`, and not for those of a training: what happens in an epoch must
not depend on how many are still to come.  After its end the rate stays as it is then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, cos, pi

from ..notes import Note
from ..registry import look_up

CONSTANT = "constant"
FALL = 0.1  # what a step multiplies the rate by: the default of torch.optim.lr_scheduler
STEPS = 1 / 2, 3 / 4  # of the length, after which the rate falls: He et al. 2016 did so on CIFAR-10
WARM_UP, WARM_UP_START = 1 / 10, 0.1  # its share of the length, and of the rate in the first epoch


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A schedule of learning rates.

    `factor(done, length)` is what the learning rate is multiplied by in the epoch after `done` epochs, which are at
    most `length`.  `torch(length)` is how PyTorch makes the same: the lines of a function of an `optimizer`, which use
    torch.optim's `lr_scheduler`; it is to be stepped after each epoch up to the length, and never again.  `note` is a
    sentence, and `source` the paper.
    """

    name: str
    label: str
    factor: Callable[[int, int], float]
    torch: Callable[[int], str]
    note: str
    source: str = ""


def rate_factor(name: str, done: int, length: int) -> float:
    """What a learning rate is multiplied by in the epoch after so many are done, by the schedule of that name and
    length."""
    return look_up(Note("schedule"), SCHEDULES, name).factor(min(done, length), length)


def _milestones(length: int) -> list[int]:
    return [ceil(share * length) for share in STEPS]


def _warm_up_epochs(length: int) -> int:
    return ceil(WARM_UP * length)


def _step(done: int, length: int) -> float:
    return FALL ** sum(done >= milestone for milestone in _milestones(length))


def _cosine(done: int, length: int) -> float:
    return (1 + cos(pi * done / length)) / 2


def _warm_up(done: int, length: int) -> float:
    return WARM_UP_START + (1 - WARM_UP_START) * min(done / _warm_up_epochs(length), 1.0)


def _warm_up_cosine(done: int, length: int) -> float:
    rising = _warm_up_epochs(length)
    return _warm_up(done, length) if done < rising else _cosine(done - rising, max(length - rising, 1))


def _warm_up_in_torch(length: int) -> str:
    return f"lr_scheduler.LinearLR(optimizer, start_factor={WARM_UP_START}, total_iters={_warm_up_epochs(length)})"


def _cosine_in_torch(length: int) -> str:
    return f"lr_scheduler.CosineAnnealingLR(optimizer, T_max={length})"


def _warm_up_cosine_in_torch(length: int) -> str:
    rising = _warm_up_epochs(length)
    return (
        f"rising = {_warm_up_in_torch(length)}\n"
        f"falling = {_cosine_in_torch(max(length - rising, 1))}\n"
        f"return lr_scheduler.SequentialLR(optimizer, [rising, falling], milestones=[{rising}])"
    )


_RECORDS = (
    Schedule(
        name=CONSTANT, label="Constant", factor=lambda done, length: 1.0,
        torch=lambda length: "return lr_scheduler.ConstantLR(optimizer, factor=1.0)",
        note="The learning rate never changes.",
    ),
    Schedule(
        name="step", label="In steps", factor=_step, source="He et al. 2016",
        torch=lambda length: (
            f"return lr_scheduler.MultiStepLR(optimizer, milestones={_milestones(length)}, gamma={FALL})"
        ),
        note="A tenth of the learning rate after half of the schedule, and a hundredth after three quarters.",
    ),
    Schedule(
        name="cosine", label="Cosine", factor=_cosine, source="Loshchilov & Hutter 2017",
        torch=lambda length: f"return {_cosine_in_torch(length)}",
        note="The learning rate falls to 0, slowly at first and at the end, like half a wave of a cosine.",
    ),
    Schedule(
        name="warm_up", label="Warm-up", factor=_warm_up, source="Goyal et al. 2017",
        torch=lambda length: f"return {_warm_up_in_torch(length)}",
        note="The learning rate starts at a tenth, rises linearly in the first tenth of the schedule, and then stays.",
    ),
    Schedule(
        name="warm_up_cosine", label="Warm-up, then cosine", factor=_warm_up_cosine, torch=_warm_up_cosine_in_torch,
        note="The learning rate rises as with warm-up, and then falls to 0 like a cosine.",
        source="Goyal et al. 2017; Loshchilov & Hutter 2017",
    ),
)  # fmt: skip

SCHEDULES: dict[str, Schedule] = {record.name: record for record in _RECORDS}
