"""Bulk import: read an office's table, say every bad cell, and create the good rows once."""
