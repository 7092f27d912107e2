"""An experiment as a Python script that somebody can read, run and take home: with `core`, or with PyTorch alone.

A table of own data stands in the script itself if it has at most `INLINE_ROWS` rows; otherwise the script reads
`experiment.json`, which is `Experiment.to_json()` as the page's download gives it.
"""

from .core_script import core_code
from .grid_script import grid_code
from .layout import INLINE_ROWS
from .torch_script import not_in_torch, torch_code

__all__ = ["INLINE_ROWS", "core_code", "grid_code", "not_in_torch", "torch_code"]
