"""A publisher's server on loopback that answers as a test wants: correctly, wrongly, slowly, never.

    with FaultyServer() as server:
        url = server.put("/SDN.CSV", Answer(status=503), Answer(body=b"36,..."))
        ...
        assert len(server.asked("/SDN.CSV")) == 2

Each path has a list of answers, given one after the other; the last is given again and again.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import socket
import ssl
import struct
import tempfile
import threading
import time
from collections.abc import Mapping
from email.utils import formatdate
from http.client import responses
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from types import TracebackType
from typing import Literal, Self, TypeAlias
from urllib.parse import urlsplit

import attrs
import pytest
import requests
import trustme

from sanctionslib.archive._attempts import RetryPolicy

HASTY = RetryPolicy(
    attempts=4,
    connect_timeout=2,
    read_timeout=0.5,
    total_timeout=20,
    backoff=0.001,
    longest_retry_after=2,
)
"""A policy that makes tests end soon."""

Tls: TypeAlias = Literal["", "good", "untrusted", "expired", "wrong host"]


@attrs.frozen(kw_only=True)
class Answer:
    """The answer of the server to one request."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = {}
    """On top of `Date`, `Content-Length` and `Connection`; one that is "" is left out."""
    etag: str = ""
    """Sent, and answered with 304 where the question has it."""
    last_modified: str = ""
    """As `etag`."""
    length: int | None = None
    """A `Content-Length` that is not that of the body."""
    gzip: bool = False
    """Compress the body, with the matching Content-Encoding."""
    chunked: bool = False
    """Send the body in chunks, without a length."""
    delay: float = 0.0
    """Seconds before the first byte."""
    trickle: float = 0.0
    """Seconds before each byte of the body."""
    cut: int | None = None
    """Close the connection after this number of bytes of the body."""
    raw: bytes = b""
    """Sent instead of all that, with status and headers."""
    drip: bytes = b""
    """Sent after `raw`, again and again, `FaultyServer.MOST` times with pauses."""
    close: bool = False
    """Close the connection before the first byte."""
    reset: bool = False
    """Where it is cut, or before the first byte: with a reset, as a firewall does."""
    hang: bool = False
    """At the cut, or before the first byte: send nothing more, until the server is closed."""


@attrs.frozen(kw_only=True)
class Request:
    """The requests to the server."""

    method: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


def redirect(target: str, status: int = 302, **headers: str) -> Answer:
    """An answer that points elsewhere."""
    return Answer(status=status, headers={"Location": target, **headers})


def file(body: bytes) -> Answer:
    """A file as a good server gives it, with ETag and Last-Modified."""
    return Answer(
        body=body,
        etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        last_modified="Fri, 10 Dec 2021 15:30:00 GMT",
    )


class FaultyServer:
    """A server with a thread for each connection; as a context manager it is closed at the end.

    Args:
        tls: With TLS, and which certificate. `session` trusts the authority of all but "untrusted".
    """

    MOST = 1500
    """How often something is sent that drips: it takes half a minute."""

    def __init__(self, *, tls: Tls = "") -> None:
        self.requests: list[Request] = []
        """All requests, in order."""
        self.drops = 0
        """How often something was sent that drips."""
        self.stopping = threading.Event()
        self._answers: dict[str, list[Answer]] = {}
        self._lock = threading.Lock()
        self._patch = pytest.MonkeyPatch()
        self._scheme = "https" if tls else "http"
        self._authority = trustme.CA() if tls else None
        self._folder = tempfile.TemporaryDirectory()
        context = None
        if self._authority:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._certificate(tls).configure_cert(context)
            self._authority.cert_pem.write_to_path(str(self._pem))
        self._server = _Server(self, context)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._trusts = bool(tls) and tls != "untrusted"

    def __enter__(self) -> Self:
        # A developer's own proxy would answer for us.
        self._patch.setenv("no_proxy", "127.0.0.1,localhost")
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._folder.cleanup()
        self._patch.undo()

    def put(self, path: str, *answers: Answer) -> str:
        """What to answer at a path, from now on; its address."""
        with self._lock:
            self._answers[path] = list(answers)
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path; as host also "localhost", which is another one to a client."""
        return f"{self._scheme}://{host}:{self._server.server_address[1]}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests at a path, with any query."""
        return [one for one in self.requests if urlsplit(one.path).path == path]

    def session(self) -> requests.Session:
        """A session that trusts the server's certificate; to be closed."""
        session = requests.Session()
        if self._trusts:
            session.verify = str(self._pem)
        return session

    @property
    def _pem(self) -> Path:
        return Path(self._folder.name, "authority.pem")

    def _certificate(self, tls: Tls) -> trustme.LeafCert:
        assert self._authority
        if tls == "wrong host":
            return self._authority.issue_cert("lists.example")
        past = datetime.datetime(2021, 12, 10)
        return self._authority.issue_cert(
            "127.0.0.1",
            "localhost",
            not_before=past - datetime.timedelta(days=30) if tls == "expired" else None,
            not_after=past if tls == "expired" else None,
        )

    def next_answer(self, request: Request) -> Answer:
        """The answer that is due; 404 at a path that nothing was put at."""
        with self._lock:
            self.requests.append(request)
            due = self._answers.get(urlsplit(request.path).path, [])
            if not due:
                return Answer(status=404, body=b"<html><body>Not Found</body></html>")
            return due.pop(0) if len(due) > 1 else due[0]


class _Server(ThreadingMixIn, TCPServer):
    # Threads are joined when the server is closed, so that no socket outlives the test.
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, owner: FaultyServer, context: ssl.SSLContext | None) -> None:
        self.owner = owner
        self.context = context
        super().__init__(("127.0.0.1", 0), _Handler)

    def finish_request(self, request, client_address) -> None:
        """In a thread of the connection, so that a handshake blocks no other connection."""
        request.settimeout(10)
        try:
            if self.context:
                with self.context.wrap_socket(request, server_side=True) as secured:
                    super().finish_request(secured, client_address)
            else:
                super().finish_request(request, client_address)
        except OSError:
            pass  # the client went away, or does not like the certificate

    def shutdown_request(self, request) -> None:
        if request.fileno() >= 0:
            super().shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.close_connection = True
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        answer = self.server.owner.next_answer(request)
        self._wait(answer.delay)
        if answer.close or ((answer.reset or answer.hang) and answer.cut is None):
            self._break(answer)
            return
        if answer.raw or answer.drip:
            self.wfile.write(answer.raw)
            self._drip(answer.drip)
            return
        if self._is_known(answer, request):
            answer = attrs.evolve(answer, status=304, body=b"", length=None)
        self._send(answer)

    do_HEAD = do_POST = do_CONNECT = do_GET  # noqa: N815

    def _drip(self, piece: bytes) -> None:
        while piece and self.server.owner.drops < FaultyServer.MOST and not self._wait(0.02):
            self.wfile.write(piece)
            self.server.owner.drops += 1

    def _is_known(self, answer: Answer, request: Request) -> bool:
        # RFC 9110: If-Modified-Since counts only where there is no If-None-Match.
        if answer.status != 200:
            return False
        if "if-none-match" in request.headers:
            return bool(answer.etag) and request.headers["if-none-match"] == answer.etag
        listed_since = request.headers.get("if-modified-since", "")
        return bool(answer.last_modified) and listed_since == answer.last_modified

    def _send(self, answer: Answer) -> None:
        body = gzip.compress(answer.body, mtime=0) if answer.gzip else answer.body
        headers = {"Date": formatdate(usegmt=True), "Connection": "close"}
        if answer.chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif answer.status not in (204, 304):
            headers["Content-Length"] = str(len(body) if answer.length is None else answer.length)
        if answer.gzip:
            headers["Content-Encoding"] = "gzip"
        if answer.etag:
            headers["ETag"] = answer.etag
        if answer.last_modified:
            headers["Last-Modified"] = answer.last_modified
        headers |= answer.headers
        lines = [f"HTTP/1.1 {answer.status} {responses.get(answer.status, '')}"]
        lines += [f"{name}: {value}" for name, value in headers.items() if value]
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        if self.command == "HEAD":
            return
        sent = body[: answer.cut]
        if answer.trickle:
            for at in range(len(sent)):
                if self._wait(answer.trickle):
                    return
                self._write(sent[at : at + 1], answer)
        elif sent:
            self._write(sent, answer)
        if answer.cut is not None:
            self._break(answer)
        elif answer.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _write(self, piece: bytes, answer: Answer) -> None:
        if answer.chunked:
            piece = b"%x\r\n%s\r\n" % (len(piece), piece)
        self.wfile.write(piece)

    def _break(self, answer: Answer) -> None:
        if answer.hang:
            self.server.owner.stopping.wait()
        if answer.reset:
            # What was sent has to arrive first: a reset throws away what is still on its way.
            time.sleep(0.05)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def _wait(self, seconds: float) -> bool:
        """Wait; True where the server is being closed."""
        return seconds > 0 and self.server.owner.stopping.wait(seconds)
