"""Schemathesis asks every call of the API what nobody would ask: never a 5xx, always what the description promises."""

import json
import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from ninja.responses import NinjaJSONEncoder
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.api.v1 import api
from motcua.config.wsgi import application
from tests.faces.api_calls import bearer

EXAMPLES = int(os.environ.get("API_EXAMPLES", "5"))
"""Requests for each call and person; more of them on demand."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TOLD = json.loads(json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder))
SCHEMA = schemathesis.openapi.from_dict(TOLD)
SCHEMA.app = application
CALLS = sorted((path, method.upper()) for path, methods in TOLD["paths"].items() for method in methods)


@pytest.fixture
def one_connection():
    """Requests through WSGI stay inside the test's transaction instead of closing its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "method"), CALLS, ids=[f"{method} {path}" for path, method in CALLS])
def test_every_call_keeps_its_description(path, method, cast, clock, at, settings, one_connection):
    settings.LOOKUP_TRIES = 10**6
    dossier = cast.submitted()
    people = [bearer(cast.lan_account, at), bearer((cast.minh, cast.minh_account)[1], at), {}]

    @given(case=SCHEMA[path][method].as_strategy())
    @bounded(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def ask(case):
        if "/dossiers/" in path:
            case.path_parameters["code"] = dossier.code
        for headers in people:
            case.validate_response(case.call(headers={**headers, "Accept-Encoding": "identity"}), checks=CHECKS)

    ask()
