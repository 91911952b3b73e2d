"""How a group of subcommands is made, so that all look alike."""

import typer


def group(words: str) -> typer.Typer:
    """A Typer with plain help."""
    return typer.Typer(help=words, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
