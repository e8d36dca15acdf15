"""Which tests exist, read from the source without running it."""

import ast
from collections import Counter


def existing_tests(folder, with_long=False):
    """Count test functions by (path below ``folder``, function name).

    Those marked long count only ``with_long``.
    """
    counted = Counter()
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(folder).as_posix()
        for node in tree.body:
            counted.update((name, test) for test in _tests_of(node, with_long))
    return counted


def _tests_of(node, with_long):
    if not with_long and _is_long(node):
        return
    if isinstance(node, ast.ClassDef):
        for member in node.body:
            yield from _tests_of(member, with_long)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        # As pytest and unittest do, a prefix is enough.
        if node.name.startswith("test"):
            yield node.name


def _is_long(node):
    """Whether a decorator says so: pytest.mark.long, or Odoo's tagged(…, "long")."""
    for decorator in getattr(node, "decorator_list", ()):
        for part in ast.walk(decorator):
            if isinstance(part, ast.Attribute) and part.attr == "long":
                return True
            if isinstance(part, ast.Constant) and part.value == "long":
                return True
    return False


def not_imported(folder):
    """Test modules that ``__init__.py`` of an Odoo test folder does not import.

    pytest finds them all the same, a customer's --test-enable does not.
    """
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return sorted({path.stem for path in folder.glob("test_*.py")} - imported)
