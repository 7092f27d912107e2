"""One neuron: what there is to notice of a nudge, with the figures of the neurons on screen."""

import math

from ui.lessons.neuron.charts import ALL, INPUTS, PARAMETERS, changes
from ui.lessons.neuron.controls import Asked
from ui.shell.numbers import brief, exact, short

SAME = 1e-9  # changes that are smaller are none, and two that differ by less, in proportion, are the same
FAINT = 1e-12  # a number closer to 0 is written as 0: far less than the smallest that is told

_JUMPS = "The **step** jumps from {before} to {after}: z goes from {z} to {z_after}, and it fires where z is above 0."
_STAYS = "The **step** does not move, for z stays at {z}."
_SILENT = "The **step** does not move: z goes from {z} to {z_after}, and is not above 0. It stays silent."
_FIRES = "The **step** does not move: z goes from {z} to {z_after}, and is above 0 all the time. It fires."
_STILL = "**{activation}** does not change, for z does not."
_FLAT = (
    "**{activation}** changes by less than **{least}**, and its slope predicts no more: it is flat as far as the nudge "
    "goes."
)
_STRAIGHT = (
    "**{activation}** changes by **{change}**, and its slope predicts the same, because it is straight as far as the "
    "nudge goes. The slope of the step is 0 everywhere, so it predicts no change, whatever comes."
)
_BY_CHANCE = (
    "**{activation}** changes by **{change}**, and its slope predicts the same, by chance: it is not straight in "
    "between. The slope of the step is 0 everywhere, so it predicts no change, whatever comes."
)
_MOVES = (
    "**{activation}** changes by **{change}**; its slope predicts {predicted}, which is off by {error}. The slope of "
    "the step is 0 everywhere, so it predicts no change, whatever comes."
)
_TURNS = "Changing {parameter} turns the line z = 0 about the place where {input} is 0; changing b shifts it."
_SHIFTS = "Changing b shifts the line z = 0, and so where the step fires; changing a weight turns it."
_TURNS_AND_SHIFTS = (
    "A change of the weights can turn the line z = 0, and one of b shifts it: the dashed line is what all three make "
    "of it."
)
_NOTHING = "{weight} is 0, so {input} matters nothing, however large: in the direction of {input} no colour changes."
_NO_LINE = "Both weights are 0, so no input matters: z is {bias} everywhere, and is 0 on no line."
_ALL_ZERO = "Both weights and the bias are 0, so no input matters: z is 0 everywhere, and not on a line only."


def notices(asked: Asked) -> list[str]:
    """Of the perceptron, of the other neuron, and of the line."""
    perceptron = asked.neurons[0]
    changed = perceptron.nudged(changes(asked.parameter, asked.amount))
    z, z_after = (float(neuron.weighted_sum(asked.x)) for neuron in (perceptron, changed))
    return [_about_the_step(asked, z, z_after), _about_the_slope(asked, z == z_after), _about_the_line(asked)]


def _about_the_step(asked: Asked, z: float, z_after: float) -> str:
    nudge = asked.neurons[0].nudge(asked.x, changes(asked.parameter, asked.amount))
    sentence = _STAYS if z == z_after else _JUMPS if nudge.change else _FIRES if nudge.after else _SILENT
    return sentence.format(
        before=exact(float(nudge.before)), after=exact(float(nudge.after)), z=_told(z, 6), z_after=_told(z_after, 6)
    )


def _about_the_slope(asked: Asked, still: bool) -> str:
    neuron, change = asked.neurons[1], changes(asked.parameter, asked.amount)
    nudge, straight = neuron.nudge(asked.x, change), neuron.bend(asked.x, change) < SAME
    flat = max(abs(nudge.change), abs(nudge.predicted)) < SAME
    if still:
        sentence = _STILL
    elif flat or math.isclose(nudge.change, nudge.predicted, rel_tol=SAME):
        sentence = _BY_CHANCE if not straight else _FLAT if flat else _STRAIGHT
    else:
        sentence = _MOVES
    return sentence.format(
        activation=neuron.activation, least=short(SAME), change="0" if flat else _told(nudge.change, 4),
        predicted=_told(nudge.predicted, 4), error=short(abs(nudge.change - nudge.predicted)),
    )  # fmt: skip


def _about_the_line(asked: Asked) -> str:
    neuron = asked.neurons[0]
    without = [place for place, weight in enumerate(neuron.weights) if not weight]
    if len(without) == len(neuron.weights):
        return (_NO_LINE if neuron.bias else _ALL_ZERO).format(bias=_told(neuron.bias, 4))
    if without:
        return _NOTHING.format(weight=PARAMETERS[without[0]], input=INPUTS[without[0]])
    if asked.parameter == ALL:
        return _TURNS_AND_SHIFTS
    if asked.parameter < len(INPUTS):
        return _TURNS.format(parameter=PARAMETERS[asked.parameter], input=INPUTS[asked.parameter])
    return _SHIFTS


def _told(number: float, digits: int) -> str:
    return "0" if abs(number) < FAINT else brief(number, digits)
