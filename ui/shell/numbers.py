"""Numbers in sentences: with a true minus, without a negative 0, and with a power of ten instead of e-05."""

from collections.abc import Sequence

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(number: float) -> str:
    """Two digits: `0.31`, `460`, `5.1·10⁻⁷`."""
    text = f"{float(f'{number:.2g}'):g}"
    digits, _, exponent = text.partition("e")
    return f"{digits}·10{str(int(exponent)).translate(RAISED)}" if exponent else text


def written(number: float, digits: int = 4) -> str:
    """So many digits: `−0.758`, `4.542·10⁻⁵`."""
    text = f"{float(number) + 0.0:.{digits}g}".replace("-", "−")  # -0.0 + 0.0 is 0.0
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}·10{str(int(exponent.replace('−', '-'))).translate(RAISED)}" if exponent else mantissa


def probability(p: float) -> str:
    """Three digits or, where they would make it 1, how much is missing: `0.659`, `1 − 4.5·10⁻⁵`."""
    return f"1 − {short(1 - p)}" if 0.9995 <= p < 1 else written(p, 3)


def percent(share: float) -> str:
    """Of a share from 0 to 1: `95.6 %`."""
    return f"{100 * share:.1f} %"


def points(difference: float) -> str:
    """Of a difference of two shares, in percentage points: `1.9`, `−0.4`."""
    return f"{100 * difference + 0.0:.1f}".replace("-0.0", "0.0").replace("-", "−")


def pair(point: Sequence[float]) -> str:
    """Two coordinates."""
    x, y = point
    return f"({written(x)}, {written(y)})"


def count(number: int, noun: str) -> str:
    """`1 epoch`, `2 epochs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
