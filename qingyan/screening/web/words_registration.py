"""What the pages of a registration say: its facts and its history, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.foundation.web.listing import Column
from qingyan.screening.models import Registration
from qingyan.screening.queries.burden import grades_in_words
from qingyan.screening.queries.registrations import history_of

COLUMNS = (
    Column("", gettext_lazy("测评")),
    Column("", gettext_lazy("学校")),
    Column("", gettext_lazy("年级")),
    Column("", gettext_lazy("日期")),
    Column("", gettext_lazy("题数"), numeric=True),
    Column("", gettext_lazy("状态")),
)
TONES = {"filed": "orange", "asked_back": "orange", "approved": "green", "refused": "neutral", "withdrawn": "neutral"}
VERBS = {
    "file": gettext_lazy("学校交来登记"),
    "file_again": gettext_lazy("学校补充后再交"),
    "approve": gettext_lazy("市里批准"),
    "ask_back": gettext_lazy("市里请学校补充"),
    "refuse": gettext_lazy("市里没有批准"),
    "withdraw": gettext_lazy("学校撤回"),
}
VERB_TONES = {"approve": "green", "ask_back": "orange", "refuse": "red"}


def facts(row: Registration) -> list[dict[str, Any]]:
    """What was asked for."""
    grades = grades_in_words(range(row.grade_from, row.grade_to + 1))
    where = f"{row.instrument} {row.version}" if row.instrument else _("不在量表库里")
    lines = (
        (_("量表"), where),
        (_("题数"), row.items),
        (_("用途"), row.purpose),
        (_("年级"), grades),
        (_("日期"), f"{row.opens_on:%Y-%m-%d} — {row.closes_on:%Y-%m-%d}"),
        (_("由谁组织"), row.run_by),
    )
    return [{"term": term, "value": value} for term, value in lines]


def moments(row: Registration) -> list[dict[str, Any]]:
    """What was said, in order."""
    return [
        {
            "at": one.at,
            "by": one.by.name if one.by else "",
            "title": VERBS[one.verb],
            "note": one.note,
            "tone": VERB_TONES.get(one.verb, "qing"),
        }
        for one in history_of(row)
    ]
