"""Who may do what with papers. Readable by people who do not program; denied unless written here.

A paper about a case opens to whom the case opens its papers: cases asks again, for this very case.
"""

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import holds
from qingyan.foundation.access.roles import Role
from qingyan.foundation.web.ways_on import WayOn

MAKE_PAPERS = Permission("papers.make", "把个案的材料做成 PDF 或 Word（负责人；校领导只有研判会纪要）")
MAKE_LETTERS = Permission("papers.make_letters", "做约谈记录和告知书（只有负责的心理教师）")

POLICY = register(
    {
        MAKE_PAPERS: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        MAKE_LETTERS: [[holds(Role.COUNSELLOR)]],
    }
)

WAY_FROM_CASE = WayOn("打印材料", "papers:of_case", MAKE_PAPERS)
