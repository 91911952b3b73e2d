"""One cell to one value, as a tired clerk meant it: width, spaces, invisible marks, dates, words for sex. Raises Wrong.

Names are composed (NFC) and otherwise left alone, so that rare characters survive; numbers and words are folded (NFKC).
Grade and class are in schooling.py, numbers of persons in identity.py.
"""

import re
import unicodedata
from datetime import date, timedelta

from qingyan.people.roster.outcome import Cell, Wrong

EXACT_INTEGERS_BELOW = 1e15  # a spreadsheet keeps fifteen digits; longer numbers have lost their end
EXCEL_DAY_ZERO = date(1899, 12, 30)
EARLIEST_SERIAL = 25_569  # 1970-01-01
LATEST_SERIAL = 54_788  # 2049-12-31
LONGEST_NAME = 40
LONGEST_ETHNICITY = 20

SEX_WORDS = {
    **dict.fromkeys(("男", "男性", "男生", "m", "male", "1"), "M"),
    **dict.fromkeys(("女", "女性", "女生", "f", "female", "2"), "F"),
    **dict.fromkeys(("未说明", "未说明的性别", "未知", "未知的性别", "u", "0", "9"), "U"),
}
ETHNICITIES = frozenset(
    (  # noqa: SIM905 - a list of 56 quoted words is no easier to check
        "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 "
        "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 "
        "保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
    ).split()
)
OTHER_ETHNICITIES = frozenset(("其他", "外国血统", "外国血统中国籍人士", "未识别民族", "穿青人"))
SHEET_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"))
POWER_OF_TEN = re.compile(r"\d(?:\.\d+)?e\+?\d{2}", re.IGNORECASE)
MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅．", "·"))
MIDNIGHT = re.compile(r"[ Tt]0?0:00(:00(\.0+)?)?$")
DATE_FORMS = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


def text_of(cell: Cell) -> str:
    """The cell as text. A number must be whole and short enough to be exact, else Wrong("number_lost_digits")."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell in SHEET_ERRORS:
            raise Wrong("cell_error", value=cell)
        return visible(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return cell.isoformat()
    if cell != cell or abs(cell) >= EXACT_INTEGERS_BELOW:
        raise Wrong("number_lost_digits", value=str(cell))
    return str(int(cell)) if cell.is_integer() else str(cell)


def as_written(cell: Cell) -> str:
    """The cell as text for handing back; never fails."""
    try:
        return text_of(cell)
    except Wrong:
        return str(cell)


def visible(text: str) -> str:
    """Without control and format marks (zero-width spaces, byte order marks), other spaces made plain and single."""
    if text.isprintable():  # no control or format mark and no space but the plain one
        return text.strip() if "  " not in text else " ".join(text.split())
    kept = (char for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(" " if _is_space(char) else char for char in kept).split())


def folded(cell: Cell) -> str:
    """A word or number in its plainest form: half width, no spaces, as capitals were."""
    text = text_of(cell)
    if text.isascii():
        return text.replace(" ", "")
    return visible(unicodedata.normalize("NFKC", text)).replace(" ", "")


def name(cell: Cell) -> str:
    """A person's name: composed, spaces between Han characters removed, one kind of middle dot. Raises Wrong."""
    text = unicodedata.normalize("NFC", text_of(cell)).translate(MIDDLE_DOTS)
    if any(is_han(char) for char in text):
        text = text.replace(" ", "")
    if not text:
        return ""
    if len(text) > LONGEST_NAME:
        raise Wrong("name_too_long", limit=LONGEST_NAME)
    for char in text:
        _check_name_character(char, text)
    if not _is_letter(text[0]):
        raise Wrong("name_strange_character", character=text[0])
    return text


def sex(cell: Cell) -> str:
    """M, F, U, or "" for an empty cell. Raises Wrong."""
    text = folded(cell).lower()
    if not text:
        return ""
    if text not in SEX_WORDS:
        raise Wrong("sex_unknown", value=shown(text))
    return SEX_WORDS[text]


def ethnicity(cell: Cell) -> str:
    """The official name (汉 becomes 汉族); a name that is not on the list is kept. Raises Wrong when too long."""
    text = folded(cell)
    if len(text) > LONGEST_ETHNICITY or (text and not all(_is_letter(char) for char in text)):
        raise Wrong("ethnicity_unknown", value=shown(text))
    return f"{text}族" if text in ETHNICITIES else text


def is_known_ethnicity(text: str) -> bool:
    """Whether it is one of the 56, or one of the register's other words."""
    return text.removesuffix("族") in ETHNICITIES or text in OTHER_ETHNICITIES


def birth_date(cell: Cell) -> date | None:
    """From a date cell, Excel's day number, or 2012-01-05, 2012/1/5, 2012.1.5, 20120105, 2012年1月5日. Raises Wrong."""
    if isinstance(cell, date):
        return cell
    text = folded(MIDNIGHT.sub("", text_of(cell)))
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 5:
        if EARLIEST_SERIAL <= int(text) <= LATEST_SERIAL:
            return EXCEL_DAY_ZERO + timedelta(days=int(text))
        raise Wrong("date_unreadable", value=text)
    return _written_date(text)


def shown(text: str) -> str:
    """Enough of a value to recognise it in a sentence."""
    return text if len(text) <= 24 else text[:23] + "…"


def is_han(char: str) -> bool:
    """A Chinese character, the newest ones too, which this Python's tables may not know yet."""
    point = ord(char)
    return 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0x20000 <= point <= 0x3FFFF or char == "〇"


def _written_date(text: str) -> date:
    for form in DATE_FORMS:
        found = form.fullmatch(text)
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                raise Wrong("date_impossible", value=shown(text)) from None
    raise Wrong("date_unreadable", value=shown(text))


def _check_name_character(char: str, text: str) -> None:
    if char in "?？�□":
        raise Wrong("name_lost_character", value=text)
    if "\ue000" <= char <= "\uf8ff" or ord(char) >= 0xF0000:
        raise Wrong("name_private_character", value=text)
    if not (_is_letter(char) or char in " ·-'’()（）"):
        raise Wrong("name_strange_character", character=char)


def _is_letter(char: str) -> bool:
    return is_han(char) or unicodedata.category(char)[0] in "LM"


def _is_space(char: str) -> bool:
    return unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc")
