"""Looks for sheets that should have an alert and have none, whatever went wrong, and raises what is missing.

Everything is judged again from the stored answers; what is there already is left alone (one alert a rule and sitting).
"""

from datetime import datetime, timedelta

from django.db import connection

from qingyan.alerts.actions.raising import raise_findings
from qingyan.alerts.contracts import Finding, SheetFacts
from qingyan.alerts.queries.evidence import finding_of_help, findings_on_saved, findings_on_sheet
from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.screening import api as screening
from qingyan.screening.contracts import ReadSheet

SWEEPER = "sweeper"


def sweep_school(*, by: Actor, back: timedelta, now: datetime) -> int:
    """Judge every sheet of this school with an answer saved since `back` ago, and every wish for a talk since then.

    Returns how many alerts were missing.
    """
    missing = 0
    for asked in screening.help_asked_since(by, now - back):
        of = SheetFacts(asked.school, asked.school_class, asked.student, asked.id, asked.instrument)
        with connection.cursor() as cursor:
            wish = [finding_of_help()]
            missing += len(raise_findings(cursor=cursor, sheet=of, findings=wish, now=now, request=SWEEPER))
    for sheet in screening.sheets_saved_since(by, now - back):
        facts = sheet.sitting
        of = SheetFacts(facts.school, facts.school_class, facts.student, facts.id, facts.instrument)
        with connection.cursor() as cursor:
            missing += len(raise_findings(cursor=cursor, sheet=of, findings=_findings(sheet), now=now, request=SWEEPER))
    return missing


def _findings(sheet: ReadSheet) -> list[Finding]:
    code, version = sheet.sitting.instrument, sheet.sitting.version
    if sheet.sitting.finished_at is not None:
        scores = instruments.plan(code, version).score(
            sheet.answers, age=sheet.age, rule=sheet.sitting.screen_rule or None
        )
        return findings_on_sheet(code, version, sheet.answers, scores, sheet.age, sheet.marks)
    saved = {index: answer for index, answer in enumerate(sheet.answers) if answer is not None}
    return findings_on_saved(code, version, saved, sheet.age, sheet.marks)
