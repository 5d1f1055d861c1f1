"""The letter and the brief as values: everything a writer of documents needs, in order."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page; ``offset`` counts code points in the block's text."""

    id: str
    mark: str
    offset: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the letter. A box holds blocks of its own."""

    id: str
    type: str
    text: str
    section: str = ""
    level: int = 1
    number: str = ""
    footnotes: tuple[Footnote, ...] = ()
    inside: tuple[Block, ...] = ()
    no_evidence_needed: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """Someone the letter is sent to. ``printed``, where given, is the exact line."""

    id: str
    name: str = ""
    post_nominals: str = ""
    role: str = ""
    organisation: str = ""
    printed: str = ""

    @property
    def line(self) -> str:
        """Return the line as the letter prints it."""
        if self.printed:
            return self.printed
        name = " ".join(part for part in (self.name, self.post_nominals) if part)
        return ", ".join(part for part in (name, self.role, self.organisation) if part)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for one inspectorate. ``title`` may run over several lines."""

    id: str
    heading: str = ""
    name: str = ""
    post_nominals: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """The letter's own particulars, as its record names them."""

    id: str
    date: str = ""
    date_text: str = ""
    salutation: str = ""
    subject: str = ""
    closing: str = ""
    principal_authority: str = ""
    coordinator: str = ""
    deadline: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A whole letter. ``signatures`` is "grid" or "list", from its layout."""

    area: str
    marking: str
    settings: LetterSettings
    addressees: tuple[Addressee, ...]
    blocks: tuple[Block, ...]
    signatories: tuple[Signatory, ...]
    signatures: str = "list"


@dataclass(frozen=True, slots=True)
class Support:
    """What stands under one statement, as counted sets; names are for people to read."""

    notes: tuple[str, ...] = ()
    inspectorates: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    paragraphs: int = 0
    against: int = 0
    in_words: str = ""


@dataclass(frozen=True, slots=True)
class BriefPoint:
    """One point to be spoken, and what stands under it."""

    id: str
    text: str
    section: str
    speaker: str = ""
    seconds: int | None = None
    said: str = ""
    said_text: str = ""
    findings: tuple[str, ...] = ()
    support: Support = field(default_factory=Support)
    said_at: str = ""

    @property
    def as_spoken(self) -> str:
        """Return the words that were spoken; nothing where none were, or not yet."""
        return (self.said_text or self.text) if self.said in {"said", "reworded"} else ""


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A part of the brief: its heading, words always read out, then its points."""

    key: str
    heading: str
    script: tuple[str, ...] = ()
    points: tuple[BriefPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefMeeting:
    """The meeting at which feedback was given: where, who came, what was asked and offered."""

    given_at: str = ""
    place: str = ""
    audience: tuple[str, ...] = ()
    questions: str = ""
    offered: str = ""


@dataclass(frozen=True, slots=True)
class BriefContent:
    """The whole verbal-feedback brief, in its running order."""

    title: str
    area: str
    marking: str
    date_text: str
    sections: tuple[BriefSection, ...]
    pace: int = 130  # words a minute
    meeting: BriefMeeting = field(default_factory=BriefMeeting)
