"""Every request of the client is one that X's own OpenAPI 2.166 describes."""

import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import responses
from jsonschema import Draft7Validator

from x_api import XClient

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("X_OPENAPI_DIR") or ROOT.parent / "shared" / "data")
FILE = FOLDER / "x-openapi-2.166.json"
IDS = [str(10**18 + n) for n in range(100)]
CALLS = {
    "me": lambda c: c.me(),
    "by_handle": lambda c: c.profiles_by_handle(["a", "A_b_3456789012345"[:15]]),
    "by_handle_100": lambda c: c.profiles_by_handle([f"a{n}" for n in range(100)]),
    "by_id": lambda c: c.profiles_by_id(IDS),
    "search": lambda c: c.search_profiles("Jo O'Neil_1"),
    "search_1": lambda c: c.search_profiles("a" * 50, 1, "7140w"),
    "search_1000": lambda c: c.search_profiles("a", 1000),
    "posts": lambda c: c.posts_of("1"),
    "posts_5": lambda c: c.posts_of("9" * 19, 5, "7140dibdnow9c7btw421dyz6jism75z9"),
    "posts_100": lambda c: c.posts_of("1", 100, reposts=True),
    "posts_by_id": lambda c: c.posts_by_id(IDS),
}


@pytest.fixture(scope="module")
def openapi():
    if not FILE.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"X's OpenAPI is not in {FOLDER} (X_OPENAPI_DIR)")
        pytest.skip("X's OpenAPI is not here; X_OPENAPI_DIR tells where it is")
    return json.loads(FILE.read_text())


def request_of(call):
    with responses.RequestsMock() as x:
        body = {"data": {"id": "1", "username": "a"}}
        x.get(re.compile("https://api.x.com/2/.*"), json=body)
        if call is not CALLS["me"]:
            x.replace("GET", re.compile("https://api.x.com/2/.*"), json={"meta": {}})
        call(XClient("t"))
        return x.calls[0].request


def resolved(openapi, node):
    while "$ref" in node:
        at = openapi
        for key in node["$ref"].removeprefix("#/").split("/"):
            at = at[key]
        node = at
    return node


def operation(openapi, method, path):
    """The operation and its path parameters, literal paths first."""
    for template in sorted(openapi["paths"], key=lambda p: p.count("{")):
        names = re.findall(r"{(\w+)}", template)
        shape = re.sub(r"{\w+}", "([^/]+)", template)
        found = re.fullmatch(shape, path)
        if found and method in openapi["paths"][template]:
            values = dict(zip(names, found.groups(), strict=True))
            return openapi["paths"][template][method], values
    pytest.fail(f"X has no {method} {path}")


def typed(schema, value):
    if schema.get("type") == "array":
        return value.split(",")
    return int(value) if schema.get("type") == "integer" else value


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_request_is_as_x_describes_it(call, openapi):
    request = request_of(call)
    parts = urlsplit(request.url)
    described, in_path = operation(openapi, request.method.lower(), parts.path)
    parameters = {
        p["name"]: p for p in (resolved(openapi, p) for p in described["parameters"])
    }
    given = parse_qs(parts.query, strict_parsing=bool(parts.query))
    given = {key: value for key, (value,) in given.items()} | in_path
    assert set(given) <= set(parameters)
    required = {name for name, p in parameters.items() if p.get("required")}
    assert required <= set(given)
    for name, value in given.items():
        schema = resolved(openapi, parameters[name]["schema"])
        validator = Draft7Validator({**schema, "components": openapi["components"]})
        validator.validate(typed(schema, value))
    assert request.body is None
    oauth = [need for need in described["security"] if "OAuth2UserToken" in need]
    scopes = {scope for need in oauth for scope in need["OAuth2UserToken"]}
    assert scopes <= {"tweet.read", "users.read"}


@pytest.mark.parametrize(
    ("query", "is_taken"),
    [("Jo O'Neil_1", True), ("a" * 50, True), ("", False), ("a" * 51, False)]
    + [("Jos\u00e9", False), ("a-b", False), ("a\n", False), ("a.b", False)],
)
def test_we_take_the_names_that_x_takes(query, is_taken, openapi):
    pattern = openapi["components"]["schemas"]["UserSearchQueryVnext"]["pattern"]
    assert bool(re.fullmatch(pattern.strip("^$"), query)) is is_taken
    if not is_taken:
        with pytest.raises(ValueError, match="ASCII"):
            XClient("t").search_profiles(query)
