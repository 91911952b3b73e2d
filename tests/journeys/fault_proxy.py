"""A bad network between browser and server: requests that never arrive, and replies that never come back. Not a test.

Built files pass unharmed, as from a browser's cache: a page without its script saves nothing and claims nothing.
"""

import http.client
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DROPPED, REPLY_LOST = 0.30, 0.10
UNHARMED = ("/static/", "/favicon")
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Network(ThreadingHTTPServer):
    """Hands requests on to the server at `port`; `counts` says what happened to them."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, *, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port, self.bad = port, True
        self.counts: Counter[str] = Counter()
        self._dice, self._lock = random.Random(seed), threading.Lock()

    def handle_error(self, request, client_address) -> None:
        """A browser that was closed reads no reply; that is what the run is about."""

    def fate(self, path: str) -> str:
        """What happens to the next request."""
        with self._lock:
            throw = 1.0 if path.startswith(UNHARMED) or not self.bad else self._dice.random()
            fate = "dropped" if throw < DROPPED else "reply lost" if throw < DROPPED + REPLY_LOST else "passed"
            self.counts[fate if not path.startswith(UNHARMED) else "built file"] += 1
            return fate


class _Handler(BaseHTTPRequestHandler):
    server: Network

    def do_GET(self) -> None:
        fate = self.server.fate(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = True
        if fate == "dropped":
            return
        inner = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        inner.request(self.command, self.path, body, dict(self.headers.items()) | {"Connection": "close"})
        reply = inner.getresponse()
        content = reply.read()
        if fate == "reply lost":
            return
        self.send_response_only(reply.status, reply.reason)
        for name, value in reply.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 - the base class looks for this name

    def log_message(self, *args) -> None:
        """Addresses would only drown the test's output."""


@contextmanager
def bad_network(site: str, *, seed: int) -> Iterator[tuple[Network, str]]:
    """The network and the address behind which the site lies."""
    network = Network(int(site.rsplit(":", 1)[1]), seed=seed)
    threading.Thread(target=network.serve_forever, daemon=True).start()
    yield network, f"http://127.0.0.1:{network.server_address[1]}"
    network.shutdown()
    network.server_close()
