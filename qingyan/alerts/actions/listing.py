"""Candidates of a round's second stage join the queue, once the teachers' observation is over.

A candidate is a reason to talk within the week, so it is raised like a yellow finding of the sheet that made it one; a
sheet stands in the queue once, with everything that speaks for it. Raised again it changes nothing.
"""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_noop

from qingyan.alerts.actions.raising import raise_findings
from qingyan.alerts.actions.weighing import CANDIDATE
from qingyan.alerts.contracts import Finding, Reason, SheetFacts
from qingyan.alerts.models import Alert
from qingyan.foundation.access.actor import Actor
from qingyan.screening import api as screening

ON_THE_LIST = gettext_noop("在本轮测评的复核名单上")


def list_candidates(*, by: Actor, now: datetime) -> int:
    """Raise every candidate of the school that was not raised before; returns how many were new."""
    raised = 0
    for listed in screening.listed_candidates(by, now=now):
        known = set(Alert.objects.filter(school_id=by.school_id, rule=CANDIDATE).values_list("sitting_id", flat=True))
        for candidate in listed.candidates:
            flag = candidate.flags[0]
            if flag.sitting in known:
                continue
            because = tuple(Reason(ON_THE_LIST, "；".join(one.because)) for one in candidate.flags)
            sheet = SheetFacts(by.school_id or 0, candidate.school_class, candidate.student, flag.sitting, flag.code)
            with connection.cursor() as cursor:
                finding = Finding("yellow", CANDIDATE, because)
                raised += len(raise_findings(cursor=cursor, sheet=sheet, findings=[finding], now=now))
    return raised
