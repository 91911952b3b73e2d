"""What is shown of an instrument in one round: the file's words, or the words that the round froze when planned."""

from typing import Any
from uuid import UUID

from qingyan.instruments import api as instruments
from qingyan.instruments.api.wordings import words_of
from qingyan.screening.models import CampaignInstrument


def presented(campaign: UUID, code: str, version: str, age: int | None) -> dict[str, Any]:
    """The page or the paper, as instruments.presentation. Asks the database only where the file ships no words."""
    words = None
    if instruments.instrument(code, version).needs_wording:
        chosen = CampaignInstrument.objects.filter(campaign_id=campaign, instrument=code, version=version)
        wording = chosen.values_list("wording_id", flat=True).first()
        words = words_of(wording) if wording else None
    return instruments.presentation(code, version, age=age, words=words)
