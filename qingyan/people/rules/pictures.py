"""The pictures on sign-in slips: one of sixteen, drawn for this project (library/pictures). Pure.

A picture is a second thing to show at the door, easy for a child of seven: who looked at a neighbour's code, or guessed
one, must still choose the right picture, and a wrong one counts as a wrong try. A slip that is found whole has both;
therefore it can be voided at once, and is folded so that code and picture lie inside.
"""

PICTURES: dict[str, str] = {
    "sun": "太阳",
    "moon": "月亮",
    "star": "星星",
    "cloud": "云",
    "umbrella": "雨伞",
    "boat": "小船",
    "fish": "小鱼",
    "leaf": "树叶",
    "flower": "花",
    "apple": "苹果",
    "house": "房子",
    "tree": "大树",
    "key": "钥匙",
    "bell": "铃铛",
    "cup": "杯子",
    "kite": "风筝",
}
CODES = tuple(PICTURES)


def is_right(slip: str, chosen: str) -> bool:
    """Whether this picture opens the slip; a slip without a picture (made before there were any) asks for none."""
    return not slip or slip == chosen
