"""`python -m tests.differential --seconds 600 --seed 7`: compare on and on, on every core.

Seeds are counted up from the first one, so that a difference can be found again. Ends at the
first difference, which is told shrunk, or when the time is over.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import sys
import time

from tests.differential.comparing import Count
from tests.differential.searching import difference_at, wrong_at
from tests.protocols import default_protocol

COURSES = 20
"""Courses that a process looks at before it reports."""


def look_at(first: int) -> tuple[Count, str]:
    """Compare some courses from a seed on, and live one of them through in a clinic."""
    protocol, count = default_protocol(), Count()
    for seed in range(first, first + COURSES):
        if different := difference_at(seed, protocol, count):
            return count, different
    return count, wrong_at(first, protocol, count)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long to go on")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first history")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    total, start = Count(), time.monotonic()

    with multiprocessing.Pool(given.processes) as pool:
        firsts = itertools.count(given.seed, COURSES)
        while time.monotonic() - start < given.seconds:
            batch = itertools.islice(firsts, given.processes * 4)
            for count, different in pool.imap_unordered(look_at, batch):
                total.add(count)
                if different:
                    tell(different)
                    return 1
            seconds = time.monotonic() - start
            tell(f"{total}; {total.comparisons / seconds:,.0f} a second")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
