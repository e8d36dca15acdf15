"""What a salesperson wants done on X, and how it stands there."""

import uuid
from dataclasses import dataclass, field

ME = "marcdemo"
PERSON = "jacquesdunagan"

CREATE = "POST /2/tweets"
ENDPOINTS = {
    "post": CREATE,
    "mention": CREATE,
    "reply": CREATE,
    "quote": CREATE,
    "delete": "DELETE /2/tweets/:id",
    "repost": "POST /2/users/:id/retweets",
    "unrepost": "DELETE /2/users/:id/retweets/:source_tweet_id",
    "like": "POST /2/users/:id/likes",
    "unlike": "DELETE /2/users/:id/likes/:tweet_id",
    "follow": "POST /2/users/:id/following",
    "unfollow": "DELETE /2/users/:source_user_id/following/:target_user_id",
}
#: What each plan lets an app do by the API.
BY_API = {
    "payg": ("post", "mention", "reply", "delete", "repost", "unrepost"),
    "enterprise": tuple(ENDPOINTS),
}
PERMISSIONS = {
    "payg": ("read", "post", "pictures"),
    "enterprise": ("read", "post", "pictures", "follow", "like"),
}
UNDOING = {"unrepost", "unlike", "unfollow", "delete"}


@dataclass
class Intention:
    """What somebody wants as the X account ``me``, of the person ``whom``.

    ``uids`` are those of the clicks, a request each or several; ``pictures`` are
    ``{name, data, alt}``.
    """

    kind: str
    plan: str = "payg"
    post_id: str = ""
    text: str = ""
    me: str = ME
    whom: str = PERSON
    pictures: list = field(default_factory=list)
    uids: list = field(default_factory=list)

    def new_uid(self):
        """The uid of another click."""
        self.uids.append(str(uuid.uuid4()))
        return self.uids[-1]

    @property
    def endpoint(self):
        """Where it arrives at X."""
        return ENDPOINTS[self.kind]

    @property
    def keywords(self):
        """The arguments of an RPC, but for the uid."""
        arguments = {"kind": self.kind, "post_id": self.post_id, "text": self.text}
        return arguments | ({"pictures": self.pictures} if self.pictures else {})

    def prepare(self, x):
        """Let X's world be one in which this can be done."""
        me, person = x.people.named(self.me), x.people.named(self.whom)
        x.people.unfollow(me, person)
        if self.kind in ("reply", "quote", "repost", "unrepost", "like", "unlike"):
            # Who is named may answer, on whatever plan.
            post = x.posts.add(self.whom, f"What does @{self.me} say? {uuid.uuid4()}")
            self.post_id = post.id
        if self.kind == "unrepost":
            x.posts.add(self.me, post.text, repost_of=post.id)
        if self.kind == "unlike":
            post.liked_by.append(me.id)
        if self.kind == "unfollow":
            x.people.follow(me, person)
        if self.endpoint == CREATE:
            name = f"@{self.whom} " if self.kind == "mention" else ""
            self.text = f"{name}Our word on this: {uuid.uuid4()}"

    def results(self, x):
        """What is on X because of it: ids of posts, or of whom X keeps it for."""
        me, person = x.people.named(self.me), x.people.named(self.whom)
        with x.lock:
            if self.kind in ("follow", "unfollow"):
                return sorted({person.id} & (me.follows | me.requested))
            if self.kind in ("like", "unlike"):
                return sorted({me.id} & set(x.posts.get(self.post_id).liked_by))
            own = [post for post in x.posts if post.author_id == me.id]
            if self.kind == "delete":
                return [post.id for post in own if post.id == self.post_id]
            if self.kind in ("repost", "unrepost"):
                return [post.id for post in own if post.repost_of == self.post_id]
            # X puts the name of whom one answers before a reply's text.
            return [post.id for post in own if post.text.endswith(self.text)]

    def is_done(self, x):
        """Whether it is true on X."""
        return bool(self.results(x)) != (self.kind in UNDOING)

    def times_sent(self, x):
        """How often X was asked for it; a token X refused is no asking."""
        return sum(status != 401 for status in self._answers(x))

    def times_accepted(self, x):
        """How often X was asked for it and has not refused: it may have been done."""
        refused = range(400, 500)
        return sum(status not in refused for status in self._answers(x))

    def _answers(self, x):
        """The status of each call, None where there was no answer."""
        calls = [call for call in list(x.calls) if call.endpoint == self.endpoint]
        if self.endpoint == CREATE:
            calls = [call for call in calls if (call.body or {})["text"] == self.text]
        return [call.status for call in calls]
