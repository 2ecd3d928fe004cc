"""The formats for the contract, one row each, and the files of each that it is held against.

A row says how the entries of a format are found and where the label of a value stands; the rest is
the container's. To add a format: a small file, a row in `CASES`, and its complete files in `whole`.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import attrs
import cases_ae
import cases_au
import cases_ca
import cases_ch
import cases_eu
import cases_gb
import cases_iadb
import cases_il
import cases_jp
import cases_json
import cases_nz
import cases_pl
import cases_ua
import cases_un
from case import Case, data, parts
from json_containers import Json
from nodes import Container, Labels, Node, Span
from official import OFFICIAL
from table_containers import Table
from xml_container import Element, Found, Xml, own_name

import sanctionslib as sl
from sanctionslib.samples import open_sample

# ── OFAC: classic, enhanced ───────────────────────────────────────────────────────────────────


def _enhanced_address(node: Node, _: Node) -> str:
    """An address with only an id has a label without meaning."""
    stated = any(one.name in ("country", "addressPart") for one in node.all())
    return "" if stated else "empty"


_PARTS = "translations/translation"
_ENHANCED_LABELS: Labels = {
    "features/feature": "type",
    "identityDocuments/identityDocument": "type",
    f"names/name/{_PARTS}/nameParts/namePart": "type",
    f"addresses/address/{_PARTS}/addressParts/addressPart": "type",
    "addresses/address": _enhanced_address,
    "sanctionsLists/sanctionsList": lambda node, _: (
        node.text if node.text == "Consolidated List" else ""
    ),
}


@cache
def _numbers(container: Container) -> tuple[Mapping[str, str], Mapping[str, Mapping[str, str]]]:
    """Number → its set, and name of a set → word → number."""
    assert isinstance(container, Xml)
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    for one in container.shell.iterfind("{*}referenceValues/{*}referenceValue"):
        kind, word = one.findtext("{*}type", ""), one.findtext("{*}value", "")
        numbers[kind][word] = one.get("refId", "")
    return {key: kind for kind, words in numbers.items() for key in words.values()}, numbers


def _enhanced_follow(container: Container, changed: Node) -> None:
    """A word and its number agree."""
    kind_of, numbers = _numbers(container)
    for child in changed.children:
        if child.name == "@refId":
            known = numbers.get(kind_of.get(child.text, ""), {})
            child.text = known.get(changed.text, child.text)


# ── OFAC: advanced, whose parties are put together from five sections ─────────────────────────


def _advanced_entries(root: Element) -> Found:
    by_identity: dict[str, str] = {}
    users: dict[str, list[str]] = defaultdict(list)
    for party in root.iterfind("{*}DistinctParties/{*}DistinctParty"):
        owner = party.get("FixedRef", "")
        for identity in party.iter("{*}Identity"):
            by_identity[identity.get("ID", "")] = owner
        for link in party.iter("{*}VersionLocation"):
            users[link.get("LocationID", "")].append(owner)
        yield party, "DistinctParty", (owner,)
    known = set(by_identity.values())
    for document in root.iterfind("{*}IDRegDocuments/{*}IDRegDocument"):
        mine = by_identity.get(document.get("IdentityID", ""))
        if mine is not None:
            users[document.get("IssuedIn-LocationID", "")].append(mine)
        yield document, "IDRegDocument", () if mine is None else (mine,)
    for path, key in (
        ("ProfileRelationships/{*}ProfileRelationship", "From-ProfileID"),
        ("SanctionsEntries/{*}SanctionsEntry", "ProfileID"),
    ):
        for one in root.iterfind(f"{{*}}{path}"):
            owner = one.get(key, "")
            yield one, own_name(one), (owner,) if owner in known else ()
    for one in root.iterfind("{*}Locations/{*}Location"):
        yield one, "Location", tuple(dict.fromkeys(users.get(one.get("ID", ""), ())))


@cache
def _words(container: Container) -> Mapping[str, Mapping[str, str]]:
    """Name of a set → number → word."""
    assert isinstance(container, Xml)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    sets = container.shell.find("{*}ReferenceValueSets")
    assert sets is not None
    for one in sets.iterfind("{*}*/{*}*"):
        found[own_name(one)][one.get("ID", "")] = (one.text or "").strip()
    return found


def _advanced_labels(container: Container) -> Labels:
    words = _words(container)

    def word(kind: str) -> Callable[[Node, Node], str]:
        return lambda node, _: words[kind].get(node.text_of(f"@{kind}ID"), "")

    def wrapper(node: Node, _: Node) -> str:
        listed = words["List"].get(node.text_of("@ListID"), "")
        return listed if listed == "Consolidated List" else ""

    return {
        "DistinctParty/Profile/Feature": word("FeatureType"),
        "IDRegDocument": word("IDRegDocType"),
        "Location/LocationPart": word("LocPartType"),
        "SanctionsEntry": wrapper,
    }


def _advanced_codes(container: Container, path: str) -> Sequence[str] | None:
    """The numbers of the set that a reference leads to."""
    name = path.rpartition("@")[2].removesuffix("ID").rpartition("-")[2]
    words = _words(container).get(name) if path.endswith("ID") else None
    return None if words is None else [key for key, word in words.items() if word != "Unknown"]


def _without_names_of_others(entity: sl.Entity) -> sl.Entity:
    """Relations lead to keys here; the name of the other is looked up in the file."""
    relations = tuple(
        attrs.evolve(one, to=attrs.evolve(one.to, name="")) if one.to.source_id else one
        for one in entity.relations
    )
    return attrs.evolve(entity, relations=relations)


# ── OFAC: flat files ──────────────────────────────────────────────────────────────────────────

_FLAT = {
    name: columns.split(",")
    for name, columns in {
        "SDN": "ent_num,SDN_Name,SDN_Type,Program,Title,Call_Sign,Vess_type,Tonnage,GRT,Vess_flag,"
        "Vess_owner,Remarks",
        "ADD": "Ent_num,Add_num,Address,City/State/Province/Postal Code,Country,Add_remarks",
        "ALT": "ent_num,alt_num,alt_type,alt_name,alt_remarks",
        "COMMENTS": "ent_num,Remarks",
    }.items()
}
"""The columns of each file; they have no header."""
_SEGMENT = re.compile(r"(?P<sort>[^;:]+(?:: ?| - )|[A-Za-z. ]+ No\.|(?:alt\. )?[A-Za-z.]+)[^;]*")
"""A segment of the remarks, and the label that it begins with."""
_PHRASES = re.compile(
    r"(?:all|only) (?:other )?(?:offices|branches|locations)|for more information|arrested \d"
    r"|ICTY indictee|member ETA|HAMAS|PFLP|DFLP"
    r"|(?:half-)?(?:wife|husband|son|daughter|brother|sister|nephew|niece|cousin)(?:-in-law)? of"
)
"""Segments without a field: they are only in the remarks."""


def _flat_spans(path: str, text: str) -> Sequence[Span] | None:
    """Programs, and each word of the remarks; of what sort it is, its segment begins with."""
    if path == "SDN/Program":
        return parts(r"[^\][]*[^\][ ]", text)
    if path not in ("SDN/Remarks", "COMMENTS/Remarks"):
        return None
    return [
        (segment.start() + word.start(), segment.start() + word.end(), segment["sort"])
        for segment in _SEGMENT.finditer(text)
        if not _PHRASES.match(segment[0])
        for word in re.finditer(r"[^\s()]*[^\W_]", segment[0])
    ]


# ── trade.gov, BIS, lists of one's own ────────────────────────────────────────────────────────

_PLURAL = frozenset(
    ["programs", "alt_names", "citizenships", "dates_of_birth", "nationalities", "places_of_birth"]
)
_TREASURY_KEYS = frozenset({"_id", "id", "entity_number", "name", "type"})


def _csl_spans(path: str, text: str) -> Sequence[Span] | None:
    if path in _PLURAL:
        return parts(r"[^;]*[^;\s]", text)
    if path in ("addresses", "ids"):
        return [
            (item.start() + start, item.start() + end, item[0].rpartition(", ")[2])
            for item in re.finditer(r"[^;]+", text)
            for start, end, _ in parts(r"[^,]*[^,\s]", item[0])
        ]
    return None


def _own_json_small() -> list[bytes]:
    """What we write of a file that has every element."""
    (every,) = data("every_element_advanced.xml")()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "own.json")
        sl.read(every, list_id="us_ofac_sdn").write(path)
        return [path.read_bytes()]


CASES: tuple[Case, ...] = (
    Case(
        format="ofac-classic-xml",
        names="lastName|firstName|akaList",
        uid="uid",
        list_id="us_ofac_sdn",
        open=lambda files: Xml(files, ["sdnEntry"], count="publshInformation/Record_Count"),
        small=data("every_element.xml"),
        files=("SDN.XML",),
        sample=open_sample(),
        whole=(
            "us_ofac_sdn/SDN_2021-03-10.xml",
            "us_ofac_cons/CONSOLIDATED_2020-03-17.xml",
            "us_ofac_cons/CONSOLIDATED_2024-05-06.xml",
        ),
        labels={"idList/id": "idType"},
        coded="title",
    ),
    Case(
        format="ofac-enhanced-xml",
        names="names/",
        uid="@id",
        list_id="us_ofac_sdn",
        open=lambda files: Xml(files, ["entities/entity"]),
        small=data("ofac_enhanced.xml"),
        files=("SDN_ENHANCED.XML",),
        sample=open_sample(list_id="us_ofac_sdn"),
        whole=(
            "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
            "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
        ),
        labels=_ENHANCED_LABELS,
        coded="type|script|/is[A-Z][A-Za-z]+|title|Date(Begin|End)",
        follow=_enhanced_follow,
    ),
    Case(
        format="ofac-advanced-xml",
        names="DistinctParty/Profile/Identity/Alias",
        list_id="us_ofac_sdn",
        open=lambda files: Xml(files, _advanced_entries),
        small=data("every_element_advanced.xml"),
        files=("SDN_ADVANCED.XML",),
        whole=(
            "us_ofac_cons/CONS_ADVANCED_2020-03-17.xml",
            "us_ofac_sdn/SDN_ADVANCED_excerpt_37parties_2024-02-23.xml",
        ),
        labels=_advanced_labels,
        codes=_advanced_codes,
        coded="ID|@[A-Z][A-Za-z]+|Year|Month|Day|VersionDetail",
        several=frozenset({"DistinctParty/Profile/Feature/FeatureVersion"}),
        rivals=frozenset({"LocationAreaCode", "LocationCountry"}),
        own=_without_names_of_others,
        once=frozenset(
            {
                "Location/FeatureVersionReference@FeatureVersionID",
                "Location/IDRegDocumentReference@IDRegDocumentID",
            }
        ),
    ),
    Case(
        format="ofac-delimited",
        names="SDN/SDN_Name",
        list_id="us_ofac_sdn",
        open=lambda files: Table(files, columns=_FLAT, nothing="-0- "),
        small=data(*(f"same_day/{one}.CSV" for one in ("SDN", "ADD", "ALT", "SDN_COMMENTS"))),
        files=("SDN.CSV", "ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"),
        whole=("us_ofac_cons/delimited_2025-12-19", "us_ofac_sdn/delimited_2021-07-07"),
        published="2030-01-02",
        labels={
            "ADD/Add_num": lambda _, row: "" if row.slots - {"Ent_num", "Add_num"} else "empty row"
        },
        spans=_flat_spans,
        keys=frozenset(),
        coded="Tonnage|GRT",
        besides=dict.fromkeys(("SDN/Remarks", "COMMENTS/Remarks"), frozenset({"remarks"})),
    ),
    Case(
        format="us-csl-csv",
        names="name$",
        uid="_id",
        list_id="us_trade_csl",
        open=Table,
        small=data("us_csl.csv"),
        files=("consolidated.csv",),
        sample=open_sample(list_id="us_trade_csl"),
        whole=("us_trade_csl/consolidated_2022-05.csv",),
        published="2022-05-13",
        spans=_csl_spans,
        coded="title|ids|notice",
        keys=_TREASURY_KEYS,
    ),
    Case(
        format="us-csl-json",
        names="name$",
        list_id="us_trade_csl",
        open=lambda files: Json(files, "results"),
        small=data("us_csl.json"),
        files=("consolidated.json",),
        published="2022-05-13",
        labels={"ids": "type"},
        coded="title|notice",
    ),
    Case(
        format="us-bis-denied-txt",
        names="Name",
        list_id="us_bis_denied",
        open=lambda files: Table(files, "\t"),
        small=data("us_bis_denied.txt"),
        files=("dpl.txt",),
        whole=("us_bis_denied/dpl_2023-11-30.txt",),
        published="2023-11-30",
        keys=frozenset({"Name", "Effective_Date"}),
        coded="FR_Citation",
    ),
    Case(
        format="sanctionslib-csv",
        list_id="watch",
        open=Table,
        small=data("own_list.csv"),
        files=("watch.csv",),
        spans=lambda _path, text: parts(r"[^|]*[^|\s]", text),
        keys=frozenset(),
        coded="identifiers|related_to|measures",
        is_whole=True,
    ),
    Case(
        format="sanctionslib-json",
        list_id="",
        open=lambda files: Json(files, "entities", count="count"),
        small=_own_json_small,
        files=("own.json",),
        key="id",
        not_stated=("edition", "origins"),
    ),
    *cases_un.CASES,
    *cases_ca.CASES,
    *cases_ch.CASES,
    *cases_gb.CASES,
    *cases_eu.CASES,
    *cases_ua.CASES,
    *cases_nz.CASES,
    *cases_ae.CASES,
    *cases_il.CASES,
    *cases_au.CASES,
    *cases_pl.CASES,
    *cases_iadb.CASES,
    *cases_jp.CASES,
    *cases_json.CASES,
)


@attrs.frozen
class File:
    """Files of one edition in one format."""

    case: Case
    files: tuple[bytes, ...]


def excerpts_of(case: Case) -> Iterator[tuple[str, File]]:
    """The official excerpts of a format that are part of the project, by name."""
    for one in OFFICIAL:
        if one.format == case.format:
            files = one.files()
            order = sorted(files, key=_member) if len(files) > 1 else list(files)
            day = case.published and one.published
            yield (
                one.name.partition(".")[0],
                File(
                    attrs.evolve(case, list_id=one.list_id, published=day),
                    tuple(files[name] for name in order),
                ),
            )


def _member(name: str) -> int:
    """The place of one of the flat files among those of its edition."""
    return list(_FLAT).index(Path(name).stem.rpartition("_")[2].replace("PRIM", "SDN"))


def files_of(case: Case, folder: Path, name: str) -> File:
    """A complete official file, or the files of a folder in the order of the members."""
    path = folder / name
    if not path.is_dir():
        return File(attrs.evolve(case, list_id=name.partition("/")[0]), (path.read_bytes(),))
    members = [path / one for one in case.files if (path / one).is_file()]
    if len(members) < len(case.files):  # the same files of another list
        members = sorted(path.iterdir(), key=lambda one: _member(one.name))
    return File(
        attrs.evolve(case, list_id=name.partition("/")[0]),
        tuple(one.read_bytes() for one in members),
    )
