"""Which papers of a case this person may open, for the card on its page: the kind, how many, where."""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import (
    Case,
    Counselling,
    CrisisThread,
    FollowUp,
    GuardianTalk,
    Interview,
    Leave,
    Panel,
    Plan,
    Referral,
)
from qingyan.cases.models.mandatory import MandatoryRecord
from qingyan.cases.policy import CARRY, READ_NOTES, READ_PANEL, READ_PAPERS, READ_REFERRALS, READ_THREAD
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, allowed


@dataclass(frozen=True)
class PaperLink:
    """One kind of paper."""

    title: str
    url: str
    count: int


PAPERS: tuple[tuple[str, str, type[models.Model], Permission], ...] = (
    (gettext_noop("访谈"), "cases:interviews", Interview, READ_PAPERS),
    (gettext_noop("研判会"), "cases:panels", Panel, READ_PANEL),
    (gettext_noop("转介和回执"), "cases:referrals", Referral, READ_REFERRALS),
    (gettext_noop("与监护人谈话"), "cases:guardian_talks", GuardianTalk, READ_PANEL),
    (gettext_noop("安全计划和一生一策"), "cases:plans", Plan, READ_PAPERS),
    (gettext_noop("回访"), "cases:follow_ups", FollowUp, READ_PAPERS),
    (gettext_noop("辅导记录"), "cases:notes", Counselling, READ_NOTES),
    (gettext_noop("强制报告"), "cases:mandatory", MandatoryRecord, CARRY),
    (gettext_noop("危机上报"), "cases:thread", CrisisThread, READ_THREAD),
    (gettext_noop("休学和复学"), "cases:case_leaves", Leave, READ_PAPERS),
)


def paper_links(actor: Actor, case: Case, slug: str) -> list[PaperLink]:
    """The kinds in the order of the work. One query each."""
    place = {"slug": slug, "case_id": case.id}
    return [
        PaperLink(_(title), reverse(view, kwargs=place), model._default_manager.filter(case_id=case.id).count())
        for title, view, model, permission in PAPERS
        if allowed(actor, permission, case)
    ]
