"""The platform's own periodic job: work whose worker died is given back to the queue."""

from procrastinate.contrib.django import app

STALLED_AFTER_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(name="foundation.retry_stalled", queueing_lock="foundation.retry_stalled", pass_context=True)
async def retry_stalled(context, timestamp: int) -> int:
    """Give jobs of dead workers back to the queue; returns how many."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for stuck in stalled:
        await manager.retry_job(stuck)
    return len(stalled)
