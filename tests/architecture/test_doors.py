"""A domain may enter another domain only through its front doors, and the arrows between domains point one way."""

import subprocess
import sys
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
DOORS = {"api", "contracts", "events"}
NOT_DOMAINS = {"config", "foundation", "ui", "command", "demo"}


def _domain_and_part(module: str) -> tuple[str | None, str | None]:
    _, domain, part, *_ = [*module.split("."), None, None]
    return domain, part


def _trespasses() -> list[str]:
    graph = grimp.build_graph("qingyan", cache_dir=None)
    found = []
    for importer in sorted(graph.modules):
        home, _ = _domain_and_part(importer)
        for imported in graph.find_modules_directly_imported_by(importer):
            domain, part = _domain_and_part(imported)
            if domain in {None, home} | NOT_DOMAINS or home in NOT_DOMAINS:
                continue
            if part not in DOORS:
                found.append(f"{importer} -> {imported}")
    return found


def test_domains_enter_each_other_only_through_their_front_doors():
    assert _trespasses() == []


def test_the_arrows_between_domains_point_one_way():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
