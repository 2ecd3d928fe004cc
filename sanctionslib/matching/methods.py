"""The matching methods: the index of each, and the comparison of two names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sanctionslib.answers import Comparison
from sanctionslib.matching.arguments import kind_words
from sanctionslib.matching.name_index import NameIndex
from sanctionslib.model import Entity, Name
from sanctionslib.model.words import word

__all__ = ["DEFAULT", "METHODS", "compare", "index_for", "known_method"]

DEFAULT = "default"
"""The scorer of this library, which is used unless another one is named."""
METHODS = (DEFAULT, "ofac")


def known_method(method: str | None) -> str:
    """The method that is meant, in any case; the default where none is.

    Raises:
        InvalidInputError: There is no such method.
    """
    return DEFAULT if method is None else word(method, METHODS, "method")


def index_for(method: str, entities: Sequence[Entity]) -> NameIndex:
    """The names of a collection, prepared for a method.

    Raises:
        InvalidInputError: There is no such method.
    """
    method = known_method(method)
    # Only who uses a method needs its module.
    if method == DEFAULT:
        from sanctionslib.matching.token_index import TokenIndex

        return TokenIndex(entities)
    from sanctionslib.matching.ofac import OfacIndex

    return OfacIndex(entities)


def compare(
    a: str | Name,
    b: str | Name,
    *,
    kind: type[Entity] | str | Collection[type[Entity] | str] | None = None,
    method: str | None = DEFAULT,
) -> Comparison:
    """The score of two names, 0 to 1, and what it is made of, token by token.

    "LAST, First" is understood of persons. The second name is the listed one: what only
    it has costs less than what only the first one has.

    Args:
        a: The name that is searched, as text or as the `Name` of an entity.
        b: The name of the list, the same.
        kind: The kind of party, as `sl.Person` or "person"; None, or several, where it is not known.
        method: "default", or "ofac" for the score of OFAC's own search page.

    Raises:
        InvalidInputError: A name is no text, or has nothing that could be compared; the kind or the
            method is unknown.

    >>> import sanctionslib as sl
    >>> found = sl.compare("Vladimr Putin", "PUTIN, Vladimir Vladimirovich", kind=sl.Person)
    >>> [(one.query, one.listed, one.reason.value) for one in found.pairs]
    [('vladimr', 'vladimir', 'spelling'), ('putin', 'putin', 'exact')]
    >>> [(one.text, one.reason.value) for one in found.unmatched_listed]
    [('vladimirovich', 'missing token')]
    """
    kind_word, _ = kind_words(kind)
    method = known_method(method)
    from sanctionslib.matching.tokens import check_name, tokenise, tokenise_query

    if method == "ofac":
        from sanctionslib.matching import ofac

        text_a, text_b = (check_name(one.text if isinstance(one, Name) else one) for one in (a, b))
        return ofac.compare(text_a, text_b, kind_word)
    from sanctionslib.matching.scorer import explain

    one, other = (
        # Lists have names like "07" and "Z".
        tokenise(check_name(name.text), kind_word, name.parts)
        if isinstance(name, Name)
        else tokenise_query(name, kind_word)
        for name in (a, b)
    )
    return explain(one, other, kind_word)
