"""Writes what follows from results in one school: alerts by the rule pack in force, entries in the files.

Old alerts were mostly taken by the school's counsellor within a working day; a stated share still waits.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from random import Random
from uuid import UUID, uuid5

from qingyan.alerts.models import Alert
from qingyan.alerts.queries import packs
from qingyan.alerts.rules import Evidence, Finding, Pack, due_at, evaluate
from qingyan.alerts.workflow import ACKNOWLEDGED, RAISED
from qingyan.archives import api as archives
from qingyan.archives.contracts import AlertContent, ResultContent
from qingyan.demo.campaigns import Scored
from qingyan.demo.rounds import RoundPlan
from qingyan.demo.sittings import SittingPlan
from qingyan.instruments.contracts import Scores
from qingyan.organisations.models import SchoolClass

TAKEN = {True: {"red": 1.0, "orange": 0.94, "yellow": 0.85}, False: {"red": 0.6, "orange": 0.45, "yellow": 0.25}}
FASTEST, SLOWEST = {"red": 4, "orange": 40, "yellow": 120}, {"red": 55, "orange": 900, "yellow": 2600}  # minutes


def raise_and_file(
    plan: RoundPlan, scored: Iterable[Scored], classes: Mapping[tuple[int, int], SchoolClass], counsellor: UUID
) -> int:
    """Write alerts and file entries of one school's round; returns how many alerts. The school's scope is entered."""
    pack, rng = packs.current(), Random(f"alerts:{plan.number}:{counsellor}")  # noqa: S311 - repeatable on purpose
    alerts: list[Alert] = []
    entries: list[tuple] = []
    for sitting, scores in scored:
        school_class = classes[sitting.class_]
        found = [_alert(pack, finding, sitting, school_class) for finding in evaluate(pack, evidence(sitting, scores))]
        for alert in found:
            _acknowledge(alert, plan, counsellor, rng)
        alerts += found
        entries.append(_result_entry(plan, sitting, scores, school_class))
        entries += [entry for alert in found for entry in _alert_entries(alert)]
    Alert.objects.bulk_create(alerts)
    archives.add_entries(entries)
    return len(alerts)


def evidence(sitting: SittingPlan, scores: Scores) -> Evidence:
    """What the rules may look at, as after a real hand-in."""
    instrument = sitting.plan.instrument
    answers = {item.id: answer for item, answer in zip(instrument.items, sitting.answers, strict=True)}
    labels = {
        item.id: next(option.label.zh for option in instrument.options_of(item) if option.value == answers[item.id])
        for item in instrument.items
        if answers[item.id] is not None
    }
    return Evidence(
        instrument=instrument.code,
        answers=answers,
        scores=scores.values,
        bands=scores.bands,
        screen=scores.screen,
        age=sitting.age,
        reached=tuple((one.scale, one.op, one.value, one.score) for one in scores.screen_reasons),
        labels=labels,
        titles={scale.id: scale.title.zh for scale in instrument.scales},
    )


def _alert(pack: Pack, finding: Finding, sitting: SittingPlan, school_class: SchoolClass) -> Alert:
    return Alert(
        id=uuid5(sitting.id, finding.rule_id),
        school_id=school_class.school_id,
        school_class=school_class,
        student_id=sitting.pupil.id,
        sitting_id=sitting.id,
        instrument=sitting.plan.code,
        rule=finding.rule_id,
        rule_pack=pack.name,
        level=finding.level,
        because=[{"text": reason.text, "detail": reason.detail} for reason in finding.because],
        state=RAISED,
        raised_at=sitting.ended_at,
        due_at=due_at(pack, finding.level, raised_at=sitting.ended_at),
    )


def _acknowledge(alert: Alert, plan: RoundPlan, counsellor: UUID, rng: Random) -> None:
    """Let the counsellor take it, or leave it open."""
    luck, minutes = rng.random(), rng.randint(FASTEST[alert.level], SLOWEST[alert.level])
    if luck < TAKEN[plan.is_closed][alert.level]:
        alert.state = ACKNOWLEDGED
        alert.acknowledged_at = alert.raised_at + timedelta(minutes=minutes)
        alert.acknowledged_by_id = counsellor


def _result_entry(plan: RoundPlan, sitting: SittingPlan, scores: Scores, school_class: SchoolClass) -> tuple:
    content = ResultContent(
        instrument=scores.instrument,
        version=scores.version,
        campaign=plan.title,
        values=dict(scores.values),
        bands=dict(scores.bands),
        not_scorable={scale: str(reason) for scale, reason in scores.not_scorable.items()},
        screen=scores.screen,
    )
    return archives.entry_values(
        school_id=school_class.school_id,
        student_id=sitting.pupil.id,
        kind=archives.EntryKind.RESULT,
        at=sitting.ended_at,
        title=sitting.plan.instrument.title.zh,
        source=sitting.id,
        content=content.as_json(),
    )


def _alert_entries(alert: Alert) -> Iterator[tuple]:
    content = AlertContent(
        alert=str(alert.id),
        level=alert.level,
        instrument=alert.instrument,
        because=tuple(reason["text"] for reason in alert.because),
    ).as_json()
    moments = [(archives.EntryKind.ALERT, alert.raised_at)]
    if alert.acknowledged_at:
        moments.append((archives.EntryKind.ACKNOWLEDGEMENT, alert.acknowledged_at))
    for kind, at in moments:
        yield archives.entry_values(
            school_id=alert.school_id,
            student_id=alert.student_id,
            kind=kind,
            at=at,
            title=str(kind.label),
            source=alert.id,
            content=content,
        )
