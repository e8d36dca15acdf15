import pytest
from environment import cache


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """An empty cache and work folder for each test; the machine's settings are not."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setattr(cache, "WORK", folder / "work")
    for name in ("ODOO_HOME", "ODOO_REPOSITORY", "CHROME_BIN", "PGHOST", "PGUSER"):
        monkeypatch.delenv(name, raising=False)
    return folder / "crm_twitter"
