"""What static/lib holds, and the pins it is built from."""

import json
import re
import subprocess

import pytest
from environment import cache
from environment.progress import Failure
from vendoring import twitter_text

LIBRARY = cache.CLONE / "static/lib/twitter_text"
PINS = cache.CLONE / "scripts/vendoring/package-lock.json"
#: As npm's registry has it for twitter-text 3.1.0.
OFFICIAL = (
    "sha512-nulfUi3FN6z0LUjYipJid+eiwXvOLb8Ass7Jy/6zsXmZK3URte043m8fL3FyDzrK+"
    "WLpyqhHuR/TcARTN/iuGQ=="
)
COUNT = """
import * as library from "{library}";
import {{TEXT_CASES}} from "{cases}";
for (const {{name, text, length, has_link, cashtags}} of TEXT_CASES) {{
    const found = [
        library.parseTweet(text).weightedLength,
        library.extractUrlsWithIndices(text).length > 0,
        library.extractCashtagsWithIndices(text).length,
    ];
    if (String(found) !== String([length, has_link, cashtags])) {{
        throw new Error(`${{name}}: ${{found}}`);
    }}
}}
console.log(TEXT_CASES.length);
"""


def packages():
    """The pinned packages by their names, without the project's own entry."""
    pinned = json.loads(PINS.read_text(encoding="utf-8"))["packages"]
    del pinned[""]
    return {path.rpartition("node_modules/")[2]: pinned[path] for path in pinned}


def test_the_official_library_is_pinned_by_its_hash():
    pinned = packages()["twitter-text"]
    assert pinned["version"] == "3.1.0"
    assert pinned["integrity"] == OFFICIAL


def test_every_package_has_a_hash_and_no_registry_of_its_own():
    for name, pinned in packages().items():
        assert pinned["integrity"].startswith("sha512-"), name
        assert "resolved" not in pinned, name


def test_the_built_file_names_what_is_pinned():
    named = re.findall(
        r"^- (\S+) (\S+) \(([\w.-]+)\)$",
        (LIBRARY / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert named[0] == ("twitter-text", "3.1.0", "Apache-2.0")
    licences = (LIBRARY / "LICENSE").read_text(encoding="utf-8")
    for name, version, _licence in named:
        assert packages()[name]["version"] == version
        assert f"{name} {version}\n" in licences
    assert "Apache License" in licences


def test_the_built_file_counts_as_the_table_says(tmp_path):
    for name, source in (
        ("library.mjs", LIBRARY / "twitter_text.js"),
        ("cases.mjs", cache.CLONE / "static/tests/text_cases.js"),
    ):
        (tmp_path / name).write_bytes(source.read_bytes())
    script = COUNT.format(library="./library.mjs", cases="./cases.mjs")
    (tmp_path / "count.mjs").write_text(script, encoding="utf-8")
    answer = subprocess.run(
        [twitter_text.node(), tmp_path / "count.mjs"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    assert int(answer.stdout) >= 60


def test_a_failing_build_leaves_what_is_there(monkeypatch):
    before = {path.name: path.read_bytes() for path in LIBRARY.iterdir()}
    monkeypatch.setattr(twitter_text, "run_process", lambda *args, **kwargs: 1)
    with pytest.raises(Failure, match="could not be built"):
        twitter_text.run([])
    assert {path.name: path.read_bytes() for path in LIBRARY.iterdir()} == before


def test_check_tells_what_differs_and_mends_nothing(monkeypatch, tmp_path):
    def build(folder):
        for name in twitter_text.FILES:
            (folder / name).write_text("other", encoding="utf-8")
        return folder

    target = tmp_path / "target"
    monkeypatch.setattr(twitter_text, "build", build)
    monkeypatch.setattr(twitter_text, "TARGET", target)
    monkeypatch.setattr(cache, "CLONE", tmp_path)
    with pytest.raises(Failure, match=r"twitter_text\.js, LICENSE, README\.md"):
        twitter_text.run(["--check"])
    assert not target.exists()
    assert twitter_text.run([]) == 0
    assert (target / "LICENSE").read_text(encoding="utf-8") == "other"
    assert twitter_text.run(["--check"]) == 0


@pytest.mark.long
def test_building_again_gives_the_same_bytes(tmp_path):
    """Asks npm's registry for the packages."""
    built = twitter_text.build(tmp_path)
    for name in twitter_text.FILES:
        assert (built / name).read_bytes() == (LIBRARY / name).read_bytes(), name
