"""Which papers there are and what stands on each: fields, tables and fixed words, as data. Pure.

One form is the one place from which the PDF, the default Word template, the list of fields that a bureau's own template
may use, and the invented data of a preview are made. A paper is an official one: it is set in Chinese.
"""

from dataclasses import dataclass

NOTICE, TALK, MEETING, REFERRAL = "guardian_notice", "interview", "panel_minutes", "referral"
REGISTER, MONTH = "register", "monthly_report"


@dataclass(frozen=True)
class Field:
    """One value of a paper: its name in the data, and its words on the paper."""

    name: str
    label: str


@dataclass(frozen=True)
class Pairs:
    """Label and value, two to a line."""

    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Words:
    """A heading and a longer text out of one field."""

    field: Field


@dataclass(frozen=True)
class Fixed:
    """A paragraph that is the same on every such paper."""

    text: str


@dataclass(frozen=True)
class Rows:
    """A table: `name` is a list in the data, each of its rows has these fields."""

    name: str
    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Signatures:
    """Lines to sign by hand."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class OneTime:
    """A code that exists only while the paper is printed, with what is said of it. Left out where the data has none,
    and never in Word. `square`: the field with the code as a square; `more`: smaller lines; `apart`: a page of its own.
    """

    label: str
    about: str
    code: Field
    more: tuple[Field, ...] = ()
    foot: str = ""
    square: str = ""
    apart: bool = False


Block = Pairs | Words | Fixed | Rows | Signatures | OneTime


@dataclass(frozen=True)
class Form:
    """One kind of paper. `wide`: printed across the page. `shows`: what of the table of sight stands on it (the letter
    home shows nothing of it); `to`: in which relations people may print it.
    """

    code: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = False
    shows: str = ""
    to: tuple[str, ...] = ()

    def plain(self) -> dict[str, str]:
        """Every single value by name, with its words; what stands on every paper is among them."""
        found = {one.name: one.label for one in ALWAYS}
        for block in self.blocks:
            if isinstance(block, Pairs):
                found |= {one.name: one.label for one in block.fields}
            if isinstance(block, Words):
                found[block.field.name] = block.field.label
        return found

    def lists(self) -> dict[str, dict[str, str]]:
        """Every list by name: the fields of its rows with their words."""
        return {
            block.name: {one.name: one.label for one in block.fields}
            for block in self.blocks
            if isinstance(block, Rows)
        }


ALWAYS = (Field("school", "学校"), Field("printed_on", "制表日期"))
_HEAD = (
    Field("pupil", "学生"),
    Field("school_class", "班级"),
    Field("code", "个案编号"),
    Field("owner", "负责的心理教师"),
)

FORMS: tuple[Form, ...] = (
    Form(
        NOTICE,
        "告知书",
        (
            Pairs((Field("pupil", "学生"), Field("school_class", "班级"), Field("owner", "联系的老师"))),
            Fixed("尊敬的家长：学校老师留意到孩子近期需要更多关心，想请您和学校一起陪伴孩子。这份告知书不是诊断。"),
            Fixed("请您多陪伴、多倾听，不责备、不追问；收好家中的药品、刀具等可能伤到孩子的物品；夜间和独处时多留意。"),
            Fixed("学校建议：与联系的老师保持沟通；孩子的情绪或行为让您担心时，请陪孩子到医院精神科或心理科就诊。"),
            Fixed("情况紧急时请不要让孩子独处，拨打 120 或 110；也可以拨打全国统一心理援助热线 12356。"),
            Fixed("学校会为孩子保密，只让必须知道的人知道。收到这份告知书不影响孩子的评优、升学和编班。"),
            Signatures(("家长签收（关系、日期）", "家长不签收的，写明原因", "在场老师一", "在场老师二")),
        ),
    ),
    Form(
        TALK,
        "约谈记录",
        (
            Pairs((*_HEAD, Field("talked_at", "谈话时间"), Field("talked_by", "谈话老师"))),
            Rows(
                "lines",
                "谈话内容",
                (Field("heading", "部分"), Field("question", "问题"), Field("answer", "记录")),
            ),
            Rows("situations", "可能需要强制报告的情形", (Field("situation", "情形"), Field("said", "判断"))),
            Pairs((Field("proposed", "建议提交研判的等级"),)),
            Words(Field("why", "建议的理由")),
            Signatures(("谈话老师", "日期")),
        ),
        shows="case.interview",
        to=("carries",),
    ),
    Form(
        MEETING,
        "研判会纪要",
        (
            Pairs((*_HEAD, Field("met_at", "开会时间"), Field("decision", "结论"))),
            Words(Field("brief", "情况摘要")),
            Rows(
                "seats",
                "到会、表决和签名",
                (Field("name", "姓名"), Field("role", "身份"), Field("attended", "到会"), Field("vote", "意见")),
            ),
            Words(Field("minutes", "会议纪要")),
            Words(Field("criteria", "结案标准")),
            Pairs((Field("answered_by", "审批的校领导"), Field("answered_at", "审批时间"))),
            Words(Field("answer", "审批意见")),
            Signatures(("到会人签名", "校领导签名、日期")),
        ),
        shows="case.panel",
        to=("carries", "acts"),
    ),
    Form(
        REFERRAL,
        "转介信",
        (
            Fixed("请为这名学生安排预约或者接待。学校不作诊断；这里只有接诊所需要的最少资料，没有姓名和学校档案。"),
            Pairs((Field("recipient", "转到"), Field("number", "学校编号"))),
            Pairs((Field("opened_on", "转介日期"), Field("basis", "依据"))),
            Pairs((Field("age", "年龄"), Field("sex", "性别"))),
            Words(Field("reasons", "转介原因")),
            Words(Field("risks", "和风险有关的情况")),
            Words(Field("contacts", "监护人联系电话")),
            OneTime(
                "接诊页",
                "扫码打开接诊页：可以给出预约、是否到诊和回执。码只能打开一次，打开以后会给您下次用的新码。",
                Field("secret", "打开的码"),
                (Field("address", "网址"), Field("until", "有效至")),
                "请不要拍照外传；家长到场时，用家长手里的姓名码核对姓名。",
                square="square",
            ),
            Signatures(("转介老师", "日期")),
            OneTime(
                "给监护人：姓名码",
                "这一页请和转介信分开放。到医院或者辅导站时，把下面的码告诉接待的医生或者专家，对方才能看到孩子的姓名。",
                Field("name_code", "姓名码"),
                foot="您可以随时告诉学校收回同意；收回以后，接诊页就打不开了。"
                "孩子有危险时，不要等预约，马上去最近的医院，或者拨打 120、110。",
                apart=True,
            ),
        ),
        shows="case.referral",
        to=("carries",),
    ),
    Form(
        REGISTER,
        "重点关心学生台账",
        (
            Pairs((Field("scope", "范围"), Field("total", "人数"))),
            Rows(
                "cases",
                "台账",
                (
                    Field("number", "序号"),
                    Field("code", "个案编号"),
                    Field("pupil", "学生"),
                    Field("school_class", "班级"),
                    Field("level", "等级"),
                    Field("state", "状态"),
                    Field("owner", "负责人"),
                    Field("opened_on", "开始"),
                    Field("due_on", "期限"),
                    Field("ended_on", "结束"),
                ),
            ),
            Fixed("不得用于评优、升学、编班。打印件用后按学校规定销毁。"),
        ),
        wide=True,
        shows="export.purpose",
        to=("wrote",),
    ),
    Form(
        MONTH,
        "学生心理健康工作月报",
        (
            Pairs(
                (Field("month", "月份"), Field("kind", "类别"), Field("made_by", "填报"), Field("signed_by", "签发"))
            ),
            Rows(
                "levels",
                "按等级",
                (
                    Field("level", "等级"),
                    Field("opened", "本月新增"),
                    Field("in_care", "月末在管"),
                    Field("closed", "本月结案"),
                ),
            ),
            Pairs(
                (
                    Field("incidents", "危机事件"),
                    Field("referred", "转介"),
                    Field("on_leave", "月末休学"),
                    Field("handed_at", "报送时间"),
                )
            ),
            Fixed("只有数字，没有学生个人信息。按规定报送区教育主管部门，不得公开，不得用于学校排名。"),
            Signatures(("填报人", "校领导签名、日期")),
        ),
    ),
)


def form(code: str) -> Form:
    """The form with this code. Raises KeyError."""
    return {one.code: one for one in FORMS}[code]
