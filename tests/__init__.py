"""Tests, in folders that mirror the code; `reference` has numbers recorded from PyTorch, `browser` needs a Chromium."""

from pathlib import Path

ROOT = Path(__file__).parents[1]  # of the project
REFERENCE = Path(__file__).parent / "reference"
