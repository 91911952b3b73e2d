"""The lives of papers that pass through several hands, as data: report, file with names, Word template. Pure."""

from datetime import timedelta

from qingyan.foundation.pure.workflow import State, Step, Workflow

MADE, CHECKED, SIGNED, HANDED = "made", "checked", "signed", "handed"
REPORT = Workflow(
    name="monthly_report",
    initial=MADE,
    state_list=(
        State(MADE, "待核对", owner="counsellor", within=timedelta(days=2)),
        State(CHECKED, "待签发", owner="principal", within=timedelta(days=2)),
        State(SIGNED, "待报送", owner="counsellor", within=timedelta(days=1)),
        State(HANDED, "已报送", owner="district_lead"),
    ),
    steps=(
        Step("count", MADE, MADE, "重新统计"),
        Step("check", MADE, CHECKED, "核对无误，提请签发", needs=("incidents",)),
        Step("send_back", CHECKED, MADE, "退回核对", needs=("reason",)),
        Step("sign", CHECKED, SIGNED, "签发"),
        Step("hand", SIGNED, HANDED, "报送区里"),
        Step("correct", SIGNED, MADE, "撤回更正", needs=("reason",)),
        Step("correct", HANDED, MADE, "撤回更正", needs=("reason",)),
    ),
)

ASKED, APPROVED, REFUSED = "asked", "approved", "refused"
EXPORT = Workflow(
    name="export",
    initial=ASKED,
    state_list=(
        State(ASKED, "待审批", owner="principal", within=timedelta(days=2)),
        State(APPROVED, "已同意", terminal=True),
        State(REFUSED, "没有同意", terminal=True),
    ),
    steps=(Step("approve", ASKED, APPROVED, "同意"), Step("refuse", ASKED, REFUSED, "不同意")),
)

DRAFT, IN_USE, RETIRED = "draft", "in_use", "retired"
TEMPLATE = Workflow(
    name="word_template",
    initial=DRAFT,
    state_list=(
        State(DRAFT, "未启用", owner="city_officer"),
        State(IN_USE, "使用中", owner="city_officer"),
        State(RETIRED, "已换下", terminal=True),
    ),
    steps=(Step("use", DRAFT, IN_USE, "启用"), Step("retire", IN_USE, RETIRED, "换下")),
)
