"""What one visitor may ask for: on a machine of one's own, and of a public server, where most are strangers.

`ACTIVATION_LAB_PUBLIC=1` makes a server public.  docs/architecture.md has the same table.
"""

from dataclasses import dataclass, replace

from core import limits as core_limits
from ui.jobs.memory import most_megabytes
from ui.shell.environment import from_environment, one_of
from ui.shell.language import N_

PUBLIC = "ACTIVATION_LAB_PUBLIC"  # environment variable
_NO_CHOICE = N_("The environment variable {name} is {value}, and must be 1 for a public server, or 0.")


@dataclass(frozen=True)
class Limits:
    """`seconds` of one core and `megabytes`, by `core.train.cost`, are those of one experiment.

    `trainings` are those under way for one visitor, who take turns; the ones asked for before pause.  `measurements`
    are the claims that one visitor measures again at the same time.  A sweep has `sweep_networks` and takes
    `sweep_seconds` of one core at most; one of `sweep_at_once` seconds or less starts without a click.
    """

    seconds: float
    megabytes: float
    trainings: int
    measurements: int
    sweep_networks: int
    sweep_seconds: float
    sweep_at_once: float


OWN = Limits(
    core_limits.SECONDS, core_limits.MEGABYTES, trainings=4, measurements=7, sweep_networks=20_000,
    sweep_seconds=1800.0, sweep_at_once=10.0,
)  # fmt: skip
OF_STRANGERS = Limits(
    seconds=15.0, megabytes=100.0, trainings=2, measurements=1, sweep_networks=3000, sweep_seconds=60.0,
    sweep_at_once=4.0,
)  # fmt: skip


def limits() -> Limits:
    """Those of this server: one training may take no more than all that the host lets the server keep."""
    of_server = OF_STRANGERS if is_public() else OWN
    return replace(of_server, megabytes=min(of_server.megabytes, most_megabytes()))


def is_public() -> bool:
    """Whether the host says that most visitors are strangers."""
    return from_environment(PUBLIC, one_of({"1": True, "0": False}), False, _NO_CHOICE)
