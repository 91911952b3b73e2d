"""Signed checkpoints: where each chain ended at a moment, one JSON line each, to be kept outside the database.

A chain in a database cannot show that its own tail was cut and its head rewritten; a checkpoint elsewhere can.
Decides: format and signature (Ed25519). Neighbour: `verify` compares chains with checkpoints.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qingyan.foundation.audit.chain import canonical, rendered
from qingyan.foundation.audit.findings import Fault, Finding

FORMAT = "qingyan checkpoint 1"


@dataclass(frozen=True)
class Checkpoint:
    """Chain `chain` had `seq` entries at `at`, the last with this hash."""

    chain: int
    seq: int
    hash: bytes
    at: datetime

    @property
    def message(self) -> bytes:
        """The signed bytes."""
        return canonical([FORMAT, str(self.chain), str(self.seq), self.hash.hex(), rendered(self.at)]).encode()


def public_key(seed: bytes) -> bytes:
    """The public key (32 bytes) by which anybody can check the lines."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def append_checkpoints(path: Path, points: list[Checkpoint], seed: bytes) -> None:
    """Sign and append, and return only when the lines are on disk."""
    signer = Ed25519PrivateKey.from_private_bytes(seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.writelines(json.dumps(_line(point, signer)) + "\n" for point in points)
        file.flush()
        os.fsync(file.fileno())


def read_checkpoints(path: Path, key: bytes) -> tuple[list[Checkpoint], list[Finding]]:
    """The checkpoints whose signature holds, and a finding for every other line. A missing file is a finding too."""
    verifier = Ed25519PublicKey.from_public_bytes(key)
    if not path.exists():
        return [], [Finding(Fault.CHECKPOINT_UNREADABLE, 0, 0)]
    points, findings = [], []
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(file, start=1):
            try:
                point, signature = _parsed(text)
                verifier.verify(signature, point.message)
            except InvalidSignature:
                findings.append(Finding(Fault.CHECKPOINT_FORGED, point.chain, number))
            except (ValueError, KeyError, TypeError):
                findings.append(Finding(Fault.CHECKPOINT_UNREADABLE, 0, number))
            else:
                points.append(point)
    return points, findings


def _line(point: Checkpoint, signer: Ed25519PrivateKey) -> dict[str, str | int]:
    return {
        "chain": point.chain,
        "seq": point.seq,
        "hash": point.hash.hex(),
        "at": rendered(point.at),
        "signature": signer.sign(point.message).hex(),
    }


def _parsed(text: str) -> tuple[Checkpoint, bytes]:
    line = json.loads(text)
    at = datetime.fromisoformat(line["at"])
    point = Checkpoint(int(line["chain"]), int(line["seq"]), bytes.fromhex(line["hash"]), at)
    return point, bytes.fromhex(line["signature"])
