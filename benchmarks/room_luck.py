"""How often a room names a winner, looking whenever somebody has joined: where there is none, and where there is one.

    PYTHONPATH=. python benchmarks/room_luck.py            # about a minute; prints the tables

Compared are the interval of a single look, `intervals`, and the one that holds at all looks, `lasting_intervals`, as
`classroom.pooled` uses it.  Accuracies are those of `benchmarks/luck.py`.  In the last cases one of two networks fails
with a few seeds, and is better with all others, so that their means are equal: no interval by Student's t is made for
that.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.luck import drawn, named, trained
from core.analysis.luck import intervals, lasting_intervals

ROOMS, SMALL, LARGE = 4000, 30, 100  # drawn rooms; people of a small one and of a large one


def leaders(accuracies: np.ndarray, intervals_of: Callable) -> np.ndarray:
    """(room, people) whether a winner is named with so many, of accuracies (room, setting, person)."""
    found = np.zeros((len(accuracies), accuracies.shape[2] + 1), bool)
    for people in range(3, accuracies.shape[2] + 1):
        found[:, people], _ = named(accuracies[:, :, :people], lambda each: (intervals_of(each)[1] > 0).all(axis=1))
    return found


def failing(share: float, depth: float, rng: np.random.Generator) -> np.ndarray:
    """Accuracies (room, 2, person) of equal mean: the first fails with that share of the seeds, by so many standard
    deviations of the other."""
    accuracies = rng.standard_normal((ROOMS, 2, LARGE))
    accuracies[:, 0] += depth * (share - (rng.random((ROOMS, LARGE)) < share))
    return accuracies


def print_errors(rng: np.random.Generator) -> None:
    print("A winner is named though there is none, in % (interval of one look / lasting interval)\n")
    print(f"| networks | one look, at {SMALL} people | after each of {SMALL} | after each of {LARGE} |")
    print("| --- | ---: | ---: | ---: |")
    cases = {
        "2 equal": drawn(2, LARGE, 0, 2, rng)[:ROOMS],
        "4 equal": drawn(4, LARGE, 0, 4, rng)[:ROOMS],
        "4, two equal, the rest far behind": drawn(4, LARGE, 0, 2, rng)[:ROOMS],
        "2 real ones, equal": trained(rng, 2, LARGE)[:ROOMS],
        "2 of equal mean, one fails with 20 % of seeds, by 5 sd": failing(0.2, 5, rng),
        "2 of equal mean, one fails with 5 % of seeds, by 5 sd": failing(0.05, 5, rng),
        "2 of equal mean, one fails with 5 % of seeds, by 20 sd": failing(0.05, 20, rng),
    }
    for name, accuracies in cases.items():
        by_rule = [leaders(accuracies, each) for each in (intervals, lasting_intervals)]
        looks = ([SMALL], range(SMALL + 1), range(LARGE + 1))
        cells = [" / ".join(f"{100 * each[:, look].any(axis=1).mean():.1f}" for each in by_rule) for look in looks]
        print(f"| {name} | {' | '.join(cells)} |")


def print_power(rng: np.random.Generator) -> None:
    print("\nPeople with whom the better one of two networks is named in half of the rooms / in nine of ten\n")
    print("| lead | one look | lasting interval |")
    print("| ---: | ---: | ---: |")
    for lead in (0.5, 1, 2, 3):
        accuracies = drawn(2, LARGE, lead, 2, rng)[:ROOMS]
        once = leaders(accuracies, intervals).mean(axis=0)  # of rooms that look once, with so many
        until = np.maximum.accumulate(leaders(accuracies, lasting_intervals), axis=1).mean(axis=0)
        cells = [" / ".join(_least(each, share) for share in (0.5, 0.9)) for each in (once, until)]
        print(f"| {lead} sd | {' | '.join(cells)} |")


def _least(shares: np.ndarray, enough: float) -> str:
    """The fewest people with whom so large a share of the rooms names the winner."""
    people = np.flatnonzero(shares >= enough)
    return str(people[0]) if len(people) else f"over {LARGE}"


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    print_errors(rng)
    print_power(rng)
