"""What several unit tests use."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from simulator.catalogue.loading import SHARED

PACKAGE = Path(str(files("simulator.catalogue")))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The catalogue's files, to break them."""
    for name in SHARED:
        shutil.copy(PACKAGE / name, tmp_path)
    shutil.copytree(PACKAGE / "screens", tmp_path / "screens")
    return tmp_path
