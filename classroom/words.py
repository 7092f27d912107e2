"""Names of participants: an adjective and an animal, drawn, so that nobody has to type one.

Each word is short, friendly, and needs no dictionary in a class of fifteen-year-olds.
"""

import secrets
from collections.abc import Container

ADJECTIVES = (
    "amber", "bold", "brave", "bright", "calm", "cheerful", "clever", "curious", "eager", "fair", "fast", "gentle",
    "glad", "golden", "grand", "green", "happy", "honest", "jolly", "keen", "kind", "lively", "lucky", "merry", "mild",
    "neat", "nimble", "patient", "polite", "proud", "quick", "quiet", "ready", "silver", "smart", "steady", "sunny",
    "swift", "warm", "wise",
)  # fmt: skip
ANIMALS = (
    "badger", "bear", "beaver", "bee", "bison", "camel", "crane", "deer", "dolphin", "duck", "eagle", "falcon", "finch",
    "fox", "frog", "gecko", "goose", "hare", "hawk", "heron", "horse", "koala", "lark", "lion", "lynx", "mole", "moose",
    "otter", "owl", "panda", "parrot", "penguin", "puffin", "rabbit", "robin", "seal", "swan", "tiger", "turtle",
    "whale",
)  # fmt: skip


def name_of_two_words(taken: Container[str]) -> str:
    """One of the names that nobody has."""
    free = [name for adjective in ADJECTIVES for animal in ANIMALS if (name := f"{adjective} {animal}") not in taken]
    return secrets.choice(free)
