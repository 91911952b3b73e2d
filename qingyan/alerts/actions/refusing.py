"""Why something cannot be done with an alert or with duty, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "away": _("这位老师登记为不在岗，不能接收提示。请先结束请假，或选另一位老师。"),
    "not_of_the_school": _("这位老师现在不在本校任职，不能承担值守。"),
    "ends_before_it_starts": _("结束时间要晚于开始时间。"),
    "over_already": _("结束时间已经过去。"),
    "deputy_is_the_same": _("代班人要是另一位老师。"),
    "deputy_away": _("这位代班人那段时间也不在岗，请另选一位。"),
    "absence_overlaps": _("这段时间已经登记过不在岗。"),
    "why_missing": _("请写几句为什么可以结束。"),
    "twin_missing": _("请选出与它是同一件事的那条预警。"),
    "second_reader_is_another": _("复核要由另一位老师来做。"),
    "post_exists": _("这位老师已经在这个岗位上。"),
}


class Refused(Exception):
    """The change contradicts a rule; `code` is its key, the text a sentence for the person who asked."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(str(WORDS[code]))
