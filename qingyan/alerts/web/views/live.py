"""What every open page of a counsellor or of a leader asks every few seconds: does something urgent wait?

Figures and one neutral sentence, never a name or a reason; an unchanged answer is empty. Asking again and again by
plain requests keeps the rule of one transaction a request, which a stream that stays open would break.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import ngettext

from qingyan.alerts.actions.answering_calls import calls_waiting
from qingyan.alerts.policy import READ_ALERTS, READ_DUTY
from qingyan.alerts.queries.queue import pulse_of
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires


@requires(READ_ALERTS, READ_DUTY)
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Empty while nothing has changed since `seen`."""
    reads_alerts = allowed(request.actor, READ_ALERTS)
    pulse = pulse_of(request.actor)
    red = pulse.red if reads_alerts else calls_waiting(request.actor)
    newest = int(pulse.newest_red.timestamp()) if pulse.newest_red else red
    token = f"{pulse.token}-{red}-{newest}"
    if request.GET.get("seen") == token:
        return HttpResponse(status=204)
    words = ngettext("有 %(n)d 份紧急提示等人确认", "有 %(n)d 份紧急提示等人确认", red) % {"n": red} if red else ""
    way = reverse("alerts:queue" if reads_alerts else "alerts:duty", kwargs={"slug": slug})
    return JsonResponse(
        {"token": token, "waiting": pulse.waiting, "red": newest if red else 0, "words": words, "way": way}
    )
