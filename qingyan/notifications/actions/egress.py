"""The only place from which the house speaks to the outside: one mail, or one request to a robot's address.

No redirect is followed, no answer is kept beyond its number, and nothing is logged: an address is a secret.
"""

import http.client
import ssl
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage

from qingyan.notifications.contracts import Provider
from qingyan.notifications.rules.robots import Egress, payload, problem_of, signed, target

TIMEOUT_SECONDS = 5
LARGEST_ANSWER = 64 * 1024


def egress() -> Egress:
    """Which hosts may be asked, from the settings."""
    return Egress(hosts=settings.QINGYAN_WEBHOOK_HOSTS, loopback=settings.QINGYAN_WEBHOOK_LOOPBACK)


def send_mail(*, address: str, subject: str, text: str, message_id: str) -> str:
    """Send one mail; "" or a short code of what went wrong. The same id twice is one mail to a mail program."""
    mail = EmailMessage(subject, text, to=[address], headers={"Message-ID": f"<{message_id}@qingyan>"})
    try:
        mail.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; a ValueError is a crooked address
        return f"mail_{type(error).__name__}"[:40]
    return ""


def post(*, provider: Provider, url: str, secret: str, text: str, now: datetime) -> str:
    """Send one message to a robot; "" or a short code. Raises UnfitAddress when its address is not allowed any more."""
    where = target(provider, url, egress())
    path = signed(provider, where.path, secret, milliseconds=int(now.timestamp() * 1000))
    connection = (
        http.client.HTTPSConnection(
            where.host, where.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
        if where.secure
        else http.client.HTTPConnection(where.host, where.port, timeout=TIMEOUT_SECONDS)
    )
    try:
        connection.request("POST", path, body=payload(text), headers={"Content-Type": "application/json"})
        answer = connection.getresponse()
        return problem_of(answer.status, answer.read(LARGEST_ANSWER))
    except (OSError, http.client.HTTPException) as error:
        return f"net_{type(error).__name__}"[:40]
    finally:
        connection.close()
