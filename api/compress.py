"""Answers of data go out gzipped when that saves anything and the client can read it."""

import gzip
from typing import Final

from flask import Flask, Response, request

LEAST_BYTES: Final = 1024
LEVEL: Final = 5  # a phone's first load is rare and its network slow: a tenth smaller than level 1
TYPES: Final = frozenset({"application/json", "application/problem+json"})


def register(app: Flask) -> None:
    """Compress what routes answer; streams, files and what is compressed already go out as they are."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in TYPES or response.is_streamed or response.direct_passthrough:
        return response
    if "Content-Encoding" in response.headers or (response.content_length or 0) < LEAST_BYTES:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0 and request.method != "HEAD":
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # the same thing in another spelling
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
