"""A notifier for tests, and a channel that really listens; both pass the same acceptance tests."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from grid.core.errors.notices import NoticeNotSent
from grid.tools.notify import Notice


class RecordingNotifier:
    """Keeps what was sent; `broken` makes every send fail."""

    enabled = True

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.broken = False

    def send(self, notice: Notice) -> bool:
        """Keep the text."""
        if self.broken:
            raise NoticeNotSent(kind=notice.kind.value)
        self.texts.append(notice.text())
        return True


class Channel:
    """An HTTP service on this machine that takes notices as JSON."""

    def __init__(self, port: int) -> None:
        self.url = f"json://127.0.0.1:{port}/"
        self.texts: list[str] = []
        self.broken = False


@contextmanager
def listening() -> Iterator[Channel]:
    """Run a channel on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not channel.broken:
                channel.texts.append(body["message"])
            self.send_response(503 if channel.broken else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    channel = Channel(server.server_port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield channel
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
