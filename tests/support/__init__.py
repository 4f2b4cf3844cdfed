"""What the tests stand on: a private PostgreSQL, fresh databases, and walls against the outside."""
