import ast
from pathlib import Path

from odoo.tests import BaseCase, tagged

ROOT = Path(__file__).resolve().parents[1]


def imports_of(path):
    """Dotted names a file imports, the addon's own relative to its root."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = node.module.split(".") if node.module else []
            for alias in node.names:
                yield ".".join([*base, *module, alias.name])


def files_of(part):
    return [path for path in (ROOT / part).rglob("*.py") if "tests" not in path.parts]


@tagged("post_install", "-at_install")
class TestLayering(BaseCase):
    """Dependencies run one way: controllers → models → x_api; the simulator stands
    apart."""

    def assertNoImport(self, part, *forbidden):
        files = files_of(part)
        self.assertTrue(files, f"{part} has no files")
        for path in files:
            for name in imports_of(path):
                own = name.removeprefix("odoo.addons.crm_twitter.")
                for prefix in forbidden:
                    self.assertFalse(
                        own == prefix or own.startswith(f"{prefix}."),
                        f"{path.relative_to(ROOT)} imports {name}",
                    )

    def test_x_api_knows_neither_odoo_nor_the_addon(self):
        self.assertNoImport(
            "x_api", "odoo", "models", "controllers", "wizard", "simulator"
        )

    def test_the_simulator_knows_neither_odoo_nor_the_addon(self):
        self.assertNoImport(
            "simulator", "odoo", "models", "controllers", "wizard", "x_api"
        )

    def test_models_know_neither_controllers_nor_the_simulator(self):
        self.assertNoImport("models", "controllers", "wizard", "simulator", "tests")

    def test_controllers_reach_x_through_models_alone(self):
        self.assertNoImport("controllers", "x_api", "simulator", "tests", "requests")

    def test_only_the_account_opens_the_door_to_x(self):
        """Of the models, twitter_account.py alone imports what talks to X."""
        doors = {
            "XClient",
            "OAuth2Client",
            "ComplianceClient",
            "fetch_image",
            "images",
        }
        for path in files_of("models") + files_of("wizard"):
            if path.name == "twitter_account.py":
                continue
            for name in imports_of(path):
                self.assertFalse(
                    name.startswith("x_api.") and name.split(".")[1] in doors,
                    f"{path.name} imports {name}",
                )
                self.assertNotIn(
                    name.split(".")[0],
                    {"requests", "requests_oauthlib", "oauthlib", "urllib3"},
                    f"{path.name} imports {name}",
                )
