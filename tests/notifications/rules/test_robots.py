"""A webhook address reaches the two providers and nothing else; signatures and answers."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from qingyan.notifications.rules.channels import Provider
from qingyan.notifications.rules.robots import Egress, UnfitAddress, payload, problem_of, signed, target

HOSTS = Egress(hosts=frozenset({"qyapi.weixin.qq.com", "oapi.dingtalk.com"}))
HERE = Egress(hosts=HOSTS.hosts, loopback=True)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-1"
DING = "https://oapi.dingtalk.com/robot/send?access_token=abc"


def test_the_providers_own_addresses_are_accepted():
    assert target(Provider.WECOM, WECOM, HOSTS).path == "/cgi-bin/webhook/send?key=abc-1"
    found = target(Provider.DINGTALK, DING + "&other=1", HOSTS)
    assert (found.secure, found.host, found.port, found.path) == (
        True,
        "oapi.dingtalk.com",
        443,
        "/robot/send?access_token=abc",
    )


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (DING.replace("https", "http"), "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://oapi.dingtalk.com/robot/send?access_token=a", "scheme"),
        ("https://127.0.0.1/robot/send?access_token=a", "host"),
        ("https://169.254.169.254/robot/send?access_token=a", "host"),
        ("https://localhost/robot/send?access_token=a", "host"),
        ("https://oapi.dingtalk.com.evil.example/robot/send?access_token=a", "host"),
        ("https://oapi.dingtalk.com@evil.example/robot/send?access_token=a", "host"),
        ("https://evil.example\\@oapi.dingtalk.com/robot/send?access_token=a", "host"),
        ("https://oapi.dingtalk.com:8443/robot/send?access_token=a", "host"),
        ("https://oapi.dingtalk.com:x/robot/send?access_token=a", "host"),
        ("https://[::1/robot/send?access_token=a", "host"),
        (WECOM.replace("cgi-bin/webhook/send?key", "robot/send?access_token"), "host"),
        ("https://oapi.dingtalk.com/robot/../admin?access_token=a", "path"),
        ("https://oapi.dingtalk.com/robot/send", "key"),
        ("https://oapi.dingtalk.com/robot/send?access_token=", "key"),
        (DING + "#x", "host"),
        (DING + " ", "length"),
        (DING + "a" * 400, "length"),
        (DING + "中", "length"),
    ],
)
def test_every_other_address_is_refused(url, code):
    with pytest.raises(UnfitAddress) as refusal:
        target(Provider.DINGTALK, url, HOSTS)
    assert refusal.value.code == code


def test_this_machine_is_reached_in_tests_only():
    url = "http://127.0.0.1:8123/robot/send?access_token=a"
    assert target(Provider.DINGTALK, url, HERE).port == 8123
    with pytest.raises(UnfitAddress):
        target(Provider.DINGTALK, url, HOSTS)
    with pytest.raises(UnfitAddress):
        target(Provider.DINGTALK, url.replace("127.0.0.1", "10.0.0.1"), HERE)


def test_a_dingtalk_secret_signs_the_request_and_wecom_has_none():
    path = signed(Provider.DINGTALK, "/robot/send?access_token=a", "SECx", milliseconds=1_700_000_000_123)
    given = parse_qs(urlsplit(path).query)
    wanted = hmac.new(b"SECx", b"1700000000123\nSECx", hashlib.sha256).digest()
    assert base64.b64decode(given["sign"][0]) == wanted
    assert given["timestamp"] == ["1700000000123"]
    assert signed(Provider.WECOM, "/p?key=a", "SECx", milliseconds=1) == "/p?key=a"
    assert signed(Provider.DINGTALK, "/p?access_token=a", "", milliseconds=1) == "/p?access_token=a"


def test_a_message_is_plain_text():
    assert json.loads(payload("有一条消息")) == {"msgtype": "text", "text": {"content": "有一条消息"}}


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, b'{"errcode": 0, "errmsg": "ok"}', ""),
        (200, b'{"errcode": 310000, "errmsg": "a name"}', "errcode_310000"),
        (200, b'{"errcode": 45009}', "too_many"),
        (200, b"<html>", "unreadable"),
        (200, b"[]", "unreadable"),
        (200, b'{"errcode": null}', "unreadable"),
        (302, b"", "http_302"),
        (500, b"", "http_500"),
    ],
)
def test_an_answer_is_kept_as_a_number_only(status, body, problem):
    assert problem_of(status, body) == problem
