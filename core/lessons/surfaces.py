"""Surfaces to walk down: functions of two parameters, x and y, as registry `SURFACES`.

They are few enough to be seen whole, which a network's loss is not, and each has one difficulty that losses have too.
Coordinates are arrays of any one shape.  Which learning rate suits an optimizer on one of them is told by
`core.lessons.descent.rate_on`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

VALLEY = 90  # how many times as steep the narrow valley is across as along
RIPPLE = 3  # height of the ripples; Rastrigin's own are 10, too high for steps that settle down

Point = tuple[float, float]
Slopes = tuple[np.ndarray, np.ndarray]  # along x and along y


@dataclass(frozen=True, kw_only=True)
class Surface:
    """One function of x and y.

    `value(x, y)` is its height and `gradient(x, y)` the pair of its slopes along x and y; `formula` is LaTeX.  `window`
    holds the (least, greatest) x and y of its picture, twice as wide as high; `starts` points to begin at, the usual
    one first; `minima` all the minima in the window.  `note` is a sentence on its difficulty and `source` the paper,
    empty where there is none.
    """

    name: str
    label: str
    formula: str
    value: Callable[[np.ndarray, np.ndarray], np.ndarray]
    gradient: Callable[[np.ndarray, np.ndarray], Slopes]
    window: tuple[Point, Point]
    starts: tuple[Point, ...]
    minima: tuple[Point, ...]
    note: str
    source: str = ""

    @property
    def lowest(self) -> float:
        """The height of its lowest minimum, which is the lowest of all its heights."""
        return float(min(self.value(*np.transpose(self.minima))))

    @property
    def lowest_points(self) -> list[Point]:
        """The minima of that height: one, or several that are equally low."""
        return [point for point in self.minima if np.isclose(self.value(*np.array(point)), self.lowest)]


def _bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x**2 + 2 * y**2


def _bowl_gradient(x: np.ndarray, y: np.ndarray) -> Slopes:
    return 2 * x, 4 * y


def _valley(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x**2 + VALLEY * y**2) / 2


def _valley_gradient(x: np.ndarray, y: np.ndarray) -> Slopes:
    return x, VALLEY * y


def _rosenbrock(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_gradient(x: np.ndarray, y: np.ndarray) -> Slopes:
    return -2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)


def _saddle(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (x**2 - y**2) / 2 + y**4 / 4


def _saddle_gradient(x: np.ndarray, y: np.ndarray) -> Slopes:
    return x, y**3 - y


def _beale(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def _beale_gradient(x: np.ndarray, y: np.ndarray) -> Slopes:
    first, second, third = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    along_x = 2 * (first * (y - 1) + second * (y**2 - 1) + third * (y**3 - 1))
    return along_x, 2 * x * (first + 2 * y * second + 3 * y**2 * third)


def _rastrigin(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return 2 * RIPPLE + x**2 + y**2 - RIPPLE * (np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y))


def _rastrigin_gradient(x: np.ndarray, y: np.ndarray) -> Slopes:
    ripple = 2 * np.pi * RIPPLE
    return 2 * x + ripple * np.sin(2 * np.pi * x), 2 * y + ripple * np.sin(2 * np.pi * y)


# Coordinates of the ripples' minima along an axis, where 2 x + 2 pi RIPPLE sin(2 pi x) is 0.
_DIPS = (-2.94934388, -1.96654540, -0.98336379, 0.0, 0.98336379, 1.96654540, 2.94934388)

# From simple to difficult.
_RECORDS = (
    Surface(
        name="bowl", label="Bowl", formula=r"x^2 + 2 y^2", value=_bowl, gradient=_bowl_gradient,
        window=((-2.4, 2.4), (-1.2, 1.2)), starts=((-2.0, 1.0), (0.0, 1.0), (2.0, -0.2)), minima=((0.0, 0.0),),
        note="Almost round, and steeper farther from the minimum: the easiest surface.",
    ),
    Surface(
        name="valley", label="Narrow valley", formula=rf"\tfrac12 \left(x^2 + {VALLEY} y^2\right)", value=_valley,
        gradient=_valley_gradient,
        window=((-2.4, 2.4), (-1.2, 1.2)), starts=((-2.0, 0.6), (-2.0, 0.0), (0.2, 1.1)), minima=((0.0, 0.0),),
        note="Steep along y, with a small slope along x. A step size that is good along x is too large along y. The "
        "valley is parallel to an axis: good for optimizers with a separate rate for each parameter.",
    ),
    Surface(
        name="rosenbrock", label="Rosenbrock's banana", formula=r"(1 - x)^2 + 100\,(y - x^2)^2", value=_rosenbrock,
        gradient=_rosenbrock_gradient,
        window=((-2.0, 2.0), (-0.3, 1.7)), starts=((-1.2, 1.0), (0.0, 1.5), (1.5, 0.0)), minima=((1.0, 1.0),),
        note="A curved valley. It is easy to reach the valley, but the way along it to the lowest point is long.",
        source="Rosenbrock 1960",
    ),
    Surface(
        name="saddle", label="Saddle", formula=r"\tfrac12 \left(x^2 - y^2\right) + \tfrac14 y^4", value=_saddle,
        gradient=_saddle_gradient,
        window=((-3.0, 3.0), (-1.5, 1.5)), starts=((-2.0, 0.001), (-2.0, 0.0), (-2.0, 0.4)),
        minima=((0.0, -1.0), (0.0, 1.0)),
        note="From the middle, it rises along x and falls along y. The slope there is 0, but it is not a minimum.",
    ),
    Surface(
        name="beale", label="Beale", value=_beale, gradient=_beale_gradient,
        formula=r"\begin{aligned} &(1.5 - x + x y)^2 \\ &+ (2.25 - x + x y^2)^2 \\ "
        r"&+ (2.625 - x + x y^3)^2 \end{aligned}",
        window=((-2.6, 6.0), (-2.3, 2.0)), starts=((1.0, 1.5), (0.0, -1.0), (4.0, -0.5)), minima=((3.0, 0.5),),
        note="The gradient is very large in some places and almost 0 in others.",
        source="Beale 1958",
    ),
    Surface(
        name="rastrigin", label="Many minima", value=_rastrigin, gradient=_rastrigin_gradient,
        formula=rf"\begin{{aligned}} &{2 * RIPPLE} + x^2 + y^2 \\ "
        rf"&- {RIPPLE} (\cos 2\pi x + \cos 2\pi y) \end{{aligned}}",
        window=((-3.8, 3.8), (-1.9, 1.9)), starts=((-3.2, 1.4), (-2.6, 1.2), (1.5, -0.6)),
        minima=tuple((x, y) for x in _DIPS for y in _DIPS[2:5]),
        note="A bowl with many local minima, one of which is the lowest. Which of them a path reaches depends on "
        "the start.",
        source="after Rastrigin 1974",
    ),
)  # fmt: skip

SURFACES: dict[str, Surface] = {record.name: record for record in _RECORDS}
