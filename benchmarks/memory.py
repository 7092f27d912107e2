"""What many different sessions leave in memory: `PYTHONPATH=. python benchmarks/memory.py`.

Visitors come one after the other, each with an experiment that nobody has trained before, and leave when they have seen
it.  After so many of them the memory of the server, of each of its workers and of all together, as PSS: pages that
several processes share count once.
"""

import argparse

import psutil

from benchmarks.visitors import Visitor, server

AFTER = (0, 100, 300, 600)  # sessions
LOOKS = 40  # at most, until a session has seen its networks


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--after", type=int, nargs="*", default=AFTER, help="sessions")
    asked = parser.parse_args()
    print(f"{'sessions':>8}{'all, MB':>10}{'server':>10}{'others':>30}")
    with server() as (url, process):
        visit(url, 0)  # starts the workers
        seen = 0
        for sessions in asked.after:
            for number in range(seen + 1, sessions + 1):
                visit(url, number)
            seen = sessions
            own, *others = megabytes(process)
            line = f"{sessions:8}{own + sum(others):10.0f}{own:10.0f}"
            print(f"{line}{', '.join(f'{each:.0f}' for each in others):>30}", flush=True)


def visit(url: str, number: int) -> None:
    """Opens Compare with that seed until the networks are there, as a page does that looks again."""
    query = f"seed={number}&inside=relu"
    with Visitor(url) as visitor:
        elements = 0
        for _ in range(LOOKS):
            visitor.open(query=query)
            if visitor.elements <= elements:
                break
            elements = visitor.elements


def megabytes(process: psutil.Process) -> list[float]:
    """The PSS of a process and of all that it has started."""
    processes = [process, *process.children(recursive=True)]
    return [each.memory_full_info().pss / 1e6 for each in processes]


if __name__ == "__main__":
    main()
