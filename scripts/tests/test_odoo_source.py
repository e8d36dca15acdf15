import os
import subprocess

import pytest
from environment import odoo_source
from environment.progress import Failure

RELEASE = "version_info = ({}, {}, 0, 'final', 0, '')\n"


def make_odoo(folder, series=(19, 0), addons="addons"):
    """What of an Odoo is looked at."""
    for name in ("odoo/release.py", f"{addons}/crm/__manifest__.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(RELEASE.format(*series))
    (folder / addons / "web/static").mkdir(parents=True)
    (folder / "odoo/addons").mkdir(exist_ok=True)
    return folder


def git(folder, *arguments):
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit on Odoo's branch."""
    folder = make_odoo(tmp_path / "repository")
    git(folder, "init", "--quiet", "--initial-branch=19.0")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=one")
    return folder


@pytest.mark.parametrize("inside", ["", "usr/lib/python3/dist-packages"])
def test_odoo_home_is_a_checkout_or_an_unpacked_package(tmp_path, monkeypatch, inside):
    addons = "odoo/addons" if inside else "addons"
    make_odoo(tmp_path / inside, addons=addons)
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    source = odoo_source.odoo_source()
    assert source.python_path == tmp_path / inside
    assert source.addons == (tmp_path / inside / addons,)


def test_odoo_home_may_be_the_package_itself(tmp_path):
    make_odoo(tmp_path)
    assert odoo_source.at_home(tmp_path / "odoo").python_path == tmp_path


def test_odoo_home_without_odoo(tmp_path):
    with pytest.raises(Failure, match="there is no Odoo"):
        odoo_source.at_home(tmp_path)


def test_another_series_is_refused(tmp_path):
    with pytest.raises(Failure, match=r"is not Odoo 19\.0"):
        odoo_source.at_home(make_odoo(tmp_path, series=(18, 0)))


def test_it_is_cloned_where_there_is_no_package(repository, monkeypatch, own_cache):
    monkeypatch.setattr(odoo_source, "_is_debian", lambda: False)
    monkeypatch.setattr(odoo_source, "REPOSITORY", f"file://{repository}")
    source = odoo_source.odoo_source()
    assert source.python_path.parent == own_cache / "odoo"
    assert (source.python_path / "odoo/release.py").is_file()


def test_the_clone_is_made_once_and_is_shallow(repository, monkeypatch):
    monkeypatch.setenv("ODOO_REPOSITORY", f"file://{repository}")
    git(repository, "commit", "--quiet", "--allow-empty", "--message=two")
    source = odoo_source.odoo_source()
    command = ["git", "-C", str(source.python_path), "rev-list", "--count", "HEAD"]
    assert subprocess.check_output(command, text=True).strip() == "1"
    git(repository, "commit", "--quiet", "--allow-empty", "--message=three")
    assert odoo_source.odoo_source() == source


def test_a_clone_that_fails_is_told_and_leaves_nothing(
    tmp_path, monkeypatch, own_cache
):
    monkeypatch.setenv("ODOO_REPOSITORY", f"file://{tmp_path}/nothing")
    with pytest.raises(Failure, match="could not be cloned"):
        odoo_source.odoo_source()
    assert os.listdir(own_cache / "odoo") == []


def test_a_clone_of_something_else_is_not_kept(repository, monkeypatch, own_cache):
    monkeypatch.setenv("ODOO_REPOSITORY", f"file://{repository}")
    git(repository, "rm", "--quiet", "-r", "addons")
    git(repository, "commit", "--quiet", "--message=no addons")
    with pytest.raises(Failure, match="has no CRM"):
        odoo_source.odoo_source()
    assert os.listdir(own_cache / "odoo") == []


def test_a_half_made_clone_is_not_taken_for_a_whole_one(
    repository, monkeypatch, own_cache
):
    monkeypatch.setenv("ODOO_REPOSITORY", f"file://{repository}")
    target = odoo_source.odoo_source().python_path
    target.rename(target.parent / f".{target.name}.partial-killed")
    assert (odoo_source.odoo_source().python_path / "odoo/release.py").is_file()
    assert os.listdir(own_cache / "odoo") == [target.name]


def test_an_unpacked_package_is_completed(tmp_path):
    python = tmp_path / odoo_source.DEBIAN_PYTHON
    make_odoo(python, addons="odoo/addons")
    (python / "addons/web").mkdir(parents=True)
    script = tmp_path / "usr/share/javascript/jquery/jquery.js"
    script.parent.mkdir(parents=True)
    script.write_text("jquery")
    link = python / "odoo/addons/web/static/jquery.js"
    link.symlink_to("/usr/share/javascript/jquery/jquery.js")
    odoo_source._complete_package(tmp_path)
    assert link.resolve() == script
    assert (python / "odoo" / odoo_source.REMOVED_BY_DEBIAN).is_file()
    assert not (python / "addons").exists()
