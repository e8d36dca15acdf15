"""scripts/bench live: what users meet on a running server, with the simulator as X."""

from environment.progress import say

from . import live_calls, live_clicks, live_stage, report


def run(options):
    """Measure on a running server; print the table, and return its figures."""
    clicks = max(2, round(live_clicks.CLICKS * min(1, options.scale)))
    figures = []
    with live_stage.running(live_stage.USERS * clicks) as stage:
        say("Prices, keep-alive, calls at once")
        figures += live_calls.prices(stage)
        figures += live_calls.refresh(stage)
        figures += live_calls.keep_alive(stage)
        figures += live_calls.parallel(stage, options.runs)
        say(f"20 users click, {options.runs} runs with X well and black-holed each")
        stage.know_ids()
        figures += live_clicks.measure(stage, options.runs, clicks)
    say(f"\n{report.figures(figures)}")
    return figures
