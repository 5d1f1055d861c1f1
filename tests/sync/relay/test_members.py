"""Who may use a mailbox: those on the lead's list, and nobody learns of others' mailboxes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app.crypto import access
from app.sync.relay.database import Database
from app.sync.relay.mailboxes import close_mailbox, list_mailboxes, new_eras
from tests.sync.relay.laptops import Laptop, access_of, listed, piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sync.relay.conftest import Running


def newcomers(relay: Running, count: int = 3) -> tuple[Laptop, ...]:
    inspection = os.urandom(32)
    return tuple(Laptop(relay.address, inspection) for _ in range(count))


def database_of(relay: Running) -> Database:
    held = relay.server._relay
    assert held is not None
    return held.database


def test_the_lead_takes_a_mailbox_with_its_code_and_lets_the_team_in(relay: Running) -> None:
    lead, other, _third = newcomers(relay)
    code = relay.open()
    assert lead.list().error == (403, "member")
    taken = lead.publish(listed(lead, other), code)
    assert (taken.status, taken.body) == (204, b"")
    new = piece()
    assert other.put(new).status == 200
    assert lead.contents(new[0]) == dict([new])


def test_a_code_is_typed_as_people_type(relay: Running) -> None:
    lead, *_others = newcomers(relay)
    code = relay.open()
    typed = f" {code[:13].lower()} - {code[13:]} ".replace("0", "o").replace("1", "l")
    assert lead.publish(listed(lead), typed).status == 204


def test_a_code_opens_one_mailbox_once(relay: Running) -> None:
    lead, *_others = newcomers(relay)
    second, *_others = newcomers(relay)
    code = relay.open()
    before = relay.rows()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "2")
    for refused in ("", wrong):
        assert lead.publish(listed(lead), refused).error == (403, "member")
    assert relay.rows() == before
    assert lead.publish(listed(lead), code).status == 204
    before = relay.rows()
    assert second.publish(listed(second), code).error == (403, "member")
    assert relay.rows() == before


def test_the_first_list_is_sent_and_signed_by_the_lead_it_names(relay: Running) -> None:
    lead, other, third = newcomers(relay)
    code = relay.open()
    before = relay.rows()
    assert other.publish(listed(lead, other), code).error == (403, "member")
    assert lead.publish(listed(lead, other, signer=other), code).error == (409, "list")
    elsewhere = Laptop(relay.address, os.urandom(32), lead.own)
    assert lead.publish(listed(elsewhere), code).error == (409, "list")
    assert lead.publish(b"no list", code).error == (400, "malformed")
    twin = Laptop(relay.address, lead.inspection, third.own)
    forged = twin.signed("PUT", f"{lead.box}/devices", listed(lead))
    forged |= {"Siteweek-Device": lead.id, "Siteweek-Code": code}
    refused = lead.plain("PUT", f"{lead.box}/devices", listed(lead), forged)
    assert refused.error == (401, "signature")
    assert relay.rows() == before


def test_a_later_list_follows_and_takes_effect_at_once(relay: Running) -> None:
    lead, other, third = newcomers(relay)
    lead.publish(listed(lead, other), relay.open())
    assert third.list().error == (403, "member")
    assert lead.publish(listed(lead, third, number=2)).status == 204
    assert third.list().status == 200
    assert other.list().error == (403, "member")
    assert other.put(piece()).error == (403, "member")


def test_a_list_sent_twice_is_fine_and_an_older_one_refused(relay: Running) -> None:
    lead, other, _third = newcomers(relay)
    first, second = listed(lead), listed(lead, other, number=2)
    lead.publish(first, relay.open())
    assert lead.publish(second).status == 204
    before = relay.rows()
    assert lead.publish(second).status == 204
    for older in (first, listed(lead, number=2), listed(lead, number=1)):
        assert lead.publish(older).error == (409, "list")
    assert relay.rows() == before


def test_the_deputy_with_a_witness_may_take_over_and_nobody_alone(relay: Running) -> None:
    lead, deputy, third = newcomers(relay)
    lead.publish(listed(lead, deputy, third, deputy=deputy.id), relay.open())
    taking = access_of(deputy, third, number=2)
    before = relay.rows()
    for alone in (deputy, third):
        assert alone.publish(access.write(taking, alone.own)).error == (409, "list")
    assert relay.rows() == before
    assert deputy.publish(access.write(taking, deputy.own, third.own)).status == 204
    assert lead.list().error == (403, "member")
    assert deputy.publish(listed(deputy, third, number=3)).status == 204


def test_a_stranger_is_told_the_same_wherever_they_knock(relay: Running) -> None:
    lead, _other = relay.team()
    stranger = Laptop(relay.address, lead.inspection)
    nowhere = Laptop(relay.address, os.urandom(32))
    closed, *_rest = relay.team()
    reference = next(
        one.reference
        for one in reversed(database_of(relay).ask(list_mailboxes))
        if one.closed is None
    )
    database_of(relay).change(lambda connection: close_mailbox(connection, reference, 20_000))
    late = Laptop(relay.address, closed.inspection)
    told = set()
    for one in (stranger, nowhere, late):
        for answer in (one.list(), one.put(piece()), one.fetch(), one.publish(listed(one))):
            told.add((answer.status, answer.body))
    assert len(told) == 1
    assert stranger.list().error == (403, "member")


def test_members_of_a_closed_mailbox_are_told_and_nothing_is_left(relay: Running) -> None:
    lead, other = relay.team()
    lead.put(piece())
    (standing,) = database_of(relay).ask(list_mailboxes)
    today = standing.opened
    assert database_of(relay).change(
        lambda connection: close_mailbox(connection, standing.reference, today)
    )
    assert relay.rows()["items"] == []
    for answer in (lead.list(), other.put(piece()), lead.publish(listed(lead, number=2))):
        assert answer.error == (404, "closed")
    # The inspection may take another mailbox.
    assert lead.publish(listed(lead, other), relay.open()).status == 204
    assert other.put(piece()).status == 200
    assert len(database_of(relay).ask(list_mailboxes)) == 1


def test_after_an_older_copy_was_restored_everybody_begins_anew(relay: Running) -> None:
    lead, other = relay.team()
    lead.put(piece())
    lead.put(piece())
    cursor = other.list().json
    assert database_of(relay).change(new_eras) == 1
    page = other.list(cursor["era"], cursor["next"]).json
    assert page["whole"] is True
    assert page["era"] != cursor["era"]
    assert len(page["items"]) == 2


def test_a_room_lets_its_team_in_and_takes_later_lists(serve: Callable[..., Running]) -> None:
    relay = serve(database="")
    lead, other = relay.team()
    assert other.put(piece()).status == 200
    third = Laptop(relay.address, lead.inspection)
    relay.server.seed(lead.inspection, listed(lead, other, third, number=2))
    assert len(third.names()) == 1
