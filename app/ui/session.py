"""What a page needs of an open inspection: verbs, reads, a runner and the change bus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work
    from app.ui.change_bus import ChangeBus
    from app.ui.runner import Asker, Runner

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Session:
    """One inspection, open in the window. Everything it does happens off this thread."""

    inspection: Inspection
    runner: Runner
    bus: ChangeBus

    def do(
        self,
        asker: Asker,
        verb: Callable[Concatenate[Work, Given], Changes],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Doing:
        """Prepare a verb; ``start`` it with what is to follow."""
        return Doing(self, asker, lambda: self.inspection.begin(verb, *args, **kwargs))

    def ask(
        self,
        asker: Asker,
        question: Callable[Concatenate[View, Given], Answer],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Asking[Answer]:
        """Prepare a question; ``start`` it with what is to follow."""
        return Asking(self, asker, lambda: self.inspection.ask(question, *args, **kwargs))


@dataclass(frozen=True, slots=True)
class Doing:
    """A verb about to be run.

    Verbs are handed over here, on the interface thread, so they reach the disk in the order they
    were started in; two workers could overtake each other and leave a draft behind its own save.
    Handing over waits for nothing.
    """

    session: Session
    asker: Asker
    begin: Callable[[], Future[Changes]]

    def start(
        self,
        then: Callable[[Changes], None] = lambda _changes: None,
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Run it; tell the bus what changed, then call ``then``."""

        def answered(changes: Changes) -> None:
            self.session.bus.changed.emit(changes)
            then(changes)

        self.session.runner.follow(self.asker, self.begin, answered, failed)


@dataclass(frozen=True, slots=True)
class Asking(Generic[Answer]):
    """A question about to be asked."""

    session: Session
    asker: Asker
    work: Callable[[], Answer]

    def start(
        self,
        then: Callable[[Answer], None],
        failed: Callable[[SiteweekError], None] | None = None,
    ) -> None:
        """Ask it and hand the answer to ``then``."""
        self.session.runner.run(self.asker, self.work, then, failed)
