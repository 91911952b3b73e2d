"""From what cases tell to the data of each paper: one function a form, only texts and rows of texts. Pure.

PDF, Word and Excel are all made from these, so a value that is entered once stands the same on every paper.
"""

import re
from collections.abc import Sequence

from qingyan.cases.contracts import CaseFacts, LetterCodes, MeetingFacts, ReferralFacts, TalkFacts
from qingyan.papers.rules import forms
from qingyan.papers.rules.data import PaperData, ReportFacts
from qingyan.papers.rules.months import COUNTED, SINGLE

UNKNOWN, NO_CONTACT = "未登记", "没有授权告知；由监护人本人联系"
# What XML cannot carry: control characters, halves of a pair, the two non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def guardian_notice(case: CaseFacts, *, school: str, printed_on: str) -> PaperData:
    """The letter home: no level, no score, no reason. Raises ValueError where a guardian may be the source of harm."""
    if case.guardian_withheld:
        raise ValueError("no letter home for this case")
    return _clean(
        {
            "pupil": case.pupil,
            "school_class": case.school_class,
            "owner": case.owner,
            "school": school,
            "printed_on": printed_on,
        }
    )


def interview(case: CaseFacts, talk: TalkFacts, *, school: str, printed_on: str) -> PaperData:
    """One talk."""
    return _clean(
        {
            **_head(case),
            "school": school,
            "printed_on": printed_on,
            "talked_at": talk.at,
            "talked_by": talk.by,
            "lines": [{"heading": part, "question": asked, "answer": said} for part, asked, said in talk.lines],
            "situations": [{"situation": one, "said": said} for one, said in talk.situations],
            "proposed": talk.proposed,
            "why": talk.why,
        }
    )


def panel_minutes(case: CaseFacts, meeting: MeetingFacts, *, school: str, printed_on: str) -> PaperData:
    """One meeting that was held."""
    return _clean(
        {
            **_head(case),
            "school": school,
            "printed_on": printed_on,
            "met_at": meeting.meets_at,
            "decision": meeting.decision,
            "brief": meeting.brief,
            "minutes": meeting.minutes,
            "criteria": "；".join(meeting.criteria),
            "answer": meeting.answer,
            "answered_by": meeting.answered_by,
            "answered_at": meeting.answered_at,
            "seats": [
                {
                    "name": seat.name,
                    "role": "校领导" if seat.leads else "",
                    "attended": "到会" if seat.attended else "未到",
                    "vote": seat.vote,
                }
                for seat in meeting.seats
            ],
        }
    )


def referral(facts: ReferralFacts, *, school: str, printed_on: str) -> PaperData:
    """The minimum set of a referral; no name, no class, no level."""
    return _clean(
        {
            "school": school,
            "printed_on": printed_on,
            "number": facts.number,
            "recipient": facts.recipient,
            "opened_on": facts.opened_on,
            "basis": facts.basis,
            "age": facts.age or UNKNOWN,
            "sex": facts.sex or UNKNOWN,
            "reasons": "；".join(facts.reasons),
            "risks": "；".join(facts.risks),
            "contacts": "；".join(facts.contacts) or NO_CONTACT,
        }
    )


def with_codes(letter: PaperData, codes: LetterCodes, *, address: str, square: str) -> PaperData:
    """The same letter as it goes out, with what exists on this print only. `square`: the code as SVG text."""
    once = {"secret": codes.secret, "name_code": codes.name_code, "until": codes.until, "address": address}
    return {**letter, **once, "square": square}


def register(cases: Sequence[CaseFacts], *, scope: str, school: str, printed_on: str) -> PaperData:
    """The list of cases with names."""
    return _clean(
        {
            "school": school,
            "printed_on": printed_on,
            "scope": scope,
            "total": str(len(cases)),
            "cases": [
                {
                    "number": str(number),
                    "code": one.code,
                    "pupil": one.pupil,
                    "school_class": one.school_class,
                    "level": one.level,
                    "state": one.state,
                    "owner": one.owner,
                    "opened_on": one.opened_on,
                    "due_on": one.due_on,
                    "ended_on": one.ended_on,
                }
                for number, one in enumerate(cases, start=1)
            ],
        }
    )


def monthly_report(facts: ReportFacts, *, school: str, printed_on: str) -> PaperData:
    """Counts of a month; no person."""
    counts = facts.counts
    return _clean(
        {
            "school": school,
            "printed_on": printed_on,
            "month": facts.month,
            "kind": "零报告" if facts.zero else "月报",
            "made_by": facts.made_by,
            "signed_by": facts.signed_by,
            "handed_at": facts.handed_at,
            "levels": [
                {"level": line["words"], **{name: str(line[name]) for name in COUNTED}} for line in counts["levels"]
            ],
            **{name: str(counts.get(name) or 0) for name in SINGLE},
        }
    )


def invented(form: forms.Form) -> PaperData:
    """Data for trying a template: every value says which one it is, and that it is no pupil's."""
    data: PaperData = {name: f"【示例】{label}" for name, label in form.plain().items()}
    for name, fields in form.lists().items():
        data[name] = [{key: f"【示例】{label}{number}" for key, label in fields.items()} for number in (1, 2)]
    return data


def _head(case: CaseFacts) -> PaperData:
    return {"pupil": case.pupil, "school_class": case.school_class, "code": case.code, "owner": case.owner}


def _clean(data: PaperData) -> PaperData:
    return {
        name: [{key: UNPRINTABLE.sub("", text) for key, text in row.items()} for row in value]
        if isinstance(value, list)
        else UNPRINTABLE.sub("", value)
        for name, value in data.items()
    }
