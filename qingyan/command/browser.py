"""Sees to the browser of the journey tests before `make test`: python -m qingyan.command.browser.

On Debian as root it installs the packaged Chromium; anywhere else it says in one line what is missing.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
APT = {"DEBIAN_FRONTEND": "noninteractive"}
SECONDS = 600


def main() -> int:
    """Never fails the tests: those that need a browser say themselves that they were not run."""
    if any(map(shutil.which, NAMES)):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.stdout.write("No Chromium here, so the browser tests are not run. On Debian: apt-get install chromium\n")
        return 0
    sys.stdout.write("Installing Chromium for the browser tests\n")
    if not (_apt("install") or (_apt("update") and _apt("install"))):
        sys.stdout.write("Chromium could not be installed, so the browser tests are not run.\n")
    return 0


def _apt(verb: str) -> bool:
    packages = ["--no-install-recommends", "chromium"] if verb == "install" else []
    line = ["apt-get", "-qq", "-y", verb, *packages]
    try:
        done = subprocess.run(line, env=os.environ | APT, capture_output=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
