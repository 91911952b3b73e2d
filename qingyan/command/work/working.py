"""The job worker, on procrastinate's asynchronous connector."""

from django.db import connections
from procrastinate.contrib.django import app

from qingyan.foundation.jobs.queries import counts_by_state


def run(*, concurrency: int, once: bool) -> dict[str, int]:
    """Blocks until a signal, or with `once` until no job is due. Returns how many jobs stand in each state."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(concurrency=concurrency, wait=not once, install_signal_handlers=True)
    states = counts_by_state()
    connections.close_all()
    return states
