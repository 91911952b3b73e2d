"""Group robots: which addresses are accepted, how a request is signed, what is sent, what an answer means. Pure.

Only the two providers' own hosts over HTTPS (and, for tests, this machine itself) are ever asked: a webhook address
is typed by a person, and must not become a way to reach other machines.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from qingyan.notifications.rules.channels import Provider

LONGEST_URL, LONGEST_SECRET = 400, 200
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ROUTES: Mapping[Provider, tuple[str, str, str]] = {  # host, path, the parameter that names the robot
    Provider.WECOM: ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key"),
    Provider.DINGTALK: ("oapi.dingtalk.com", "/robot/send", "access_token"),
}
OVER_LIMIT = frozenset({45009, 130101, 410100})  # too many in a minute: worth another try


class UnfitAddress(ValueError):
    """The webhook address is not accepted; `code` says why: length, scheme, host, path, key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Egress:
    """Which hosts may be asked; `loopback` also lets this machine be asked over plain HTTP (tests only)."""

    hosts: Collection[str]
    loopback: bool = False


@dataclass(frozen=True)
class Target:
    """Where a request goes, checked."""

    secure: bool
    host: str
    port: int
    path: str


def target(provider: Provider, url: str, egress: Egress) -> Target:
    """The checked address of a robot. Raises UnfitAddress. Asked when it is kept and again before each request."""
    if len(url) > LONGEST_URL or not url.isascii() or any(sign.isspace() for sign in url):
        raise UnfitAddress("length")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise UnfitAddress("host") from None
    if parts.username or parts.password or parts.fragment or "\\" in url:
        raise UnfitAddress("host")
    here = egress.loopback and host in LOOPBACK
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise UnfitAddress("scheme")
    own, path, key = ROUTES[provider]
    if not here and (host not in egress.hosts or (host in _providers() and host != own) or port not in (None, 443)):
        raise UnfitAddress("host")
    if parts.path != path:
        raise UnfitAddress("path")
    given = dict(parse_qsl(parts.query))
    if not given.get(key):
        raise UnfitAddress("key")
    secure = parts.scheme == "https"
    return Target(secure, host, port or (443 if secure else 80), f"{path}?{urlencode({key: given[key]})}")


def signed(provider: Provider, path: str, secret: str, *, milliseconds: int) -> str:
    """The path with DingTalk's signature when the robot has a secret; WeCom knows none."""
    if provider is not Provider.DINGTALK or not secret:
        return path
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return f"{path}&{urlencode({'timestamp': milliseconds, 'sign': base64.b64encode(digest).decode()})}"


def payload(text: str) -> bytes:
    """What both providers take as a text message."""
    return json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False).encode()


def problem_of(status: int, body: bytes) -> str:
    """ "" when the provider took the message; else a short code that holds nothing of the answer but its number."""
    if status != 200:
        return f"http_{status}"
    try:
        code = int(json.loads(body)["errcode"])
    except (ValueError, KeyError, TypeError):
        return "unreadable"
    if code == 0:
        return ""
    return "too_many" if code in OVER_LIMIT else f"errcode_{code}"


def _providers() -> frozenset[str]:
    return frozenset(host for host, _, _ in ROUTES.values())
