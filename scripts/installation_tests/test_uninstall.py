"""X hanging does not hang the removal, and what it is told of is told at once."""

import re
from datetime import datetime, timedelta

from hanging_x import CONNECTIONS

#: The addon waits as long for X in all; a busy machine is given a little more.
WAITS, AND = timedelta(seconds=5), timedelta(seconds=2)


def test_the_removal_waits_for_x_five_seconds_in_all(history):
    asked = history["asked of X"]
    assert {line for _moment, line in asked} == {"POST /2/oauth2/revoke HTTP/1.1"}
    log = history["uninstall"].log
    [told] = re.findall(r"^(\S+ \S+) \d+ WARNING .*X could not be told .*$", log, re.M)
    moment = datetime.strptime(told, "%Y-%m-%d %H:%M:%S,%f")
    assert moment - min(asked)[0] < WAITS + AND
    assert f"the end of {CONNECTIONS} of {CONNECTIONS} connections" in log


def test_it_is_over_all_the_same(history):
    uninstall = history["uninstall"]
    assert uninstall.status == 0, uninstall.log[-5000:]
    assert "refresh0" not in uninstall.log
