from pathlib import Path

import numpy as np
import pytest


@pytest.fixture(scope="session")
def torch_numbers() -> dict[str, np.ndarray]:
    """What `reference/record_torch.py` recorded."""
    with np.load(Path(__file__).parent / "reference" / "torch.npz") as recorded:
        return dict(recorded)
