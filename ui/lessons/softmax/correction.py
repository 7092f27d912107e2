"""Teaching a network one sample: the sentences of that part of the lesson on softmax."""

from core.lessons.correction import Mending
from ui.shell.numbers import percent

INTRODUCTION = (
    "A small change of the weights is a small change of the outputs. So a mistake can be mended by going down the "
    "gradient of this one sample's loss, a little of all weights at a time. What does that do to the others? All of "
    "this is at temperature 1, whatever is chosen above."
)
_MENDED = (
    "**A change of {change} is enough**: the network is right about this sample then (dashed rule). Of the "
    "{others} other test samples, {broken} went from right to wrong, and {mended} from wrong to right."
)
_NOT_MENDED = "In {change} of change the network does not come to be right about this sample."
_RIGHT = "The network is right about this sample as it is; the steps only make it surer. {others_then}"
_RIGHT_AND_SURE = (
    "The network is right about this sample as it is, and so sure that the steps change nothing that matters for it. "
    "{others_then}"
)
_OTHERS_THEN = (
    "After a change of {change}, of the {others} other test samples {broken} went from right to wrong, and "
    "{mended} from wrong to right."
)
SURE = 0.9995  # written with three digits, it is 1
_FURTHER = "Further, to {change}: {broken} broken, {mended} mended."


def mending_words(mending: Mending, others: int) -> str:
    """What the charts show, in numbers."""
    last = mending.change[-1]
    if mending.right_after is None:
        return _NOT_MENDED.format(change=percent(last))
    if mending.right_after == 0:
        sentence = _RIGHT if mending.probability[0] < SURE else _RIGHT_AND_SURE
        then = _OTHERS_THEN.format(
            change=percent(last), others=others, broken=mending.broken[-1], mended=mending.mended[-1]
        )
        return sentence.format(others_then=then)
    at = mending.right_after
    words = _MENDED.format(
        change=percent(mending.change[at]), others=others, broken=mending.broken[at], mended=mending.mended[at]
    )
    if mending.broken[-1] <= mending.broken[at]:
        return words
    return f"{words} {_FURTHER.format(change=percent(last), broken=mending.broken[-1], mended=mending.mended[-1])}"
