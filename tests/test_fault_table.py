import re
from pathlib import Path

from odoo.tests import tagged

from .. import x_api
from .fault_case import FaultCase
from .fault_doors import DOORS
from .fault_kinds import FAULTS

# Of so many cases one is tried every day; all of them with --long.
PART = 12


@tagged("post_install", "-at_install")
class TestFaultTable(FaultCase):
    """Whatever X does wrong: a sentence, an unharmed record, nothing sent twice."""

    def test_a_part_of_all_cases(self):
        self.try_cases(cases_of(lambda number: number % PART == 0))

    def test_every_door_without_a_fault(self):
        for name, door in DOORS.items():
            with self.subTest(door=name), self.undone():
                found = door.prepare(self)
                self.env.flush_all()
                self.env.invalidate_all()
                asked = len(self.x.calls)
                self.check_told(door.go(self, found), FAULTS["500"])
                calls = [call.endpoint for call in self.x.calls[asked:]]
                if door.endpoint != "GET /pbs":
                    self.assertIn(door.endpoint, calls)

    def test_every_endpoint_has_a_door(self):
        """An endpoint that the client learns to call is covered, or this fails."""
        named = set()
        for path in Path(x_api.__file__).parent.glob("*.py"):
            named.update(endpoints_in(path.read_text()))
        self.assertGreater(len(named), 20)
        self.assertEqual(named - {door.endpoint for door in DOORS.values()}, set())


@tagged("post_install", "-at_install", "long")
class TestWholeFaultTable(FaultCase):
    """All of it."""

    def test_all_cases(self):
        self.try_cases(cases_of(lambda number: number % PART))


def endpoints_in(source):
    """Methods and paths of X's that a module of the client names."""
    for name, path in re.findall(r'^(\w+) = "(/2/[^"]+)"$', source, re.M):
        source = source.replace(f"{{{name}}}", path).replace(f'{name} = "{path}"', "")
    yield from re.findall(r'"([A-Z]+ /2/[\w/:]+)"', source)
    # What is read is named by its path alone; what is in it, behind `path=`, as well.
    words = re.findall(r'_neighbours\(\s*"(\w+)"', source) or [""]
    for path in re.findall(r'(?<!path=)(?<!path=f)"(/2/[^"]+)"', source):
        for word in words:
            yield "GET " + path.replace("{word}", word)


def cases_of(is_chosen):
    """``[(door, fault)]``; every day each of both is among them."""
    return [
        (door, fault)
        for row, door in enumerate(DOORS)
        for column, fault in enumerate(FAULTS)
        if is_chosen(row + column)
    ]
