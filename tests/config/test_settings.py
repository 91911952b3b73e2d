"""Settings that protect, checked on the settings themselves and, for production, in a process of its own."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override

from tests.config.test_env import SAFE

ASKED = (
    "import json, django; django.setup();"
    "from django.conf import settings as s; from django.core.checks import run_checks;"
    "print(json.dumps({'secure': [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT],"
    "'names': [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME], 'hsts': s.SECURE_HSTS_SECONDS,"
    "'hasher': s.PASSWORD_HASHERS[0],"
    "'warnings': [str(m.id) for m in run_checks(include_deployment_checks=True) if m.level >= 30]}))"
)
ACCEPTED = {
    "security.W005",  # HSTS for subdomains: the neighbours on the domain are not ours to bind
    "security.W021",  # HSTS preload: for the same reason
}


def test_production_passes_djangos_deployment_checks():
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = clean | SAFE | {"DJANGO_SETTINGS_MODULE": "qingyan.config.settings"}
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=False, env=given)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["secure"] == [True, True, True]
    assert all(name.startswith("__Host-") for name in told["names"])
    assert told["hasher"].endswith("PBKDF2PasswordHasher")
    assert told["hsts"] >= 31_536_000
    assert set(told["warnings"]) <= ACCEPTED


def test_the_policy_allows_no_inline_code_and_no_foreign_source():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words = [str(word) for sources in directives.values() for word in sources]
    assert not [word for word in words if "unsafe" in word or word.startswith("http") or word == "*"]
    assert directives["default-src"] == ["'none'"]


def test_a_lockout_counts_person_and_address_together():
    assert settings.AXES_LOCKOUT_PARAMETERS == [["username", "ip_address"]]


def test_a_room_of_fifty_behind_one_address_is_far_below_every_limit_by_address():
    for name, limits in settings.ACCOUNT_RATE_LIMITS.items():
        for limit in limits.split(","):
            amount, _period, by = limit.split("/")
            assert by != "ip" or int(amount) >= 600, name


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "1月8日"), ("en", "January 8")])
def test_a_day_is_written_without_a_leading_zero(language, words):
    with override(language):
        assert date_format(date(2027, 1, 8), "MONTH_DAY_FORMAT") == words


def test_components_and_partials_work_in_one_template():
    template = engines["django"].from_string(
        "{% partialdef row %}<td>{{ word }}</td>{% endpartialdef %}{% partial row %}"
    )
    assert template.render({"word": "青檐"}) == "<td>青檐</td>"
    loaders = settings.TEMPLATES[0]["OPTIONS"]["loaders"]
    assert loaders[0][0] == "template_partials.loader.Loader"
    assert loaders[0][1][0][1][0] == "django_cotton.cotton_loader.Loader"


def test_headers_are_on_every_answer(db):
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
