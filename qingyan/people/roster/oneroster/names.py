"""OneRoster wants a family name and a given name; the register keeps one name. Pure."""

from qingyan.people.roster.normalising import is_han

DOUBLE_SURNAMES = frozenset(
    (  # noqa: SIM905 - as a list of quoted words it is no easier to check
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
        "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 呼延"
    ).split()
)


def parted_name(name: str) -> tuple[str, str]:
    """(family name, given name), neither empty. A guess for those who cannot keep a whole name; we send that, too."""
    if "·" in name or " " in name:
        mark = "·" if "·" in name else " "
        given, _, family = name.rpartition(mark)
        return (family, given) if given and family else (name, name)
    if len(name) < 2 or not all(is_han(char) for char in name):
        return name, name
    length = 2 if len(name) > 2 and name[:2] in DOUBLE_SURNAMES else 1
    return name[:length], name[length:]


def whole_name(family: str, given: str) -> str:
    """One name of both: Chinese family name first, others given name first."""
    if family == given:
        return family
    if all(is_han(char) for char in family + given):
        return family + given
    return " ".join(part for part in (given, family) if part)
