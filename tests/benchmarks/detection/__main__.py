"""How well alerts are detected: product, naive peer rule and ideal observer side by side.

    python -m tests.benchmarks.detection --simulator FOLDER

FOLDER is the detection study's (simulate.py, generate_cohort.py, score.py, reference_rules.py).
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click

from tests.benchmarks.detection import ideal
from tests.benchmarks.detection.burden import Weight
from tests.benchmarks.detection.measure import Figures, Measured, ideal_at, measure, score
from tests.benchmarks.detection.simulator import NoSimulator, Simulator, find_simulator

HEAD = f"{'':31}{'s14':>6}{'s28':>6}{'s60':>6}{'delay':>7}{'FA/py':>7}{'PPV':>6}{'rmd60':>7}"


@click.command(help=__doc__)
@click.option("--simulator", "folder", type=click.Path(path_type=Path), required=True)
@click.option("--patients", default=300, show_default=True, help="In each family.")
@click.option("--seed", default=21, show_default=True)
@click.option("--family", "wanted", multiple=True, help="Only this one; may be given again.")
@click.option("--workers", default=2, show_default=True, help="Families measured at a time.")
@click.option("--ask-again", "ask", is_flag=True, help="Also simulate extra reports asked for.")
def main(
    folder: Path, patients: int, seed: int, wanted: tuple[str, ...], workers: int, ask: bool
) -> None:
    began = time.monotonic()
    try:
        simulator = find_simulator(folder)
    except NoSimulator as error:
        raise click.ClickException(str(error)) from None
    families = wanted or tuple(simulator.families)
    unknown = set(families) - set(simulator.families)
    if unknown:
        raise click.ClickException(
            f"There is no family {', '.join(sorted(unknown))}; "
            f"there are {', '.join(simulator.families)}."
        )
    pooled = Measured()
    with ProcessPoolExecutor(min(workers, len(families))) as pool:
        jobs = [pool.submit(measure, folder, f, seed, patients, ask) for f in families]
        for family, job in zip(families, jobs, strict=True):
            measured = job.result()
            _tell(simulator, f"{family} (seed {seed}, {patients} patients)", measured, ask)
            pooled.join(measured)
    if len(families) > 1:
        _tell(simulator, f"pooled: {', '.join(families)}", pooled, ask)
    click.echo(f"{time.monotonic() - began:.0f} s")


def _tell(simulator: Simulator, title: str, measured: Measured, ask: bool) -> None:
    lines = [*_detection(simulator, measured), *_burden(measured)]
    if ask:
        lines += _asking(simulator, measured)
    click.echo("\n".join(["", f"== {title}", *lines]))
    sys.stdout.flush()


def _detection(simulator: Simulator, measured: Measured) -> Iterator[str]:
    product = score(simulator, measured.product, measured.truth)
    naive = score(simulator, measured.naive, measured.truth)
    yield HEAD
    for kind in simulator.score.KINDS:
        yield _line(kind, "product", product[kind])
        yield _line("", "naive", naive[kind])
        if kind in ideal.KINDS:
            best = ideal_at(simulator, measured, kind, product[kind]["fa_py"])
            yield _line("", "ideal", best) if best else f"{'':21}ideal     out of its sweep"
    for who, found in (("product", product), ("naive", naive)):
        every = found["all"]
        yield (
            f"{'all':21}{who:10}{every['fa_py']:.2f} false alarms and {every['load_py']:.1f} rows "
            f"per patient-year ({every['years']:.0f} years)"
        )


def _line(kind: str, who: str, figures: Figures) -> str:
    def number(name: str, form: str) -> str:
        value = figures[name]
        return format("-" if math.isnan(value) else format(value, form), f">{WIDTHS[name]}")

    told = "".join(number(name, form) for name, form in FORMS.items())
    return f"{kind:21}{who:10}{told}"


FORMS = {
    "s14": ".2f",
    "s28": ".2f",
    "s60": ".2f",
    "delay": ".1f",
    "fa_py": ".3f",
    "ppv": ".2f",
    "rmd60": ".1f",
}
WIDTHS = {name: 7 if name in ("delay", "fa_py", "rmd60") else 6 for name in FORMS}


def _burden(measured: Measured) -> Iterator[str]:
    burden, own = measured.burden, measured.own_schedule
    yield (
        f"burden: {burden.per_100(burden.raising):.1f} in 100 reports raise a new alert "
        f"({burden.raising} of {burden.reports}); new alerts per 100 reports:"
    )
    yield f"  {'with a report':28}{_per_rule(burden, burden.with_report.items())}"
    yield f"  {'by time alone':28}{_per_rule(burden, burden.by_time.items())}"
    yield (
        f"  {'missed, own schedule':28}{own.per_100(own.missed):.1f} "
        f"({own.missed / own.patient_years:.1f} per patient-year; "
        f"on the protocol's {burden.per_100(burden.missed):.1f})"
    )


def _per_rule(burden: Weight, counts: Iterable[tuple[str, int]]) -> str:
    most_first: Callable[[tuple[str, int]], int] = lambda pair: -pair[1]  # noqa: E731
    told = [f"{n} {burden.per_100(c):.2f}" for n, c in sorted(counts, key=most_first)]
    return ", ".join(told) or "none"


def _asking(simulator: Simulator, measured: Measured) -> Iterator[str]:
    asking, years = measured.asking, measured.burden.patient_years
    yield (
        f"asking again: {asking.asked / years:.1f} extra reports asked for per patient-year, "
        f"{asking.answered / years:.1f} given"
    )
    without = score(simulator, asking.without, measured.truth)
    with_it = score(simulator, asking.with_it, measured.truth)
    yield HEAD
    for kind in simulator.score.KINDS:
        yield _line(kind, "without", without[kind])
        yield _line("", "asking", with_it[kind])


if __name__ == "__main__":
    main()
