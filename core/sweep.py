"""The command line of sweeps: `python -m core.sweep grid.json --out results.csv` (see `core.sweeps.command`)."""

import sys

from .sweeps.command import main
from .sweeps.running import sweep

if __name__ == "__main__":
    main()
else:  # where this module is imported, `core.sweep` is still the function
    sys.modules[__name__] = sweep  # type: ignore[assignment]
