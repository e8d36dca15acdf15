"""/_control/…: what tests steer the stand-in with, in JSON. Off unless asked for."""

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation

from werkzeug.wrappers import Request, Response

from .api import as_json
from .posts import Media, Post
from .problems import UNPAID
from .state import State

__all__ = ["answer"]


def answer(state: State, request: Request, what: str) -> Response:
    """GET calls, compliance, deeds, done, ledger, clock; POST faults, plan, posts, …"""
    table = _WRITERS if request.method == "POST" else _READERS
    act = table.get(what)
    if act is None:
        return as_json(404, {"error": f"There is no control called {what}."})
    values = request.get_json(silent=True) or request.args.to_dict()
    try:
        return as_json(200, act(state, values) or {"done": True})
    except (InvalidOperation, KeyError, TypeError, ValueError) as error:
        return as_json(400, {"error": str(error) or type(error).__name__})


def _calls(state: State, _values: dict) -> dict:
    return {"calls": [asdict(call) for call in state.calls]}


def _ledger(state: State, _values: dict) -> dict:
    charges = [
        {**asdict(c), "usd": str(c.usd), "day": c.day.isoformat()} for c in state.ledger
    ]
    return {
        "ledger": charges,
        "spent": str(state.spent()),
        "credits": str(state.credits),
    }


def _deeds(state: State, values: dict) -> dict:
    """?username=… and ?kind=…: what they did, by the API or on the pages."""
    name, kind = values.get("username", ""), values.get("kind", "")
    found = state.deeds.of(name) if name else state.deeds
    return {"deeds": [asdict(d) for d in found if kind in ("", d.kind)]}


def _done(state: State, values: dict) -> dict:
    """?username=…: how things stand with what they posted, reposted, …"""
    name = values["username"]
    return {
        "posts": [_shown(post) for post in state.posts_by(name)],
        "reposts": state.reposts_by(name),
        "likes": state.likes_by(name),
        "follows": state.follows_by(name),
        "requests": sorted(state.people.named(name).requested),
    }


def _shown(post: Post) -> dict:
    pictures = [{"key": media.key, "alt": media.alt} for media in post.media]
    keys = ("id", "text", "reply_to", "quote_of")
    return {**{key: getattr(post, key) for key in keys}, "media": pictures}


def _clock(state: State, _values: dict) -> dict:
    return {"now": state.clock.now().isoformat()}


def _advance(state: State, values: dict) -> dict:
    state.clock.advance(float(values["advance"]))
    return _clock(state, values)


def _faults(state: State, values: dict) -> None:
    if not values:
        state.faults.clear()
    else:
        state.faults.add(**values)


def _plan(state: State, values: dict) -> None:
    state.plan = values["plan"]


def _credits(state: State, values: dict) -> None:
    """{"credits": 0, "says": …}: says is a key of problems.UNPAID."""
    says = values.get("says", state.refusal_of_credits)
    if says not in UNPAID:
        raise ValueError(f"X does not say {says}.")
    state.credits, state.refusal_of_credits = Decimal(str(values["credits"])), says


def _limits(state: State, values: dict) -> None:
    span = values.get("span", "quarter")
    state.limits.set(values["endpoint"], int(values["limit"]), span)


def _latency(state: State, values: dict) -> None:
    state.latency = float(values["seconds"])


def _login(state: State, values: dict) -> dict:
    return state.login(values["username"], values.get("scopes"))


def _people(state: State, values: dict) -> dict | None:
    """{"do": "rename", "old": …, "new": …}; {"do": "crowd", "count": …} is answered
    with what is needed to know them; other deeds take username."""
    if values["do"] == "crowd":
        crowd = state.people.crowd(int(values["count"]), values.get("prefix", "crowd"))
        return {"prefix": crowd.prefix, "first_id": crowd.id(0), "count": crowd.count}
    deeds = {
        name: getattr(state.people, name)
        for name in ("add", "block", "change", "delete", "protect", "rename")
    }
    deeds["restore"], deeds["unblock"] = state.people.restore, state.people.unblock
    deeds["suspend"] = state.people.suspend
    countries = values.pop("countries", ())
    deeds["withhold"] = lambda username: state.people.withhold(username, *countries)
    person = deeds[values.pop("do")](**values)
    return {"id": person.id, "username": person.username} if person else None


def _posts(state: State, values: dict) -> dict | None:
    """{"do": "add", "author": …, "text": …}, {"do": "edit", "id": …, "text": …},
    {"do": "delete", "id": …} or {"do": "withhold", "id": …, "countries": […]}. What is
    added may have reply_to, quote_of, and pictures as in the world file: {"media":
    [{"alt": …}]}"""
    deed = values.pop("do")
    if deed == "delete":
        return {"deleted": state.posts.delete(values["id"])}
    if deed == "withhold":
        return state.posts.withhold(values["id"], *values["countries"])
    if deed == "edit":
        return {"id": state.posts.edit(values["id"], values["text"]).id}
    pictures = values.pop("media", [])
    media = [Media(_key(state), **picture) for picture in pictures]
    return {"id": state.posts.add(**values, media=media).id}


def _key(state: State) -> str:
    return f"3_{state.ids.make(state.clock.now())}"


def _jobs(state: State, _values: dict) -> dict:
    jobs = [
        {
            "id": job.id,
            "kind": job.kind,
            "name": job.name,
            "status": state.compliance.status(job),
            "ids": job.ids or [],
        }
        for job in state.compliance
    ]
    return {"seconds": state.compliance.seconds, "jobs": jobs}


def _compliance(state: State, values: dict) -> None:
    """{"do": "last", "seconds": …} says how long the next jobs take; {"do": "fail",
    "id": …} ends one without results; {"do": "judge", "id": …, "reason": …} what is
    said about a post or person whatever is true."""
    deed = values.pop("do")
    if deed == "last":
        state.compliance.seconds = float(values["seconds"])
    elif deed == "fail":
        state.compliance.fail(values["id"])
    elif deed == "judge":
        state.compliance.judge(values.pop("id"), **values)
    else:
        raise ValueError(f"There is no {deed} for jobs.")


_Control = Callable[[State, dict], "dict | None"]
_READERS: dict[str, _Control] = {
    "calls": _calls,
    "clock": _clock,
    "compliance": _jobs,
    "deeds": _deeds,
    "done": _done,
    "ledger": _ledger,
}
_WRITERS: dict[str, _Control] = {
    "app": lambda state, values: state.set_app(**values),
    "clock": _advance,
    "compliance": _compliance,
    "credits": _credits,
    "faults": _faults,
    "latency": _latency,
    "limits": _limits,
    "login": _login,
    "people": _people,
    "plan": _plan,
    "posts": _posts,
    "reset": lambda state, values: state.reset(),
    "revoke": lambda state, values: state.revoke(values["username"]),
}
