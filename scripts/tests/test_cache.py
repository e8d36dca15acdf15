import multiprocessing
import os

import pytest
from environment import cache


def test_the_cache_is_where_xdg_says(own_cache):
    assert cache.folder("a", "b") == own_cache / "a" / "b"
    assert (own_cache / "a" / "b").is_dir()


def test_without_xdg_it_is_in_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "crm_twitter"


def test_what_is_made_appears_at_the_end_only(tmp_path):
    target = tmp_path / "thing"
    with cache.made_whole(target) as partial:
        (partial / "file").write_text("content")
        assert not target.exists()
    assert (target / "file").read_text() == "content"
    assert os.listdir(tmp_path) == ["thing"]


@pytest.mark.parametrize("reason", [ValueError, KeyboardInterrupt])
def test_an_interrupted_making_leaves_nothing(tmp_path, reason):
    with pytest.raises(reason), cache.made_whole(tmp_path / "thing") as partial:
        (partial / "file").write_text("half")
        raise reason
    assert os.listdir(tmp_path) == []


def test_what_a_killed_making_left_is_removed(tmp_path):
    left_over = tmp_path / ".thing.partial-xyz"
    left_over.mkdir()
    (left_over / "file").write_text("half")
    with cache.made_whole(tmp_path / "thing"):
        assert not left_over.exists()


def _hold(entered, leave):
    with cache.locked("thing"):
        entered.set()
        leave.wait(20)


def test_a_second_run_waits_and_says_so(capsys):
    context = multiprocessing.get_context("fork")
    entered, leave = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(entered, leave))
    other.start()
    assert entered.wait(20)
    second = context.Process(target=_hold, args=(context.Event(), leave))
    second.start()
    second.join(0.5)
    assert second.is_alive(), "it did not wait"
    leave.set()
    for process in (other, second):
        process.join(20)
        assert process.exitcode == 0
