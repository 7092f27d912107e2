"""One neuron: what there is to notice of a nudge, with the figures of the neurons on screen."""

import math

from ui.lessons.neuron.charts import ALL, INPUTS, PARAMETERS, changes
from ui.lessons.neuron.controls import Asked
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import brief, exact, short

SAME = 1e-9  # changes that are smaller are none, and two that differ by less, in proportion, are the same
FAINT = 1e-12  # a number closer to 0 is written as 0: far less than the smallest that is told

_JUMPS = N_(
    "**{step}** jumps from {before} to {after}: z goes from {z} to {z_after}, and the output is 1 only where z is "
    "above 0."
)
_STAYS = N_("**{step}** does not change, because z stays at {z}.")
_SILENT = N_("**{step}** does not change: z goes from {z} to {z_after} and is not above 0. The output stays 0.")
_FIRES = N_("**{step}** does not change: z goes from {z} to {z_after} and is always above 0. The output stays 1.")
_STILL = N_("**{activation}** does not change, because z does not change.")
_FLAT = N_(
    "**{activation}** changes by less than **{least}**, and its slope predicts no more. Between the old and the new z, "
    "its slope is 0 or almost 0."
)
_STRAIGHT = N_(
    "**{activation}** changes by **{change}**, and its slope predicts the same. The function is straight between the "
    "old and the new z. {no_change}"
)
_BY_CHANCE = N_(
    "**{activation}** changes by **{change}**, and its slope predicts the same by chance. The function is not straight "
    "between the old and the new z. {no_change}"
)
_MOVES = N_(
    "**{activation}** changes by **{change}**. Its slope predicts {predicted}; the error is {error}. {no_change}"
)
_NO_CHANGE = N_(
    "The slope of **{step}** is 0 everywhere, except at the jump. There it has no slope, and the app uses 0. So it "
    "always predicts no change."
)
_TURNS = N_(
    "A change of {parameter} rotates the line z = 0 around the point where {input} is 0. A change of b shifts the line."
)
_SHIFTS = N_(
    "A change of b shifts the line z = 0, where the output of **{step}** jumps. A change of a weight rotates the line."
)
_TURNS_AND_SHIFTS = N_(
    "A change of the weights can rotate the line z = 0, and a change of b shifts it. The dashed line shows the effect "
    "of all three."
)
_NOTHING = N_("{weight} is 0, so {input} has no effect: in the direction of {input}, the colour does not change.")
_NO_LINE = N_("Both weights are 0, so the inputs have no effect: z is {bias} everywhere. There is no line z = 0.")
_ALL_ZERO = N_("Both weights and the bias are 0, so the inputs have no effect: z is 0 everywhere, not only on a line.")


def notices(asked: Asked) -> list[str]:
    """Of the perceptron, of the other neuron, and of the line."""
    perceptron = asked.neurons[0]
    changed = perceptron.nudged(changes(asked.parameter, asked.amount))
    z, z_after = (float(neuron.weighted_sum(asked.x)) for neuron in (perceptron, changed))
    return [_about_the_step(asked, z, z_after), _about_the_slope(asked, z == z_after), _about_the_line(asked)]


def _about_the_step(asked: Asked, z: float, z_after: float) -> str:
    nudge = asked.neurons[0].nudge(asked.x, changes(asked.parameter, asked.amount))
    sentence = _STAYS if z == z_after else _JUMPS if nudge.change else _FIRES if nudge.after else _SILENT
    return _(
        sentence, step=_step(asked), before=exact(float(nudge.before)), after=exact(float(nudge.after)),
        z=_told(z, 6), z_after=_told(z_after, 6),
    )  # fmt: skip


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
    return _(
        sentence, activation=label("activation", neuron.activation), least=short(SAME),
        change="0" if flat else _told(nudge.change, 4), predicted=_told(nudge.predicted, 4),
        error=short(abs(nudge.change - nudge.predicted)), no_change=_(_NO_CHANGE, step=_step(asked)),
    )  # fmt: skip


def _about_the_line(asked: Asked) -> str:
    neuron = asked.neurons[0]
    without = [place for place, weight in enumerate(neuron.weights) if not weight]
    if len(without) == len(neuron.weights):
        return _(_NO_LINE if neuron.bias else _ALL_ZERO, bias=_told(neuron.bias, 4))
    if without:
        return _(_NOTHING, weight=PARAMETERS[without[0]], input=INPUTS[without[0]])
    if asked.parameter == ALL:
        return _(_TURNS_AND_SHIFTS)
    if asked.parameter < len(INPUTS):
        return _(_TURNS, parameter=PARAMETERS[asked.parameter], input=INPUTS[asked.parameter])
    return _(_SHIFTS, step=_step(asked))


def _step(asked: Asked) -> str:
    return label("activation", asked.neurons[0].activation)


def _told(number: float, digits: int) -> str:
    return "0" if abs(number) < FAINT else brief(number, digits)
