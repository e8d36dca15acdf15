"""Earlier versions from the clone's history."""

import subprocess

import pytest
from environment import cache, earlier_versions


def git(folder, *arguments):
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    command = ["git", *identity, *arguments]
    subprocess.run(command, cwd=folder, check=True)
    told = ["git", "rev-parse", "HEAD"]
    answer = subprocess.run(told, cwd=folder, capture_output=True, text=True)
    return answer.stdout.strip()


@pytest.fixture
def commits(tmp_path, monkeypatch):
    """The two commits of a clone, the earlier one first."""
    monkeypatch.setattr(cache, "CLONE", tmp_path)
    git(tmp_path, "init", "--quiet")
    found = []
    for text in ("earlier", "later"):
        (tmp_path / "version").write_text(text)
        git(tmp_path, "add", "version")
        found.append(git(tmp_path, "commit", "--quiet", f"--message={text}"))
    return found


def test_an_earlier_version_is_checked_out_under_the_addons_name(commits):
    assert earlier_versions.is_in_history(commits[0])
    with earlier_versions.checked_out(commits[0]) as folder:
        assert [path.name for path in folder.iterdir()] == ["crm_twitter"]
        assert (folder / "crm_twitter" / "version").read_text() == "earlier"
    assert not folder.exists()


def test_what_is_not_in_the_history_is_told(commits, tmp_path, monkeypatch):
    assert not earlier_versions.is_in_history("a93097a")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}", "shallow")
    monkeypatch.setattr(cache, "CLONE", tmp_path / "shallow")
    assert earlier_versions.is_in_history(commits[1])
    assert not earlier_versions.is_in_history(commits[0])


def test_without_git_there_is_no_history(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert not earlier_versions.is_in_history("HEAD")
