"""The command line of scripts/faults."""

import argparse
import os

from . import selection


def run(arguments):
    """Have so many runs played on a real server; return 0 when all ended well."""
    parser = argparse.ArgumentParser(
        prog="scripts/faults",
        description="Do things on X while servers, connections and databases fail, and "
        "check that nothing is done twice or lost. A run is drawn from its number: the "
        "same one from the same number.",
    )
    told = "how many runs (%(default)s)"
    parser.add_argument("number", type=int, nargs="?", default=100, help=told)
    told = "the number of the first one (%(default)s; scripts/test --long has 0 to 499)"
    parser.add_argument("first", type=int, nargs="?", default=500, help=told)
    options = parser.parse_args(arguments)
    os.environ["CRM_TWITTER_FAULT_RUNS"] = str(options.number)
    os.environ["CRM_TWITTER_FAULT_SEED"] = str(options.first)
    return selection.run(["--long", "server", "-k", "test_a_run_of_faults"])
