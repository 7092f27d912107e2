"""What one visitor may ask for: on a machine of one's own, and of a public server, where most are strangers.

`ACTIVATION_LAB_PUBLIC=1` makes a server public.  docs/architecture.md has the same table.
"""

import os
from dataclasses import dataclass, replace

from core import limits as core_limits
from ui.jobs.memory import most_megabytes

PUBLIC = "ACTIVATION_LAB_PUBLIC"  # environment variable


@dataclass(frozen=True)
class Limits:
    """`seconds` of one core and `megabytes`, by `core.train.cost`, are those of one experiment.

    `trainings` are those under way for one visitor, who take turns; the ones asked for before pause.  `measurements`
    are the claims that one visitor measures again at the same time.
    """

    seconds: float
    megabytes: float
    trainings: int
    measurements: int


OWN = Limits(core_limits.SECONDS, core_limits.MEGABYTES, trainings=4, measurements=7)
OF_STRANGERS = Limits(seconds=15.0, megabytes=100.0, trainings=2, measurements=1)


def limits() -> Limits:
    """Those of this server: one training may take no more than all that the host lets the server keep."""
    of_server = OF_STRANGERS if os.environ.get(PUBLIC) == "1" else OWN
    return replace(of_server, megabytes=min(of_server.megabytes, most_megabytes()))
