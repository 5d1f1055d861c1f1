"""The relay's interface, described for programs: OpenAPI 3.1, served at /openapi.json.

Hand-written, and held to what the relay does by a test that asks everything it says can be asked.
"""

from __future__ import annotations

from typing import Any, Final

_HEX: Final = "[0-9a-f]"
_NAME: Final = rf"^{_HEX}{{64}}\.(env|ros|rec|pie|adm)$"
_NAMES: Final = 500
_BYTES: Final = "application/octet-stream"
_FRAMES: Final = (
    "Items one after the other; for each: one byte, the length of its name; the name in ASCII; "
    "four bytes, big-endian, the length of its content; the content. The name is the SHA-256 of "
    "the content in hex, a full stop, and the kind."
)
_REFUSALS: Final = {
    400: "What was sent breaks the rules of this interface.",
    401: "Not signed, not by that device, or not over a challenge that still holds. With the code "
    "`challenge` the same request is taken once it is signed over a fresh one.",
    403: "No mailbox here is open to this device. The same is said whether there is one or not.",
    404: "The mailbox was closed. Said to those who were on its list, for 30 days.",
    408: "The body came too slowly.",
    409: "The access list may not take the place of the one held.",
    413: "More than is taken in one request.",
    429: "Too many requests, or too many at once.",
    503: "Stopping, too busy, or without its database: try again.",
    507: "A quota is used up (`quota-day`, `quota-inspection`), or the relay's disk is full "
    "(`disk`). Nothing of the request was stored.",
}
_WAIT_FIRST: Final = (429, 503)
_MEMBERS: Final = (400, 401, 403, 404, 429, 503)


def document() -> dict[str, Any]:
    """Return the whole description."""
    mailbox = "/v1/inspections/{inspection}"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Siteweek relay",
            "version": "1",
            "summary": "Keeps sealed items for inspection teams and can read none of them.",
            "description": "A device signs each request; how, stands in docs/relay.md.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/v1/challenge": {"get": _challenge()},
            f"{mailbox}/devices": {"parameters": _inspection(), "put": _devices()},
            f"{mailbox}/items": {"parameters": _inspection(), "get": _list(), "post": _store()},
            f"{mailbox}/fetch": {"parameters": _inspection(), "post": _fetch()},
            "/healthz": {"get": _health()},
            "/metrics": {"get": _metrics()},
            "/openapi.json": {"get": _self()},
        },
        "components": {"schemas": _schemas(), "responses": _responses(), "headers": _headers()},
    }


def _challenge() -> dict[str, Any]:
    body = _closed(challenge={"type": "string", "maxLength": 200}, seconds={"const": 600})
    return _operation(
        "challenge",
        "Draw a challenge",
        {200: _json("To be signed into requests.", body)},
        (429, 503),
    )


def _devices() -> dict[str, Any]:
    code = _header("Siteweek-Code", "The mailbox’s code; for the first list only.", required=False)
    code["schema"] = {"type": "string", "maxLength": 64}
    return {
        **_operation(
            "devices",
            "Say which devices may use the mailbox",
            {204: {"description": "Taken, or held already.", "headers": _ours()}},
            (*_MEMBERS, 408, 409, 413, 507),
        ),
        "parameters": [*_signed(), code],
        "requestBody": _body("An access list, signed by the lead."),
    }


def _list() -> dict[str, Any]:
    era = {"type": "string", "maxLength": 64, "pattern": r"^[\x20-\x7e]*$"}
    after = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
    wait = {"type": "integer", "minimum": 0, "maximum": 25}
    return {
        **_operation(
            "list",
            "List items in the order they were stored, or wait for a new one",
            {200: _json("At most 1,000 of them.", {"$ref": "#/components/schemas/Page"})},
            _MEMBERS,
        ),
        "parameters": [
            *_signed(),
            _query("era", "As the answer before said it.", era),
            _query("after", "As the answer before said it in `next`.", after),
            _query("wait", "Seconds an empty answer may be held back.", wait),
        ],
    }


def _store() -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    stored = _json("Durable, all of them.", _closed(stored=count, held=count))
    return {
        **_operation("store", "Store items", {200: stored}, (*_MEMBERS, 408, 413, 507)),
        "parameters": _signed(),
        "requestBody": _body(_FRAMES),
    }


def _fetch() -> dict[str, Any]:
    names = {
        "type": "array",
        "maxItems": _NAMES,
        "items": {"type": "string", "pattern": _NAME},
    }
    content = {_BYTES: {"schema": {"type": "string", "format": "binary"}}}
    return {
        **_operation(
            "fetch",
            "Fetch items by name",
            {
                200: {
                    "description": f"Those that are here, up to 16 MiB. {_FRAMES}",
                    "headers": _ours(),
                    "content": content,
                }
            },
            (*_MEMBERS, 408, 413),
        ),
        "parameters": _signed(),
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _closed(names=names)}},
        },
    }


def _health() -> dict[str, Any]:
    answer = _json("Requests can be answered.", _closed(ok={"const": True}))
    return _operation("health", "Ask whether the relay is well", {200: answer}, (429, 503))


def _metrics() -> dict[str, Any]:
    text = {
        "description": "Counts of this process, for Prometheus.",
        "headers": _ours(),
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
    return _operation("metrics", "Count", {200: text}, (429, 503))


def _self() -> dict[str, Any]:
    answer = _json("This description.", {"type": "object"})
    return _operation("openapi", "Describe", {200: answer}, (429, 503))


def _operation(
    name: str, summary: str, answers: dict[int, Any], refusals: tuple[int, ...]
) -> dict[str, Any]:
    said = {str(status): answer for status, answer in answers.items()}
    for status in sorted(refusals):
        said[str(status)] = {"$ref": f"#/components/responses/Refused{status}"}
    return {"operationId": name, "summary": summary, "responses": said}


def _inspection() -> list[dict[str, Any]]:
    schema = {"type": "string", "pattern": f"^{_HEX}{{64}}$"}
    return [{"name": "inspection", "in": "path", "required": True, "schema": schema}]


def _signed() -> list[dict[str, Any]]:
    """The headers that every request of a device carries."""
    device = _header("Siteweek-Device", "The device’s id.")
    device["schema"] = {"type": "string", "pattern": f"^{_HEX}{{32}}$"}
    challenge = _header("Siteweek-Challenge", "A challenge that was drawn before.")
    challenge["schema"] = {"type": "string", "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$"}
    count = _header("Siteweek-Count", "Used once under this challenge; count up from 1.")
    count["schema"] = {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}
    signature = _header("Siteweek-Signature", "Ed25519 over the request.")
    signature["schema"] = {"type": "string", "pattern": f"^{_HEX}{{128}}$"}
    return [device, challenge, count, signature]


def _header(name: str, description: str, *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": description, "required": required}


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _body(description: str) -> dict[str, Any]:
    content = {_BYTES: {"schema": {"type": "string", "format": "binary"}}}
    return {"required": True, "description": description, "content": content}


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"description": description, "headers": _ours(), "content": content}


def _closed(**members: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON Schema
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _ours() -> dict[str, Any]:
    return {"Siteweek-Relay": {"$ref": "#/components/headers/Relay"}}


def _schemas() -> dict[str, Any]:
    item = _closed(
        name={"type": "string", "pattern": _NAME}, size={"type": "integer", "minimum": 0}
    )
    page = _closed(
        era={"type": "string", "description": "Drawn when the mailbox was opened."},
        next={"type": "integer", "minimum": 0, "description": "Where to go on from."},
        more={"type": "boolean", "description": "Whether there are more already."},
        whole={"type": "boolean", "description": "Whether this begins at the beginning."},
        items={"type": "array", "maxItems": 1_000, "items": {"$ref": "#/components/schemas/Item"}},
    )
    refusal = _closed(error={"type": "string"}, message={"type": "string"})
    return {"Item": item, "Page": page, "Refusal": refusal}


def _responses() -> dict[str, Any]:
    said: dict[str, Any] = {}
    for status, description in _REFUSALS.items():
        answer = _json(description, {"$ref": "#/components/schemas/Refusal"})
        if status in _WAIT_FIRST:
            answer["headers"]["Retry-After"] = {"$ref": "#/components/headers/RetryAfter"}
        said[f"Refused{status}"] = answer
    return said


def _headers() -> dict[str, Any]:
    return {
        "Relay": {
            "description": "The version of this interface.",
            "required": True,
            "schema": {"type": "string", "const": "1"},
        },
        "RetryAfter": {
            "description": "Seconds to wait before trying again.",
            "required": True,
            "schema": {"type": "integer", "minimum": 1},
        },
    }
