"""Errors: what each clause can catch, and what it can say."""

import sanctionslib as sl

sdn = sl.read(sl.open_sample(), list_id="us_ofac_sdn")  # SDN.XML has no dates of listing


def tell(key: str) -> str:
    """The name of a party, or what to do."""
    try:
        return sdn[key].name
    except sl.NotFoundError as error:
        return " or ".join(error.suggestions) or error.hint
    except sl.AmbiguousIdError as error:
        return ", ".join(error.candidates)


def load(data: bytes) -> sl.SanctionsList[sl.Entity] | None:
    """A list from bytes, or a line about what is wrong with them."""
    try:
        return sl.read(data, strict=True)
    except sl.errors.UnknownFormatError as error:
        print("not a list:", error.what)
    except (sl.errors.TruncatedError, sl.IncompleteEditionError) as error:
        where: sl.errors.Where = error.where
        print("damaged:", where.source, where.line or 0, error.hint)
    except sl.SanctionsError as error:
        print(type(error).__name__, error)
    return None


def missing_facts() -> tuple[str, ...]:
    """What the file does not state."""
    try:
        sdn.where(listed_from="2021")
    except sl.NotStatedError as error:
        return error.facts
    return ()


assert tell("33951") == "RAPID ACTION BATTALION"
assert "33951" in tell("33950")
assert load(b"<html></html>") is None
assert load(b"") is None
assert missing_facts() == ("listing date",)
messages: list[str] = []
try:
    sdn.where(program="GLOMAGG")
except ValueError as error:
    messages.append(str(error))
try:
    sl.read("no such file.xml")
except OSError as error:
    messages.append(type(error).__name__)
try:
    sdn["1"]
except KeyError as error:
    messages.append(str(error))
assert "did you mean 'GLOMAG'?" in messages[0]
assert messages[1] == "UnreadableError"
assert not messages[2].startswith("'")
