"""How a day is written in Chinese where Django's own format leaves a zero: 1月8日, not 01月8日."""

MONTH_DAY_FORMAT = "n月j日"
