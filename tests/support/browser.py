"""Headless Chromium, by its debugging protocol over two pipes: pages as readers meet them.

with serving(folder) as address, Browser() as browser:
    page = browser.open(f"{address}/index.html", dark=True)
    assert page.value("document.title") == "sanctionslib"
    assert page.complaints == []
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)

_WITH_PIPES = """
import os, sys
os.dup2(int(sys.argv[1]), 3), os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads from descriptor 3, and writes to 4."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server on loopback that gives the files of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Browser:
    """One process of Chromium with a profile of its own."""

    def __enter__(self) -> Self:
        assert CHROMIUM is not None
        self._profile = mkdtemp(prefix="chromium-")
        its_input, self._to = os.pipe()
        self._from, its_output = os.pipe()
        command = (CHROMIUM, *_OPTIONS, f"--user-data-dir={self._profile}", "about:blank")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WITH_PIPES, str(its_input), str(its_output), *command],
            pass_fds=(its_input, its_output),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(its_input)
        os.close(its_output)
        self._buffer = b""
        self._last = 0
        self._pages: dict[str, Page] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._to)  # Chromium ends when nobody can speak to it any more
        os.close(self._from)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(
        self, address: str, *, width: int = 1280, height: int = 900, dark: bool = False
    ) -> Page:
        """Load a page, up to its `load` event."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, attached["sessionId"])
        page.follow(page.session)
        page.call("Page.enable")
        page.look(width=width, height=height, dark=dark)
        page.go(address)
        return page

    def call(self, method: str, session: str | None = None, **values: object) -> dict[str, Any]:
        """Call a method of the protocol, and wait for what it gives."""
        mine = self.send(method, session, **values)
        end = time.monotonic() + 60
        while True:
            message = self._next(end)
            if message.get("id") == mine:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]

    def send(self, method: str, session: str | None = None, **values: object) -> int:
        """Call a method of the protocol, whatever it gives."""
        self._last += 1
        message: dict[str, object] = {"id": self._last, "method": method, "params": values}
        if session is not None:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return self._last

    def until(self, is_so: Callable[[], bool], seconds: float = 240) -> None:
        """Listen until something is so."""
        end = time.monotonic() + seconds
        while not is_so():
            self._next(end)

    def expect(self, session: str, page: Page) -> None:
        """Tell a page what happens in a session: its own, or that of a worker."""
        self._pages[session] = page

    def _next(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._from], [], [], left)[0]:
                raise TimeoutError("Chromium does not answer")
            data = os.read(self._from, 1 << 16)
            if not data:
                raise ConnectionError("Chromium has ended")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        page = self._pages.get(message.get("sessionId", ""))
        if page is not None and "method" in message:
            page.happened(message["method"], message["params"])
        return message


class Page:
    """A page, with the addresses that it requested and what its console says of faults."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser = browser
        self.session = session
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._is_loaded = False

    def look(self, *, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Show it on another screen, or in the other colours."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def go(self, address: str) -> None:
        """Load another page in its place, up to its `load` event; what was noted is forgotten."""
        self.requests.clear()
        self.complaints.clear()
        self._is_loaded = False
        self.call("Page.navigate", url=address)
        self._browser.until(lambda: self._is_loaded)

    def call(self, method: str, **values: object) -> dict[str, Any]:
        """Call a method of the protocol for this page."""
        return self._browser.call(method, self.session, **values)

    def value(self, expression: str) -> Any:
        """The value of an expression of JavaScript."""
        found = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, expression: str, seconds: float = 240) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while not self.value(expression):
            if time.monotonic() > end:
                raise TimeoutError(f"{expression} is not true after {seconds} s")
            time.sleep(0.05)

    def press(self, key: str, code: int) -> None:
        """Press a key, such as "Tab" (9) or "Enter" (13)."""
        text = {"text": "\r"} if key == "Enter" else {}
        named = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **named, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    def screenshot(self, path: Path) -> None:
        """Write the whole page as PNG."""
        found = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(found["data"]))

    def follow(self, session: str) -> None:
        """Note what happens in a session, and in the workers that it starts."""
        self._browser.expect(session, self)
        for method in ("Runtime.enable", "Log.enable", "Network.enable"):
            self._browser.send(method, session)
        self._browser.send(
            "Target.setAutoAttach",
            session,
            autoAttach=True,
            waitForDebuggerOnStart=True,
            flatten=True,
        )

    def happened(self, event: str, values: dict[str, Any]) -> None:
        """Note an event."""
        if event == "Target.attachedToTarget":
            self.follow(values["sessionId"])
            self._browser.send("Runtime.runIfWaitingForDebugger", values["sessionId"])
        elif event == "Page.loadEventFired":
            self._is_loaded = True
        elif event == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"])
        elif event == "Runtime.exceptionThrown":
            self.complaints.append(str(values["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and values["type"] in (
            "error",
            "warning",
            "assert",
        ):
            self.complaints.append(str(values["args"]))
        elif event == "Log.entryAdded" and values["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"{values['entry']['text']} {values['entry'].get('url', '')}")
