"""The sentence for each problem code: what happened, what to do next. Chinese msgids; the caller translates.

Every code that the package raises has a sentence here; a test collects the codes from the source and compares.
"""

from collections.abc import Mapping
from types import MappingProxyType

from qingyan.people.roster.marking import N_
from qingyan.people.roster.oneroster.words import REFUSALS_OF_SETS

FIELD_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "student_number": N_("学籍号"),
        "name": N_("姓名"),
        "sex": N_("性别"),
        "birth_date": N_("出生日期"),
        "id_kind": N_("身份证件类型"),
        "id_number": N_("身份证件号"),
        "ethnicity": N_("民族"),
        "school_name": N_("学校名称"),
        "grade": N_("年级"),
        "class": N_("班级"),
        "guardian_name": N_("监护人姓名"),
        "guardian_phone": N_("监护人电话"),
        "guardian_relation": N_("监护人关系"),
    }
)

NOTHING_CHANGED = N_("名册没有任何改动。")

# The whole file: (what happened, what to do next).
REFUSALS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "empty_file": (N_("这个文件是空的。"), N_("请确认选对了文件，再上传一次。")),
        "no_rows": (N_("文件里没有学生的数据行。"), N_("请在表头下面逐行填写学生，再上传一次。")),
        "too_many_bytes": (
            N_("文件有 %(size)s MB，最多可以上传 %(limit)s MB。"),
            N_("请去掉图片等无关内容，或按年级分成几个文件上传。"),
        ),
        "too_many_rows": (
            N_("文件有约 %(rows)s 行，一次最多 %(limit)s 行。"),
            N_("请删除名单下方的空行，或按年级分成几个文件上传。"),
        ),
        "too_many_columns": (
            N_("表格有 %(columns)s 列宽，最多 %(limit)s 列。"),
            N_("请只保留学籍表的各列，删除右侧多余的列，再上传一次。"),
        ),
        "cell_too_long": (
            N_("第 %(at)s 行有一个单元格超过 %(limit)s 个字，可能是引号没有成对。"),
            N_("请检查这一行及其上一行，再上传一次。"),
        ),
        "wrong_kind": (
            N_("这不是名册文件（识别为 %(kind)s）。文件的后缀名改了也没有用，内容不是表格。"),
            N_("请上传 .xlsx 工作簿，或 UTF-8、GB18030 编码的 .csv 文件。"),
        ),
        "old_xls": (
            N_("这是旧版的 .xls 文件。"),
            N_("请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（.xlsx）”，再上传新文件。"),
        ),
        "web_page": (
            N_("这其实是一个网页或 XML 文件，只是名字像表格，有些系统会这样导出。"),
            N_("请用 Excel 或 WPS 打开，另存为 .xlsx，再上传新文件。"),
        ),
        "encrypted": (N_("文件设了打开密码，无法读取。"), N_("请在 Excel 或 WPS 里去掉密码，保存后再上传。")),
        "damaged": (
            N_("文件已损坏，或内部结构不符合 .xlsx 的规定。"),
            N_("请用 Excel 或 WPS 打开，另存为新的 .xlsx 文件，再上传一次。"),
        ),
        "unknown_encoding": (
            N_("无法辨认文字编码，文件既不是 UTF-8 也不是 GB18030。"),
            N_("请用 Excel 或 WPS 打开，另存为 .xlsx，再上传一次。"),
        ),
        "broken_csv": (
            N_("CSV 文件的引号没有成对，无法分清各列。"),
            N_("请用 Excel 或 WPS 打开，另存为 .xlsx，再上传一次。"),
        ),
        "bomb": (
            N_("文件解压后异常庞大或结构异常，为安全起见没有读取。"),
            N_("请把名单复制到新建的工作簿里（选择性粘贴为数值），再上传一次。"),
        ),
        "dangerous_xml": (
            N_("文件里有不允许的 XML 声明（DOCTYPE 或 ENTITY），为安全起见没有读取。"),
            N_("请把名单复制到新建的工作簿里（选择性粘贴为数值），再上传一次。"),
        ),
        "macros": (N_("文件里有宏。"), N_("请另存为不带宏的“Excel 工作簿（.xlsx）”，再上传一次。")),
        "external_links": (
            N_("文件链接了别的工作簿，数值可能不是最新的。"),
            N_("请全选名单，选择性粘贴为数值到新建的工作簿，再上传一次。"),
        ),
        "embedded": (N_("文件里嵌入了别的文件。"), N_("请把名单复制到新建的工作簿里，再上传一次。")),
        "formulas": (
            N_("有 %(count)s 个单元格是公式（%(cells)s），公式的结果可能和看到的不同。"),
            N_("请全选名单，复制后“选择性粘贴”为数值，再上传一次。"),
        ),
        "merged_cells": (
            N_("名单里有 %(count)s 处合并单元格（%(cells)s），合并后有的学生会缺少内容。"),
            N_("请选中名单，取消合并，把每一行补全，再上传一次。"),
        ),
        "several_sheets": (
            N_("有不止一张工作表里有内容（%(names)s），不知道该导入哪一张。"),
            N_("请只留下学生名单这一张工作表，再上传一次。"),
        ),
        "no_header": (
            N_("前 10 行里没有找到表头（姓名、年级、班级、学籍号……）。"),
            N_("请下载模板对照，把列名写在第一行，再上传一次。"),
        ),
        "header_twice": (
            N_("%(first)s 列“%(first_title)s”和 %(second)s 列“%(second_title)s”都表示“%(field)s”，不知道该用哪一列。"),
            N_("请只留下其中一列，再上传一次。"),
        ),
        "header_missing": (N_("缺少必需的列：%(fields)s。"), N_("请补上这些列（列名写在表头那一行），再上传一次。")),
        "header_missing_number": (
            N_("缺少“学籍号”或“身份证件号”列，无法分清同名的学生。"),
            N_("请至少补上其中一列，再上传一次。"),
        ),
        "whole_other_school": (
            N_("整个文件都是“%(value)s”的学生，而您正在为“%(school)s”导入。"),
            N_("请确认文件和学校是否选对；如果学校改过名，请先改正“学校名称”这一列。"),
        ),
        "too_heavy": (
            N_("读取这个文件需要的内存超过了限度，已经停止。"),
            N_("请把名单复制到新建的工作簿里（选择性粘贴为数值），或按年级分成几个文件，再上传一次。"),
        ),
        "too_slow": (N_("读取这个文件用了太久，已经停止。"), N_("请稍后再试，或按年级分成几个文件上传。")),
        "check_stopped": (
            N_("检查这个文件时出了问题，已经停止。"),
            N_("请再上传一次；如果还是这样，请联系平台管理员。"),
        ),
        "no_school_year": (
            N_("还没有设置当前学年，无法确定班级。"),
            N_("请先由学校或市级管理员设置学年，再上传一次。"),
        ),
        **REFUSALS_OF_SETS,
    }
)

# Work on a checked draft that could not be finished; the draft is as it was.
SETBACKS: Mapping[str, str] = MappingProxyType(
    {
        "preview_outdated": N_(
            "预览之后名册有了变化，所以没有导入。名册没有任何改动。下面是新的预览，请再看一遍后导入。"
        ),
        "work_failed": N_("处理时出了问题，已经停止。名册没有任何改动，请再试一次；如果还是这样，请联系平台管理员。"),
    }
)

# One value or one row.
ROW_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "required": N_("“%(field)s”没有填写。"),
        "required_number": N_("“学籍号”和“身份证件号”都没有填写，至少要填一个。"),
        "cell_error": N_("“%(field)s”是表格的错误值 %(value)s，请改成实际内容。"),
        "number_lost_digits": N_(
            "“%(field)s”在表格里存成了数字（%(value)s），末尾几位已经丢失。请把这一列设为“文本”格式后重新填写完整号码。"
        ),
        "number_masked": N_("“%(field)s”含有星号，是脱敏后的号码。请填写完整号码。"),
        "name_too_long": N_("“%(field)s”超过 %(limit)s 个字。"),
        "name_lost_character": N_("“%(field)s”为“%(value)s”，其中有的字已在转换编码时丢失。请重新输入这个字。"),
        "name_private_character": N_("“%(field)s”里有一个只在某些电脑上能显示的自造字。请用输入法重新输入这个字。"),
        "name_strange_character": N_("“%(field)s”里有不应出现的字符“%(character)s”。"),
        "sex_unknown": N_("“%(field)s”为“%(value)s”，应为“男”或“女”。"),
        "ethnicity_unknown": N_("“%(field)s”为“%(value)s”，看不懂。请写成“汉族”这样的名称。"),
        "ethnicity_unlisted": N_("“%(field)s”为“%(value)s”，不在 56 个民族的名单里，请核对。仍会导入。"),
        "date_unreadable": N_("“%(field)s”为“%(value)s”，看不懂。请写成 2012-09-01 这样的日期。"),
        "date_impossible": N_("“%(field)s”为“%(value)s”，没有这一天。"),
        "birth_date_future": N_("“%(field)s”为 %(column)s，还没有到这一天。"),
        "birth_date_differs": N_("“%(field)s”为 %(column)s，而身份证件号里的生日是 %(says)s，两者不一致，请核对。"),
        "sex_differs": N_("“%(field)s”与身份证件号不一致：号码表示%(says)s，请核对。"),
        "age_unlikely": N_("“%(field)s”为 %(column)s，年龄少见，请核对。仍会导入。"),
        "id_kind_unknown": N_("“%(field)s”为“%(value)s”，不认识。可写：居民身份证、港澳居民来往内地通行证、护照等。"),
        "id_length": N_("“%(field)s”有 %(length)s 位，居民身份证号应为 18 位（17 位数字加 1 位数字或 X）。"),
        "id_length_or_kind": N_(
            "“%(field)s”有 %(length)s 位，居民身份证号应为 18 位。如果是别的证件，请在“身份证件类型”列写明。"
        ),
        "id_checksum": N_("“%(field)s”的最后一位校验不符，号码里有一位写错了，请对照证件核对。"),
        "id_birthday_impossible": N_("“%(field)s”里的生日不是一个真实的日期，请对照证件核对。"),
        "id_form": N_("“%(field)s”应为 4 至 30 位的字母和数字。"),
        "student_number_form": N_("“%(field)s”应为 4 至 30 位的字母和数字。"),
        "student_number_checksum": N_("“%(field)s”里的身份证号校验不符，有一位写错了，请对照学籍系统核对。"),
        "numbers_differ": N_("“%(field)s”里的身份证号与“身份证件号”列不同，请核对。仍会导入。"),
        "phone_form": N_("“%(field)s”不是电话号码。手机为 11 位；座机请带区号，如 0473-1234567；境外号码以 + 开头。"),
        "grade_unreadable": N_("“%(field)s”为“%(value)s”，看不懂。可写：七年级、初一、7、高一、2024级。"),
        "grade_not_at_school": N_("“%(field)s”为“%(value)s”，本校没有这个年级。"),
        "grade_intake_ambiguous": N_(
            "“%(field)s”为“%(value)s”，本校有几个学段，分不清是哪一个。请写成“七年级”或“初2024级”这样。"
        ),
        "class_unreadable": N_("“%(field)s”为“%(value)s”，看不懂。可写：3、3班、（3）班、七（3）班。"),
        "class_of_another_grade": N_("“%(field)s”为“%(value)s”，与“年级”列不一致。"),
        "another_school": N_("“%(field)s”为“%(value)s”，不是本校。"),
        "number_twice": N_("“%(field)s”与第 %(others)s 行相同，两名学生不能用同一个号码。"),
        "perhaps_twice": N_("与第 %(others)s 行同名且同一天出生，请确认不是同一名学生。仍会导入。"),
        "numbers_of_two_pupils": N_("学籍号属于本校的一名学生，身份证件号却属于另一名学生，请核对。"),
        "file_merged": N_("这一行的号码属于一份已并入别的档案的旧档案，请改用现用档案里的号码。"),
        "pupil_twice": N_("与第 %(others)s 行是本校名册里的同一名学生，请只留一行。"),
        "name_changes": N_("号码相同，但名册里的姓名不是这个。如果不是改名，请核对号码。"),
    }
)
