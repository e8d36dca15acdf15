"""What the commands tell a person whose machine is not as they need it."""

import socket
import sys

import pytest
from demonstration import session
from environment import chromium, entrance, python_packages
from environment.progress import Failure, Percentage


@pytest.fixture
def used_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    ("option", "other"), [("--http-port", "--x-port"), ("--x-port", "--http-port")]
)
def test_a_used_port_is_told_with_the_option_that_changes_it(used_port, option, other):
    arguments = [option, str(used_port), other, str(_free_port())]
    with pytest.raises(Failure, match=f"Port {used_port} is in use.*{option}"):
        session._check_ports(session._parse(arguments))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_port_of_x_does_not_matter_without_x(used_port):
    options = session._parse(["--no-x", "--x-port", str(used_port)])
    options.http_port = _free_port()
    session._check_ports(options)


def test_one_port_for_both_is_refused():
    port = str(_free_port())
    options = session._parse(["--http-port", port, "--x-port", port])
    with pytest.raises(Failure, match="two different ports"):
        session._check_ports(options)


def test_the_callback_is_on_an_address_x_accepts():
    options = session._parse(["--http-port", "9000"])
    assert options.callback == "http://127.0.0.1:9000/crm_twitter/oauth/callback"


def test_a_python_odoo_does_not_run_on(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Failure, match=r"Python 3\.10 to 3\.13"):
        entrance._use_supported_python()


def test_another_python_of_the_machine_takes_over(monkeypatch, tmp_path):
    for name in ("python3.9", "python3.11", "python3.12"):
        works = name != "python3.12"
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {0 if works else 1}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    monkeypatch.setattr(sys, "argv", ["scripts/odoo", "--version"])
    monkeypatch.setenv("PATH", str(tmp_path))
    started = []
    monkeypatch.setattr(
        entrance.os, "execv", lambda *given: started.append(given) or sys.exit(0)
    )
    with pytest.raises(SystemExit):
        entrance._use_supported_python()
    other = str(tmp_path / "python3.11")
    assert started == [(other, [other, "scripts/odoo", "--version"])]


def test_a_failure_is_a_sentence_and_no_traceback(monkeypatch, capsys):
    def command(_arguments):
        raise Failure("The reason.")

    environment = python_packages.Environment
    monkeypatch.setattr(environment, "is_running", lambda self: True)
    with pytest.raises(SystemExit) as ended:
        entrance.run(command)
    assert ended.value.code == 1
    assert capsys.readouterr().err == "\nThe reason.\n"


def test_ctrl_c_is_told_and_is_no_success(monkeypatch, capsys):
    def command(_arguments):
        raise KeyboardInterrupt

    environment = python_packages.Environment
    monkeypatch.setattr(environment, "is_running", lambda self: True)
    with pytest.raises(SystemExit) as ended:
        entrance.run(command)
    assert ended.value.code == 130
    assert capsys.readouterr().err == "\nStopped.\n"


def test_a_chosen_browser_that_is_none(monkeypatch):
    monkeypatch.setenv("CHROME_BIN", "/nowhere/chrome")
    with pytest.raises(Failure, match="CHROME_BIN is /nowhere/chrome"):
        chromium.chromium()


def test_odoo_finds_the_chosen_browser_first(monkeypatch, tmp_path):
    chosen = tmp_path / "my-browser"
    chosen.write_text("#!/bin/sh\n")
    chosen.chmod(0o755)
    monkeypatch.setenv("CHROME_BIN", str(chosen))
    path = chromium.path_with_chromium({"PATH": "/usr/bin"})
    first, rest = path.split(":", 1)
    assert (type(chosen)(first) / "google-chrome").resolve() == chosen
    assert rest == "/usr/bin"


def test_no_browser_and_no_right_to_install_one(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Failure, match="apt-get install"):
        chromium.chromium()


def test_an_environment_without_its_last_file_is_made_again(monkeypatch, own_cache):
    made = []
    environment = python_packages.environment("runtime")
    (environment.path / "bin").mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    monkeypatch.setattr(
        python_packages.Environment,
        "_make_empty",
        lambda self: self.path.mkdir(parents=True) or ["pip"],
    )
    monkeypatch.setattr(
        python_packages.Environment, "_install", lambda self, pip: made.append(pip)
    )
    environment.make()
    assert made == [["pip"]]
    assert not environment.python.exists(), "what was there was not removed"


def test_progress_is_shown_in_steps(capsys):
    now = [0.0]
    shown = Percentage("Downloading", clock=lambda: now[0])
    for percent in (1, 9, 10, 12, 25):
        shown.show(percent)
    now[0] = 20.0
    shown.show(26)
    assert capsys.readouterr().out.splitlines() == [
        "Downloading… 10 %",
        "Downloading… 25 %",
        "Downloading… 26 %",
    ]
