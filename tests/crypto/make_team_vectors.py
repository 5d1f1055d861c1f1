"""Makes the stored roster and envelopes that every later version has to open.

    python tests/crypto/make_team_vectors.py > tests/crypto/vectors/team.json

Seals draw salts of their own, so a second run makes other bytes that open just as well. The file
in the repository was made once, by the first version of the formats, and is never made again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.crypto import envelope
from app.crypto.envelope import FIRST, Header
from tests.crypto.teams import Team

BODIES = (b"", b"first words", b"words " * 500)


def main() -> None:
    """Print them."""
    team = Team()
    ben = team.add("Ben")
    team.grow("rotate", reason="a new week", epoch=team.epoch())
    envelopes = []
    previous = FIRST
    for number, body in enumerate(BODIES):
        header = Header(team.roster.inspection, 2, ben.device_id, 1 + 10 * number, previous)
        made = envelope.seal(header, body, team.secrets[2], ben)
        previous = envelope.entry_hash(made)
        envelopes.append({"envelope": made.hex(), "body": body.hex(), "hash": previous.hex()})
    made = {
        "members": [
            {
                "device": one.device_id,
                "signing": one.signing.raw.hex(),
                "sealing": one.sealing.raw.hex(),
                "public": one.public.hex(),
            }
            for one in (team.lead, ben)
        ],
        "secrets": {str(number): one.raw.hex() for number, one in team.secrets.items()},
        "inspection": team.roster.inspection.hex(),
        "roster": [one.hex() for one in team.entries],
        "envelopes": envelopes,
    }
    sys.stdout.write(json.dumps(made, indent=1) + "\n")


if __name__ == "__main__":
    main()
