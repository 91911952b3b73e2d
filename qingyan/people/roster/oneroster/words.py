"""The sentences for what can be wrong with a OneRoster set: (what happened, what to do next)."""

from collections.abc import Mapping
from types import MappingProxyType

from qingyan.people.roster.marking import N_

REFUSALS_OF_SETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "oneroster_damaged": (
            N_("OneRoster 压缩包已损坏，或同一个文件出现了两次。"),
            N_("请重新导出完整的 ZIP，再上传一次。"),
        ),
        "oneroster_path": (
            N_("压缩包里有不允许的路径（如“..”、绝对路径或多层文件夹），为安全起见没有读取。"),
            N_("请把所有 CSV 文件直接压缩成一个 ZIP，再上传一次。"),
        ),
        "oneroster_version": (
            N_("OneRoster 的版本是“%(value)s”，这里能读的是 1.2。"),
            N_("请在导出系统里选择 OneRoster 1.2 CSV，再上传一次。"),
        ),
        "oneroster_delta": (
            N_("%(file)s 是增量数据（delta），只有变化，没有全部学生。"),
            N_("请导出全量数据（bulk），再上传一次。"),
        ),
        "oneroster_mode": (
            N_("manifest.csv 里 %(file)s 的方式是“%(value)s”，看不懂，应为 bulk 或 absent。"),
            N_("请改正 manifest.csv，或重新导出，再上传一次。"),
        ),
        "oneroster_missing": (
            N_("压缩包里缺少 %(file)s。"),
            N_("请重新导出，让压缩包和 manifest.csv 都有这个文件，再上传一次。"),
        ),
        "oneroster_unannounced": (
            N_("压缩包里有 %(file)s，但 manifest.csv 里没有写它是全量数据（bulk）。"),
            N_("请改正 manifest.csv，或重新导出，再上传一次。"),
        ),
        "oneroster_columns": (
            N_("%(file)s 缺少这些列：%(columns)s。"),
            N_("请按 OneRoster 1.2 的列名补上，或下载模板对照，再上传一次。"),
        ),
        "oneroster_records": (
            N_("%(file)s 超过 %(limit)s 行。"),
            N_("请只导出本校的数据，再上传一次。"),
        ),
        "oneroster_cell": (
            N_("%(file)s 第 %(at)s 行有一格超过 %(limit)s 个字，可能是引号没有成对。"),
            N_("请检查这一行及其上一行，再上传一次。"),
        ),
        "oneroster_csv": (
            N_("%(file)s 的引号没有成对，无法分清各列。"),
            N_("请重新导出这个文件，再上传一次。"),
        ),
        "oneroster_encoding": (
            N_("%(file)s 不是 UTF-8 编码，OneRoster 规定用 UTF-8。"),
            N_("请重新导出，不要用 Excel 改动后另存，再上传一次。"),
        ),
        "oneroster_no_id": (
            N_("%(file)s 第 %(at)s 行没有 sourcedId。"),
            N_("请补上编号，或重新导出，再上传一次。"),
        ),
        "oneroster_twice": (
            N_("%(file)s 第 %(at)s 行的 sourcedId“%(value)s”已经出现过。"),
            N_("请删去重复的一行，或重新导出，再上传一次。"),
        ),
        "oneroster_reference": (
            N_("%(file)s 第 %(at)s 行的 %(column)s 指向一个不存在的编号。"),
            N_("请把被指向的记录也导出来，再上传一次。"),
        ),
        "oneroster_date": (
            N_("%(file)s 第 %(at)s 行的 %(column)s 不是日期，应写成 2026-09-01 这样。"),
            N_("请改正这一格，再上传一次。"),
        ),
        "oneroster_no_school": (
            N_("orgs.csv 里没有学校（type 为 school 的一行）。"),
            N_("请连同学校一起导出，再上传一次。"),
        ),
        "oneroster_no_homeroom": (
            N_("classes.csv 里没有本校的行政班（classType 为 homeroom）。"),
            N_("请把行政班标为 homeroom 后重新导出，再上传一次。"),
        ),
        "oneroster_other_year": (
            N_("classes.csv 里的班级都不属于本学年。"),
            N_("请导出本学年的数据，并检查 academicSessions.csv 的起止日期，再上传一次。"),
        ),
    }
)
