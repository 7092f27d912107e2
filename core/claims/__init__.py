"""Claims about activation functions that are often repeated, each with an experiment that tests it.

from core.claims import CLAIMS, measure, verdict

claim = CLAIMS["six_times"]
rows = [row for part in claim.parts for row in measure(claim.name, part)]
print(verdict(claim, rows).findings[""].word)  # by the rule in core.claims.rule
"""

from collections.abc import Sequence
from typing import Any

from ..notes import Note
from ..registry import look_up, unknown
from .claim import (
    AUXILIARY,
    CLAIM,
    EPOCHS,
    LOSS,
    MECHANISM,
    POINTS,
    RATIO,
    SHARE,
    TRIVIAL,
    Claim,
    Plan,
    Row,
    Trial,
    UnderWay,
)
from .gradients import NO_VANISHING
from .learning import SIX_TIMES, ZERO_CENTRED
from .overfitting import SPARSE_GUARD
from .places import OUTPUT_ONLY
from .results import Kept, kept
from .rule import Finding, TrialVerdict, Verdict, interval, outcome, outermost, right, verdict
from .silence import LEAKY_CURE
from .speed import NO_EXP

__all__ = [
    "AUXILIARY", "CLAIM", "CLAIMS", "EPOCHS", "LOSS", "MECHANISM", "POINTS", "RATIO", "SHARE", "TRIVIAL", "Claim",
    "Finding", "Kept", "Plan", "Row", "Trial", "TrialVerdict", "UnderWay", "Verdict", "go_on", "interval", "kept",
    "measure", "outcome", "outermost", "right", "verdict",
]  # fmt: skip

_RECORDS = (SIX_TIMES, NO_EXP, ZERO_CENTRED, NO_VANISHING, LEAKY_CURE, SPARSE_GUARD, OUTPUT_ONLY)
CLAIMS: dict[str, Claim] = {claim.name: claim for claim in _RECORDS}


def measure(name: str, part: str) -> tuple[Row, ...]:
    """The rows of one part of a claim's experiment, measured now: some seconds to half a minute.

    Raises `ValueError` if there is no such claim or no such part of it.
    """
    return _plan(name, part).measure(part)


def go_on(name: str, part: str, given: Sequence[Any], seconds: float) -> UnderWay:
    """How far the measuring of a part is, after one or more further stages that take about so many seconds in all.

    `given` is that of the call before, () at first.  Raises `ValueError` if there is no such claim or no such part of
    it.
    """
    return _plan(name, part).go_on(part, given, seconds)


def _plan(name: str, part: str) -> Plan:
    claim = look_up(Note("claim"), CLAIMS, name)
    if part not in claim.parts:
        raise unknown(Note("part of {name}", name=name), part, claim.parts)
    return claim.plan
