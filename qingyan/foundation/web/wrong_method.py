"""An address that only takes what a form sends, opened by typing it or by "reload": a page that helps, not a blank one.

Django's own answer has no body, so a browser would show an error of its own. The status stays 405.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponse]


def wrong_method_pages(get_response: GetResponse) -> GetResponse:
    """Middleware: fill an empty 405 to somebody who reads pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content and request.accepts("text/html"):
            response.content = render_to_string("405.html")
            response.headers["Content-Type"] = "text/html; charset=utf-8"
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return middleware
