"""X's OpenAPI descriptions, and whether an answer is as they say."""

import json
import os
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openapi_schema_validator import OAS30Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

_FOLDER = Path(
    os.environ.get("X_OPENAPI_DIR")
    or Path(__file__).resolve().parents[3] / "shared" / "data"
)
_ROOT = "urn:x-openapi"


@lru_cache
def description(version):
    """Skips where X's file is not at hand; in CI that is a failure."""
    path = _FOLDER / f"x-openapi-{version}.json"
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"X's OpenAPI description is missing: {path}")
        pytest.skip(f"no X OpenAPI description at {path}")
    return Description(json.loads(path.read_text(encoding="utf-8")))


class Description:
    """One version of X's OpenAPI."""

    def __init__(self, document):
        self.document = document

    @cached_property
    def registry(self):
        resource = Resource(contents=self.document, specification=DRAFT4)
        return Registry().with_resource(_ROOT, resource)

    def operation(self, method, path):
        """The operation, and its path as X writes it ({id} for numbers)."""
        for template, operations in self.document["paths"].items():
            if method.lower() in operations and _fits(template, path):
                return operations[method.lower()]
        raise AssertionError(f"X has no {method} {path}")

    def resolved(self, node):
        """What a reference stands for; anything else as it is."""
        while "$ref" in node:
            found = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node

    def validate(self, schema, value):
        """Raises jsonschema's ValidationError."""
        absolute = json.loads(json.dumps(schema).replace('"#/', f'"{_ROOT}#/'))
        OAS30Validator(absolute, registry=self.registry).validate(value)

    def validate_answer(self, response):
        """The body is what X's description says for this call and status."""
        path = urlsplit(response.request.url).path
        operation = self.operation(response.request.method, path)
        answers = operation["responses"]
        if str(response.status_code) in answers:
            content = answers[str(response.status_code)]["content"]
            self.validate(content["application/json"]["schema"], response.json())
            for problem in response.json().get("errors", ()):
                self.validate_problem(problem)
        else:
            assert response.status_code >= 400
            self.validate_problem(response.json())

    def validate_problem(self, problem):
        """Against the schema X names for this type, not only the general one."""
        mapping = self.document["components"]["schemas"]["Problem"]["discriminator"]
        reference = mapping["mapping"].get(problem["type"])
        assert reference, f"X describes no problem of type {problem['type']}"
        self.validate({"$ref": reference}, problem)


def _fits(template, path):
    ours, theirs = path.split("/"), template.split("/")
    if template in {"/2/users/me", "/2/users/search", "/2/users/by"}:
        return path == template
    return len(ours) == len(theirs) and all(
        a == b or (b.startswith("{") and (a.isdigit() or b == "{username}"))
        for a, b in zip(ours, theirs, strict=True)
    )
