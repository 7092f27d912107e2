"""Three timed plans for a workshop, each a sequence of missions with what the leader says."""

from dataclasses import dataclass

from ui.shell.language import N_


@dataclass(frozen=True)
class Step:
    """So many minutes for a mission; `say` is what a leader says before it or after it."""

    minutes: int
    mission: str
    say: str


@dataclass(frozen=True)
class Sequence:
    """A plan of so many minutes in all; `name` stands in addresses."""

    name: str
    title: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


_RECORDS = (
    Sequence(
        "short", N_("20 minutes: what an activation function is for"),
        (
            Step(10, "line_on_circles", N_("Ask first, then reveal. Let two people with different answers talk.")),
            Step(10, "dead_at_a_rate", N_("Ask for a number. Then show how far the seeds are from each other.")),
        ),
    ),
)  # fmt: skip

SEQUENCES: dict[str, Sequence] = {record.name: record for record in _RECORDS}
