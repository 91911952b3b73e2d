"""The platform's own periodic jobs: work whose worker died is given back; what is long done is forgotten."""

from procrastinate.contrib.django import app

STALLED_AFTER_SECONDS = 30
KEPT_HOURS = 72


@app.periodic(cron="* * * * *")
@app.task(name="foundation.retry_stalled", queueing_lock="foundation.retry_stalled", pass_context=True)
async def retry_stalled(context, timestamp: int) -> int:
    """Give jobs of dead workers back to the queue; returns how many."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for stuck in stalled:
        await manager.retry_job(stuck)
    return len(stalled)


@app.periodic(cron="50 18 * * *")
@app.task(name="foundation.forget_done", queueing_lock="foundation.forget_done", pass_context=True)
async def forget_done(context, timestamp: int) -> None:
    """Once a night: jobs that succeeded three days ago are forgotten; parked ones stay until somebody looks."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
