"""Every request of the client is one that X's own OpenAPI describes.

Reads in the vocabulary of 2.166, which they are in; deeds in 2.167 too.
"""

import json
import os
import re
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import responses
from jsonschema import Draft7Validator

from x_api import ComplianceClient, XClient

UTC = timezone.utc
ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("X_OPENAPI_DIR") or ROOT.parent / "shared" / "data")
VERSIONS = ("2.166", "2.167")
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
    "posts_alone": lambda c: c.posts_by_id(IDS, authors=False),
    "mentions": lambda c: c.mentions("1"),
    "mentions_5": lambda c: c.mentions("1", 5, "9", "9" * 19, "7140dibdnow9c7btw421"),
    "connection": lambda c: c.profiles_by_id(IDS, connection=True),
    "followers": lambda c: c.followers("1"),
    "followers_1000": lambda c: c.followers("1", 1000, "7140dibdnow9c7btw421dyz6"),
    "following": lambda c: c.following("1", 1),
    "newest": lambda c: c.newest_of("1"),
    "newest_since": lambda c: c.newest_of("1", 5, datetime(2026, 9, 1, tzinfo=UTC)),
    "liked": lambda c: c.liked_by("1", 5, "7140dibdnow9c7btw421dyz6"),
}
PICTURES = IDS[:4]
WRITES = {
    "post": lambda c: c.create_post("hello"),
    "reply": lambda c: c.create_post("hello", reply_to="2"),
    "quote": lambda c: c.create_post("hello", quote_of="2"),
    "pictures": lambda c: c.create_post("", media_ids=PICTURES),
    "delete": lambda c: c.delete_post("2"),
    "repost": lambda c: c.repost("1", "2"),
    "unrepost": lambda c: c.unrepost("1", "2"),
    "like": lambda c: c.like("1", "2"),
    "unlike": lambda c: c.unlike("1", "2"),
    "follow": lambda c: c.follow("1", "2"),
    "unfollow": lambda c: c.unfollow("1", "2"),
    "upload": lambda c: c.upload_image(b"\xff\xd8\xff", "image/jpeg"),
    "upload_gif": lambda c: c.upload_image(b"GIF89a", "image/gif"),
    "describe": lambda c: c.describe_image("2", "a" * 1000),
}
JOBS = {
    "create": lambda c: c.create_job(),
    "create_named": lambda c: c.create_job("users", "n" * 64),
    "list": lambda c: c.jobs("users"),
    "one": lambda c: c.job("9" * 19),
}
ALLOWED = {"tweet.read", "users.read", "follows.read", "like.read"}


@pytest.fixture(scope="module")
def described():
    """X's descriptions by version."""
    if not all(_file(version).exists() for version in VERSIONS):
        if os.environ.get("CI") == "true":
            pytest.fail(f"X's OpenAPI is not in {FOLDER} (X_OPENAPI_DIR)")
        pytest.skip("X's OpenAPI is not here; X_OPENAPI_DIR tells where it is")
    return {version: json.loads(_file(version).read_text()) for version in VERSIONS}


@pytest.fixture(scope="module")
def openapi(described):
    return described["2.166"]


def _file(version):
    return FOLDER / f"x-openapi-{version}.json"


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
    assert scopes <= ALLOWED


# What a success is in either version: true where something is made, else false.
DONE = {
    "data": {
        "id": "1",
        "text": "t",
        "deleted": True,
        "rest_id": "3",
        "retweeted": True,
        "liked": True,
        "following": True,
    }
}
UNDONE = {"data": {**DONE["data"], "retweeted": False, "liked": False}}
UNDONE["data"]["following"] = False


def write_of(call):
    with responses.RequestsMock(assert_all_requests_are_fired=False) as x:
        x.post(re.compile("https://api.x.com/2/.*"), json=DONE, status=201)
        x.delete(re.compile("https://api.x.com/2/.*"), json=UNDONE)
        call(XClient("t"))
        return x.calls[0].request


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", WRITES)
def test_deed_is_as_x_describes_it(name, version, described):
    openapi, request = described[version], write_of(WRITES[name])
    found, in_path = operation(
        openapi, request.method.lower(), urlsplit(request.url).path
    )
    assert not urlsplit(request.url).query
    assert all(re.fullmatch("[0-9]{1,19}", value) for value in in_path.values())
    if "requestBody" not in found:
        assert request.body is None
        return
    content = resolved(openapi, found["requestBody"])["content"]
    schema = content[request.headers["Content-Type"]]["schema"]
    validator = Draft7Validator({**schema, "components": openapi["components"]})
    wrong = [
        error.json_path for error in validator.iter_errors(json.loads(request.body))
    ]
    # 2.166 has no word for a GIF; see endpoints_writes.
    is_new = (name, version) == ("upload_gif", "2.166")
    assert wrong == (["$.media_category"] if is_new else [])


def job_request_of(call):
    job = {"id": "1", "status": "created"}
    with responses.RequestsMock(assert_all_requests_are_fired=False) as x:
        x.post(re.compile("https://api.x.com/2/.*"), json={"data": job})
        x.get(re.compile("https://api.x.com/2/.*/jobs/.*"), json={"data": job})
        x.get(re.compile("https://api.x.com/2/.*/jobs[?].*"), json={"data": [job]})
        call(ComplianceClient("t"))
        return x.calls[0].request


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", JOBS)
def test_job_is_as_x_describes_it(name, version, described):
    openapi, request = described[version], job_request_of(JOBS[name])
    parts = urlsplit(request.url)
    found, in_path = operation(openapi, request.method.lower(), parts.path)
    assert found["security"] == [{"BearerToken": []}]
    parameters = [resolved(openapi, p) for p in found["parameters"]]
    schemas = {p["name"]: p["schema"] for p in parameters}
    given = {key: value for key, (value,) in parse_qs(parts.query).items()} | in_path
    assert set(given) <= set(schemas)
    for key, value in given.items():
        schema = {**resolved(openapi, schemas[key])}
        schema["components"] = openapi["components"]
        Draft7Validator(schema).validate(typed(schema, value))
    if request.body:
        content = found["requestBody"]["content"]["application/json"]
        schema = {**resolved(openapi, content["schema"])}
        schema["components"] = openapi["components"]
        Draft7Validator(schema).validate(json.loads(request.body))


@pytest.mark.parametrize("version", VERSIONS)
def test_every_scope_a_deed_needs_is_known(version, described):
    needed = set()
    for call in WRITES.values():
        request = write_of(call)
        path = urlsplit(request.url).path
        found, _in_path = operation(described[version], request.method.lower(), path)
        oauth = [need for need in found["security"] if "OAuth2UserToken" in need]
        needed |= {scope for need in oauth for scope in need["OAuth2UserToken"]}
    assert needed - {"tweet.read", "users.read"} == {
        "tweet.write",
        "like.write",
        "follows.write",
        "media.write",
    }


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
