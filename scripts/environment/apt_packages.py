"""Debian packages fetched by apt under private lists and unpacked, not installed.

The mirror and the keyring are those of the machine's own apt sources, so that no mirror
is named here and signatures are checked as always. Nothing of the system changes.
"""

import os
import re
import shutil
from pathlib import Path

from . import cache
from .processes import follow, run
from .progress import Failure, Percentage, say

APT = Path("/etc/apt")


class NotInTheArchive(Failure):
    """apt works, but the suite does not have a package of that name."""


def stanzas(etc=APT):
    """The machine's binary package sources as dictionaries of deb822 fields."""
    found = []
    for path in sorted(etc.glob("sources.list.d/*.sources")):
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            found.append(_fields(block))
    for path in [etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))]:
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            found += [_one_line(line) for line in lines if line.startswith("deb ")]
    return [
        stanza
        for stanza in found
        if "deb" in stanza.get("Types", "").split()
        and stanza.get("Enabled", "yes").lower() not in ("no", "false")
    ]


def _fields(block):
    fields, name = {}, None
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        if line[:1].isspace() and name:
            fields[name] += "\n" + line
        elif ":" in line:
            name, value = line.split(":", 1)
            fields[name] = value.strip()
    return fields


def _one_line(line):
    match = re.match(r"deb\s+(?:\[(.*?)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)", line)
    if not match:
        return {}
    options, address, suite, components = match.groups()
    fields = {"Types": "deb", "URIs": address, "Suites": suite}
    fields["Components"] = components.strip()
    for option in (options or "").split():
        name, _, value = option.partition("=")
        if name.lower() == "signed-by":
            fields["Signed-By"] = value
    return fields


def main_archive(sources):
    """The stanza of the distribution's main archive; Failure where there is none."""
    for stanza in sources:
        told = stanza.get("URIs", "") + stanza.get("Suites", "")
        if "main" in stanza.get("Components", "").split() and "security" not in told:
            return stanza
    raise Failure(
        "No archive of the distribution (component main) is in /etc/apt, so nothing "
        "can be fetched from it. Set ODOO_HOME to a checkout of Odoo 19."
    )


class Suite:
    """One suite of the machine's own mirror, read under private lists."""

    def __init__(self, suites, etc=APT):
        archive = main_archive(stanzas(etc))
        self._source = {**archive, "Suites": suites or archive["Suites"]}
        self._folder = cache.folder("apt", self._source["Suites"].replace(" ", "+"))
        self._settings = self._folder / "apt.conf"

    def _write_settings(self):
        wanted = ("Types", "URIs", "Suites", "Components", "Signed-By")
        source = "".join(
            f"{name}: {self._source[name]}\n" for name in wanted if name in self._source
        )
        (self._folder / "private.sources").write_text(source, encoding="utf-8")
        for name in ("lists/partial", "archives/partial", "sources.list.d"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        self._settings.write_text(
            f'Dir::Etc::sourcelist "{self._folder}/private.sources";\n'
            f'Dir::Etc::sourceparts "{self._folder}/sources.list.d";\n'
            f'Dir::State::lists "{self._folder}/lists";\n'
            f'Dir::Cache "{self._folder}";\n'
            f'Dir::Cache::archives "{self._folder}/archives";\n'
            'Acquire::Languages "none";\n'
            'APT::Sandbox::User "";\n'
            # What the machine's own apt does afterwards is not ours to set off.
            "#clear APT::Update::Post-Invoke;\n"
            "#clear APT::Update::Post-Invoke-Success;\n",
            encoding="utf-8",
        )

    def _apt(self, label, *arguments, cwd=None):
        """Run apt-get; print how far it is; return its status and what else it said."""
        command = ["apt-get", "-c", str(self._settings), "-q"]
        command += ["-o", "APT::Status-Fd=1", *arguments]
        shown, told = Percentage(label), []

        def on_line(line):
            if line.startswith("dlstatus:"):
                shown.show(float(line.split(":")[2]))
            else:
                told.append(line)

        say(f"{label}…")
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        folder = cwd or self._folder
        status = follow(command, on_line, environment=environment, folder=folder)
        return status, "".join(told)

    def unpack(self, packages, target, label):
        """Fetch the packages (names), told as ``label``; unpack all into ``target``."""
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise Failure("This needs apt-get and dpkg-deb, which are not here.")
        suites = self._source["Suites"]
        with cache.locked("apt"):
            self._write_settings()
            status, told = self._apt(f"Reading the package list of {suites}", "update")
            # Without a network apt only warns, and goes on with what it had before.
            if status or re.search(r"^(E:|W: (GPG error|Failed to fetch))", told, re.M):
                raise Failure(
                    f"{told}\napt could not read {suites} from the mirror in /etc/apt. "
                    "Without a network, or where the signature is not known "
                    "(debian-archive-keyring too old), set ODOO_HOME instead."
                )
            downloads = self._folder / "downloads"
            shutil.rmtree(downloads, ignore_errors=True)
            downloads.mkdir()
            download = ("download", *packages)
            status, told = self._apt(f"Downloading {label}", *download, cwd=downloads)
            if "Unable to locate package" in told or "no installation cand" in told:
                raise NotInTheArchive(f"{told}\n{suites} does not have it.")
            if status:
                raise Failure(f"{told}\nThe download failed; run the command again.")
            for package in sorted(downloads.glob("*.deb")):
                say(f"Unpacking {package.name}")
                if run(["dpkg-deb", "-x", str(package), str(target)]):
                    raise Failure(f"{package.name} could not be unpacked (disk full?).")
            shutil.rmtree(downloads)


class MachineSuite(Suite):
    """The suite the machine itself runs."""

    def __init__(self):
        super().__init__(None)
