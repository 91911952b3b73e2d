"""The templates of the roster page: a workbook that explains itself, a CSV, a OneRoster set.

Column names stay Chinese, as registers and the import write them; the explanations are in the reader's language.
"""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.people.roster import schooling
from qingyan.people.roster.columns import FIELDS, ONE_OF, REQUIRED
from qingyan.people.roster.examples import EXAMPLES, example_rows
from qingyan.people.roster.identity import KINDS
from qingyan.people.roster.oneroster.writing import ClassLine, Place, PupilLine, package
from qingyan.people.roster.templates import template_book, template_csv
from qingyan.people.roster.words import FIELD_TITLES

LIST_TITLE = "名册"
HINTS = {
    "student_number": lazy("全国学籍号，以 G 开头。学籍号和身份证件号至少填一个。"),
    "name": lazy("必填。少见字请直接输入，不要用拼音或问号代替。"),
    "sex": lazy("男或女。"),
    "birth_date": lazy("如 2012-09-01。可以不填，会从身份证号读出。"),
    "id_kind": lazy("不填时按居民身份证核对。"),
    "id_number": lazy("18 位。这一列已设为文本，请不要改成数字。"),
    "ethnicity": lazy("如 汉族。"),
    "school_name": lazy("填写时须与本校名称一致，可以不填。"),
    "grade": lazy("必填。如 七年级、初一、高一、2024级。"),
    "class": lazy("必填。如 3、3班、（3）班。"),
    "guardian_name": lazy("可以不填。"),
    "guardian_phone": lazy("手机 11 位，座机请带区号。可以不填。"),
    "guardian_relation": lazy("如 母亲。可以不填。"),
}
CHOICES = {"sex": ("男", "女")}
ALLOWED = {
    "sex": lazy("男、女、未说明"),
    "id_kind": "、".join(KINDS),
    "student_number": lazy("4 至 30 位字母和数字"),
    "id_number": lazy("居民身份证 18 位，最后一位可以是 X；其他证件 4 至 30 位"),
    "birth_date": lazy("2012-09-01、2012/9/1、20120901、2012年9月1日"),
    "grade": lazy("七年级、初一、7、高一、2024级；须是本校有的年级"),
    "class": lazy("3、3班、（3）班、七（3）班"),
}


def register_book() -> bytes:
    """XLSX: the empty list, and behind it a sheet with every column, what may be written, and invented examples."""
    return template_book(
        title=LIST_TITLE,
        columns=[(FIELD_TITLES[field], str(HINTS[field])) for field in FIELDS],
        choices=[CHOICES.get(field, ()) for field in FIELDS],
        guide=_guide(),
        notes=[
            _("请把学生填在第一张工作表“%(sheet)s”里，一人一行。本表只是说明，上传时会忽略。") % {"sheet": LIST_TITLE},
            _("下面的示例是虚构的，不是真实的学生。姓名以“【示例】”开头的行在任何文件里都不会导入。"),
            _("学籍号和身份证件号至少填一个，用来认出同一名学生；上传后先预览，确认之前名册不会改动。"),
        ],
    )


def register_csv() -> bytes:
    """CSV with the header and the invented pupils, who are never imported."""
    return template_csv([FIELD_TITLES[field] for field in FIELDS], example_rows(FIELDS))


def oneroster_set(school: School, *, now: datetime) -> bytes:
    """A OneRoster 1.2 set of this school with the invented pupils, and a text that explains the files."""
    year = organisations.current_year(now)
    starts, ends = (year.starts_on, year.ends_on) if year else (date(now.year, 9, 1), date(now.year + 1, 8, 31))
    grade = schooling.GRADES_OF_KIND[school.kind][0]
    place = Place(school.slug, school.name, year.name if year else f"{starts.year}—{ends.year}", starts, ends)
    classes = [ClassLine("class-1", f"{organisations.GRADE_NAMES[grade]}（1）班", grade)]
    pupils = [
        PupilLine(
            key=f"example-{number}",
            name=one["name"],
            sex="F" if one["sex"] == "女" else "M",
            birth_date=date.fromisoformat(one["birth_date"]),
            ethnicity=one["ethnicity"],
            class_key="class-1",
            student_number=one["student_number"],
        )
        for number, one in enumerate(EXAMPLES, start=1)
    ]
    return package(place, classes, pupils, README__txt="\ufeff" + "\r\n".join(_about_sets()))


def _about_sets() -> list[str]:
    return [
        _("OneRoster 1.2 CSV 名册模板"),
        _("两名学生是虚构的示例，姓名以“【示例】”开头，不会导入。请换成真实的名单，再把所有文件压缩成一个 ZIP 上传。"),
        _("orgs.csv：学校，名称须与本校一致。academicSessions.csv：学年或学期的起止日期，须在本学年内。"),
        _("classes.csv：行政班，classType 写 homeroom，grades 写 01 至 12，title 写班名，如“七年级（3）班”。"),
        _("users.csv：identifier 写学籍号；没有学籍号时在 userIds 写 {identity:身份证件号}。"),
        _("roles.csv：学生的 role 写 student。enrollments.csv：学生在哪个班。"),
        _("demographics.csv：出生日期和性别，可以没有。"),
        _("只接受全量数据（manifest.csv 里写 bulk），UTF-8 编码。"),
    ]


def _guide() -> list[list[str]]:
    heads = [_("列名"), _("是否必填"), _("说明"), _("可以怎样写"), _("示例一（虚构）"), _("示例二（虚构）")]
    examples = zip(*example_rows(FIELDS), strict=True)
    return [heads] + [
        [FIELD_TITLES[field], _need(field), str(HINTS[field]), str(ALLOWED.get(field, "")), *shown]
        for field, shown in zip(FIELDS, examples, strict=True)
    ]


def _need(field: str) -> str:
    if field in REQUIRED:
        return _("必填")
    return _("两个号码至少填一个") if field in ONE_OF else _("可以不填")
