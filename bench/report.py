"""The upper part of docs/performance.md, written from the figures of one run; what stands below the mark stays.

Decides how a figure is shown beside its aim and its control. A missed aim is shown as missed.
"""

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

PAPER = Path(__file__).parent.parent / "docs" / "performance.md"
MARK = "<!-- Above this line `make bench` writes; below it people do. -->"
Figures = dict[str, Any]


def conditions(load: tuple[float, float, float]) -> str:
    """Commit, time, machine and the load before the run, in one line."""
    asked = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=PAPER.parent).stdout.strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Commit {commit or 'unknown'}, {datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, {os.cpu_count()} cores, "
        f"{memory:.0f} GiB; load before the run {load[0]:.1f}, {load[1]:.1f}, {load[2]:.1f} (1, 5, 15 minutes)."
    )


def write(told: dict[str, Figures], where: str) -> None:
    """Put the tables in place."""
    parts = ["# Performance", "", where, "", *INTRODUCTION, ""]
    if "bench.answering" in told:
        parts += [*_answering(told["bench.answering"]), ""]
    if "bench.rescoring" in told:
        parts += [*_rescoring(told["bench.rescoring"]), ""]
    if "bench.roster" in told:
        parts += ["## Roster import (`bench/roster.py`)", *_plain(told["bench.roster"]), ""]
    if "bench.policy_cost" in told:
        parts += [*_policies(told["bench.policy_cost"]), ""]
    if "bench.alerts" in told:
        parts += [*_alerts(told["bench.alerts"]), ""]
    if "bench.boards" in told:
        parts += [*_boards(told["bench.boards"]), ""]
    kept = PAPER.read_text(encoding="utf-8").split(MARK)[-1] if PAPER.exists() else ""
    if "bench.policy_cost" in told:  # an older table below would be a second home of the same figures
        kept = re.sub(r"## Cost of row-level security.*?(?=\n## )\n", "", kept, flags=re.DOTALL)
    PAPER.write_text("\n".join([*parts, MARK]) + kept, encoding="utf-8")


def put(told: dict[str, Figures], where: str) -> None:
    """One measurement that was run by itself takes the place of its older table; the other tables stay.

    Only for measurements that may be run by themselves (ALONE).
    """
    before, mark, after = PAPER.read_text(encoding="utf-8").partition(MARK)
    for name, (head, lines) in ALONE.items():
        if name in told:
            before = re.sub(rf"## {head} .*?(?=\n## |\Z)", "", before, flags=re.DOTALL).rstrip()
            before += "\n\n" + "\n".join([*lines(told[name]), "", where]) + "\n\n"
    PAPER.write_text(before + mark + after, encoding="utf-8")


INTRODUCTION = (
    "`make bench` writes these tables in one run, on embedded PostgreSQL 18 with fsync, synchronous_commit and data checksums on. Load",
    "generator, web server and database share the cores. Figures of different runs differ by a third on such a machine: compare ratios of one run.",
)


def _row(what: str, figure: str, aim: str = "", verdict: bool | None = None) -> str:
    return f"| {what} | {figure} | {aim} | {'' if verdict is None else 'reached' if verdict else 'missed'} |"


def _answering(told: Figures) -> list[str]:
    best = max(told["pgbench_8"], told["pgbench_32"])
    failed = sum(told[f"{name}_failures"] for name in ("hand_in", "autosave", "crowd"))
    return [
        "## Answering over HTTP (`bench/answering.py`)",
        f"SCL-90, 90 answers, 20 schools, {told['connections']} connections as fast as they are answered. A hand-in is scored, judged by the alert rules "
        f"({told['alerts']:.2f} alerts each), filed and audited in a durable transaction. pgbench writes the same rows, alerts included, in one prepared "
        "statement, without HTTP, scope, scoring or rules, with 8 and 32 clients in the same run; the better one counts.",
        "",
        "| what | figure | aim | |",
        "|---|---|---|---|",
        _row("hand-ins a second", f"{told['hand_in_rate']:,}"),
        _row("pgbench, same rows, 8 / 32 clients", f"{told['pgbench_8']:,} / {told['pgbench_32']:,}"),
        _row(
            "hand-ins as a share of pgbench",
            f"{told['hand_in_rate'] / best:.0%}",
            "≥ 60 %",
            told["hand_in_rate"] >= 0.6 * best,
        ),
        _row("hand-in p50 / p95 / p99, ms", _times(told, "hand_in")),
        _row("autosaves a second", f"{told['autosave_rate']:,}", "≥ 5,000", told["autosave_rate"] >= 5000),
        _row("autosave p50 / p95 / p99, ms", _times(told, "autosave")),
        _row(
            f"{told['crowd']:,} pupils, an answer every {told['think']:.0f} s, 3 to 6 answers and the hand-in: p50 / p95 / p99, ms",
            _times(told, "crowd"),
            "p95 < 100",
            told["crowd_p95_ms"] < 100,
        ),
        _row("of that, requests a second", f"{told['crowd_rate']:,}"),
        _row("failed requests", f"{failed}", "0", failed == 0),
        _row(
            "load generator, cores (hand-ins / autosaves / crowd)",
            f"{told['hand_in_client_core']:.2f} / {told['autosave_client_core']:.2f} / {told['crowd_client_core']:.2f}",
        ),
    ]


def _times(told: Figures, name: str) -> str:
    return " / ".join(f"{told[f'{name}_{part}_ms']:,.1f}" for part in ("p50", "p95", "p99"))


def _rescoring(told: Figures) -> list[str]:
    return [
        "## Scoring and rescoring (`bench/rescoring.py`)",
        f"SCL-90; one process. Rescoring goes through {told['sheets']:,} stored sheets; a sheet that differs is kept, corrected, filed, judged and audited; then the writing in the database is the limit.",
        "",
        "| sheets a second | figure | aim | |",
        "|---|---|---|---|",
        _row("scoring alone, one by one, with reasons", f"{told['score_one']:,}"),
        _row("scoring alone, as a matrix", f"{told['score_matrix']:,}", "≥ 200,000", told["score_matrix"] >= 200_000),
        _row(
            "stored columns read and compared, without the database",
            f"{told['compare']:,}",
            "≥ 200,000",
            told["compare"] >= 200_000,
        ),
        _row("rescoring, nothing differs", f"{told['rescore_none']:,}"),
        _row(
            "rescoring, one in a hundred differs",
            f"{told['rescore_hundredth']:,}",
            "≥ 50,000",
            told["rescore_hundredth"] >= 50_000,
        ),
        _row(
            "rescoring, in every sheet only numbers differ",
            f"{told['rescore_numbers']:,}",
            "≥ 50,000",
            told["rescore_numbers"] >= 50_000,
        ),
        _row(
            "rescoring, every outcome differs too",
            f"{told['rescore_all']:,}",
            "≥ 50,000",
            told["rescore_all"] >= 50_000,
        ),
    ]


def _policies(told: Figures) -> list[str]:
    lines = [
        "## Cost of row-level security (`bench/policy_cost.py`, 2 million pupils, 100 schools)",
        "Aim: at most 1.25 times or 1 ms more. The control is a function per row, the shape that is not used.",
        "",
        "| question | plain WHERE, ms | policies, ms | ratio |",
        "|---|---|---|---|",
    ]
    for name, row in told.items():
        plain, ratio = (f"{row[key]:.3f}" if key in row else "" for key in ("plain_ms", "ratio"))
        lines.append(f"| {name} | {plain} | {row['policy_ms']:.3f} | {ratio} |")
    return lines


def _alerts(told: Figures) -> list[str]:
    pages = ("first page", "page 100", "one level", "one sign")
    slowest = max(told[f"{name}_p95_ms"] for name in pages)
    lines = [
        "## Alerts (`bench/alerts.py`)",
        f"A school with {told['open']:,.0f} open alerts; its queue over HTTP, one look after the other; the control is the page of a school with "
        f"{told['few']:.0f}. Then {told['asked_rate']:.0f} hand-ins a second at 20 schools, a page open at each that asks every 3 s as a browser does, and the "
        "job worker sending mail. Waits count from the child's answer to the answer that showed the alert, and to the mail that left.",
        "",
        "| what | figure | aim | |",
        "|---|---|---|---|",
    ]
    lines += [
        _row(f"queue, {name}: p50 / p95, ms", f"{told[f'{name}_p50_ms']:.0f} / {told[f'{name}_p95_ms']:.0f}")
        for name in pages
    ]
    late = max(told.get(f"{name}_p99_s", 999.0) for name in ("shown", "mailed"))
    return [
        *lines,
        _row("slowest of these, p95, ms", f"{slowest:.0f}", "< 200", slowest < 200),
        _row("control: p50 / p95, ms", f"{told['control_p50_ms']:.0f} / {told['control_p95_ms']:.0f}"),
        _row("what an open page asks, p95, ms", f"{told['live_p95_ms']:.0f}"),
        _row(
            "hand-ins a second, p95 ms, failed",
            f"{told['handed_in_rate']:.0f}, {told['hand_in_p95_ms']:.0f}, {told['failures']:.0f}",
        ),
        _row(
            "red alerts raised / shown / mailed",
            f"{told['red']:.0f} / {told['shown']:.0f} / {told['mailed']:.0f}",
            "all",
            told["red"] == told["shown"] == told["mailed"],
        ),
        _row("until an open page shows it: p50 / p99 / worst, s", _waits(told, "shown")),
        _row("until its mail has left: p50 / p99 / worst, s", _waits(told, "mailed")),
        _row("the later of the two, p99, s", f"{late:.1f}", "< 5", late < 5),
    ]


def _waits(told: Figures, name: str) -> str:
    parts = ("p50", "p99", "worst")
    return " / ".join(f"{told[f'{name}_{part}_s']:.1f}" for part in parts) if told[name] else "none"


def _boards(told: Figures) -> list[str]:
    sizes = told["sizes"]
    names = list(next(iter(sizes.values()))["p95_ms"])
    lines = [
        "## Boards (`bench/boards.py`)",
        f"41 schools in 3 districts, 20 rounds, {told['tables']:,} told tables with {told['cells']:,} cells; every page seen {told['looks']} times at each size, "
        "through the whole application in one process. Tables are made from the first sheets by the job; then sheets are added beside them. "
        f"Load at the start: {told['load']:.1f}. First build of all rounds at all schools: {told['first_build_s']:.1f} s.",
        "",
        f"| p95 in ms, sheets in the city | {' | '.join(f'{int(one):,}' for one in sizes)} | aim | |",
        f"|---|{'---|' * len(sizes)}---|---|",
    ]
    for name in names:
        figures = [one["p95_ms"][name] for one in sizes.values()]
        verdict = "reached" if max(figures) < 100 else "missed"
        lines.append(f"| {name} | {' | '.join(f'{one:.0f}' for one in figures)} | < 100 | {verdict} |")
    for name, words in (
        ("idle_s", "the hourly job, nothing new, s"),
        ("news_s", "the hourly job, one round of one school corrected, s"),
    ):
        lines.append(f"| {words} | {' | '.join(f'{one[name]:.1f}' for one in sizes.values())} | | |")
    return lines


ALONE = {"bench.boards": ("Boards", _boards)}


def _plain(told: Figures) -> list[str]:
    return ["", "| what | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in told.items())]
