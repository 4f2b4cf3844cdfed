"""This process's tools, for routes and commands."""

from flask import current_app

from grid.tools.kit import Kit


def kit() -> Kit:
    """Return the tools opened at start."""
    found: Kit = current_app.extensions["grid_kit"]
    return found
