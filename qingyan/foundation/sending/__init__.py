"""Forms that have been taken: one that is sent a second time is taken once (`sent_once.py`, a middleware)."""
