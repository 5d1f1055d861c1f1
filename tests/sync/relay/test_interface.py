"""The relay keeps to its own description: everything it says can be asked is asked, and more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from requests.auth import AuthBase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_url
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.sync.relay.application import application
from app.sync.relay.openapi import document
from tests.sync.relay.laptops import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import PreparedRequest

    from tests.sync.relay.conftest import Running

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Few in the usual run; `make prove` has a profile of its own.
FEW = 25
USUAL = 100


def described() -> list[tuple[str, str]]:
    paths = document()["paths"]
    methods = ("get", "put", "post")
    return [(path, method.upper()) for path in paths for method in methods if method in paths[path]]


def test_every_address_is_described(serve: Callable[..., Running]) -> None:
    relay = serve()
    held = relay.server._relay
    assert held is not None
    served = {
        (route.path, method)
        for route in application(held).routes
        for method in route.methods - {"HEAD"}
    }
    assert served == set(described())


def test_the_description_is_served_and_is_openapi() -> None:
    made = document()
    assert made["openapi"].startswith("3.1")
    # Each schema in it is one, and each reference leads somewhere.
    for schema in made["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    for reference in references(made):
        found: Any = made
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def references(of: Any) -> list[str]:
    if isinstance(of, dict):
        own = [of["$ref"]] if isinstance(of.get("$ref"), str) else []
        return own + [one for value in of.values() for one in references(value)]
    return [one for value in of for one in references(value)] if isinstance(of, list) else []


class Signed(AuthBase):
    """Signs whatever is sent, as a member's laptop would."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else body
        request.headers.update(self.laptop.signed(request.method, request.path_url, content))
        return request


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("signer", ["member", "nobody"])
@pytest.mark.parametrize(("path", "method"), described())
def test_every_answer_is_one_that_was_described(
    serve: Callable[..., Running], path: str, method: str, signer: str, mode: GenerationMode
) -> None:
    if mode is GenerationMode.NEGATIVE and not document()["paths"][path].get("parameters"):
        return  # takes nothing that could be wrong
    relay = serve()
    lead, _other = relay.team()
    signs = Signed(lead) if signer == "member" else None
    fixed: dict[str, Any] = {"query": {"wait": 0}} if path.endswith("/items") else {}
    if signs and "{inspection}" in path:
        fixed["path_parameters"] = {"inspection": lead.inspection.hex()}
    cases = from_url(f"{relay.address}/openapi.json")[path][method].as_strategy(mode, **fixed)
    usual = settings.default.max_examples == USUAL

    @settings(
        max_examples=FEW if usual else settings.default.max_examples,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def ask(case: Any) -> None:
        answer = case.call(auth=signs) if signs else case.call()
        case.validate_response(answer, checks=CHECKS)

    ask()
