"""Where the embedded cluster lives and as whom it runs: PostgreSQL refuses to run as root.

Decides: ordinary user -> as is; root with user namespaces -> mapped, files stay in the data directory; root without ->
`nobody`, with cluster (and, if it cannot reach them, binaries) under /var/lib/qingyan. The choice is kept.
"""

import hashlib
import json
import os
import pwd
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from qingyan.foundation.database.binaries import CannotRun
from qingyan.foundation.database.child import MAPPED, SAME, command

LODGINGS = Path("/var/lib/qingyan")
FALLBACK_USER = "nobody"
TRUE = shutil.which("true") or "/bin/true"


@dataclass(frozen=True, slots=True)
class Dwelling:
    """The cluster's folder, the identity for `child.command`, and the folder of the binaries it may run."""

    cluster: str
    identity: str
    binaries: str


def dwelling_for(data_dir: Path, bin_dir: Path, identity: str | None = None) -> Dwelling:
    """The kept choice, or a new one. Raises CannotRun when the kept identity is no longer possible."""
    note = data_dir / "postgres.dwelling.json"
    if note.exists():
        kept = Dwelling(**json.loads(note.read_text(encoding="utf-8")) | {"binaries": str(bin_dir)})
        if not _can_become(kept.identity):
            raise CannotRun(
                f"the cluster in {kept.cluster} was made to run as “{kept.identity}”, which is not possible now; "
                "start as the user who made it, or set DATABASE_URL to a PostgreSQL server"
            )
        return _settled(kept)
    chosen = identity or _identity()
    cluster = data_dir / "postgres" if chosen in (SAME, MAPPED) else _lodging(data_dir) / "postgres"
    dwelling = _settled(Dwelling(cluster=str(cluster), identity=chosen, binaries=str(bin_dir)))
    note.write_text(json.dumps(asdict(dwelling)), encoding="utf-8")
    return dwelling


def _identity() -> str:
    if os.geteuid() != 0:
        return SAME
    if _can_become(MAPPED):
        return MAPPED
    nobody = pwd.getpwnam(FALLBACK_USER)
    return f"{nobody.pw_uid}:{nobody.pw_gid}"


def _can_become(identity: str) -> bool:
    return _runs(identity, [TRUE])


def _runs(identity: str, program: list[str]) -> bool:
    return subprocess.run(command(identity, program), capture_output=True, check=False).returncode == 0


def _settled(dwelling: Dwelling) -> Dwelling:
    """Makes the folder that the other user needs, with binaries it can reach."""
    if dwelling.identity in (SAME, MAPPED):
        return dwelling
    uid, gid = (int(part) for part in dwelling.identity.split(":"))
    lodging = Path(dwelling.cluster).parent
    LODGINGS.mkdir(mode=0o755, parents=True, exist_ok=True)
    lodging.mkdir(mode=0o700, exist_ok=True)
    os.chown(lodging, uid, gid)
    program = str(Path(dwelling.binaries) / "initdb")  # needs more libraries than postgres itself
    if _runs(dwelling.identity, [program, "--version"]):
        return dwelling
    binaries = _copied(Path(dwelling.binaries), lodging)
    if not _runs(dwelling.identity, [str(binaries / "initdb"), "--version"]):
        raise CannotRun(
            f"user {FALLBACK_USER} can run neither {program} nor its copy; set DATABASE_URL to a PostgreSQL server"
        )
    return Dwelling(cluster=dwelling.cluster, identity=dwelling.identity, binaries=str(binaries))


def _copied(binaries: Path, lodging: Path) -> Path:
    """A copy of the whole installation: bin, lib, share and the wheel's libraries keep their places to each other."""
    installation = binaries.parent
    mark = hashlib.sha256(f"{installation} {(binaries / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = lodging / f"binaries-{mark}"
    package = installation.parent
    if not copy.exists():
        draft = lodging / f"binaries-{mark}.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(installation, draft / package.name / installation.name, symlinks=True)
        if (libraries := package.with_name(f"{package.name}.libs")).exists():
            shutil.copytree(libraries, draft / libraries.name)
        for folder in (draft, draft / package.name):
            folder.chmod(0o755)
        draft.rename(copy)
    return copy / package.name / installation.name / binaries.name


def _lodging(data_dir: Path) -> Path:
    return LODGINGS / hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
