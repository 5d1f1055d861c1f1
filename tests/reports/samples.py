"""A letter and a brief of an area that does not exist, small but with every kind of block."""

from __future__ import annotations

from app.domain.letters import (
    Addressee,
    Block,
    BriefContent,
    BriefMeeting,
    BriefPoint,
    BriefSection,
    Footnote,
    LetterContent,
    LetterSettings,
    Signatory,
    Support,
)

MARKING = "OFFICIAL-SENSITIVE"
ACT = "This inspection rests on section 20 of the Children Act 2004."
HOSTILE = (
    '<b>bold</b> <img src="file:///etc/passwd"> <a href="javascript:alert(1)">x</a> '
    '<font color="[1]">y</font> &amp; &nbsp; <para> </para> <i>unclosed <br/> ]]> --> '
    "<script>alert(2)</script>"
)


def block(kind: str, text: str, place: int, **more: object) -> Block:
    return Block(f"block-{place}", kind, text, **more)  # type: ignore[arg-type] # a test's shorthand


def letter(signatures: str = "list", signers: int = 3) -> LetterContent:
    names = ("Ofsted", "Care Quality Commission", "HMICFRS", "HMI Probation", "Estyn")
    noted = Footnote("foot-1", "1", 28, ACT)
    blocks = (
        block(
            "paragraph", "We visited from 3 to 7 June. Thirty staff met us.", 1, footnotes=(noted,)
        ),
        block("heading", "Headline findings", 2),
        block("paragraph", "Children in Wexcombe are seen quickly.", 3),
        block("heading", "What needs to improve?", 4),
        block("subheading", "Front door", 5),
        block("bullet", "the recording of decisions", 6),
        block("bullet", "above all at night", 7, level=2),
        block("bullet", "supervision", 8),
        block("paragraph", "Numbered in print.", 9, number="1.1"),
        block(
            "box",
            "Practice study",
            10,
            inside=(
                block("paragraph", "One child was met at once.", 11),
                block("bullet", "met", 12),
            ),
        ),
        block("heading", "Next steps", 13),
        block("paragraph", "Send the statement by 14 October 2024.", 14),
    )
    return LetterContent(
        area="Wexcombe",
        marking=MARKING,
        settings=LetterSettings(
            "letter",
            date="2024-07-09",
            salutation="Dear Wexcombe partnership",
            subject="Joint targeted area inspection of Wexcombe",
            closing="Yours sincerely",
        ),
        addressees=(
            Addressee("to-1", "Siân Pryce", "OBE", "Director", "Wexcombe Council"),
            Addressee("to-2", printed="Jo Field, Chief Constable"),
        ),
        blocks=blocks,
        signatories=tuple(
            Signatory(f"sign-{at}", names[at], f"Signer {at + 1}", "CBE", "First title\nSecond")
            for at in range(signers)
        ),
        signatures=signatures,
    )


def brief() -> BriefContent:
    support = Support(("note-71",), ("HMICFRS",), ("interview", "document"), 4, 1, "Told by two.")
    first = BriefPoint(
        "point-1", "Leaders know their area.", "strengths", "Lead inspector", 95, "reworded",
        "Leaders know it well.", ("finding-9",), support, "2024-06-07T14:12:30+01:00",
    )  # fmt: skip
    second = BriefPoint("point-2", "Records lag behind.", "improve", "Police inspector")
    return BriefContent(
        "Verbal feedback",
        "Wexcombe",
        MARKING,
        "7 June 2024",
        (
            BriefSection("opening", "Opening", ("Please do not record.",)),
            BriefSection("strengths", "Strengths", (), (first,)),
            BriefSection("improve", "To improve", (), (second,)),
        ),
        120,
        BriefMeeting(
            "2024-06-07T14:00:00+01:00",
            "Committee room",
            ("chief executive", "head of probation"),
            "Whose figures are these?\nWhy now?",
            "September’s audit",
        ),
    )
