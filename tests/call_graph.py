"""Who calls whom in the addon's Python code."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What Odoo calls by itself when records change, or are computed.
OF_THE_ORM = {
    "create",
    "write",
    "unlink",
    "copy",
    "copy_data",
    "default_get",
    "init",
    "_auto_init",
    "_register_hook",
}
BY_THEMSELVES = {"autovacuum", "depends", "onchange", "constrains", "ondelete"}


def calls_of_client(node):
    """Names of the client's methods that a piece of code calls; the client is `x`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            if each.value.id == "x":
                yield each.attr


def names_in(node, known):
    """What a piece of code names of the addon: methods, as ".name", and what its module
    knows, as "name".

    :param known: names of the module's own, and of what it imports
    """
    local = {
        each.arg if isinstance(each, ast.arg) else each.id
        for each in ast.walk(node)
        if isinstance(each, ast.arg)
        or (isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store))
    }
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute):
            yield f".{each.attr}"
            if isinstance(each.value, ast.Name) and each.value.id in known - local:
                yield each.attr
        elif isinstance(each, ast.Name) and each.id in known - local:
            yield each.id


class CallGraph:
    """Who names whom in the addon's Python code, by name alone.

    Methods of the same name are taken for one, so it finds more ways than there are,
    and misses none but what is put together at run time (see `TestNothingByItself`).
    """

    def __init__(self):
        self.functions, self.named = [], {}
        files = [
            path
            for part in ("models", "controllers", "wizard", "cli")
            for path in sorted((ROOT / part).rglob("*.py"))
        ]
        for path in (*files, ROOT / "hooks.py"):
            self._read(ast.parse(path.read_text(encoding="utf-8")))

    def _read(self, tree):
        tables = [
            node
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        ]
        known = {node.targets[0].id for node in tables}
        known |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.level:
                known |= {alias.asname or alias.name for alias in node.names}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                key = node.name if node in tree.body else f".{node.name}"
                self.functions.append((key, node))
                self._add(key, node, known)
        for node in tables:
            # Such as of the functions that send, by what is sent.
            self._add(node.targets[0].id, node.value, known)

    def _add(self, key, node, known):
        self.named.setdefault(key, set()).update(names_in(node, known))

    def reaching(self, methods):
        """Names of all functions from which one of the client's methods is reached."""
        found = {
            key
            for key, node in self.functions
            if methods.intersection(calls_of_client(node))
        }
        before = set()
        while found != before:
            before = set(found)
            found |= {key for key, names in self.named.items() if names & before}
        return {key.removeprefix(".") for key in found}

    def routes(self):
        """Names of the functions that answer an address of HTTP's."""
        for _key, node in self.functions:
            if "route" in _decorators(node):
                yield node.name

    def run_by_themselves(self):
        """Names of functions nobody has to click for."""
        for _key, node in self.functions:
            if (
                node.name in OF_THE_ORM
                or node.name.startswith(("_cron_", "_gc_", "_compute_", "_inverse_"))
                or _decorators(node) & BY_THEMSELVES
            ):
                yield node.name


def _decorators(node):
    """What a function is decorated with, such as `depends` of `@api.depends(…)`."""
    return {
        each.attr
        for decorator in node.decorator_list
        for each in ast.walk(decorator)
        if isinstance(each, ast.Attribute)
    }
