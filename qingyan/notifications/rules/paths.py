"""Which addresses a notice may lead to: pages of this house, named by opaque keys, without any text. Pure."""

import re

LONGEST_PATH = 200
# Latin words of our own routes, slugs and identifiers; no query, no fragment, no encoded text, no other host.
_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+/)*")


class NotOpaque(ValueError):
    """The address could carry words out of the house; it is not repeated in the message."""


def opaque(path: str) -> str:
    """The path, if it is one of ours and holds identifiers only. Raises NotOpaque."""
    if len(path) > LONGEST_PATH or not _PATH.fullmatch(path):
        raise NotOpaque("a notice leads to a page of this service: a path of routes and identifiers, nothing else")
    return path
