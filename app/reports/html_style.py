"""The style sheet of HTML documents, for the screen and for paper.

Left aligned, a sans serif of at least 12 points, and nothing told by colour alone.
"""

from __future__ import annotations

from typing import Final

_STYLE: Final = """
:root { color-scheme: light; }
body { font: 12pt/1.5 Arial, "Noto Sans", sans-serif; color: #111; background: #fff;
  text-align: left; margin: 0 auto; max-width: 42em; padding: 1em;
  overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.5em 0 .5em; break-after: avoid; }
h1 { font-size: 1.5em; } h2 { font-size: 1.25em; } h3, h4, h5, h6 { font-size: 1.05em; }
p { margin: 0 0 1em; orphans: 2; widows: 2; }
ul { list-style: square; margin: 0 0 1em; padding-left: 1.5em; }
ul ul { margin: .5em 0 0; } li { margin-bottom: .6em; }
.marking { font-weight: bold; text-align: center; }
.addressees { margin: 1.5em 0; } .addressees p { margin: 0 0 .2em; }
.box { border: 1.5pt solid #444; padding: .8em 1em 0; margin: 1.5em 0; }
.box .box-title { margin-top: 0; }
.numbered { padding-left: 3em; text-indent: -3em; }
.numbered .number { display: inline-block; width: 3em; text-indent: 0; }
.support { font-size: .85em; margin: 0 0 .3em 3em; }
.spoken { margin: 0 0 1.2em; }
.speaker { display: block; font-size: .6em; color: #444; }
.large { font-size: 22pt; line-height: 1.4; } .large .marking { font-size: 12pt; }
.signatures { margin-top: 2em; }
.signature { break-inside: avoid; margin-bottom: 1.5em; } .signature p { margin: 0; }
.signature .body, .signature .name { font-weight: bold; } .signature .space { height: 3.5em; }
.grid { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2em; }
.grid > p { grid-column: 1 / -1; }
.notes { border-top: 1pt solid #444; margin-top: 2em; font-size: .9em; }
sup { line-height: 0; }
a { color: #111; }
@page { margin: 25mm 22mm; }
@media print {
  body { max-width: none; padding: 0; }
  .break { break-after: page; }
  .notes a { display: none; }
}
"""


def style_sheet(marking: str) -> str:
    """Return the style sheet, which prints the marking and the page's number on each page."""
    said = "".join(f"\\{ord(one):x} " for one in marking)
    return (
        f"{_STYLE}@page {{\n"
        f'  @top-center {{ content: "{said}"; font: bold 10pt Arial, sans-serif; }}\n'
        f'  @bottom-center {{ content: "{said}"; font: bold 10pt Arial, sans-serif; }}\n'
        '  @bottom-right { content: "Page " counter(page) " of " counter(pages);\n'
        "    font: 10pt Arial, sans-serif; }\n}\n"
    )
