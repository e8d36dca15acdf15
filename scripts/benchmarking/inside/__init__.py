"""What runs inside Odoo: modules with a function `run(env, **options)`.

They import Odoo, and nothing of the scripts but this package.
"""

import importlib
import json
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
sys.path.append({scripts!r})
from benchmarking import inside
inside.call(env, {module!r}, {result!r}, {options!r})
"""


def run(databases, name, module, **options):
    """Have a module run in an Odoo shell; return what its `run` returned.

    :param options: for it; they travel as JSON, and so does what it returns
    """
    from environment import cache
    from environment.progress import Failure

    result = cache.work_folder("bench") / f"{name}-{module}.json"
    result.unlink(missing_ok=True)
    script = SCRIPT.format(
        scripts=str(SCRIPTS),
        module=module,
        result=str(result),
        options=json.dumps(options),
    )
    databases.odoo_shell_in_terminal(name, script)
    if not result.exists():
        raise Failure("The benchmark failed; see above.")
    found = json.loads(result.read_text(encoding="utf-8"))
    result.unlink()
    return found


def call(env, module, result, options):
    """The other end of `run`, in the shell."""
    function = importlib.import_module(f"{__name__}.{module}").run
    found = function(env, **json.loads(options))
    Path(result).write_text(json.dumps(found), encoding="utf-8")
    sys.stdout.flush()
