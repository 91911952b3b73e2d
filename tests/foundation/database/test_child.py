"""A child dies with its parent and gives up root as it was told."""

import os
import signal
import subprocess
import sys

import pytest

from qingyan.foundation.database.child import CANNOT_BECOME, MAPPED, MAPPED_ID, SAME, command
from tests.foundation.database.conftest import gone, is_root

NOBODY = "65534:65534"
WHO = "import os; print(os.getuid(), os.getgid(), os.getgroups())"


def _said(identity: str) -> subprocess.CompletedProcess[str]:
    line = command(identity, ["/usr/bin/python3", "-c", WHO])
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_the_same_user_stays():
    assert _said(SAME).stdout.split()[0] == str(os.getuid())


@pytest.mark.skipif(not is_root(), reason="only root can become another user")
def test_another_user_is_taken_with_its_groups():
    assert _said(NOBODY).stdout.strip() == "65534 65534 []"


@pytest.mark.skipif(not is_root(), reason="what root needs")
def test_root_is_mapped_to_an_ordinary_user_in_its_own_namespace():
    done = _said(MAPPED)
    if done.returncode == CANNOT_BECOME:
        pytest.skip("this system has no user namespaces")
    assert done.stdout.split()[0] == str(MAPPED_ID)


def test_an_impossible_identity_has_its_own_exit_code():
    done = _said("not-a-user")
    assert done.returncode == CANNOT_BECOME
    assert "cannot become not-a-user" in done.stderr


def test_a_child_whose_parent_is_already_gone_does_not_start():
    line = command(SAME, ["/bin/echo", "started"])
    line[4] = "1"  # as if the caller had died and init had taken the child over
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize(
    "identity", [SAME, pytest.param(MAPPED, marks=pytest.mark.skipif(not is_root(), reason="root"))]
)
def test_kill_9_of_the_parent_reaches_the_child(identity: str):
    script = (
        "import subprocess, sys, time; from qingyan.foundation.database.child import command;"
        "p = subprocess.Popen(command(sys.argv[1], ['/bin/sleep', '300'])); time.sleep(1);"
        "print(p.pid, flush=True); time.sleep(300)"
    )
    with subprocess.Popen([sys.executable, "-c", script, identity], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert gone(pid)
