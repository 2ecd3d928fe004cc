"""Results of a screening, record by record, as JSON Lines that read back equal.

Each line says by itself what was looked at and how, so that none needs the others.
"""

from __future__ import annotations

import json

from sanctionslib.answers import ScreeningResult, SearchContext
from sanctionslib.serialize import Envelope, to_dict

__all__ = ["ResultLines"]


class ResultLines:
    """Results of one screening as JSON Lines, each what `to_dict` gives.

    Example:
        >>> from sanctionslib.answers import Subject
        >>> searched = SearchContext(method="example-1", min_score=0.8)
        >>> asked = Subject(names=("Jane Doe",))
        >>> result = ScreeningResult(key="C-1", position=1, subject=asked, context=searched)
        >>> json.loads(ResultLines(searched)(result)) == to_dict(result)
        True
    """

    def __init__(self, context: SearchContext) -> None:
        # The same in every line, and most of it where there is no hit: it is made once.
        whole = to_dict(ScreeningResult(key="", position=0, context=context))
        self._head = {key: whole[key] for key in ("schema", "library")}
        self._end = {key: whole[key] for key in ("context", "editions") if key in whole}
        self._envelope = Envelope(context.editions)

    def __call__(self, result: ScreeningResult) -> str:
        """The line of a result."""
        body = self._head | self._envelope.write(result) | self._end
        return f"{json.dumps(body, ensure_ascii=False)}\n"
