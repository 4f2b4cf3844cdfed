"""Figures for a monitor, in the Prometheus text format; for this machine or for who holds the token."""

import hmac

from flask import Response, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from api.auth import permit, settings
from api.wire import Blueprint
from grid.core.errors import NotFound
from grid.reads.vitals import vitals
from grid.rules.permissions import Action

LOOPBACK = frozenset({"127.0.0.1", "::1"})

bp = Blueprint("metrics", __name__, description="监控")


@bp.get("/metrics")
@permit(Action.METRICS_READ)
@bp.alt_response(200)
def metrics() -> Response:
    """Give gauges read from the database; 404 for everybody else."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    trusted = bool(token) and hmac.compare_digest(given, token)
    if not trusted and request.remote_addr not in LOOPBACK:
        raise NotFound
    registry = CollectorRegistry()
    gauges: dict[str, Gauge] = {}
    for name, labels, value in vitals():
        if name not in gauges:
            gauges[name] = Gauge(name, name, sorted(labels), registry=registry)
        (gauges[name].labels(**labels) if labels else gauges[name]).set(value)
    return Response(generate_latest(registry), mimetype="text/plain; version=0.0.4")
