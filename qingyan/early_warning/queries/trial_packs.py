"""What a model has to show, from the file in force."""

import json
from functools import cache
from pathlib import Path

import yaml

from qingyan.early_warning.rules.trial import TrialPack

SHELF = Path(__file__).resolve().parents[1] / "library" / "trial"
CURRENT = "1.0"


@cache
def current() -> TrialPack:
    """The pack in force. Raises pydantic's ValidationError with what is wrong."""
    return parse((SHELF / f"{CURRENT}.yaml").read_text(encoding="utf-8"))


def parse(text: str) -> TrialPack:
    """A pack from YAML text, checked."""
    return TrialPack.model_validate_json(json.dumps(yaml.safe_load(text)))
