"""The tree of expected errors. Each carries one plain sentence for the user.

    SiteweekError
    ├── WrongPassphraseError      the passphrase (or recovery key) opens nothing
    ├── TooManyAttemptsError      too many wrong passphrases: the next has to wait
    ├── WeakParametersError       a key file asks for less or more work than is safe
    ├── DamagedFileError          a file is missing, cut, altered or not ours
    ├── NewerVersionError         made by a newer Siteweek; nothing was touched
    ├── StoreError                the encrypted store refused or could not do it
    │   ├── UnsafeEngineError     the database engine is not one we trust with notes
    │   └── AlreadyOpenError      another window or command has the inspection open
    ├── InvalidInputError         what was given breaks a rule; names the place
    │   ├── NotFoundError         nothing has that id here
    │   └── ClosedInspectionError the inspection was closed, and is kept as it was
    ├── KeyStoreError             the computer's own key store can't be used as wanted
    ├── StoppedError              a person stopped long work; nothing of it was kept
    ├── RefusedEnvelopeError      what arrived is not what it says it is
    ├── RefusedRosterError        a change to the team that may not be made
    ├── UntrustedKeyError         a public key under which somebody else could sign
    ├── RelayError               a relay can't be run here: port, database or driver
    ├── TargetError               a place where items are exchanged did not do as asked
    │   ├── UnreachableTargetError  it is not there, or did not answer in time
    │   ├── RefusedByTargetError  it answered no
    │   ├── FullTargetError       it has no room
    │   └── StrangeTargetError    what answers does not keep to the rules
    ├── ProfileExistsError        there is a profile in that folder already
    └── OutputError               a document could not be written

The sentence says what happened, what was kept and what to do. It never holds a note's
words, a passphrase or a key. Anything that is not a SiteweekError is a bug.
"""

from __future__ import annotations


class SiteweekError(Exception):
    """An error the app expects; ``sentence`` is safe to show and to log."""

    def __init__(self, sentence: str) -> None:
        """Keep the sentence the user will read."""
        super().__init__(sentence)
        self.sentence = sentence


class WrongPassphraseError(SiteweekError):
    """The passphrase or recovery key opens nothing here."""


class TooManyAttemptsError(SiteweekError):
    """Wrong passphrases were typed too often. ``seconds`` says how long the next has to wait."""

    def __init__(self, sentence: str, seconds: int) -> None:
        """Keep the sentence and the seconds it speaks of."""
        super().__init__(sentence)
        self.seconds = seconds


class WeakParametersError(SiteweekError):
    """A key file's work factors lie outside what is safe to run."""


class DamagedFileError(SiteweekError):
    """A file is missing, cut, altered or not one of ours."""


class NewerVersionError(SiteweekError):
    """A newer Siteweek made this; it was left untouched."""


class StoreError(SiteweekError):
    """The encrypted store refused, or could not do what was asked."""


class UnsafeEngineError(StoreError):
    """The database engine lacks what the store relies on."""


class AlreadyOpenError(StoreError):
    """Another process writes this inspection's store."""


class RefusedEnvelopeError(SiteweekError):
    """A sealed envelope is not what it says it is. ``fault`` names the check that refused it."""

    def __init__(self, fault: str) -> None:
        """Say it in words that tell nothing of the envelope."""
        super().__init__(
            "What arrived could not be taken in: it is damaged, or was not made for this "
            "inspection. Nothing was changed; it was put aside with its reason."
        )
        self.fault = fault


class RefusedRosterError(SiteweekError):
    """A change to the team is not one that may be made. ``fault`` names the check."""

    def __init__(self, fault: str) -> None:
        """Say it in words that tell nothing of the entry."""
        super().__init__(
            "A change to the team could not be taken in: it is damaged, or was not made by "
            "whoever leads the inspection. The team is as it was."
        )
        self.fault = fault


class RefusedAccessError(SiteweekError):
    """A request or an access list that a relay may not take. ``fault`` names the check."""

    def __init__(self, fault: str) -> None:
        """Say it in words that tell nothing of either."""
        super().__init__(
            "A relay was asked for something by a laptop that may not, or a list of laptops was "
            "not signed by the lead. Nothing was changed."
        )
        self.fault = fault


class RefusedDocumentError(SiteweekError):
    """An invitation, request or admission is not one. ``fault`` names the check."""

    def __init__(self, fault: str) -> None:
        """Say it in words that tell nothing of the document."""
        super().__init__(
            "This is no document for joining a team, or not the one that is expected here: it was "
            "altered, cut short, or made for another laptop or inspection. Nothing was changed."
        )
        self.fault = fault


class UntrustedKeyError(SiteweekError):
    """A public key under which somebody else could sign."""


class InvalidInputError(SiteweekError):
    """Input breaks a rule. ``place`` says where, in the input's own terms."""

    def __init__(self, sentence: str, place: str = "") -> None:
        """Keep the sentence and the place it speaks of."""
        super().__init__(sentence)
        self.place = place


class NotFoundError(InvalidInputError):
    """Nothing here has the id that was asked for."""


class ClosedInspectionError(InvalidInputError):
    """The inspection was closed; it can be read, and reopened with a reason."""


class KeyStoreError(SiteweekError):
    """The computer's own key store is missing, locked, silent, or lacks our secret."""


class StoppedError(SiteweekError):
    """A person stopped long work before it took effect; nothing of it was kept."""


class ProfileExistsError(SiteweekError):
    """A profile would have been overwritten."""


class OutputError(SiteweekError):
    """A document could not be written where it was wanted."""


class TargetError(SiteweekError):
    """A relay, room, folder or stick did not do what was asked. What is here stays as it is."""


class UnreachableTargetError(TargetError):
    """It did not answer, or is not there. Tried again after a wait that grows.

    ``retry_after`` is how many seconds it asked to be left alone for.
    """

    def __init__(self, sentence: str, retry_after: float = 0.0) -> None:
        """Keep the sentence and the seconds."""
        super().__init__(sentence)
        self.retry_after = retry_after


class RefusedByTargetError(TargetError):
    """It answered no: not a member, mailbox closed, too much in one day."""


class FullTargetError(TargetError):
    """It has no room for more."""


class StrangeTargetError(TargetError):
    """What answers there does not keep to the rules: a sign-in page, or something worse."""


class RelayError(SiteweekError):
    """A relay can't be run here: its port, its database or a driver is not to be had."""
