"""Which application answers a request: the lean answering endpoint below /a/, Django for everything else."""

from collections.abc import Callable, Iterable
from typing import Any

from qingyan.screening.web import lean

ANSWERING = "/a/"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def chosen_by_path(django_application: Application) -> Application:
    """One WSGI application in front of the two."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        inner = lean.application if environ.get("PATH_INFO", "").startswith(ANSWERING) else django_application
        return inner(environ, start_response)

    return application
