"""What a test run reported, added up and compared with what exists."""

import os
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field

#: What tests count beside themselves; docs/security.md quotes the sums.
COUNTED = ("attacks tried", "faults injected", "fuzz executions", "records compared")


@dataclass
class Results:
    """Numbers of tests, and sentences about what makes a run red beyond them."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    complaints: list = field(default_factory=list)
    counted: Counter = field(default_factory=Counter)

    def add(self, other):
        """Add the numbers and complaints of another run."""
        self.counted += other.counted
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.complaints += other.complaints

    @property
    def is_green(self):
        """Whether tests ran, and all passed, and nothing is to be complained of."""
        return bool(self.passed) and not self.failed and not self.complaints

    def line(self):
        """The closing line that is read by machines."""
        line = f"{self.passed} passed, {self.failed} failed"
        return f"{line}, {self.skipped} skipped" if self.skipped else line

    def counted_line(self):
        """What the tests have counted, in a line; "" where that is nothing."""
        told = (f"{self.counted[kind]:,} {kind}" for kind in COUNTED)
        return "Counted: " + ", ".join(told) if self.counted else ""


def results_of(suite, report, status):
    """Read pytest's JUnit report, which is missing when pytest did not get far."""
    results = Results()
    if not report.exists():
        results.complaints.append(f"{suite}: pytest ended with {status} and no report")
        return results
    for case in ElementTree.parse(report).iter("testcase"):
        results.counted += _counted_by(case)
        if case.find("failure") is not None or case.find("error") is not None:
            results.failed += 1
        elif case.find("skipped") is not None:
            results.skipped += 1
            if not _may_be_skipped(case):
                results.complaints.append(f"{suite}: skipped {_name(case)}")
        else:
            results.passed += 1
    if status and not results.failed:
        results.complaints.append(f"{suite}: pytest ended with {status}, see above")
    return results


def _counted_by(case):
    found = Counter()
    for each in case.iter("property"):
        if each.get("name") in COUNTED:
            found[each.get("name")] += int(each.get("value"))
    return found


def counted_in(lines):
    """Read back what `Results.counted_line` wrote, from all that was printed."""
    found = Counter()
    for line in lines:
        if line.startswith("Counted: "):
            for told in line.removeprefix("Counted: ").split(", "):
                number, kind = told.split(" ", 1)
                found[kind] += int(number.replace(",", ""))
    return found


def _may_be_skipped(case):
    """Whether this compares with what a person's machine may lack, but CI has.

    That is X's OpenAPI description, which is not ours, and the history of the clone,
    from which earlier versions are upgraded.
    """
    reason = case.find("skipped").get("message") or ""
    is_lacking = "OpenAPI" in reason or "history of this clone" in reason
    return is_lacking and not os.environ.get("CI")


def missing_tests(suite, report, existing):
    """Sentences for the tests that exist (see existing_tests) but did not run."""
    ran = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        test = case.get("name").split("[")[0]
        # classname: dotted folders, the module, and the class where there is one.
        ran.update((part, test) for part in set(case.get("classname").split(".")))
    return [
        f"{suite}: exists but did not run: {path}::{test}"
        for (path, test), number in sorted(existing.items())
        if ran[(path.rsplit("/", 1)[-1].removesuffix(".py"), test)] < number
    ]


def _name(case):
    reason = case.find("skipped").get("message")
    return f"{case.get('classname')}::{case.get('name')} ({reason})"
