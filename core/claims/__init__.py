"""Claims about activation functions that are often repeated, each with an experiment that tests it.

from core.claims import CLAIMS, measure, verdict

claim = CLAIMS["six_times"]
rows = [row for part in claim.parts for row in measure(claim.name, part)]
print(verdict(claim, rows).word)  # by the rule in core.claims.rule
"""

from ..registry import look_up, unknown
from .claim import LOSS, POINTS, RATIO, SHARE, Claim, Row, Trial
from .gradients import NO_VANISHING
from .learning import SIX_TIMES, ZERO_CENTRED
from .overfitting import SPARSE_GUARD
from .places import OUTPUT_ONLY
from .results import Kept, kept
from .rule import TrialVerdict, Verdict, is_right, outcome, repeats_needed, verdict
from .silence import LEAKY_CURE
from .speed import NO_EXP

__all__ = [
    "CLAIMS", "LOSS", "POINTS", "RATIO", "SHARE", "Claim", "Kept", "Row", "Trial", "TrialVerdict", "Verdict",
    "is_right", "kept", "measure", "outcome", "repeats_needed", "verdict",
]  # fmt: skip

_RECORDS = (SIX_TIMES, NO_EXP, ZERO_CENTRED, NO_VANISHING, LEAKY_CURE, SPARSE_GUARD, OUTPUT_ONLY)
CLAIMS: dict[str, Claim] = {claim.name: claim for claim in _RECORDS}


def measure(name: str, part: str) -> tuple[Row, ...]:
    """The rows of one part of a claim's experiment, measured now: from less than a second to some ten of them.

    Raises `ValueError` if there is no such claim or no such part of it.
    """
    claim = look_up("claim", CLAIMS, name)
    if part not in claim.parts:
        raise unknown(f"part of {name}", part, claim.parts)
    return claim.measure(part)
