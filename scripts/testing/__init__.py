"""Running the suites and judging whether all that exists ran and passed."""
