"""Each endpoint of X by the door a user, or a scheduled action, takes to it."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from odoo.exceptions import UserError

from ..models.x_problem import XProblem

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
JOBS = "/2/compliance/jobs"
TOKEN = "POST /2/oauth2/token"
POSTS = "GET /2/users/:id/tweets"
CREATE = "POST /2/tweets"


@dataclass(frozen=True)
class Door:
    """``prepare`` makes it ready; ``go`` takes what it gives and opens the door.

    Both are given the test. ``go`` returns what the user is told: an answer of the
    panel, a notification, or nothing.
    """

    endpoint: str
    go: Callable
    prepare: Callable = lambda test: None
    #: Whether what is asked is about the app's keys, or a file: no word on an account.
    is_of_account: bool = True
    #: Whether somebody waits for the answer; nobody does for a scheduled action's.
    answers_user: bool = True

    @property
    def is_write(self):
        return not self.endpoint.startswith(("GET", TOKEN))


def _act(kind, about=lambda test: None, text="", **more):
    def go(test, post_id):
        words = f"{text} {uuid4()}" if text else ""
        return test.lead.twitter_act(
            str(uuid4()), kind, post_id or "", words, account_id=test.account.id, **more
        )

    return go, about


def _find(kind, endpoint, asked, about=lambda test: None, text=""):
    """What X did not answer is found out."""
    act, about = _act(kind, about, text)

    def prepare(test):
        post_id = about(test)
        test.x.faults.add(endpoint, status=500, after=True)
        row = act(test, post_id)["engagement"]
        test.age_engagement(row["id"])
        return row["id"]

    return Door(asked, lambda test, row: test.lead.twitter_check(row), prepare)


def _writing(endpoint, *arguments, **more):
    go, about = _act(*arguments, **more)
    return Door(endpoint, go, about)


def _by_itself(*arguments, **more):
    return Door(*arguments, answers_user=False, **more)


def _expired(test):
    test.env.cr.execute("UPDATE twitter_account SET expires_at = '2020-01-01'")
    test.env.invalidate_all()


def _log_in(test, _nothing):
    """The part of the callback that talks to X; what it raises, the page shows."""
    code, verifier = test.code()
    accounts = test.env["twitter.account"].with_user(test.colleague)
    try:
        accounts._identify(code, verifier, test._callback_url())
    except XProblem as problem:
        return {"problem": problem.to_dict()}
    return None


def _refused(go):
    """A user error is what a dialog says."""

    def told(test, found):
        try:
            return go(test, found)
        except UserError as error:
            return {"problem": {"message": error.args[0], "code": "user error"}}

    return told


def _due(test):
    test.env["ir.config_parameter"].set_param("crm_twitter.refresh_in_background", True)
    test.env.cr.execute(
        "UPDATE twitter_profile SET looked_at = now(), fetched_at = '2020-01-01'"
    )
    test.env.invalidate_all()


def _uploaded(test):
    """A compliance job of ours that X has the ids of."""
    test.x.compliance.seconds = 3600
    test.go_on()
    test.x.clock.advance(3600)
    test.lift_pauses()


def _created(test):
    """X has a job of ours that nobody has written down here."""
    jobs = test.env["twitter.compliance.job"]
    with test.env["twitter.account"]._compliance_session() as x:
        x.create_job(name=jobs._job_name())


DOORS = {
    "read a profile": Door("GET /2/users", lambda t, _: t.lead.twitter_read(True)),
    "read a new handle": Door("GET /2/users/by", lambda t, _: t.fresh.twitter_read()),
    "read posts": Door(POSTS, lambda t, _: t.lead.twitter_read(True)),
    "more posts": Door(POSTS, lambda t, _: t.lead.twitter_posts(reposts=True)),
    "look up": Door("GET /2/users/by", lambda t, _: t.lead.twitter_look_up("jill")),
    "search": Door("GET /2/users/search", lambda t, _: t.lead.twitter_search()),
    "followers": Door(
        "GET /2/users/:id/followers", lambda t, _: t.lead.twitter_followers()
    ),
    "following": Door(
        "GET /2/users/:id/following", lambda t, _: t.lead.twitter_following()
    ),
    "a post": Door(
        "GET /2/tweets", lambda t, post: t.lead.twitter_post(post), lambda t: t.posted()
    ),
    "fetch a photo": Door(
        "GET /pbs", lambda t, _: t.jane.twitter_fetch_photo(), is_of_account=False
    ),
    "write": _writing(CREATE, "post", text="Good morning"),
    "mention": _writing(CREATE, "post", text="Good morning @jane_doe"),
    "reply": _writing(CREATE, "reply", lambda t: t.posted(), "Yes"),
    "quote": _writing(CREATE, "quote", lambda t: t.posted(), "Look"),
    "upload": _writing(
        "POST /2/media/upload",
        "post",
        text="Look",
        pictures=[{"name": "a", "data": PNG}],
    ),
    "describe": _writing(
        "POST /2/media/metadata",
        "post",
        text="Look",
        pictures=[{"name": "a", "data": PNG, "alt": "A picture"}],
    ),
    "delete": _writing("DELETE /2/tweets/:id", "delete", lambda t: t.written()),
    "repost": _writing("POST /2/users/:id/retweets", "repost", lambda t: t.posted()),
    "undo a repost": _writing(
        "DELETE /2/users/:id/retweets/:source_tweet_id",
        "unrepost",
        lambda t: t.done("repost"),
    ),
    "like": _writing("POST /2/users/:id/likes", "like", lambda t: t.posted()),
    "unlike": _writing(
        "DELETE /2/users/:id/likes/:tweet_id", "unlike", lambda t: t.done("like")
    ),
    "follow": _writing("POST /2/users/:id/following", "follow"),
    "unfollow": _writing(
        "DELETE /2/users/:source_user_id/following/:target_user_id",
        "unfollow",
        lambda t: t.done("follow", None),
    ),
    "find a post": _find("post", CREATE, POSTS, text="Good morning"),
    "find a like": _find(
        "like",
        "POST /2/users/:id/likes",
        "GET /2/users/:id/liked_tweets",
        lambda t: t.posted(),
    ),
    "find a follow": _find("follow", "POST /2/users/:id/following", "GET /2/users"),
    "find a deletion": _find(
        "delete", "DELETE /2/tweets/:id", "GET /2/tweets", lambda t: t.written()
    ),
    "renew": Door(TOKEN, lambda t, _: t.lead.twitter_read(True), _expired),
    "renew to write": Door(TOKEN, _act("post", text="Late")[0], _expired),
    "log in": Door(TOKEN, _log_in, is_of_account=False),
    "log in, who": Door("GET /2/users/me", _log_in, is_of_account=False),
    "test the keys": Door(
        TOKEN,
        lambda t, _: t.env["twitter.account"].with_user(t.admin)._check_keys(),
        is_of_account=False,
    ),
    "disconnect": Door(
        "POST /2/oauth2/revoke", lambda t, _: t.of(t.salesperson).disconnect()
    ),
    "read mentions": Door(
        "GET /2/users/:id/mentions", lambda t, _: t.read_now(), lambda t: t.say()
    ),
    "load again": Door(
        "GET /2/tweets",
        _refused(lambda t, row: t.card(row).twitter_load_again()),
        lambda t: t.forgotten(),
    ),
    "refresh in the background": _by_itself(
        "GET /2/users", lambda t, _: t.run_cron("refresh_profiles", due=False), _due
    ),
    "read mentions in the background": _by_itself(
        "GET /2/users/:id/mentions", lambda t, _: t.run_cron(), lambda t: t.say()
    ),
    "check in the background": _by_itself(
        "GET /2/tweets",
        lambda t, _: t.run_cron("check_interactions", due=False),
        lambda t: t.age(t.rows(), hours=21),
    ),
    "a job": _by_itself(f"POST {JOBS}", lambda t, _: t.go_on(), is_of_account=False),
    "a job's ids": _by_itself(
        "PUT /storage/submission", lambda t, _: t.go_on(), is_of_account=False
    ),
    "how a job stands": _by_itself(
        f"GET {JOBS}/:id", lambda t, _: t.go_on(), _uploaded, is_of_account=False
    ),
    "the jobs there are": _by_itself(
        f"GET {JOBS}", lambda t, _: t.go_on(), _created, is_of_account=False
    ),
    "a job's results": _by_itself(
        "GET /storage/delivery", lambda t, _: t.go_on(), _uploaded, is_of_account=False
    ),
}
