"""Many hosts on one loopback port, told apart by the name that they are asked under."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[[str, str], tuple[int, str, bytes]]
"""Host and path → status, content type (where it leads, for a redirect) and body."""


class Hosts:
    """Serves ``names`` until it is closed; ``file`` leads a crawl there (``RESOLVER_HOSTS``)."""

    def __init__(self, folder: Path, names: Iterable[str], answer: Answer) -> None:
        self.asked: list[tuple[str, str]] = []
        hosts = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host = self.headers["Host"].partition(":")[0]
                hosts.asked.append((host, self.path))
                status, content_type, body = answer(host, self.path)
                self.send_response(status)
                self.send_header("Location" if 300 <= status < 400 else "Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.file = folder / "hosts"
        self.file.write_text("".join(f"{name} 127.0.0.1:{self.server.server_port}\n" for name in names))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
