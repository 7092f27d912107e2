"""Measures all claims of `core.claims` and keeps the results, which the page *Claims, measured* opens with.

    PYTHONPATH=. python benchmarks/claims.py             # all of them: some five minutes
    PYTHONPATH=. python benchmarks/claims.py no_exp      # only these, and the others stay as they were

On one thread, one part after the other.  Everything but the times is the same every time on one machine; times want a
machine that has nothing else to do.
"""

import benchmarks.one_thread  # noqa: F401

# isort: split
import argparse
from datetime import UTC, datetime

import pandas as pd

from core.claims import CLAIM, CLAIMS, Kept, kept, measure, verdict
from core.claims.results import FILE
from core.lessons.stopwatch import machine


def measured(name: str) -> tuple:
    rows = []
    for part in CLAIMS[name].parts:
        print(f"{name}: {part} …", flush=True)
        rows += measure(name, part)
    return tuple(rows)


def table(results: Kept) -> pd.DataFrame:
    """One row for each trial of each claim."""
    rows = []
    for name, claim in CLAIMS.items():
        found = verdict(claim, results.rows[name])
        for each in found.trials.values():
            trial = each.trial
            counts = (each.holds, each.fails) if trial.role == CLAIM else ("", "")
            word = found.findings[trial.condition].word if trial.role == CLAIM else trial.role
            rows.append((name, word, trial.name, *counts, each.parts, each.median, each.least, each.greatest))
    columns = ["claim", "verdict", "trial", "holds", "fails", "parts", "median", "least", "greatest"]
    return pd.DataFrame(rows, columns=columns)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "claims", nargs="*", choices=[[], *CLAIMS], help="names of claims; all of them if there is none"
    )
    names = parser.parse_args().claims or list(CLAIMS)
    rows = dict(kept().rows) if FILE.exists() else {}
    rows |= {name: measured(name) for name in names}
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    results = Kept(today, f"{machine()}, one thread", {name: rows[name] for name in CLAIMS})
    FILE.write_text(results.to_json() + "\n", encoding="utf-8")
    print(table(results).to_string(index=False, float_format="%.3g"))


if __name__ == "__main__":
    main()
