"""Starts a program that dies with its parent, as an unprivileged user where asked.

Decides: the parent-death signal and how root is given up. Knows neither PostgreSQL (`launcher`) nor web workers.
Run as a script with `python -I -S`, so it uses the standard library alone, and one thread, which user namespaces need.

    child.py PARENT_PID SIGNAL IDENTITY PROGRAM [ARGUMENT ...]      IDENTITY: same | mapped | UID:GID
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
MAPPED_ID = 1000  # any id but 0: inside its namespace the server sees itself as an ordinary user
SAME, MAPPED = "same", "mapped"
CANNOT_BECOME = 77  # exit code: the identity could not be taken


def command(identity: str, program: Sequence[str], *, death_signal: int = signal.SIGTERM) -> list[str]:
    """The argument list which runs `program` under this script, tied to the calling process."""
    python = [sys.executable, "-I", "-S", str(Path(__file__).resolve())]
    return [*python, str(os.getpid()), str(int(death_signal)), identity, *program]


def die_with_parent(death_signal: int) -> None:
    """Asks the kernel for `death_signal` when the parent thread ends. OSError where it refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")


def take(identity: str) -> None:
    """Becomes the identity; OSError where the system does not allow it."""
    if identity == SAME:
        return
    if identity == MAPPED:
        _enter_user_namespace()
        return
    uid, gid = (int(part) for part in identity.split(":"))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _enter_user_namespace() -> None:
    """Root outside, user 1000 inside: files stay root's, but `postgres` does not see itself as root, so it starts."""
    uid, gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER) was refused")
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{MAPPED_ID} {uid} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{MAPPED_ID} {gid} 1", encoding="ascii")


def main(arguments: Sequence[str]) -> int:
    """Becomes the program; returns only when that is not possible."""
    parent, death_signal, identity, *program = arguments
    try:
        take(identity)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"cannot become {identity}: {error}\n")
        return CANNOT_BECOME
    die_with_parent(int(death_signal))  # after the identity: changing credentials clears it
    if os.getppid() != int(parent):  # the parent died before the line above
        return 1
    return os.execv(program[0], program)  # noqa: S606  this is what the file is for


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
