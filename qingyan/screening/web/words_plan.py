"""Words of planning a round: the steps, what an instrument's file says in short."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingyan.screening.rules.steps import CHECK, CONSENT, CUTOFFS, DATES, INSTRUMENTS, PURPOSE

STEP_WORDS: dict[str, str | Promise] = {
    PURPOSE: _("目的和名称"),
    INSTRUMENTS: _("量表和年级"),
    DATES: _("日期和场次"),
    CONSENT: _("知情同意"),
    CUTOFFS: _("筛查线和人力"),
    CHECK: _("核对并开放"),
}
STEP_LEADS: dict[str, str | Promise] = {
    PURPOSE: _("先说清楚为什么做。每一步都会保存成草稿，可以随时离开，回来接着填。"),
    INSTRUMENTS: _("给每个年级段选合适的量表。不合适的年级不在选项里。"),
    DATES: _("建议至少提前两周，好核对名单、征得家长同意。"),
    CONSENT: _("学生和家长读到的就是这里的文字。开放以后不能再改。"),
    CUTOFFS: _("线划在哪里，决定要谈多少次话，也决定会漏掉多少人。改一改，看看下面的数字怎么变。"),
    CHECK: _("开放以前最后看一遍。还缺的地方点进去就能补。"),
}
LICENCES: dict[str, str | Promise] = {
    "free": _("可以免费使用"),
    "public_domain": _("公有领域"),
    "permission": _("需要授权"),
    "unclear": _("授权情况不明，请先核实"),
}
WORDINGS: dict[str, str | Promise] = {
    "project": _("题文是本项目自己写的短句，不是出版的译本"),
    "authorised": _("题文得到授权"),
    "public_domain": _("题文属于公有领域"),
    "bring": _("题文由本地导入"),
}
