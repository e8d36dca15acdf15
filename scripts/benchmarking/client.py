"""scripts/bench client: the addon's client of X beside tweepy, xdk and the floor.

The same work on the same simulator, which is a process of its own: each client in a
fresh interpreter, by turns, as often as there are runs. What counts is the CPU time
this side of the wire; the floor is requests-oauthlib with plain JSON.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request

from environment import cache, processes
from environment.progress import Failure, say

from . import peers, report

CROWD, POSTS, CALLS = 10_000, 100, 60
ENDPOINTS = ("GET /2/users/by", "GET /2/tweets")
#: What is measured of each client: its key, its name, its unit.
MEASURED = (
    ("user", "a single user, CPU per call", "ms"),
    ("users", "a page of 100 users with metrics, CPU per call", "ms"),
    ("posts", "a page of 100 posts with users joined, CPU per call", "ms"),
    ("crowd_cpu", "10,000 profiles by handle, CPU", "s"),
    ("crowd", "10,000 profiles by handle, by the clock", "s"),
    ("import", "import, CPU", "ms"),
    ("memory", "memory, with what two calls leave", "MB"),
    ("peak", "memory at most, in two calls", "MB"),
)
#: The aim of each, of our figure divided by that of whom it is compared with.
AIMS = {
    **dict.fromkeys(("user", "users", "posts", "crowd_cpu"), ("better", "<= 0.80")),
    "crowd": ("better", ""),
    **dict.fromkeys(("import", "memory", "peak"), ("tweepy", "<= 1.00")),
}
#: As an adviser of the world writes: links, names and tags are what is to be parsed.
TEXTS = (
    "Our new bridge is open @tinapinero, see https://bridges.example/{} #steel",
    "Thinking & doing: {} heat pumps <3 #energy #engineering",
    "@mitchelladmin {} reasons, at https://bridges.example and https://x.example/a/b",
    "Nothing to see here but number {}",
)


def run(options):
    """Measure, print the table; return the figures."""
    with _simulator() as url, tempfile.TemporaryDirectory() as bytecode:
        work = _prepare(url, options.scale)
        # Each has its bytecode at hand, as after an installation.
        variables = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode}
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        for name in peers.CLIENTS:
            _measure(name, {**work, "handles": work["handles"][:100]}, variables)
        rounds = []
        for number in range(options.runs):
            say(f"Run {number + 1} of {options.runs}")
            rounds.append(
                {name: _measure(name, work, variables) for name in peers.CLIENTS}
            )
    say(f"\n{table(rounds)}")
    return [_figure(rounds, *measured) for measured in MEASURED]


def table(rounds):
    """A row for each thing measured, a column for each client: the medians."""
    lines = [
        f"| Per client | {' | '.join(peers.CLIENTS)} |",
        f"| --- |{' ---: |' * len(peers.CLIENTS)}",
    ]
    for key, name, unit in MEASURED:
        medians = (statistics.median(_values(rounds, c, key)) for c in peers.CLIENTS)
        cells = " | ".join(f"{median:.3g} {unit}" for median in medians)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines) + "\n"


def _figure(rounds, key, name, unit):
    """Ours beside theirs; the spread is that of the runs, each compared in itself."""
    whom, aim = AIMS[key]
    if whom == "better":
        medians = {
            peer: statistics.median(_values(rounds, peer, key))
            for peer in ("tweepy", "xdk")
        }
        whom = min(medians, key=medians.get)
    ours, theirs = _values(rounds, "addon", key), _values(rounds, whom, key)
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    told = f"{statistics.median(ours):.3g} / {statistics.median(theirs):.3g} {unit}"
    found = report.of_runs(f"client: {name}", ratios, f"times {whom}", aim)
    return {**found, "spread": f"{told}; {found['spread']}"}


def _values(rounds, client, key):
    return [each[client][key] for each in rounds]


def _measure(name, work, variables):
    """What one client takes for the work, in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, peers.__file__, name],
        input=json.dumps(work),
        env=variables,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        raise Failure(f"{name} did not do its work:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


@contextlib.contextmanager
def _simulator():
    """X, as a process of its own; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", "--port", "0", "--control"],
        cwd=cache.CLONE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stdout.readline()
        if "http" not in said:
            raise Failure("The simulator of X did not start.")
        yield said.split()[-1]
    finally:
        processes.end(process)
        process.stdout.close()


def _prepare(url, scale):
    """People and posts to ask for, and what each client is told of them."""
    number = max(POSTS, int(CROWD * scale) // 100 * 100)
    crowd = _control(url, "people", do="crowd", count=number)
    handles = [f"{crowd['prefix']}{n}" for n in range(number)]
    ids = [
        _control(
            url, "posts", do="add", author=handle, text=TEXTS[n % len(TEXTS)].format(n)
        )["id"]
        for n, handle in enumerate(handles[:POSTS])
    ]
    for endpoint in ENDPOINTS:
        _control(url, "limits", endpoint=endpoint, limit=10**9)
    _control(url, "credits", credits=10**9)
    token = _control(url, "login", username="mitchelladmin")["access_token"]
    calls = max(5, int(CALLS * min(1, scale)))
    work = {"url": url, "token": token, "handles": handles, "posts": ids}
    return {**work, "calls": calls}


def _control(url, what, **values):
    request = urllib.request.Request(
        f"{url}/_control/{what}",
        json.dumps(values).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)
