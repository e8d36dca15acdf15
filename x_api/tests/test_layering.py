import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]
ALLOWED = {"oauthlib", "requests", "requests_oauthlib", "urllib3"}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("*.py")), ids=lambda p: p.name)
def test_imports_are_relative_or_of_what_the_addon_depends_on(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level <= 1
            names = [node.module] if not node.level else []
        for name in names:
            root = name.split(".")[0]
            assert root in ALLOWED or root in sys.stdlib_module_names
