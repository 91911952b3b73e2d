"""The state machines of campaigns and sittings, as data. Pure."""

from qingyan.foundation.pure.workflow import State, Step, Workflow

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
ANSWERING, STOPPED, FINISHED = "answering", "stopped", "finished"
SET_ASIDE = "set_aside"  # somebody else answered: kept for the counsellor, counted nowhere

CAMPAIGN = Workflow(
    name="campaign",
    initial=DRAFT,
    state_list=(
        State(DRAFT, "准备中", owner="school_admin"),
        State(OPEN, "进行中", owner="counsellor"),
        State(CLOSED, "已结束", terminal=True),
    ),
    steps=(
        Step("open", DRAFT, OPEN, "开放作答", needs=("instruments",)),
        Step("close", OPEN, CLOSED, "结束活动"),
    ),
)

SITTING = Workflow(
    name="sitting",
    initial=ANSWERING,
    state_list=(
        State(ANSWERING, "作答中", owner="student"),
        State(STOPPED, "已暂停", owner="student"),
        State(FINISHED, "已完成", owner="counsellor"),
        State(SET_ASIDE, "已搁置", terminal=True),
    ),
    steps=(
        Step("stop", ANSWERING, STOPPED, "暂停"),
        Step("resume", STOPPED, ANSWERING, "继续"),
        Step("finish", ANSWERING, FINISHED, "交卷"),
        Step("finish", STOPPED, FINISHED, "交卷"),
        Step("set_aside", ANSWERING, SET_ASIDE, "不是本人作答"),
        Step("set_aside", STOPPED, SET_ASIDE, "不是本人作答"),
        Step("set_aside", FINISHED, SET_ASIDE, "不是本人作答"),
    ),
)

PRINTED, KEYED, DIFFERS, TAKEN_OVER, VOID = "printed", "keyed", "differs", "taken_over", "void"

PAPER = Workflow(
    name="paper",
    initial=PRINTED,
    state_list=(
        State(PRINTED, "待录入", owner="counsellor"),
        State(KEYED, "待第二人录入", owner="counsellor"),
        State(DIFFERS, "两次不一致", owner="counsellor"),
        State(TAKEN_OVER, "已交卷", terminal=True),
        State(VOID, "已作废", terminal=True),
    ),
    steps=(
        Step("key", PRINTED, KEYED, "第一次录完"),
        Step("agree", KEYED, TAKEN_OVER, "两次一致"),
        Step("differ", KEYED, DIFFERS, "两次不一致"),
        Step("resolve", DIFFERS, TAKEN_OVER, "核对后交卷"),
        Step("void", PRINTED, VOID, "作废"),
    ),
)

FILED, ASKED_BACK, APPROVED, REFUSED, WITHDRAWN = "filed", "asked_back", "approved", "refused", "withdrawn"

REGISTRATION = Workflow(
    name="registration",
    initial=FILED,
    state_list=(
        State(FILED, "等市里审批", owner="city_officer"),
        State(ASKED_BACK, "请学校补充", owner="counsellor"),
        State(APPROVED, "已批准", owner="counsellor"),
        State(REFUSED, "没有批准", terminal=True),
        State(WITHDRAWN, "已撤回", terminal=True),
    ),
    steps=(
        Step("approve", FILED, APPROVED, "批准"),
        Step("ask_back", FILED, ASKED_BACK, "请学校补充", needs=("note",)),
        Step("refuse", FILED, REFUSED, "不批准", needs=("note",)),
        Step("file_again", ASKED_BACK, FILED, "补充后再交"),
        Step("withdraw", FILED, WITHDRAWN, "撤回"),
        Step("withdraw", ASKED_BACK, WITHDRAWN, "撤回"),
        Step("withdraw", APPROVED, WITHDRAWN, "撤回"),
    ),
)
