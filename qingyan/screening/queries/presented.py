"""What is shown of an instrument in one round: the file's words, or the words that the round froze when planned."""

from typing import Any
from uuid import UUID

from qingyan.instruments import api as instruments
from qingyan.instruments.api.wordings import concerns_of, words_of
from qingyan.instruments.contracts import Wording
from qingyan.screening.models import CampaignInstrument


def presented(campaign: UUID, code: str, version: str, age: int | None) -> dict[str, Any]:
    """The page or the paper, as instruments.presentation. Asks the database only where the file ships no words."""
    return instruments.presentation(code, version, age=age, words=brought_words(campaign, code, version))


def brought_words(campaign: UUID, code: str, version: str) -> Wording | None:
    """The words that the round froze; None where the file ships its own."""
    wording = _frozen(campaign, code, version)
    return words_of(wording) if wording else None


def marks_in(campaign: UUID, code: str, version: str) -> dict[str, str]:
    """Item id -> concern, as marked in the words that the round froze; empty where the file ships its own."""
    wording = _frozen(campaign, code, version)
    return concerns_of(wording) if wording else {}


def _frozen(campaign: UUID, code: str, version: str) -> UUID | None:
    if not instruments.instrument(code, version).needs_wording:
        return None
    chosen = CampaignInstrument.objects.filter(campaign_id=campaign, instrument=code, version=version)
    return chosen.values_list("wording_id", flat=True).first()
