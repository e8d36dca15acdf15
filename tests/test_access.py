import inspect

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_methods import ADDED_TO, METHODS
from .access_roles import ROLES, Roles
from .common import CrmTwitterCase

ADDON = "odoo.addons.crm_twitter."
#: Models whose methods change who is in which group, which Odoo remembers.
GROUPS_OF = ("res.config.settings", "res.users")


class Undone(Exception):
    """Ends a savepoint, so that a call leaves nothing behind."""


def public_methods(model):
    """``{method RPC may call: whether it is Odoo's, and the addon adds to it}``."""
    ours, others = set(), set()
    for cls in type(model).__mro__:
        names = {
            name
            for name, method in vars(cls).items()
            if inspect.isfunction(getattr(method, "__func__", method))
            and not name.startswith("_")
            and not getattr(method, "_api_private", False)
        }
        (ours if cls.__module__.startswith(ADDON) else others).update(names)
    return {name: name in others for name in ours}


@tagged("post_install", "-at_install")
class TestAccess(Roles, CrmTwitterCase):
    """Every role by every public method of the addon, as access_methods has it."""

    def models(self):
        return [self.env[name] for name in sorted(self.env.registry)]

    def test_every_public_method_has_a_row(self):
        found, added_to = set(), set()
        for model in self.models():
            for method, is_odoos in public_methods(model).items():
                if is_odoos:
                    added_to.add(method)
                elif not model._abstract:
                    found.add((model._name, method))
        rows = {(model, method) for model in METHODS for method in METHODS[model]}
        self.assertEqual(found - rows, set(), "without a row in access_methods.py")
        self.assertEqual(rows - found, set(), "rows of what is not there any more")
        self.assertEqual(added_to, ADDED_TO.keys())

    def test_methods_of_mixins_are_those_of_their_models(self):
        """What an abstract model lets RPC call is called on a concrete one above."""
        covered = {method for methods in METHODS.values() for method in methods}
        for model in self.models():
            if model._abstract:
                own = {
                    name
                    for name, is_odoos in public_methods(model).items()
                    if not is_odoos
                }
                self.assertLessEqual(own, covered, model._name)

    def test_who_may_call_what(self):
        wrong = []
        for model, methods in METHODS.items():
            for method, call in methods.items():
                for role in ROLES:
                    self.counted["attacks tried"] += 1
                    expected = self.expected(call, role)
                    outcome, told = self.outcome(role, model, method, call)
                    if outcome != expected:
                        wrong.append(
                            f"{model}.{method} as {role}: {outcome} in place of"
                            f" {expected}. {told}"
                        )
        self.assertFalse(wrong, "\n".join(wrong))

    def expected(self, call, role):
        if role in call.may:
            return "answered"
        return "told why not" if role in call.told else "refused"

    def outcome(self, role, model, method, call):
        """How the call ended, and what was said; whatever it did is undone."""
        record = self.seen_as(role, model)
        arguments = call.arguments
        if callable(arguments):
            arguments = arguments(self)
        self.x.calls.clear()
        try:
            with self.env.cr.savepoint():
                answer = getattr(record, method)(*arguments)
                self.env.flush_all()
                raise Undone
        except Undone:
            if model in GROUPS_OF:
                self.env.registry.clear_all_caches()
            return "answered", str(answer)[:200]
        except AccessError as error:
            if self.endpoints():
                return "refused, but X was asked", str(error)
            return "refused", str(error)
        except UserError as error:
            return "told why not", str(error)
        finally:
            self.env.invalidate_all()
