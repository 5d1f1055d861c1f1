"""Small sound packs to break in tests, written one value a line so that lines can be named."""

from __future__ import annotations

from typing import Final

FRAMEWORK: Final = """{
  "pack": "framework",
  "id": "small",
  "version": 1,
  "title": "A small framework",
  "theme": "neglect",
  "groups": [
    {
      "heading": "First response",
      "criteria": [
        {
          "code": "A1",
          "label": "Recognising need",
          "sectors": ["police"],
          "prompts": [
            "Who noticed?",
            "What followed?"
          ]
        },
        {
          "code": "A2",
          "label": "Referring",
          "prompts": ["Who was told?"]
        }
      ]
    }
  ],
  "stages": ["recognition", "review"],
  "finding_types": [
    {"key": "strength", "label": "Strength", "sign": "▲"},
    {"key": "improvement", "label": "Area for improvement"}
  ],
  "synonyms": [["hub", "front door"]]
}
"""

LAYOUT: Final = """{
  "pack": "layout",
  "id": "small",
  "version": 1,
  "title": "A small letter",
  "salutation": "Dear {area} partnership",
  "subject": "Inspection of {area}: {theme}",
  "closing": "Yours sincerely",
  "signatures": "list",
  "bullet": "■",
  "sections": [
    {"key": "intro", "heading": ""},
    {"key": "next", "heading": "Next steps"}
  ]
}
"""

BRIEF: Final = """{
  "pack": "brief",
  "id": "small",
  "version": 1,
  "title": "A small brief",
  "sections": [
    {"key": "scope", "heading": "Scope"},
    {"key": "thanks", "heading": "Thanks", "script": ["Thank you."]}
  ]
}
"""

LISTING: Final = """{
  "pack": "list",
  "id": "small",
  "version": 1,
  "title": "A small list",
  "entries": [
    {"key": "few", "label": "a few", "percent": {"from": 4, "to": 19}},
    {"key": "ccg", "label": "commissioning group", "periods": [{"from": 2013, "to": 2022}]},
    {"key": "icb", "label": "care board", "periods": [{"from": 2022}]}
  ]
}
"""
