"""Teaching a network one sample: the sentences of that part of the lesson on softmax."""

from core.lessons.correction import Mending
from ui.shell.language import N_, _
from ui.shell.numbers import percent

TITLE = N_("Train on one sample: what happens to the others?")
INTRODUCTION = N_(
    "A small change of the weights changes the outputs only a little. So a mistake can be fixed in small steps down "
    "the gradient of this one sample's loss. The charts show what these steps do to the other test samples. The weight "
    "change is the length of the change, as a vector, in % of the length of all weights. This part is at temperature "
    "1, whatever is chosen above."
)
_MENDED = N_(
    "**A weight change of {change} is enough**: from there (dashed line), the network is right about this sample. Of "
    "the {others} other test samples, {broken} went from right to wrong and {mended} from wrong to right."
)
_NOT_MENDED = N_("A weight change of {change} is not enough: the network stays wrong about this sample.")
_RIGHT = N_("The network is already right about this sample. The steps only make it more confident.")
_RIGHT_AND_SURE = N_(
    "The network is already right about this sample and very confident. The steps hardly change its probability."
)
_OTHERS_THEN = N_(
    "After a weight change of {change}, of the {others} other test samples {broken} went from right to wrong and "
    "{mended} from wrong to right."
)
SURE = 0.9995  # written with three digits, it is 1
_FURTHER = N_("After a weight change of {change}: {broken} from right to wrong, {mended} from wrong to right.")


def mending_words(mending: Mending, others: int) -> str:
    """What the charts show, in numbers."""
    last = mending.change[-1]
    if mending.right_after is None:
        return _(_NOT_MENDED, change=percent(last))
    if mending.right_after == 0:
        now = _(_RIGHT if mending.probability[0] < SURE else _RIGHT_AND_SURE)
        return f"{now} {_(_OTHERS_THEN, others=others, **_at(mending, -1))}"
    words = _(_MENDED, others=others, **_at(mending, mending.right_after))
    if mending.broken[-1] <= mending.broken[mending.right_after]:
        return words
    return f"{words} {_(_FURTHER, **_at(mending, -1))}"


def _at(mending: Mending, step: int) -> dict[str, object]:
    """What had changed after that step."""
    return {
        "change": percent(mending.change[step]), "broken": mending.broken[step], "mended": mending.mended[step]
    }  # fmt: skip
