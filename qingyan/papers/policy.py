"""Who may do what with papers. Readable by people who do not program; denied unless written here.

A paper about a case opens to whom the case opens its papers: cases asks again, for this very case.
"""

from django.db.models import Q

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import Predicate, holds, holds_anywhere
from qingyan.foundation.access.roles import Role
from qingyan.foundation.web.ways_on import WayOn

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

POLICY = register(
    {
        READ_REPORT: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        KEEP_REPORT: [[holds(Role.COUNSELLOR)]],
        SIGN_REPORT: [[holds(Role.PRINCIPAL), is_not_the_checker]],
        SEE_REPORTS: [[holds_anywhere(Role.DISTRICT_LEAD, Role.CITY_OFFICER)]],
        MAKE_PAPERS: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        MAKE_LETTERS: [[holds(Role.COUNSELLOR)]],
    }
)

WAY_FROM_CASE = WayOn("打印材料", "papers:of_case", MAKE_PAPERS)
