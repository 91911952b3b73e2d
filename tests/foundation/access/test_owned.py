"""Rows of one person of the bureau: a policy is taken away or loosened, and somebody then sees or removes too much."""

import os

import psycopg
from django.db import connections, transaction
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from qingyan.foundation.access.scope import entered
from qingyan.insight.models import SavedView
from tests.server import SUPERUSER

TABLE = "insight_savedview"


def keep(cast, account, name, *, shared):
    actor = cast.actor(account)
    with transaction.atomic(), entered(actor):
        return SavedView.objects.create(
            owner=account,
            level="city",
            place=cast.city.id,
            name=name,
            choice="measure=levels",
            shared=shared,
            saved_at=timezone.now(),
        )


def faults(cast) -> list[str]:
    """What somebody sees, writes or removes that is not theirs, or misses of their own."""
    found = []
    expected = {
        "lead": (cast.district_lead, None, {"own", "shared"}),
        "officer": (cast.city_officer, None, {"shared"}),
        "counsellor": (cast.home.counsellor, cast.home, set()),
        "system": (cast.system_admin, None, set()),
    }
    for who, (account, place, wanted) in expected.items():
        with transaction.atomic(), entered(cast.actor(account, place)):
            seen = set(SavedView.objects.values_list("name", flat=True))
            found += [f"{who} sees {sorted(seen)}"] if seen != wanted else []
            if who != "lead":
                gone, _each = SavedView.objects.all().delete()
                found += [f"{who} removes {gone}"] if gone else []
                transaction.set_rollback(True)
    try:
        with transaction.atomic(), entered(cast.actor(cast.city_officer)):
            SavedView.objects.create(
                owner=cast.district_lead, level="city", place=1, name="x", choice="", saved_at=timezone.now()
            )
            transaction.set_rollback(True)
            found.append("officer writes for another")
    except Exception:  # refused, as it should be
        pass
    return found


def test_only_the_owner_and_colleagues_of_shared_rows_read_and_only_the_owner_removes(committed_cast):
    cast = committed_cast
    keep(cast, cast.district_lead, "own", shared=False)
    keep(cast, cast.district_lead, "shared", shared=True)
    assert faults(cast) == []
    name = connections["owner"].settings_dict["NAME"]
    with psycopg.connect(make_conninfo(os.environ[SUPERUSER], dbname=name), autocommit=True) as link:
        policies = dict(
            link.execute(
                "SELECT policyname, pg_get_expr(polqual, polrelid) FROM pg_policies JOIN pg_policy"
                " ON polname = policyname AND polrelid = tablename::regclass WHERE tablename = %s",
                [TABLE],
            ).fetchall()
        )
        assert set(policies) == {"own", "ending"}
        qual = policies["own"]
        mutants = {
            "reads all": (f"ALTER POLICY own ON {TABLE} USING (true)", f"ALTER POLICY own ON {TABLE} USING ({qual})"),
            "writes all": (
                f"ALTER POLICY own ON {TABLE} WITH CHECK (true)",
                f"ALTER POLICY own ON {TABLE} WITH CHECK (owner_id = (SELECT scope.actor()))",
            ),
            "removes all": (
                f"ALTER POLICY ending ON {TABLE} USING (true)",
                f"ALTER POLICY ending ON {TABLE} USING (owner_id = (SELECT scope.actor()))",
            ),
            "not forced": (
                f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
            ),
        }
        for how, (loosened, mended) in mutants.items():
            link.execute(loosened)
            try:
                assert faults(cast) != [], how
            finally:
                link.execute(mended)
    assert faults(cast) == []
