"""Alembic migrations; forward-only in production."""
