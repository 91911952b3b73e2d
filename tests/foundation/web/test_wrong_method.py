"""Opening an address that only takes forms gives a page with a way on, never a blank one."""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory

from qingyan.foundation.web.wrong_method import wrong_method_pages


def test_the_whole_stack_answers_with_a_page(cast):
    answer = Client().get("/s/qingshi/sign-out/")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert "这个地址不能直接打开" in answer.content.decode()


def test_a_program_that_does_not_read_pages_gets_none():
    middleware = wrong_method_pages(lambda request: HttpResponseNotAllowed(["POST"]))
    assert middleware(RequestFactory().get("/", headers={"accept": "application/json"})).content == b""


def test_other_answers_are_left_alone():
    middleware = wrong_method_pages(lambda request: HttpResponse(b""))
    assert middleware(RequestFactory().get("/")).content == b""
