"""Pictures in SVG: texts, lines, signs, boxes, and an axis of time.

Colours are those of the cards (`_style`): as attributes in light, for readers that know no
variables, and as rules of a style sheet, which are light or dark as the page is. All text is
escaped; what XML cannot hold is shown by its code, as everything that acts instead of being seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape

import attrs

from sanctionslib.display._style import LIGHT, themes
from sanctionslib.display._text import columns, wrapped
from sanctionslib.display.sheet import visible

__all__ = ["LINES", "MARGIN", "WIDTH", "Axis", "Label", "Pen", "placed", "width_of"]

WIDTH = 860
MARGIN = 28
_FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
_COLUMN = 6.3
"""Pixels of one column of text at 12 pixels, in fonts that are rather wide."""
_HEADING = 65
"""Columns of a line of the heading, which is bold and may be in capitals."""

_LEAST = 0.85
"""How small a card shows a picture that is wider than it, at least."""

_LOOKS: dict[str, dict[str, str]] = {
    "ink": {"fill": "ink"},
    "soft": {"fill": "soft"},
    "words": {"fill": "soft", "stroke": "bg"},
    "bar": {"fill": "chipink", "stroke": "bg"},
    "thin": {"fill": "chipink"},
    "between": {"fill": "bg", "stroke": "chipink"},
    "tick": {"stroke": "soft"},
    "rule": {"stroke": "soft"},
    "short": {"stroke": "soft"},
    "warn": {"fill": "warn", "stroke": "bg"},
    "banner": {"fill": "warn"},
    "ring": {"fill": "bg", "stroke": "warn"},
    "box": {"fill": "bg", "stroke": "soft"},
    "dash": {"stroke": "ink"},
    "bg": {"fill": "bg"},
    "person": {"fill": "chip", "stroke": "edge"},
    "organization": {"fill": "band", "stroke": "edge"},
    "vessel": {"fill": "tint", "stroke": "edge"},
    "aircraft": {"fill": "tint", "stroke": "edge"},
    "entity": {"fill": "bg", "stroke": "edge"},
    "unlisted": {"fill": "bg", "stroke": "soft"},
    "group": {"fill": "bg", "stroke": "edge"},
    "asked": {"fill": "bg", "stroke": "chipink"},
    "owns": {"stroke": "chipink"},
    "link": {"stroke": "soft"},
}
"""What each part is painted with: the colours by name, of lines and of areas."""

LINES: dict[str, tuple[str, float, str]] = {
    "owns": ("owns", 2.4, ""),
    "link": ("link", 1.2, ""),
    "former": ("link", 1.2, "5 4"),
    "perhaps": ("link", 1.2, "1.5 3.5"),
}
"""Lines between boxes, as the legend shows them: look, width, dashes."""

_SIGNS: dict[str, tuple[str, str]] = {
    "there": ("bar", "M6-6V6L-6 0Z"),
    "added": ("bar", "M0-6L6.5 5.5H-6.5Z"),
    "amended": ("warn", "M0-6.5L6.5 0L0 6.5L-6.5 0Z"),
    "removed": (
        "warn",
        "M-6-3.5L-3.5-6L0-2.5L3.5-6L6-3.5L2.5 0L6 3.5L3.5 6L0 2.5L-3.5 6L-6 3.5L-2.5 0Z",
    ),
    "format change": ("ink", "M-6-4.5H2V-7.5L7.5-3L2 1.5V-1.5H-6ZM6 1.5V4.5H-2V7.5L-7.5 3"),
    "current": ("bar", "M-5.5 0A5.5 5.5 0 1 1 5.5 0A5.5 5.5 0 1 1-5.5 0Z"),
    "overridden": ("warn", "M0-6.5L6.5 0L0 6.5L-6.5 0Z"),
    "quarantined": ("ring", "M-5 0A5 5 0 1 1 5 0A5 5 0 1 1-5 0Z"),
    "partial": ("box", "M-4.5-4.5H4.5V4.5H-4.5Z"),
    "person sign": ("soft", "M0-6A2.8 2.8 0 1 1-.1-6ZM-5.5 6A5.5 5.5 0 0 1 5.5 6Z"),
    "organization sign": ("soft", "M-5 6V-5H2V-1H5V6ZM-3-3V-1H-1V-3ZM-3 1V3H-1V1Z"),
    "vessel sign": ("soft", "M-6 1H6L4 6H-4ZM-1-6V0H5Z"),
    "aircraft sign": ("soft", "M-1-6H1V-2L6 2V3.5L1 2V4.5L3 6H-3L-1 4.5V2L-6 3.5V2L-1-2Z"),
    "entity sign": ("soft", "M0-5.5L5.5 0L0 5.5L-5.5 0ZM0-2.5L-2.5 0L0 2.5L2.5 0Z"),
    "unlisted sign": ("soft", "M-5-1H5V1H-5Z"),
    "arrow": ("soft", "M0 0L-7-3.5V3.5Z"),
    "owner arrow": ("bar", "M1 0L-9-5V5Z"),
}
"""Each sign has a form of its own, so that nobody needs its colour."""


_Attributes = dict[str, float | str]


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    r"""Text as XML can hold it.

    >>> _text("a<b>\x1b\ufffe")
    'a&lt;b&gt;\\x1b[U+FFFE]'
    """
    shown = re.sub("[\ufffe\uffff]", lambda one: f"[U+{ord(one[0]):04X}]", visible(text))
    return escape(shown)


def _tip(text: str) -> str:
    return f"<title>{_text(text)}</title>" if text else ""


def width_of(text: str, size: float = 12) -> float:
    """The pixels that a text takes, more or less: nobody knows the reader's fonts."""
    return columns(visible(text)) * _COLUMN * size / 12


@attrs.frozen
class Axis:
    """Days on the way from left to right."""

    first: date
    last: date
    left: float = MARGIN
    right: float = WIDTH - MARGIN

    def at(self, day: date) -> float:
        """Where a day lies; a single day lies in the middle."""
        days = (self.last - self.first).days
        if not days:
            return (self.left + self.right) / 2
        return self.left + (self.right - self.left) * (day - self.first).days / days

    def ticks(self) -> list[tuple[float, str]]:
        """Days, months or years with their places, as few as needed to read the others."""
        days, most = (self.last - self.first).days, 9
        for step in (1, 2, 7):
            if days / step < most:
                found = [self.first + timedelta(days=n) for n in range(0, days + 1, step)]
                return [(self.at(day), str(day)) for day in found]
        months = [
            date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in range(1, 13)
        ]
        inside = [one for one in months if self.first <= one <= self.last]
        for step in (1, 2, 3, 6):
            some = [one for one in inside if (one.month - 1) % step == 0]
            if len(some) <= most:
                return [(self.at(one), f"{one:%Y-%m}") for one in some]
        years = [one for one in inside if one.month == 1]
        step = -(-len(years) // most)
        return [(self.at(one), str(one.year)) for one in years if one.year % step == 0]


_LABEL_ROWS = 5


@attrs.frozen
class Label:
    """A text that belongs to a place on the axis."""

    x: float
    text: str


def placed(labels: Sequence[Label]) -> list[tuple[Label, int]]:
    """The labels for which there is space, with their rows, counted from below.

    Each stands to the right of a line that leads down to its place. Neither texts nor lines cross
    other texts. Earlier labels take precedence; of labels from right to left all find space, as long
    as there are rows.

    >>> [row for _, row in placed([Label(30, "added"), Label(20, "added"), Label(500, "removed")])]
    [0, 1, 0]
    """
    found: list[tuple[Label, int, float]] = []
    for label in labels:
        end = label.x + width_of(label.text)
        for row in range(_LABEL_ROWS):
            if end <= WIDTH and not any(
                (row == below and label.x < right + 10 and other.x < end + 10)
                or (row > below and other.x - 5 < label.x < right + 5)
                or (row < below and label.x - 5 < other.x < end + 5)
                for other, below, right in found
            ):
                found.append((label, row, end))
                break
    return [(label, row) for label, row, _ in found]


class Pen:
    """Draws from top to bottom, and remembers how far it is; a look is one of `_LOOKS`.

    Args:
        title: What the picture shows, for screen readers and as its heading.
        about: The same in sentences: what a reader who does not see it needs.
        in_card: Whether it stands in a card, which has the heading, the banners and the colours.
        banners: Warnings that stand above the heading: SAMPLE, PART, INCOMPLETE.
        width: How wide it is. A card shows a wider one smaller, and scrolls where that is too small.
    """

    def __init__(
        self,
        title: str,
        about: str,
        *,
        in_card: bool,
        banners: Sequence[str] = (),
        width: float = WIDTH,
    ) -> None:
        self.title, self.in_card, self.banners, self.width = title, in_card, banners, width
        self.about = " ".join((*(f"{one}." for one in banners), about))
        self.y = 6.0
        self._parts: list[str] = []
        self._looks: set[str] = set()
        self._drawn: set[str] = set()

    def _add(self, tag: str, look: str, attributes: _Attributes, content: str = "") -> None:
        """Add an element; attributes without a value are left out."""
        self._looks.add(look)
        paint = {where: LIGHT[colour] for where, colour in _LOOKS[look].items()}
        said = "".join(
            f' {name}="{value if isinstance(value, str) else _number(value)}"'
            for name, value in {**attributes, **paint}.items()
            if value != ""
        )
        self._parts.append(f'<{tag} class="slp-{look}"{said}>{content}</{tag}>')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        look: str = "ink",
        *,
        size: float = 12,
        middle: bool = False,
        end: bool = False,
        bold: bool = False,
    ) -> None:
        """Write a text; `y` is its base line. "words" are legible across lines."""
        anchor, weight = "middle" if middle else "end" if end else "", "600" if bold else ""
        font: _Attributes = {"font-size": size, "text-anchor": anchor, "font-weight": weight}
        if look == "words":
            font |= {"stroke-width": 3, "paint-order": "stroke"}
        self._add("text", look, {"x": x, "y": y, **font}, _text(text))

    def heading(self, title: str, below: str) -> None:
        """Write the heading; a card has one already."""
        if self.in_card:
            return
        for banner in self.banners:
            for part in self._parted(banner):
                self.y += 17
                self.text(MARGIN, self.y, part, "banner", bold=True)
        for part in wrapped(visible(title), int(_HEADING * self.width / WIDTH)):
            self.y += 24
            self.text(MARGIN, self.y, part, size=18, bold=True)
        self.y += 20
        self.paragraph(below)
        self.y += 8

    def paragraph(self, text: str) -> None:
        """Write a text of as many lines as it needs."""
        for number, part in enumerate(self._parted(text)):
            self.y += 17 if number else 0
            self.text(MARGIN, self.y, part, "soft")

    def _parted(self, text: str) -> list[str]:
        return wrapped(visible(text), int((self.width - 2 * MARGIN) / _COLUMN))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        look: str,
        dashes: str = "",
        *,
        line: float = 0,
        corner: float = 0,
        tip: str = "",
    ) -> None:
        """Draw a rectangle; `tip` is shown where a pointer rests on it."""
        self._drawn.add(look)
        box: _Attributes = {
            "x": x,
            "y": y,
            "width": width,
            "height": height,
            "stroke-dasharray": dashes,
            "stroke-width": line or "",
            "rx": corner or "",
        }
        self._add("rect", look, box, _tip(tip))

    def path(
        self, path: str, look: str, dashes: str = "", *, width: float = 0, tip: str = ""
    ) -> None:
        """Draw along a path of SVG: a line where it has a width, else what the look says."""
        attributes: _Attributes = {"d": path, "stroke-dasharray": dashes}
        if width:
            attributes |= {"fill": "none", "stroke-width": width}
        self._add("path", look, attributes, _tip(tip))

    def lines(
        self, xs: Iterable[float], top: float, bottom: float, look: str = "tick", dashes: str = ""
    ) -> None:
        """Draw upright lines, those of one place once."""
        places = dict.fromkeys(map(_number, xs))
        if places:
            self._drawn.add(look)
            path = "".join(f"M{x} {_number(top)}V{_number(bottom)}" for x in places)
            self.path(path, look, dashes)

    def sign(self, sign: str, x: float, y: float, tip: str = "", *, turned: int = 0) -> None:
        """Draw one of `_SIGNS`, `turned` by degrees; `tip` is shown where a pointer rests on it."""
        self._drawn.add(sign)
        look, path = _SIGNS[sign]
        width = 1.8 if look in ("ring", "box") else 1
        place = f"translate({_number(x)} {_number(y)}){f' rotate({turned})' if turned else ''}"
        drawn: _Attributes = {"d": path, "transform": place, "stroke-width": width}
        self._add("path", look, drawn, _tip(tip))

    def axis(self, axis: Axis) -> None:
        """Draw the axis with its days, months or years."""
        self.path(f"M{MARGIN - 14} {_number(self.y)}H{WIDTH - MARGIN + 14}", "rule")
        ticks = axis.ticks()
        self.lines((x for x, _ in ticks), self.y, self.y + 5, "rule")
        self.y += 19
        for x, text in ticks:
            half = width_of(text, 11) / 2
            place = min(max(x, half + 2), WIDTH - half - 2)
            self.text(place, self.y, text, "soft", size=11, middle=True)

    def drawn(self, look: str) -> None:
        """Have the legend say what a look or a line stands for."""
        self._drawn.add(look)

    def legend(self, entries: Sequence[tuple[str, str]]) -> None:
        """Write what each sign and each look that was drawn stands for."""
        self.y += 26
        x = float(MARGIN)
        for sign, text in [each for each in entries if each[0] in self._drawn]:
            if x > MARGIN and x + 20 + width_of(text) > self.width - MARGIN:
                x, self.y = float(MARGIN), self.y + 20
            self._specimen(sign, x, self.y - 4)
            self.text(x + 20, self.y, text, "soft")
            x += 20 + width_of(text) + 14

    def _specimen(self, sign: str, x: float, y: float) -> None:
        if sign in _SIGNS:
            self.sign(sign, x + 7, y)
        elif sign in ("tick", "short"):
            reach = 6 if sign == "tick" else 3
            self.lines((x + 7,), y - reach, y + reach)
        elif sign == "thin":
            self.rect(x, y - 1.5, 14, 3, sign)
        elif sign in LINES:
            look, width, dashes = LINES[sign]
            self.path(f"M{_number(x)} {_number(y)}h14", look, dashes, width=width)
        else:
            self.rect(x, y - 5, 14, 10, sign, "3 2" if sign in ("between", "unlisted") else "")

    def picture(self) -> str:
        """The whole picture, an `svg` element."""
        width, height = _number(self.width), _number(self.y + 14)
        least = f' style="min-width:{_number(self.width * _LEAST)}px"' * (self.width != WIDTH)
        rules = "".join(
            f".slp-{look}{{{';'.join(f'{where}:var(--{colour})' for where, colour in paint.items())}}}"
            for look, paint in _LOOKS.items()
            if look in self._looks or look == "bg"
        )
        style, space, background = rules, "", ""
        if not self.in_card:
            # A card has the colours already, and in a page of HTML a namespace is not needed.
            style, space = f"{themes('slp')}\n{rules}", 'xmlns="http://www.w3.org/2000/svg" '
            paint = f'class="slp-bg" fill="{LIGHT["bg"]}"'
            background = f'<rect width="{width}" height="{height}" {paint}/>'
        return (
            f'<svg {space}class="slp" role="img" lang="en" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}"{least} font-family="{_FONT}" direction="ltr">'
            f"<title>{_text(self.title)}</title><desc>{_text(self.about)}</desc>"
            f"<style>{style}</style>{background}{''.join(self._parts)}</svg>"
        )
