import pytest
from environment import apt_packages
from environment.progress import Failure

DEB822 = """\
# comment
Types: deb deb-src
URIs: http://security.example.org/debian-security
Suites: stable-security
Components: main
Signed-By: /keys/archive.gpg

Types: deb
URIs: http://mirror.example.org/debian
Suites: stable stable-updates
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Types: deb
Enabled: no
URIs: http://off.example.org/debian
Suites: stable
Components: main
"""
ONE_LINE = """\
deb-src http://mirror.example.org/debian stable main
# deb http://off.example.org/debian stable main
deb http://security.example.org/debian-security stable-security main
deb [arch=amd64 signed-by=/keys/one.gpg] http://mirror.example.org/debian stable main
"""


@pytest.fixture
def etc(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def test_the_main_archive_of_deb822_sources(etc):
    (etc / "sources.list.d" / "debian.sources").write_text(DEB822)
    archive = apt_packages.main_archive(apt_packages.stanzas(etc))
    assert archive["URIs"] == "http://mirror.example.org/debian"
    assert archive["Components"] == "main contrib"
    assert "abc" in archive["Signed-By"]


def test_the_main_archive_of_one_line_sources(etc):
    (etc / "sources.list").write_text(ONE_LINE)
    assert apt_packages.main_archive(apt_packages.stanzas(etc)) == {
        "Types": "deb",
        "URIs": "http://mirror.example.org/debian",
        "Suites": "stable",
        "Components": "main",
        "Signed-By": "/keys/one.gpg",
    }


def test_sources_that_are_off_do_not_count(etc):
    (etc / "sources.list.d" / "debian.sources").write_text(DEB822.split("\n\n")[-1])
    assert apt_packages.stanzas(etc) == []


def test_no_archive_is_told_in_a_sentence(etc):
    with pytest.raises(Failure, match="Set ODOO_HOME"):
        apt_packages.main_archive(apt_packages.stanzas(etc))


def test_another_suite_is_read_from_the_same_mirror_with_the_same_key(etc, own_cache):
    (etc / "sources.list").write_text(ONE_LINE)
    apt_packages.Suite("sid", etc)._write_settings()
    source = (own_cache / "apt" / "sid" / "private.sources").read_text()
    assert source == (
        "Types: deb\nURIs: http://mirror.example.org/debian\nSuites: sid\n"
        "Components: main\nSigned-By: /keys/one.gpg\n"
    )


def test_apt_is_kept_off_the_systems_own_lists(etc, own_cache):
    (etc / "sources.list").write_text(ONE_LINE)
    apt_packages.Suite("sid", etc)._write_settings()
    private = own_cache / "apt" / "sid"
    settings = (private / "apt.conf").read_text()
    assert f'Dir::State::lists "{private}/lists";' in settings
    assert f'Dir::Etc::sourcelist "{private}/private.sources";' in settings
