"""Which of the addon's own tests run at a customer's installation."""

import ast
import os

from environment import cache
from environment.installation import ADDON


def chosen():
    """The first test of each class, as (class, test).

    With the development packages, all of them run every day. What another set of
    packages can break shows when the modules are imported, when a class is set up, and
    in what its tests share.
    """
    found = []
    for path in sorted((cache.CLONE / "tests").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            found += [(node.name, test) for test in _tests_of(node)[:1]]
    return found


def _tests_of(node):
    """The names of a class' own tests, but for the classes that run only by hand."""
    if not isinstance(node, ast.ClassDef) or '"long"' in _decorators_of(node):
        return []
    members = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    return [each.name for each in members if each.name.startswith("test")]


def _decorators_of(node):
    return " ".join(map(ast.unparse, node.decorator_list)).replace("'", '"')


def tags(tests):
    """What Odoo's ``--test-tags`` takes for them; all, for ``scripts/test --long``."""
    if os.environ.get("CRM_TWITTER_LONG"):
        return f"/{ADDON}"
    return ",".join(f"/{ADDON}:{group}.{test}" for group, test in tests)
