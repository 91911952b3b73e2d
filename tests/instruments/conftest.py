"""Where the published item-level data lie. They are no part of the repository; without them their tests skip."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of test data: QINGYAN_TEST_DATA, else shared/data beside the repository."""
    named = os.environ.get("QINGYAN_TEST_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no published test data: set QINGYAN_TEST_DATA to the folder that holds nhanes/ and r/")
    return folder
