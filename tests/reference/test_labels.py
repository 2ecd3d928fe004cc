"""Labels: every document and feature type of OFAC has one reading."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from lxml import etree

from sanctionslib.model.features import FeatureKind
from sanctionslib.model.identifiers import IdentifierKind
from sanctionslib.reference import OfacLabel, ofac_label, ofac_label_at
from sanctionslib.reference.tables import fold, rows

CLASSIC = (
    "us_ofac_sdn/SDN_2021-03-10.xml",
    "us_ofac_cons/CONSOLIDATED_2020-03-17.xml",
    "us_ofac_cons/CONSOLIDATED_2024-05-06.xml",
)
FIELDS = {
    "address", "aircraft_model", "aircraft_operator", "birth_date", "birth_place", "built",
    "citizenship", "established", "flag", "former_flag", "gender", "gross_tonnage", "nationality",
    "organization_type", "registered_in", "title", "tonnage", "vessel_owner", "vessel_type",
}  # fmt: skip


def _label(text: str) -> OfacLabel:
    found = ofac_label(text)
    assert found is not None, text
    return found


def test_counts() -> None:
    """104 types of documents and 82 of features, as in OFAC's reference values."""
    groups = [row["group"] for row in rows("ofac_labels.tsv")]
    assert groups.count("document") == 104
    assert groups.count("feature") == 82
    assert len(groups) == 186


def test_one_reading_each() -> None:
    """Each label is read as a number, a labelled fact or a field, and documents are numbers."""
    for row in rows("ofac_labels.tsv"):
        label = _label(row["label"])
        readings = (label.identifier, label.feature, label.field)
        assert sum(reading is not None for reading in readings) == 1, label
        assert label.field is None or label.field in FIELDS, label
        assert label.identifier is not None or not label.is_document, label
        assert label.label == row["label"]
        assert (label.asset is not None) == (label.identifier is IdentifierKind.DIGITAL_CURRENCY)


def test_no_label_or_number_twice() -> None:
    """No label occurs twice, apostrophes folded, and no number twice within its group."""
    table = list(rows("ofac_labels.tsv"))
    assert len({fold(row["label"]) for row in table}) == len(table)
    assert len({(row["group"], row["ref_id"]) for row in table}) == len(table)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Passport", IdentifierKind.PASSPORT),
        ("Diplomatic Passport", IdentifierKind.PASSPORT),
        ("British National Overseas Passport", IdentifierKind.PASSPORT),
        ("Stateless Person Passport", IdentifierKind.PASSPORT),
        ("Cedula No.", IdentifierKind.NATIONAL_ID),
        ("C.U.R.P.", IdentifierKind.NATIONAL_ID),
        ("C.U.I.", IdentifierKind.NATIONAL_ID),
        ("Tazkira National ID Card", IdentifierKind.NATIONAL_ID),
        ("R.F.C.", IdentifierKind.TAX),
        ("NIT #", IdentifierKind.TAX),
        ("Numero Unico de Identificacao Tributaria (NUIT)", IdentifierKind.TAX),
        ("Driver's License No.", IdentifierKind.DRIVING_LICENCE),
        ("SSN", IdentifierKind.SOCIAL_SECURITY),
        ("UK Company Number", IdentifierKind.REGISTRATION),
        ("Legal Entity Number", IdentifierKind.LEI),
        ("United Social Credit Code Certificate (USCCC)", IdentifierKind.USCC),
        ("Unified Social Credit Code (USCC)", IdentifierKind.USCC),
        ("Vessel Registration Identification", IdentifierKind.VESSEL_REGISTRATION),
        ("MMSI", IdentifierKind.MMSI),
        ("Aircraft Serial Identification", IdentifierKind.AIRCRAFT_SERIAL),
        ("Afghan Money Service Provider License Number", IdentifierKind.LICENCE),
        ("Credencial electoral", IdentifierKind.VOTER),
        ("Identification Number", IdentifierKind.OTHER_DOCUMENT),
        ("SWIFT/BIC", IdentifierKind.BIC),
        ("BIK (RU)", IdentifierKind.BANK_CODE),
        ("MICEX Code", IdentifierKind.TICKER),
        ("Equity Ticker", IdentifierKind.TICKER),
        ("ISIN", IdentifierKind.ISIN),
        ("Other Vessel Call Sign", IdentifierKind.CALL_SIGN),
        ("Previous Aircraft Tail Number", IdentifierKind.FORMER_AIRCRAFT_TAIL),
        ("Digital Currency Address - XBT", IdentifierKind.DIGITAL_CURRENCY),
        ("Website", FeatureKind.WEBSITE),
        ("Secondary sanctions risk:", FeatureKind.SECONDARY_SANCTIONS),
        ("Additional Sanctions Information -", FeatureKind.ADDITIONAL_SANCTIONS),
        ("Executive Order 13662 Directive Determination -", FeatureKind.DIRECTIVE),
        ("IFCA Determination -", FeatureKind.DETERMINATION),
        ("Listing Date (CMIC)", FeatureKind.LISTING_DATE),
        ("Purchase/Sales For Divestment Date (CMIC)", FeatureKind.DIVESTMENT_DATE),
        ("Target Type", FeatureKind.TARGET_TYPE),
        ("Gender", "gender"),
        ("Nationality of Registration", "registered_in"),
        ("Registration Country", "registered_in"),
        ("Organization Established Date", "established"),
        ("Organization Type:", "organization_type"),
        ("Former Vessel Flag", "former_flag"),
        ("Other Vessel Flag", "flag"),
        ("Aircraft Manufacture Date", "built"),
        ("Location", "address"),
    ],
)
def test_readings(text: str, reading: IdentifierKind | FeatureKind | str) -> None:
    """What a number is, what a labelled fact is about, or the field that the value has."""
    label = _label(text)
    assert (label.identifier or label.feature or label.field) == reading


def test_dates() -> None:
    """What OFAC holds as a date is marked; the year of build is text there."""
    dates = {row["label"] for row in rows("ofac_labels.tsv") if _label(row["label"]).is_date}
    assert {"Listing Date (CMIC)", "Birthdate", "Organization Established Date"} < dates
    assert "Vessel Year of Build" not in dates
    assert len(dates) == 14


def test_apostrophes() -> None:
    """Both forms of the apostrophe give the same label."""
    plain = _label("Aircraft Manufacturer's Serial Number (MSN)")
    assert plain.ref_id == "50"
    assert _label("Aircraft Manufacturer’s Serial Number (MSN)") == plain
    assert _label("Driver’s License No.").ref_id == "1577"


def test_marks_at_the_end() -> None:
    """A missing or additional mark is forgiven, unless two labels differ by it alone."""
    assert _label("Secondary sanctions risk").ref_id == "504"
    assert _label("Gender:").field == "gender"
    assert _label("IFCA Determination").ref_id == "104"
    assert _label("Executive Order 14024 Directive Information").ref_id == "948"
    assert _label("Executive Order 14024 Directive Information -").ref_id == "947"
    assert ofac_label("Executive Order 14024 Directive Information:") is None


def test_currencies_not_in_the_table() -> None:
    """A ticker that OFAC added later is read too, without a number."""
    assert _label("Digital Currency Address - XBT").ref_id == "344"
    sol = _label("Digital Currency Address - SOL")
    assert (sol.asset, sol.identifier, sol.ref_id) == (
        "SOL",
        IdentifierKind.DIGITAL_CURRENCY,
        None,
    )


@pytest.mark.parametrize(
    "text", ["Tarjeta Profesional", "", "passport", "Digital Currency Address -"]
)
def test_unknown(text: str) -> None:
    """A label that OFAC's reference values do not have is not guessed."""
    assert ofac_label(text) is None


def test_labels_are_frozen() -> None:
    """A label that many values share cannot be changed by one of them."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        _label("Passport").label = "x"  # type: ignore[misc]


def test_every_id_type_of_the_classic_files_is_known(lists: Path) -> None:
    """Every idType of three classic OFAC files is known, but "Tarjeta Profesional"."""
    found = {
        node.text or "" for name in CLASSIC for node in etree.parse(lists / name).iter("{*}idType")
    }
    assert len(found) > 120
    assert {text for text in found if ofac_label(text) is None} == {"Tarjeta Profesional"}


def test_every_label_of_the_enhanced_files_is_known(lists: Path) -> None:
    """Labels and numbers of OFAC's enhanced files agree with the table."""
    for name in (
        "us_ofac_cons/CONS_ENHANCED_2025-01-10.xml",
        "us_ofac_sdn/SDN_ENHANCED_program_IRGC_2024-08-28.xml",
    ):
        tree = etree.parse(lists / name)
        for feature in tree.iter("{*}feature"):
            kind = feature.find("{*}type")
            assert _label(kind.text).ref_id == kind.get("featureTypeId")
        for document in tree.iter("{*}identityDocument"):
            kind = document.find("{*}type")
            assert _label(kind.text).ref_id == kind.get("refId")
            assert _label(kind.text).is_document


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Passport X1", "Passport"),
        ("Registration ID 1", "Registration ID"),
        ("Target Type Private Company", "Target Type"),
        ("Secondary sanctions risk: x", "Secondary sanctions risk:"),
        ("Digital Currency Address - NEWCOIN 1abc", "Digital Currency Address - NEWCOIN"),
        (
            "Aircraft Manufacturer's Serial Number (MSN) 1",
            "Aircraft Manufacturer's Serial Number (MSN)",
        ),
        ("Passports of three states", None),
        ("Passport", None),
        ("", None),
        (" ", None),
    ],
)
def test_label_at_the_start(text: str, label: str | None) -> None:
    """The longest label that a blank follows, as printed, whatever its apostrophe and mark."""
    assert ofac_label_at(text) == label


def test_every_label_is_found_at_the_start() -> None:
    """Each label of the table, with a value behind it, is found whole, and means itself."""
    for row in rows("ofac_labels.tsv"):
        found = ofac_label_at(f"{row['label']} 1")
        assert found == row["label"]
        assert ofac_label(found) == ofac_label(row["label"])
