"""Verifying the audit trail and signing its present end."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from qingyan.command.work.migrating import owner
from qingyan.foundation.audit import api


def default_file() -> Path:
    """Where checkpoints are appended when no file is named."""
    return Path(settings.QINGYAN_DATA_DIR) / "audit-checkpoints.jsonl"


def verify(file: Path | None) -> dict[str, Any]:
    """Findings with their words; without a checkpoint file, a cut tail cannot be seen, and the words say so."""
    path = file or (default_file() if default_file().exists() else None)
    findings = api.verify_all(owner(), path)
    told = [{"fault": str(one.fault), "chain": one.chain, "seq": one.seq, "words": str(one)} for one in findings]
    compared = f"compared with {path}" if path else "no checkpoint file: a cut tail would not be seen"
    return {"findings": told, "checkpoints": str(path) if path else None, "words": f"the trail is whole; {compared}"}


def checkpoint(file: Path | None) -> dict[str, Any]:
    """Appends one signed line per chain."""
    path = file or default_file()
    return {"chains": api.write_checkpoint(owner(), path, timezone.now()), "file": str(path)}
