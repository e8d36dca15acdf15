import os
import tempfile

import psycopg2
import pytest
from environment import postgresql
from environment.progress import Failure


def connect(server):
    return psycopg2.connect(
        host=server.host, port=server.port, user=server.user, dbname="postgres"
    )


def test_a_private_server_runs_until_its_last_user_leaves():
    with postgresql.running_server() as server:
        with postgresql.running_server() as same:
            assert same == server
        connection = connect(server)
        with connection.cursor() as cursor:
            cursor.execute("SHOW fsync")
            assert cursor.fetchone() == ("off",)
            cursor.execute("SHOW server_encoding")
            assert cursor.fetchone() == ("UTF8",)
        connection.close()
    with pytest.raises(psycopg2.OperationalError):
        connect(server)


def test_a_private_server_has_no_network_port():
    with postgresql.running_server() as server:
        connection = connect(server)
        with connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
        connection.close()


def test_the_servers_data_stays_between_runs():
    with postgresql.running_server() as server:
        connection = connect(server)
        connection.autocommit = True
        connection.cursor().execute("CREATE DATABASE kept")
        connection.close()
    with postgresql.running_server() as server:
        psycopg2.connect(
            host=server.host, port=server.port, user=server.user, dbname="kept"
        ).close()


def test_a_server_of_ones_own_crashes_recovers_and_leaves_nothing(own_cache):
    cluster = postgresql.Cluster(postgresql.Programs.found(), "ruins")
    cluster.start()
    connection = connect(cluster.server)
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE kept")
    connection.close()
    cluster.crash()
    with pytest.raises(psycopg2.OperationalError):
        connect(cluster.server)
    cluster.start()
    with connect(cluster.server).cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = 'kept'")
        assert cursor.rowcount == 1
    cluster.remove()
    with pytest.raises(psycopg2.OperationalError):
        connect(cluster.server)
    assert not [path for path in own_cache.iterdir() if "ruins" in path.name]


def test_the_usual_variables_lead_to_another_server(monkeypatch, own_cache):
    monkeypatch.setenv("PGHOST", "db.example.org")
    monkeypatch.setenv("PGUSER", "odoo")
    monkeypatch.setenv("PGPORT", "5433")
    with postgresql.running_server() as server:
        assert server == postgresql.Server("db.example.org", "5433", "odoo")
        assert not server.is_private
    assert not own_cache.exists()


def test_a_role_odoo_refuses_is_told_at_once(monkeypatch):
    monkeypatch.setenv("PGHOST", "db.example.org")
    monkeypatch.setenv("PGUSER", "postgres")
    with (
        pytest.raises(Failure, match="createuser --createdb odoo"),
        postgresql.running_server(),
    ):
        pass


@pytest.mark.parametrize(
    ("told", "major"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15),
        ("postgres (PostgreSQL) 18beta1", 18),
        ("postgres (PostgreSQL) 12.9", None),
    ],
)
def test_which_programs_will_do(tmp_path, told, major):
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{told}'\n")
        (tmp_path / name).chmod(0o755)
    found = postgresql.Programs.of(tmp_path)
    assert (found and found.major) == major


def test_a_folder_without_initdb_will_not_do(tmp_path):
    (tmp_path / "postgres").write_text("#!/bin/sh\n")
    assert postgresql.Programs.of(tmp_path) is None


def test_the_wheel_has_programs_for_machines_without(monkeypatch):
    monkeypatch.setattr(postgresql, "_program_folders", lambda: [])
    assert postgresql.Programs.found().major == 18
    with postgresql.running_server() as server:
        assert connect(server).server_version // 10000 == 18


def test_a_socket_is_beside_the_data_unless_the_path_is_too_long(tmp_path):
    assert postgresql._socket_folder(tmp_path) == tmp_path / "socket"
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    folder = postgresql._socket_folder(deep)
    assert folder.parent == type(folder)(tempfile.gettempdir())
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= 107
    folder.rmdir()
