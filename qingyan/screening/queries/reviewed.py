"""What the city's review of instruments says to a plan: which grades are open, and why one is not, in plain words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.instruments import api as instruments
from qingyan.instruments.api import reviews
from qingyan.organisations.api import the_city
from qingyan.screening.contracts import Chosen
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.queries.burden import RoundHolder, city_of, grades_in_words

REASONS = {
    "not_reviewed": gettext_lazy("《%(title)s》%(version)s 还没有经市里审核，不能用于测评。"),
    "refused": gettext_lazy("《%(title)s》%(version)s 经市里审核不可使用。"),
    "other_file": gettext_lazy("《%(title)s》%(version)s 的文件与审核时的不同，要重新审核。"),
    "grades": gettext_lazy("《%(title)s》%(version)s 经市里审核只能用于%(open)s，不能用于%(asked)s。"),
    "unsigned": gettext_lazy("《%(title)s》%(version)s 有涉及生命安全的题还没有人逐题签署，不能用于测评。"),
    "barred": gettext_lazy("《%(title)s》%(version)s 有题经签署不得用于学生，不能用于测评。"),
    "item_grade": gettext_lazy(
        "《%(title)s》%(version)s 有题经签署不能问低年级，只能用于%(open)s，不能用于%(asked)s。"
    ),
}


def approved_grades(*, school_id: int | None, city_id: int | None) -> Mapping[tuple[str, str], frozenset[int]]:
    """The grades that the place's city has approved each version for, by code and version."""
    return reviews.grades_open(_city(school_id, city_id))


def review_faults(holder: RoundHolder, chosen: Iterable[Chosen]) -> list[str]:
    """Why these instruments may not be asked in these grades, each with where to go; empty when they may."""
    city_id = city_of(holder)
    return [fault for one in chosen if (fault := _fault(city_id, one))]


def campaign_review_faults(campaign: Campaign) -> list[str]:
    """The same for a round that is written down: asked again when it is opened."""
    rows = CampaignInstrument.objects.filter(campaign=campaign)
    return review_faults(campaign, [Chosen(one.instrument, one.version, one.grade_from, one.grade_to) for one in rows])


def _fault(city_id: int, one: Chosen) -> str | None:
    grades = range(one.grade_from, one.grade_to + 1)
    why = reviews.review_refusal(city_id, one.instrument, one.version, grades)
    if why is None:
        return None
    facts = {
        "title": instruments.instrument(one.instrument, one.version).title.zh,
        "version": one.version,
        "open": grades_in_words(reviews.grades_open(city_id)[one.instrument, one.version]) or _("没有年级"),
        "asked": grades_in_words(grades),
    }
    return str(REASONS[why]) % facts + _(
        "审核情况写在“量表库”里这份量表的页上；要用它，请市级负责人在“量表审核”里审核。"
    )


def _city(school_id: int | None, city_id: int | None) -> int | None:
    if city_id is not None:
        return city_id
    city = the_city()
    return city.id if city else None
