"""Tests mirror the tree: a module with rules, actions, queries or views has a test module of its own name or folder."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = (
    "organisations",
    "people",
    "notifications",
    "instruments",
    "archives",
    "consent",
    "screening",
    "concerns",
    "alerts",
    "cases",
    "papers",
    "early_warning",
    "insight",
)
PARTS = ("rules", "actions", "queries", "policy", "subscribers", "workflow", "api", "jobs")

# Proven elsewhere, with the place.
ELSEWHERE = {
    "alerts/workflow": "tests/foundation/pure/test_workflow.py",
    "screening/workflow": "tests/foundation/pure/test_workflow.py",
}


def _has_mirror(domain: str, part: str) -> bool:
    folder = ROOT / "tests" / domain
    patterns = (f"test_{part}*.py", f"test_*{part}.py", f"{part}/test_*.py")
    return any(next(folder.rglob(pattern), None) for pattern in patterns)


def test_every_part_of_a_domain_has_its_mirror():
    missing = []
    for domain in DOMAINS:
        for part in PARTS:
            source = ROOT / "qingyan" / domain
            exists = (source / f"{part}.py").exists() or (source / part).is_dir()
            if exists and f"{domain}/{part}" not in ELSEWHERE and part != "policy" and not _has_mirror(domain, part):
                missing.append(f"{domain}/{part}")
    assert missing == []
