"""Triggers by which the database itself refuses to change or delete ledger rows (both databases).

A leaf's body may be erased to NULL, which privacy law can demand (个人信息保护法 47); nothing else may change.
"""

from alembic import op

FIXED_LEAF = ("idx", "hash", "action", "actor_id", "task_id", "object_id", "at")
TABLES = ("ledger_leaf", "ledger_node")


def guard_ledger() -> None:
    """Create the triggers."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def drop_ledger_guards() -> None:
    """Remove the triggers (tests of downgrade only)."""
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"DROP TRIGGER IF EXISTS keep_{table} ON {table}")
            op.execute(f"DROP TRIGGER IF EXISTS keep_{table}_whole ON {table}")
        op.execute("DROP FUNCTION IF EXISTS refuse_ledger_change()")
        op.execute("DROP FUNCTION IF EXISTS refuse_leaf_change()")
    else:
        for table in TABLES:
            op.execute(f"DROP TRIGGER IF EXISTS keep_{table}_update")
            op.execute(f"DROP TRIGGER IF EXISTS keep_{table}_delete")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    same = " AND ".join(f"NEW.{c} IS NOT DISTINCT FROM OLD.{c}" for c in FIXED_LEAF)
    op.execute(
        "CREATE FUNCTION refuse_leaf_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NEW.body IS NULL AND {same} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'the ledger is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER keep_ledger_leaf BEFORE UPDATE ON ledger_leaf "
        "FOR EACH ROW EXECUTE FUNCTION refuse_leaf_change()"
    )
    op.execute(
        "CREATE TRIGGER keep_ledger_node BEFORE UPDATE ON ledger_node "
        "FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER keep_{table}_whole BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()"
        )


def _guard_sqlite() -> None:
    same = " AND ".join(f"NEW.{c} IS OLD.{c}" for c in FIXED_LEAF)
    op.execute(
        f"CREATE TRIGGER keep_ledger_leaf_update BEFORE UPDATE ON ledger_leaf WHEN NOT (NEW.body IS NULL AND {same}) "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER keep_ledger_node_update BEFORE UPDATE ON ledger_node "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER keep_{table}_delete BEFORE DELETE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        )
