"""How often the rule for claims finds what is there, and what is not.

    PYTHONPATH=. python benchmarks/claims_power.py    # some ten seconds; prints the tables of docs/claims.md

A claim is tested by trials in six datasets.  In one test, each seed's figure lies above the line with a probability p:
0.5 where there is nothing to find, 0.9 where the claim is right, 0.1 where its opposite is.  Trials of one dataset
share their seeds, so their figures go together (correlation 0.5).  The rule before, kept here to compare with, had 8
seeds and a one-sided sign test, and counted the share of tests that held.
"""

import numpy as np
from scipy.stats import binom, norm

from core.claims import outermost
from core.claims.paired import SEEDS
from core.claims.rule import NOT_DECIDED, NOT_SUPPORTED, PARTLY, SUPPORTED, WEAKLY, word

CLAIMS = 10_000
CORRELATION = 0.5
DATASETS = 6
BEFORE, NEEDED_BEFORE = 8, 7  # seeds, and how many on one side
WORDS = (SUPPORTED, PARTLY, WEAKLY, NOT_SUPPORTED, NOT_DECIDED)
# What is true in the six datasets, from case to case.
TRUTHS = {
    "nothing to find anywhere": (0.5,) * 6,
    "right everywhere, p = 0.8": (0.8,) * 6,
    "right everywhere, p = 0.9": (0.9,) * 6,
    "right on five, the opposite on one": (0.9,) * 5 + (0.1,),
    "right on three, nothing on three": (0.9,) * 3 + (0.5,) * 3,
    "right on three, the opposite on three": (0.9,) * 3 + (0.1,) * 3,
    "the opposite on four, nothing on two": (0.1,) * 4 + (0.5,) * 2,
    "the opposite everywhere": (0.1,) * 6,
}


def above(truth: tuple[float, ...], trials: int, seeds: int, rng: np.random.Generator) -> np.ndarray:
    """(claim, trial, dataset): how many of the seeds' figures lie above the line."""
    counts = np.empty((CLAIMS, trials, DATASETS), int)
    for dataset, p in enumerate(truth):
        shared = rng.standard_normal((CLAIMS, 1, seeds), np.float32)
        own = rng.standard_normal((CLAIMS, trials, seeds), np.float32)
        figures = np.sqrt(CORRELATION) * shared + np.sqrt(1 - CORRELATION) * own
        counts[:, :, dataset] = (figures > norm.ppf(1 - p)).sum(axis=2)
    return counts


def verdicts(counts: np.ndarray, seeds: int) -> list[float]:
    """The share of claims with each of `WORDS`."""
    needed = seeds - outermost(seeds)
    holds, fails = ((each >= needed).sum(axis=(1, 2)) for each in (counts, seeds - counts))
    tests = counts[0].size
    words = np.array(
        [[word(h, f, tests) if h + f <= tests else "" for f in range(tests + 1)] for h in range(tests + 1)]
    )
    found = words[holds, fails]
    return [float((found == each).mean()) for each in WORDS]


def main() -> None:
    rng = np.random.default_rng(0)
    seeds = len(SEEDS)
    needed = seeds - outermost(seeds)
    print("A test holds, in % (exact)\n")
    print(f"| p | before: {NEEDED_BEFORE} of {BEFORE} seeds | now: {needed} of {seeds} |")
    print("| ---: | ---: | ---: |")
    for p in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        powers = [binom.sf(some - 1, of, p) for some, of in ((NEEDED_BEFORE, BEFORE), (needed, seeds))]
        print(f"| {p:g} | {' | '.join(f'{100 * power:.1f}' for power in powers)} |")
    print("\nThe verdict, in % (simulated)\n")
    print(f"| what is true | trials | before: some support | {' | '.join(WORDS)} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, truth in TRUTHS.items():
        for trials in (1, 3):
            before = (above(truth, trials, BEFORE, rng) >= NEEDED_BEFORE).any(axis=(1, 2)).mean()
            now = verdicts(above(truth, trials, seeds, rng), seeds)
            cells = " | ".join(f"{100 * share:.1f}" for share in (before, *now))
            print(f"| {name} | {trials} | {cells} |")


if __name__ == "__main__":
    main()
