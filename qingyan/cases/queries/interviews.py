"""Interviews of a case in words, the newest version of each talk first. Opening them has been recorded."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, Interview
from qingyan.cases.queries import packs
from qingyan.cases.rules.interview import MANY, TEXT, Question
from qingyan.cases.rules.mandatory import NO, SUSPECTED, YES
from qingyan.cases.rules.pack import Level

SAID = {NO: gettext_noop("没有"), SUSPECTED: gettext_noop("疑似"), YES: gettext_noop("有")}


@dataclass(frozen=True)
class SaidSection:
    """One heading with what was said under it; questions without an answer are left out."""

    title: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class InterviewReading:
    """One version of a talk, ready to show."""

    row: Interview
    newest: bool
    level: Level
    sections: list[SaidSection]
    situations: list[tuple[str, str]]
    why: str


def interviews_of(case: Case) -> list[InterviewReading]:
    """Every version of every talk, the newest first."""
    rows = Interview.objects.filter(case_id=case.id).select_related("by").order_by("-number", "-version")
    seen: set[int] = set()
    found = []
    for row in rows:
        found.append(_reading(case, row, newest=row.number not in seen))
        seen.add(row.number)
    return found


def newest_interview(case: Case) -> Interview | None:
    """The latest version of the latest talk, or None."""
    return Interview.objects.filter(case_id=case.id).order_by("-number", "-version").first()


def stored_answers(row: Interview) -> dict:
    """What was written: answers, situations, why."""
    return json.loads(row.content or "{}")


def _reading(case: Case, row: Interview, *, newest: bool) -> InterviewReading:
    stored = stored_answers(row)
    answers = stored.get("answers", {})
    sections = [
        SaidSection(
            _(section.title),
            [(_(one.text), _words(one, answers[one.code])) for one in section.questions if answers.get(one.code)],
        )
        for section in packs.guide().sections
    ]
    law = {one.code: one.text for one in packs.law().situations}
    situations = [(_(law[code]), _(SAID[said])) for code, said in stored.get("situations", {}).items() if said != NO]
    level = packs.pack(case.pack).level(row.proposed_level)
    return InterviewReading(row, newest, level, [one for one in sections if one.lines], situations, stored["why"])


def _words(question: Question, answer) -> str:
    if question.kind == TEXT:
        return answer
    words = {option.code: _(option.text) for option in question.choices}
    return _("；").join(words[one] for one in answer) if question.kind == MANY else words[answer]
