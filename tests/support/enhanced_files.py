"""Small files in OFAC's enhanced format, written for one test each."""

from __future__ import annotations

from collections.abc import Iterable

NAMESPACE = (
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML"
)
DELTA = "https://www.treasury.gov/ofac/DeltaFile/1.0"

SDN = '<sanctionsList refId="1550" id="9" datePublished="2020-01-02">SDN List</sanctionsList>'
NAME = (
    '<name id="1{uid}"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>'
    '<translation id="2{uid}"><isPrimary>true</isPrimary><script refId="20122">Latin</script>'
    "<formattedLastName>EXAMPLE {uid}</formattedLastName>"
    '<formattedFullName>EXAMPLE {uid}</formattedFullName><nameParts><namePart id="3{uid}">'
    '<type refId="1525">Entity Name</type><value>Example {uid}</value></namePart></nameParts>'
    "</translation></translations></name>"
)
REFERENCES = {
    "1550": ("ENTITY LISTING TYPE", "SDN List"),
    "91507": ("ENTITY LISTING TYPE", "Sectoral Sanctions Identifications List"),
    "91512": ("ENTITY LISTING TYPE", "Consolidated List"),
    "601": ("SDN TYPE", "Entity"),
    "600": ("SDN TYPE", "Individual"),
    "20122": ("SCRIPT", "Latin"),
    "1525": ("NAME PART TYPE", "Entity Name"),
    "204": ("PROGRAM", "SDGT"),
    "205": ("PROGRAM", "CUBA"),
    "1705": ("SANCTIONS TYPE", "Block"),
    "1828": ("LEGAL AUTHORITY", "Executive Order 13224 (Terrorism)"),
    "1571": ("ID DOCUMENT TYPE", "Passport"),
}
LABELS = {"8": "Birthdate", "14": "Website", "9": "Place of Birth"}


def plain(
    uid: int | str,
    rest: str = "<addresses/>",
    *,
    lists: str = SDN,
    names: str | None = None,
    info: str = '<identityId>1</identityId><entityType refId="601">Entity</entityType>',
    program: str = "SDGT",
    attributes: str = "",
) -> str:
    """An entity with one list, one program, one measure, one authority and one name."""
    number = {"SDGT": "204", "CUBA": "205"}[program]
    return (
        f'<entity id="{uid}"{attributes}><generalInfo>{info}</generalInfo>'
        f"<sanctionsLists>{lists}</sanctionsLists><sanctionsPrograms>"
        f'<sanctionsProgram refId="{number}" id="5">{program}</sanctionsProgram>'
        '</sanctionsPrograms><sanctionsTypes><sanctionsType refId="1705" id="6">Block'
        '</sanctionsType></sanctionsTypes><legalAuthorities><legalAuthority refId="1828" id="7">'
        "Executive Order 13224 (Terrorism)</legalAuthority></legalAuthorities>"
        f"<names>{NAME.format(uid=uid) if names is None else names}</names>{rest}</entity>"
    )


def enhanced(
    *entities: str,
    lists: Iterable[str] = ("SDN List",),
    programs: Iterable[str] = (),
    as_of: str | None = "2021-12-10T00:00:00",
    namespace: str = NAMESPACE,
    prolog: str = '<?xml version="1.0" encoding="utf-8"?>',
) -> bytes:
    """A complete file; `lists` and `programs` are its filter."""
    number = {word: ref for ref, (_, word) in REFERENCES.items()}
    named = "".join(
        f'<sanctionsList refId="{number.get(one, 0)}">{one}</sanctionsList>' for one in lists
    )
    tags = "".join(f'<sanctionsProgram refId="0">{one}</sanctionsProgram>' for one in programs)
    header = (
        (f"<dataAsOf>{as_of}</dataAsOf>" if as_of is not None else "")
        + "<filters>"
        + (f"<sanctionsLists>{named}</sanctionsLists>" if named else "")
        + (f"<sanctionsPrograms>{tags}</sanctionsPrograms>" if tags else "")
        + "</filters>"
    )
    values = "".join(
        f'<referenceValue refId="{ref}"><type>{kind}</type><value>{word}</value></referenceValue>'
        for ref, (kind, word) in REFERENCES.items()
    )
    labels = "".join(
        f'<featureType featureTypeId="{ref}"><type>{word}</type></featureType>'
        for ref, word in LABELS.items()
    )
    own = f"<referenceValues>{values}</referenceValues><featureTypes>{labels}</featureTypes>"
    space = f' xmlns="{namespace}"' if namespace else ""
    text = (
        f"{prolog}\n<sanctionsData{space}><publicationInfo>{header}</publicationInfo>"
        f"{own}<entities>{''.join(entities)}</entities></sanctionsData>\n"
    )
    return text.encode()


def feature(
    label: str = "Website", value: str = "www.example.org", beside: str = "", primary: str = "true"
) -> str:
    """One feature, with more elements (`beside`) after its value."""
    number = {word: ref for ref, word in LABELS.items()}.get(label, "0")
    return (
        f'<feature id="40"><type featureTypeId="{number}">{label}</type><versionId>41</versionId>'
        f"<value>{value}</value>{beside}<isPrimary>{primary}</isPrimary></feature>"
    )


def period(
    name: str, days: str, *, approximate: str = "false", is_range: str = "false", uid: int = 50
) -> str:
    """A date of four days, "-" for one that is not there."""
    names = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    dates = zip(names, days.split(), strict=True)
    elements = "".join(f"<{one}>{day}</{one}>" for one, day in dates if day != "-")
    return (
        f'<{name} id="{uid}">{elements}<isApproximate>{approximate}</isApproximate>'
        f"<isDateRange>{is_range}</isDateRange></{name}>"
    )
