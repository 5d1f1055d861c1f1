"""The empty package that DOCX documents begin as: styles, numbering, settings, footnotes.

Written here in full rather than taken from a library's template, so that a document holds no
thumbnail, program name, old date or style that nobody chose.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

from app.reports.docx_styles import styles_xml

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W: Final = f'xmlns:w="{MAIN}"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FOOTNOTES: Final = "word/footnotes.xml"

_CONTENT_TYPES: Final = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>
<Override PartName="/{FOOTNOTES}" ContentType="{_WORD}.footnotes+xml"/>
<Override PartName="/docProps/core.xml"
  ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>"""

_ROOT_RELATIONS: Final = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"
  Target="docProps/core.xml"/>
</Relationships>"""

_DOCUMENT_RELATIONS: Final = f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/settings" Target="settings.xml"/>
<Relationship Id="rId4" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>
</Relationships>"""

# A4 with 2.5 cm margins, in twentieths of a point.
_DOCUMENT: Final = f"""<w:document {_W} {_R}><w:body><w:sectPr>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1474" w:right="1418" w:bottom="1418" w:left="1418" w:header="680" w:footer="567"
  w:gutter="0"/>
</w:sectPr></w:body></w:document>"""

_CORE: Final = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)

_SETTINGS: Final = f"""<w:settings {_W}>
<w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode"
  w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>
<w:themeFontLang w:val={{language}}/>
<w:decimalSymbol w:val="."/>
<w:listSeparator w:val=","/>
</w:settings>"""


def _level(level: int, left: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:pStyle w:val="ListBullet{level + 1 if level else ""}"/>'
        '<w:lvlText w:val="■"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="369"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
        '<w:sz w:val="18"/></w:rPr></w:lvl>'
    )


_NUMBERING: Final = (
    f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    f"{_level(0, 369)}{_level(1, 738)}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)

_RULES: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>'
    "<w:r><w:separator/></w:r></w:p></w:footnote>"
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/>'
    "</w:pPr><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
)
NO_FOOTNOTES: Final = f"{_HEAD}<w:footnotes {_W} {_R}>{_RULES}</w:footnotes>"


def empty_package(language: str, *, large: bool) -> BytesIO:
    """Return a DOCX file without text, in which every style a writer names is defined."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, text in (
            ("[Content_Types].xml", _CONTENT_TYPES),
            ("_rels/.rels", _ROOT_RELATIONS),
            ("word/_rels/document.xml.rels", _DOCUMENT_RELATIONS),
            ("word/document.xml", _DOCUMENT),
            ("word/styles.xml", styles_xml(language, large=large)),
            ("word/numbering.xml", _NUMBERING),
            ("word/settings.xml", _SETTINGS.format(language=quoteattr(language))),
            ("docProps/core.xml", _CORE),
        ):
            package.writestr(name, f"{_HEAD}{text}")
        package.writestr(FOOTNOTES, NO_FOOTNOTES)
    made.seek(0)
    return made
