"""Every call of X that the client can make, each as a test makes it.

A deed that is new is written down here: ``test_fault_table`` fails without it.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from x_api import ComplianceClient, OAuth2Client, XClient, fetch_image

CALLBACK = "http://127.0.0.1:8069/crm_twitter/oauth/callback"
KEYS = ("demo-client-id", "demo-client-secret")
BEARER = "demo-bearer-token"
PNG = b"\x89PNG\r\n\x1a\n"
PERSON = "carriehelle"


class World:
    """The stand-in as somebody finds it whose way to X leads to ``url``."""

    def __init__(self, server, timeout, backoff, renew=None):
        self.x, self.url, self._good = server.x, server.url, server.url
        self._timeout, self._backoff = timeout, backoff
        self.token = self.x.login("marcdemo")
        self.me = self.x.people.named("marcdemo").id
        self.person = self.x.people.named(PERSON).id
        self.renew = renew

    @property
    def client(self):
        return XClient(
            self.token["access_token"],
            api_url=self.url,
            timeout=self._timeout,
            backoff=self._backoff,
            renew=self.renew,
        )

    @property
    def oauth(self):
        site = {"api_url": self.url, "site_url": self._good}
        return OAuth2Client(*KEYS, timeout=self._timeout, **site)

    @property
    def app(self):
        given = {"timeout": self._timeout, "backoff": self._backoff}
        return ComplianceClient(BEARER, api_url=self.url, **given)

    def post(self):
        """The id of a post of the person's that mentions us."""
        return self.x.posts.add(PERSON, "What does @marcdemo say?").id

    def own_post(self):
        return self.x.posts.add("marcdemo", "Good morning").id

    def reposted(self):
        post = self.x.posts.get(self.post())
        self.x.posts.add("marcdemo", post.text, repost_of=post.id)
        return post.id

    def liked(self):
        post_id = self.post()
        self.x.posts.get(post_id).liked_by.append(self.me)
        return post_id

    def job(self, is_complete=False):
        """A job that waits for its ids, or has its results."""
        job = self.app.create_job()
        if is_complete:
            post_id = self.own_post()
            self.app.upload(job, [post_id])
            self.x.posts.delete(post_id)
            job = self.app.job(job.id)
        return job

    def moved(self, job):
        """The job with its files where the way leads."""
        urls = {
            name: getattr(job, name).replace(self._good, self.url)
            for name in ("upload_url", "download_url")
        }
        return replace(job, **urls)

    def picture(self):
        url = f"{self.url}/pbs/profile_images/1/a_normal.png"
        hosts = {self.url.partition("//")[2]}
        return fetch_image(url, allowed_hosts=hosts, timeout=self._timeout)


@dataclass(frozen=True)
class Deed:
    """``prepare`` makes the world ready, and returns what asks X once.

    ``kind`` is of a row's expectations: "read", "write", "token", "keys", "revoke",
    "app read", "app write", "upload", "download" or "picture".
    """

    endpoint: str
    kind: str
    prepare: Callable[[World], Callable[[], object]]

    @property
    def is_read(self):
        return self.kind in ("read", "app read")


def _read(endpoint, ask):
    return Deed(f"GET {endpoint}", "read", lambda w: lambda: ask(w.client, w))


def _write(endpoint, about, do):
    """``about`` is looked for before, ``do(client, world, found)`` is what is tried."""

    def prepare(world):
        found = about(world)
        return lambda: do(world.client, world, found)

    return Deed(endpoint, "write", prepare)


def _nothing(_world):
    return None


def _exchange(world):
    verifier = "v" * 43
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "scope": "users.read",
        "state": "the-state",
        "redirect_uri": CALLBACK,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    code = world.x.authorizations.consent(world.me, asked)
    return lambda: world.oauth.exchange(code, verifier, CALLBACK)


def _refresh(world):
    token = world.token["refresh_token"]
    return lambda: world.oauth.refresh(token)


def _revoke(world):
    token = world.token["refresh_token"]
    return lambda: world.oauth.revoke(token)


def _about_job(ask, **options):
    def prepare(world):
        job = world.job(**options)
        return lambda: ask(world, world.moved(job))

    return prepare


TOKEN = "POST /2/oauth2/token"
UNREPOST = "DELETE /2/users/:id/retweets/:source_tweet_id"
UNFOLLOW = "DELETE /2/users/:source_user_id/following/:target_user_id"
JOBS = "/2/compliance/jobs"

DEEDS = {
    "XClient.me": _read("/2/users/me", lambda c, w: c.me()),
    "XClient.profiles_by_handle": _read(
        "/2/users/by", lambda c, w: c.profiles_by_handle([PERSON])
    ),
    "XClient.profiles_by_id": _read(
        "/2/users", lambda c, w: c.profiles_by_id([w.person])
    ),
    "XClient.search_profiles": _read(
        "/2/users/search", lambda c, w: c.search_profiles("Carrie")
    ),
    "XClient.followers": _read(
        "/2/users/:id/followers", lambda c, w: c.followers(w.person)
    ),
    "XClient.following": _read(
        "/2/users/:id/following", lambda c, w: c.following(w.person)
    ),
    "XClient.posts_of": _read("/2/users/:id/tweets", lambda c, w: c.posts_of(w.person)),
    "XClient.newest_of": _read(
        "/2/users/:id/tweets", lambda c, w: c.newest_of(w.person)
    ),
    "XClient.liked_by": _read(
        "/2/users/:id/liked_tweets", lambda c, w: c.liked_by(w.me)
    ),
    "XClient.mentions": _read("/2/users/:id/mentions", lambda c, w: c.mentions(w.me)),
    "XClient.posts_by_id": _read("/2/tweets", lambda c, w: c.posts_by_id(["20"])),
    "XClient.create_post": _write(
        "POST /2/tweets", _nothing, lambda c, w, _: c.create_post("Good morning")
    ),
    "XClient.delete_post": _write(
        "DELETE /2/tweets/:id", World.own_post, lambda c, w, post: c.delete_post(post)
    ),
    "XClient.repost": _write(
        "POST /2/users/:id/retweets",
        World.post,
        lambda c, w, post: c.repost(w.me, post),
    ),
    "XClient.unrepost": _write(
        UNREPOST, World.reposted, lambda c, w, post: c.unrepost(w.me, post)
    ),
    "XClient.like": _write(
        "POST /2/users/:id/likes", World.post, lambda c, w, post: c.like(w.me, post)
    ),
    "XClient.unlike": _write(
        "DELETE /2/users/:id/likes/:tweet_id",
        World.liked,
        lambda c, w, post: c.unlike(w.me, post),
    ),
    "XClient.follow": _write(
        "POST /2/users/:id/following",
        _nothing,
        lambda c, w, _: c.follow(w.me, w.person),
    ),
    "XClient.unfollow": _write(
        UNFOLLOW,
        lambda w: w.x.people.follow(
            w.x.people.named("marcdemo"), w.x.people.named(PERSON)
        ),
        lambda c, w, _: c.unfollow(w.me, w.person),
    ),
    "XClient.upload_image": _write(
        "POST /2/media/upload",
        _nothing,
        lambda c, w, _: c.upload_image(PNG, "image/png"),
    ),
    "XClient.describe_image": _write(
        "POST /2/media/metadata",
        lambda w: w.client.upload_image(PNG, "image/png"),
        lambda c, w, media: c.describe_image(media, "A picture"),
    ),
    "OAuth2Client.exchange": Deed(TOKEN, "token", _exchange),
    "OAuth2Client.refresh": Deed(TOKEN, "token", _refresh),
    "OAuth2Client.check_keys": Deed(
        TOKEN, "keys", lambda w: lambda: w.oauth.check_keys()
    ),
    "OAuth2Client.revoke": Deed("POST /2/oauth2/revoke", "revoke", _revoke),
    "ComplianceClient.create_job": Deed(
        f"POST {JOBS}", "app write", lambda w: lambda: w.app.create_job()
    ),
    "ComplianceClient.jobs": Deed(
        f"GET {JOBS}", "app read", lambda w: lambda: w.app.jobs()
    ),
    "ComplianceClient.job": Deed(
        f"GET {JOBS}/:id", "app read", _about_job(lambda w, job: w.app.job(job.id))
    ),
    "ComplianceClient.upload": Deed(
        "PUT /storage/submission",
        "upload",
        _about_job(lambda w, job: w.app.upload(job, ["20"])),
    ),
    "ComplianceClient.results": Deed(
        "GET /storage/delivery",
        "download",
        _about_job(lambda w, job: list(w.app.results(job)), is_complete=True),
    ),
    "fetch_image": Deed("GET /pbs", "picture", lambda w: lambda: w.picture()),
}
