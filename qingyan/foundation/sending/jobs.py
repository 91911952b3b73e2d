"""Forms that were taken are remembered for a day."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.foundation.sending.models import SentForm

KEPT = timedelta(days=1)


@app.periodic(cron="55 18 * * *")
@app.task(name="foundation.forget_sent", queueing_lock="foundation.forget_sent")
def forget_sent(timestamp: int) -> None:
    """Once a night."""
    SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()
