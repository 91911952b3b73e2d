"""Who may do what with papers. Readable by people who do not program; denied unless written here.

A paper about a case opens to whom the case opens its papers: cases asks again, for this very case.
"""

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate, holds, holds_anywhere
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.visibility import sees
from qingyan.foundation.web.ways_on import WayOn
from qingyan.papers.rules.forms import Form

MAKE_PAPERS = Permission("papers.make", "把个案的材料做成 PDF 或 Word（负责人；校领导只有研判会纪要）")
MAKE_LETTERS = Permission("papers.make_letters", "做约谈记录和告知书（只有负责的心理教师）")

READ_REPORT = Permission("papers.read_report", "看本校的心理健康月报（只有数字）")
KEEP_REPORT = Permission("papers.keep_report", "统计并核对本校的月报")
SIGN_REPORT = Permission("papers.sign_report", "签发本校的月报（不能是核对的人）")
SEE_REPORTS = Permission("papers.see_reports", "看各校报送的月报，催报，汇总")

is_not_the_checker = Predicate(
    "did not check the report",
    lambda actor, row: row is None or row.checked_by_id != actor.id,
    lambda actor: ~Q(checked_by_id=actor.id) | Q(checked_by_id__isnull=True),
)

ASK_EXPORT = Permission("papers.ask_export", "申请带姓名的导出，写明用途")
READ_EXPORTS = Permission("papers.read_exports", "看带姓名导出的申请（心理教师看自己的，校领导看全校的）")
ANSWER_EXPORT = Permission("papers.answer_export", "同意或不同意带姓名的导出（不能是申请的人）")
TAKE_EXPORT = Permission("papers.take_export", "下载自己申请并被同意的导出（24 小时内，每次留痕）")
KEEP_TEMPLATES = Permission("papers.keep_templates", "上传、试看和启用本市的 Word 模板")


def cities_of(actor: Actor) -> list[int]:
    """The cities of which the actor is an officer."""
    return sorted(post.city_id for post in actor.posts if post.role is Role.CITY_OFFICER and post.city_id is not None)


asked_for_it = Predicate(
    "asked for it",
    lambda actor, row: row is None or (actor.id is not None and row.asked_by_id == actor.id),
    lambda actor: Q(asked_by_id=actor.id) if actor.id is not None else NOTHING,
)
is_another_person = Predicate(
    "did not ask for it",
    lambda actor, row: row is None or (actor.id is not None and row.asked_by_id != actor.id),
    lambda actor: ~Q(asked_by_id=actor.id) if actor.id is not None else NOTHING,
)

POLICY = register(
    {
        ASK_EXPORT: [[holds(Role.COUNSELLOR)]],
        READ_EXPORTS: [[holds(Role.COUNSELLOR), asked_for_it], [holds(Role.PRINCIPAL)]],
        ANSWER_EXPORT: [[holds(Role.PRINCIPAL), is_another_person]],
        TAKE_EXPORT: [[holds(Role.COUNSELLOR), asked_for_it]],
        KEEP_TEMPLATES: [[holds_anywhere(Role.CITY_OFFICER)]],
        READ_REPORT: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        KEEP_REPORT: [[holds(Role.COUNSELLOR)]],
        SIGN_REPORT: [[holds(Role.PRINCIPAL), is_not_the_checker]],
        SEE_REPORTS: [[holds_anywhere(Role.DISTRICT_LEAD, Role.CITY_OFFICER)]],
        MAKE_PAPERS: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        MAKE_LETTERS: [[holds(Role.COUNSELLOR)]],
    }
)

WAY_FROM_CASE = WayOn("打印材料", "papers:of_case", MAKE_PAPERS)


def may_print(actor: Actor, form: Form, kind: str) -> bool:
    """Whether the table of sight lets this person have the words of the form in this kind of file.

    The case, or the export, has said before that the person stands in one of the form's relations.
    """
    return not form.shows or sees(actor, form.shows, form.to, kind)
