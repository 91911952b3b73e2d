"""Judging how the sheets of a round were answered: the rules of rules/careless, in the background (jobs.py).

Nothing here changes a score, an alert or an entry of the file, and no sheet is dropped. Loads a numbers library, so web
pages use answering.py instead.
"""

from datetime import datetime
from typing import Any

import numpy as np

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Plan
from qingyan.screening.models import AnsweringQuality, AnswerSheet, Campaign
from qingyan.screening.policy import JUDGE_ANSWERING
from qingyan.screening.rules.careless.families import RULE_VERSION
from qingyan.screening.rules.careless.layout import Layout, layout_of
from qingyan.screening.rules.careless.signs import Sheets, Verdict, judge
from qingyan.screening.rules.order import FIXED, places
from qingyan.screening.rules.sheets import QUICK_MS
from qingyan.screening.workflow import FINISHED

JUDGED = ("doubtful", "signs", "weight", "total_ms", "learned_from", "rule_version", "assessed_at")


def assess(*, campaign: Campaign, by: Actor, now: datetime) -> int:
    """Judge every finished sheet of the round at this school, instrument by instrument; returns how many."""
    require(by, JUDGE_ANSWERING)
    judged = doubtful = 0
    sheets = AnswerSheet.objects.filter(
        school_id=by.school_id, sitting__campaign=campaign, sitting__state=FINISHED, submission__isnull=False
    )
    for code, version in sheets.order_by("instrument").values_list("instrument", "version").distinct():
        rows = list(sheets.filter(instrument=code, version=version).order_by("sitting_id"))
        verdict = judge(_round(rows, instruments.plan(code, version), campaign.item_order))
        _keep(rows, campaign, verdict, now)
        judged += len(rows)
        doubtful += int(verdict.doubtful.sum())
    record(
        by=by,
        action="campaign.answering_judged",
        subject_kind="campaign",
        subject_id=campaign.id,
        now=now,
        detail={"sheets": judged, "doubtful": doubtful, "rules": RULE_VERSION},
    )
    return judged


def layout(plan: Plan) -> Layout:
    """The instrument as rules/careless sees it."""
    options = [plan.option_values(index) for index in range(len(plan.items))]
    return layout_of(options, [index for index, _ in plan.turned_items()], [part.indexes for part in plan.parts])


def _round(rows: list[AnswerSheet], plan: Plan, item_order: str) -> Sheets:
    lowest = np.array([min(plan.option_values(index)) for index in range(len(plan.items))])
    given = np.array([[np.nan if one is None else one for one in row.answers] for row in rows], dtype=float)
    answers = np.where(np.isnan(given), -1, np.nan_to_num(given) - lowest).astype(np.int16)
    quick = np.array([_quick(row) for row in rows])
    seen = None if item_order == FIXED else np.array([_seen(row, item_order) for row in rows], dtype=np.intp)
    return Sheets(answers, layout(plan), quick=quick, lying=_lying(rows, plan), order=seen)


def _seen(row: AnswerSheet, item_order: str) -> list[int]:
    """The items in the order in which this pupil saw them; a form on paper, which has no times, is never shuffled."""
    on_paper = not any(time for time in row.times)
    return places(len(row.answers), sitting=row.pk, order=FIXED if on_paper else item_order)


def _lying(rows: list[AnswerSheet], plan: Plan) -> Any:
    """Which sheets the lie scale makes doubtful; None where the instrument has none."""
    if not plan.instrument.validity:
        return None
    found = (plan.score(row.answers, age=row.age).validity for row in rows)
    return np.array([one is not None and one.doubtful is True for one in found])


def _quick(row: AnswerSheet) -> float:
    """Share of answers given within a second; NaN where no times are known (a paper form)."""
    spent = [time for time, answer in zip(row.times, row.answers, strict=True) if time and answer is not None]
    return sum(time < QUICK_MS for time in spent) / len(spent) if spent else float("nan")


def _keep(rows: list[AnswerSheet], campaign: Campaign, verdict: Verdict, now: datetime) -> None:
    made = [
        AnsweringQuality(
            sitting_id=row.pk,
            campaign=campaign,
            student_id=row.student_id,
            school_id=row.school_id,
            school_class_id=row.school_class_id,
            instrument=row.instrument,
            doubtful=bool(verdict.doubtful[place]),
            signs=[sign.value for sign in verdict.signs[place]],
            weight=_weight(verdict, place),
            total_ms=min(sum(time or 0 for time in row.times), 2_000_000_000) or None,
            learned_from=len(rows) if verdict.learned else 0,
            rule_version=RULE_VERSION,
            assessed_at=now,
        )
        for place, row in enumerate(rows)
    ]
    AnsweringQuality.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["sitting"], update_fields=JUDGED, batch_size=1000
    )


def _weight(verdict: Verdict, place: int) -> Any:
    return None if verdict.weight is None else round(float(verdict.weight[place]), 3)
