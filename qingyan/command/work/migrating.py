"""Bringing the database to this version: Django's migrations as the owner, then policies and grants from the models."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from qingyan.foundation.access.protection import apply, protected_tables

OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Migrated:
    """Names of the migrations applied now, and how many tables are under row-level security."""

    applied: tuple[str, ...]
    protected: int


def planned() -> tuple[str, ...]:
    """Migrations not applied yet, as app.name."""
    executor = MigrationExecutor(owner())
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def migrate() -> Migrated:
    """Applies what is missing. Policies are written again each time: they belong to the code, not to the database."""
    applied = planned()
    if applied:
        call_command("migrate", database=OWNER, verbosity=0, interactive=False)
    with transaction.atomic(using=OWNER):
        apply(owner())
    owner().close()
    return Migrated(applied, len(protected_tables()))


def owner() -> Any:
    """The owner's connection. ImproperlyConfigured with advice when this process has none."""
    if OWNER not in connections.databases:
        raise ImproperlyConfigured("DATABASE_OWNER_URL is not set; this command needs the role qingyan_owner")
    return connections[OWNER]
