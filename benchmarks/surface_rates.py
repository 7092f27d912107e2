"""Which learning rate suits each optimizer on each surface: the source of the rates on the optimizers' records.

    PYTHONPATH=. python benchmarks/surface_rates.py

The rule is that of `core.lessons.descent.best_rate`.
"""

from core.lessons.descent import best_rate
from core.lessons.surfaces import SURFACES
from core.nn.optimizers import OPTIMIZERS


def main() -> None:
    for name in OPTIMIZERS:
        print(f"{name}:", ", ".join(f'"{surface}": {best_rate(surface, name)}' for surface in SURFACES))


if __name__ == "__main__":
    main()
