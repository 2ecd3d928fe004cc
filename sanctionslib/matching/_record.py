"""Classes of which an index makes hundreds of thousands of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attrs import frozen as record
else:
    from attrs import define as record

__all__ = ["record"]

# A frozen class of attrs sets each field by way of `object.__setattr__`, which takes three times as
# long. So these are frozen for type checkers alone: who assigns a field is told by them. With
# `eq=False`: one that compares would have a hash for them, and none when it runs.
