"""A web handler without a framework: `/33951` answers with the party as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import sanctionslib as sl

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SDN = sl.sample().prepare()
"""Read and indexed once, before the server starts its workers."""


def _respond(start: StartResponse, status: str, body: sl.export.JSON) -> Iterable[bytes]:
    start(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Give the party whose id is the path."""
    key = str(environ["PATH_INFO"]).strip("/")
    try:
        entity = SDN[key]
    except sl.NotFoundError as error:
        body: sl.export.JSON = {"error": error.what, "suggestions": list(error.suggestions)}
        return _respond(start_response, "404 Not Found", body)
    except sl.AmbiguousIdError as error:
        return _respond(start_response, "300 Multiple Choices", list(error.candidates))
    return _respond(start_response, "200 OK", sl.to_dict(entity))


def _ask(path: str) -> tuple[str, str]:
    statuses: list[str] = []

    def start_response(status: str, headers: object, exc_info: object = None) -> object:
        statuses.append(status)
        return print

    body = b"".join(application({"PATH_INFO": path}, start_response))  # type: ignore[arg-type]
    return statuses[0], body.decode()


if __name__ == "__main__":
    found = _ask("/33951")
    assert found[0] == "200 OK"
    assert "RAPID ACTION BATTALION" in found[1]
    assert _ask("/33950")[0] == "404 Not Found"
