"""Three timed plans for a workshop: sequences of missions, with what the leader says."""

from dataclasses import dataclass

from ui.shell.language import N_


@dataclass(frozen=True)
class Step:
    """So many minutes for a mission; `say` is for the leader, who says it after the outcome."""

    minutes: int
    mission: str
    say: str


@dataclass(frozen=True)
class Sequence:
    """A plan; its steps take all of its minutes."""

    name: str
    title: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


_LINE = N_("Ask who expected more layers to help. Add layers in the view: the boundary stays a straight line.")
_SPIRAL = N_("See how many chose ReLU. Ask which function would be first on another dataset.")
_DEAD = N_("See how far the seeds are apart. Ask what a dead unit would need, to learn again.")
_SMALLEST = N_("Ask for a drawing: which shape do two lines enclose, and which one three?")
_WEIGHTS = N_("Ask what the same weights would do to ReLU. Then change the activation function.")
_LEAKY = N_("Two facts at once: units die, and the accuracy stays. Ask when dead units would matter.")
_RISE = N_("Ask which epoch they would stop at, and how they would find it without the test data.")

_RECORDS = (
    Sequence(
        "short", N_("20 minutes: why an activation function"),
        (Step(6, "line_on_circles", _LINE), Step(6, "spiral_first", _SPIRAL), Step(8, "dead_at_a_rate", _DEAD)),
    ),
    Sequence(
        "lesson", N_("45 minutes: what a hidden layer does, and what stops it"),
        (
            Step(6, "line_on_circles", _LINE),
            Step(9, "units_for_circles", _SMALLEST),
            Step(7, "spiral_first", _SPIRAL),
            Step(7, "deep_sigmoid_weights", _WEIGHTS),
            Step(8, "dead_at_a_rate", _DEAD),
            Step(8, "leaky_or_relu", _LEAKY),
        ),
    ),
    Sequence(
        "workshop", N_("90 minutes: from one line to training deep networks"),
        (
            Step(6, "line_on_circles", _LINE),
            Step(7, "step_on_circles", N_("Ask what a small change of one weight does to a step, and to sigmoid.")),
            Step(8, "units_for_circles", _SMALLEST),
            Step(6, "spiral_first", _SPIRAL),
            Step(9, "how_deep_sigmoid", N_("Multiply six factors of 0.25 on the board: at most 0.0002 is left.")),
            Step(7, "deep_sigmoid_optimizer", N_("Ask why a tiny gradient is no problem for Adam, and when it is.")),
            Step(8, "dead_at_a_rate", _DEAD),
            Step(7, "leaky_or_relu", _LEAKY),
            Step(7, "near_a_saddle", N_("Ask how an optimizer could know a saddle point from a minimum.")),
            Step(
                8, "six_times_faster",
                N_("Ask where the number six comes from, and what would have to be the same to repeat it."),
            ),
            Step(9, "rising_test_loss", _RISE),
            Step(8, "far_from_data", N_("Ask where a wrong answer with high confidence would do harm.")),
        ),
    ),
)  # fmt: skip

SEQUENCES: dict[str, Sequence] = {record.name: record for record in _RECORDS}
