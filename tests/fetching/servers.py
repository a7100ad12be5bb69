"""A real TCP server on loopback whose answers are scripted byte by byte."""

import contextlib
import socket
import threading


class Server:
    """Serves ``answers[path]``: bytes, or a function of the connected socket; counts connections and requests."""

    def __init__(self, answers=None, address="127.0.0.1", wrap=None, default=None):
        self.answers = answers or {}
        self.default = default or page(b"not here", status=b"404 Not Found")
        self.connections = 0
        self.requests = []
        self.heads = []
        self._wrap = wrap
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._listener = socket.socket(family)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((address, 0))
        self._listener.listen(64)
        self.address = address
        self.port = self._listener.getsockname()[1]
        self._stopping = False
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *details):
        self._stopping = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def url(self, path="/", host=None, scheme="http"):
        return f"{scheme}://{host or self.address}:{self.port}{path}"

    def _accept(self):
        while not self._stopping:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(connection.close)
            connection.settimeout(30)
            if self._wrap:
                connection = stack.enter_context(self._wrap(connection))
            while self._answer(connection):
                pass

    def _answer(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            data = connection.recv(65536)
            if not data:
                return False
            head += data
        path = head.split(b" ", 2)[1].decode("latin-1")
        self.requests.append(path)
        self.heads.append(head.decode("latin-1"))
        answer = self.answers.get(path, self.answers.get(path.partition("?")[0], self.default))
        if callable(answer):
            answer(connection)
            return False
        connection.sendall(answer)
        return b"content-length" in answer.lower() or b"chunked" in answer.lower()


def page(body=b"<html><body>hello</body></html>", status=b"200 OK", headers=b"Content-Type: text/html\r\n"):
    """Return the bytes of a well-formed answer."""
    return b"HTTP/1.1 %b\r\n%bContent-Length: %d\r\n\r\n%b" % (status, headers, len(body), body)


def redirect(target, status=b"302 Found"):
    """Return the bytes of a redirect."""
    return page(b"", status, b"Location: " + target.encode() + b"\r\n")
