"""Marks texts for translation in code that knows no Django."""


def N_(message: str) -> str:  # noqa: N802 - the name that message extraction knows
    """Marks a message for translation without translating it."""
    return message
