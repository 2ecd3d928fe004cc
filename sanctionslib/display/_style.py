"""The style sheet of HTML cards, and the colours of cards and pictures.

Every rule is scoped by `.slc`, twice where a notebook's own table rules would else win. Colours are
variables: light by default, dark where the reader's system says so, and either where the page says
so itself (`data-theme` of documentation themes, VS Code, JupyterLab, Colab). The page's own word
comes last and wins. All text has a contrast of at least 4.5 : 1 in both.
"""

from __future__ import annotations

import re

_LIGHT = (
    "--bg:#fff;--band:#f5f2ec;--ink:#1c2026;--soft:#59616d;--rule:#e4dfd5;--chip:#e4ecf5;"
    "--chipink:#1c4672;--warn:#8a4a00;--tint:#f3f6fa;--edge:#8aa5c2;color-scheme:light"
)
_DARK = (
    "--bg:#15181d;--band:#1e232a;--ink:#e9e6e0;--soft:#a6aeb9;--rule:#323943;--chip:#21344b;"
    "--chipink:#b3d3f6;--warn:#f2b861;--tint:#1a2029;--edge:#55718f;color-scheme:dark"
)
_SAYS_LIGHT = ('[data-theme="light"]', ".vscode-light", 'body[data-jp-theme-light="true"]')
_SAYS_DARK = (
    '[data-theme="dark"]',
    ".vscode-dark",
    ".vscode-high-contrast:not(.vscode-high-contrast-light)",
    'body[data-jp-theme-light="false"]',
    'html[theme="dark"]',
)

_RULES = """
.slc,.slc *{box-sizing:border-box}
.slc{max-width:54rem;margin:.5rem 0;background:var(--bg);color:var(--ink);border:1px solid
 var(--rule);border-radius:10px;overflow:hidden;font:14px/1.5 system-ui,-apple-system,"Segoe UI",
 Roboto,"Noto Sans",sans-serif;text-align:left;overflow-wrap:anywhere}
.slc .slc-flag{background:#ffce3d;color:#261a00;padding:.5rem 1.25rem;font-weight:700;
 letter-spacing:.04em;border-top:6px solid #261a00;
 border-image:repeating-linear-gradient(135deg,#261a00 0 9px,#ffce3d 9px 18px) 6;
 border-width:6px 0 0;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.slc .slc-head{background:var(--band);border-bottom:1px solid var(--rule);padding:1rem 1.25rem}
.slc .slc-what,.slc .slc-sec{text-transform:uppercase;letter-spacing:.06em;font-size:.85em}
.slc .slc-what,.slc .slc-sec,.slc.slc th{color:var(--soft);font-weight:600}
.slc .slc-title{font-size:1.45em;line-height:1.25;font-weight:650;margin:.1rem 0 .3rem}
.slc .slc-facts{color:var(--soft);display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:center}
.slc .slc-chip{background:var(--chip);color:var(--chipink);border-radius:99px;padding:.05rem .65rem;
 font-weight:600;font-size:.92em}
.slc .slc-part{padding:.6rem 1.25rem .7rem}
.slc .slc-part+.slc-part{border-top:1px solid var(--rule)}
.slc .slc-details>.slc-part{padding-left:0;padding-right:0}
.slc .slc-details>summary{color:var(--chipink)}
.slc .slc-source{color:var(--soft);font-size:.92em;margin-top:.3rem}
.slc .slc-foot{color:var(--soft);font-size:.92em}
.slc .slc-long{max-height:7.5em;overflow-y:auto}
.slc .slc-wide{min-width:14rem}
.slc .slc-name{min-width:7.5rem}
@media print{.slc .slc-long{max-height:none}}
.slc .slc-more summary{color:var(--chipink)}
.slc .slc-inferred,.slc .slc-unstated{background:var(--tint);box-shadow:inset 4px 0 0 var(--edge)}
.slc .slc-unstated{box-shadow:inset 4px 0 0 var(--rule)}
.slc .slc-sec{font-size:.9em;margin:0 0 .15rem;color:var(--ink)}
.slc summary{cursor:pointer}
.slc .slc-note,.slc .slc-after{color:var(--soft);margin:0 0 .3rem}
.slc .slc-after{margin:.45rem 0 0}
.slc .slc-scroll{overflow-x:auto}
.slc .slp{display:block;max-width:100%;min-width:36rem;height:auto}
.slc .slc-scroll:focus-visible{outline:2px solid var(--edge)}
.slc.slc table{border-collapse:collapse;width:100%;margin:0;border:0;font:inherit;color:inherit;
 table-layout:auto;background:none}
.slc.slc tbody tr,.slc.slc tbody tr:hover,.slc.slc tbody tr:nth-child(n),.slc.slc thead,
.slc.slc thead tr{background:none;border:0}
.slc.slc th,.slc.slc td{padding:.18rem 1rem .18rem 0;border:0;text-align:left;vertical-align:top;
 white-space:normal;max-width:none;background:none;line-height:1.5}
.slc.slc .slc-rows th{width:9.5rem;min-width:7rem}
.slc.slc .slc-rows td{min-width:8rem;padding-right:0}
.slc.slc .slc-grid{overflow-wrap:normal}
.slc.slc .slc-grid th,.slc.slc .slc-grid td{padding:.25rem .7rem .25rem 0}
.slc.slc .slc-grid th:last-child,.slc.slc .slc-grid td:last-child{padding-right:0}
.slc.slc .slc-grid thead th{border-bottom:1px solid var(--edge);white-space:nowrap}
.slc.slc .slc-grid tbody th{font-weight:400}
.slc.slc .slc-grid tbody th .slc-strong{color:var(--ink)}
.slc.slc .slc-grid tbody tr+tr th,.slc.slc .slc-grid tbody tr+tr td{border-top:1px solid var(--rule)}
.slc.slc .slc-num{text-align:right;font-variant-numeric:tabular-nums}
.slc .slc-one{white-space:nowrap}
.slc .slc-l{white-space:pre-wrap}
.slc .slc-in{position:relative}
.slc .slc-bullet{position:absolute;left:-1.25em;color:var(--soft)}
@media(max-width:50rem){
 .slc.slc .slc-grid th,.slc.slc .slc-grid td{padding-right:.35rem}
}
@media(max-width:34rem){
 .slc.slc .slc-rows th{width:7rem;padding-right:.6rem}
 .slc .slc-big{white-space:normal}
 .slc.slc .slc-grid,.slc.slc .slc-grid tbody,.slc.slc .slc-grid tr{display:block}
 .slc.slc .slc-grid thead{display:none}
 .slc.slc .slc-grid tbody tr{padding:.4rem 0}
 .slc.slc .slc-grid tbody tr+tr{border-top:1px solid var(--rule)}
 .slc.slc .slc-grid tbody th,.slc.slc .slc-grid tbody td{display:none}
 .slc.slc .slc-grid tbody tr [data-head]{display:inline-block;max-width:100%;padding:0;border:0;
  margin-right:.9rem}
 .slc.slc .slc-grid [data-head]::before{content:attr(data-head) " ";color:var(--soft);
  font-weight:400;font-size:.9em}
 .slc.slc .slc-grid [data-head] .slc-one{white-space:normal}
 .slc .slc-wide,.slc .slc-name{display:inline;min-width:0}
}
.slc .slc-strong{font-weight:600}
.slc .slc-muted{color:var(--soft)}
.slc .slc-mark{color:var(--warn);font-weight:500}
.slc.slc a{color:var(--chipink);text-decoration:underline}
"""


LIGHT = {
    name: colour
    for name, _, colour in (each[2:].partition(":") for each in _LIGHT.split(";"))
    if colour.startswith("#")
}
"""The light colours by name, for readers of pictures that know no variables."""


def themes(name: str) -> str:
    """The rules that give a class its colours: light or dark, as the system or the page says."""

    def below(places: tuple[str, ...]) -> str:
        return ",".join(f"{place} .{name}" for place in places)

    return "\n".join(
        (
            f".{name}{{{_LIGHT}}}",
            f"@media(prefers-color-scheme:dark){{.{name}{{{_DARK}}}}}",
            f"{below(_SAYS_LIGHT)}{{{_LIGHT}}}",
            f"{below(_SAYS_DARK)}{{{_DARK}}}",
            f"@media print{{.{name}.{name}.{name}{{{_LIGHT}}}}}",
        )
    )


STYLE = themes("slc") + re.sub(r"\n +", " ", _RULES)
"""The whole style sheet of a card."""

DOCUMENT_STYLE = (
    "body{margin:1rem auto;max-width:54rem;padding:0 .5rem;background:#fff}"
    "@media(prefers-color-scheme:dark){body{background:#0e1013}}"
)
"""The page around a card that is a file of its own."""
