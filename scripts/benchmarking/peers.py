"""One client of X at the same work as its peers, in an interpreter of its own.

``python peers.py CLIENT`` reads what to do from stdin, as JSON, and prints what it
measured. Each client asks for the same fields, and what it returns is what its users
work with; only the floor is left with plain JSON.
"""

import json
import sys
import time
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]
USER_FIELDS = (
    "created_at description entities location name profile_image_url protected"
    " public_metrics url username verified_type withheld"
).split()
MEDIA_FIELDS = "alt_text height media_key preview_image_url type url width".split()
EXPANSIONS = ["author_id", "attachments.media_keys"]
#: In the older of X's two vocabularies, which the floor, tweepy and the addon speak …
POST_FIELDS = (
    "attachments author_id conversation_id created_at edit_history_tweet_ids entities"
    " in_reply_to_user_id lang note_tweet possibly_sensitive public_metrics"
    " referenced_tweets text withheld"
).split()
#: … and in the newer, where the others of these cost more.
NEW_POST_FIELDS = (
    "attachments conversation_id created_at entities lang note_post"
    " possibly_sensitive public_metrics text withheld"
).split()


def addon(url, token):
    """The addon's own client."""
    sys.path.insert(0, str(CLONE))
    from x_api import XClient

    client = XClient(token, api_url=url)

    def posts(ids):
        page = client.posts_by_id(ids)
        authors = {author.id: author for author in page.authors}
        return [(post.text, authors[post.author_id].handle) for post in page.items]

    def users(handles):
        items = client.profiles_by_handle(handles).items
        return [(user.handle, user.followers) for user in items]

    return users, posts


def floor(url, token):
    """requests-oauthlib and JSON, made into nothing."""
    from requests_oauthlib import OAuth2Session

    session = OAuth2Session(token={"access_token": token, "token_type": "Bearer"})
    session.mount("https://", _detour(url, "https://api.x.com"))

    def ask(path, **params):
        params = {key.replace("__", "."): ",".join(v) for key, v in params.items()}
        response = session.get(f"https://api.x.com{path}", params=params)
        response.raise_for_status()
        return response.json()

    def users(handles):
        found = ask("/2/users/by", usernames=handles, user__fields=USER_FIELDS)["data"]
        metrics = "public_metrics"
        return [(user["username"], user[metrics]["followers_count"]) for user in found]

    def posts(ids):
        answer = ask(
            "/2/tweets",
            ids=ids,
            expansions=EXPANSIONS,
            tweet__fields=POST_FIELDS,
            user__fields=USER_FIELDS,
            media__fields=MEDIA_FIELDS,
        )
        authors = {user["id"]: user for user in answer["includes"]["users"]}
        joined = ((post, authors[post["author_id"]]) for post in answer["data"])
        return [(post["text"], author["username"]) for post, author in joined]

    return users, posts


def tweepy(url, token):
    """https://www.tweepy.org, whose host is fixed."""
    import tweepy

    client = tweepy.Client(token)
    client.session.mount("https://", _detour(url, "https://api.twitter.com"))

    def users(handles):
        asked = {"user_fields": USER_FIELDS, "user_auth": False}
        found = client.get_users(usernames=handles, **asked).data
        return [
            (user.username, user.public_metrics["followers_count"]) for user in found
        ]

    def posts(ids):
        answer = client.get_tweets(
            ids,
            expansions=EXPANSIONS,
            tweet_fields=POST_FIELDS,
            user_fields=USER_FIELDS,
            media_fields=MEDIA_FIELDS,
            user_auth=False,
        )
        authors = {user.id: user for user in answer.includes["users"]}
        return [(post.text, authors[post.author_id].username) for post in answer.data]

    return users, posts


def xdk(url, token):
    """X's own client."""
    from xdk import Client

    client = Client(base_url=url, access_token=token)

    def users(handles):
        # The posts' field makes X answer in the vocabulary it can read.
        asked = {"user_fields": USER_FIELDS, "post_fields": ["id"]}
        found = client.users.get_by_usernames(handles, **asked).data
        return [(user.username, user.public_metrics.followers_count) for user in found]

    def posts(ids):
        answer = client.posts.get_by_ids(
            ids,
            expansions=EXPANSIONS,
            post_fields=NEW_POST_FIELDS,
            user_fields=USER_FIELDS,
            media_fields=MEDIA_FIELDS,
        )
        authors = {user.id: user for user in answer.includes.users}
        return [(post.text, authors[post.author_id].username) for post in answer.data]

    return users, posts


CLIENTS = {"addon": addon, "tweepy": tweepy, "xdk": xdk, "floor": floor}


def _detour(url, host):
    """An adapter of requests that sends to ``url`` what is meant for ``host``."""
    from requests.adapters import HTTPAdapter

    class Detour(HTTPAdapter):
        def send(self, request, *args, **options):
            request.url = request.url.replace(host, url, 1)
            return super().send(request, *args, **options)

    return Detour()


def main():
    """Do what stdin says as the client that is named; print what it took."""
    work = json.load(sys.stdin)
    # By the clock it is as long as nothing else runs, which nobody can promise.
    before, begun = _memory(), time.process_time()
    users, posts = CLIENTS[sys.argv[1]](work["url"], work["token"])
    found = {"import": 1000 * (time.process_time() - begun)}
    handles, ids = work["handles"], work["posts"]
    # Also what is only imported, compiled or connected once something is asked.
    users(handles[:100])
    posts(ids)
    after = _memory()
    found |= {key: after[key] - before[key] for key in after}
    found["user"] = _cpu(work["calls"], lambda: users(handles[:1]), 1)
    found["users"] = _cpu(work["calls"], lambda: users(handles[:100]), 100)
    found["posts"] = _cpu(work["calls"], lambda: posts(ids), len(ids))
    found |= _crowd(users, handles)
    print(json.dumps(found))


def _memory():
    """Of this process, in MB: what it has now, and had at most."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    told = dict(line.split(":", 1) for line in status.splitlines())
    names = {"memory": "VmRSS", "peak": "VmHWM"}
    return {key: int(told[name].split()[0]) / 1024 for key, name in names.items()}


def _cpu(calls, ask, expected):
    """Milliseconds of CPU per call, this side of the wire."""
    begun = time.process_time()
    for _call in range(calls):
        found = ask()
    seconds = time.process_time() - begun
    if len(found) != expected:
        raise SystemExit(f"{len(found)} came in place of {expected}")
    return 1000 * seconds / calls


def _crowd(users, handles):
    """Seconds for all of them, a hundred at a time: of CPU, and by the clock."""
    clock, cpu, found = time.perf_counter(), time.process_time(), 0
    for start in range(0, len(handles), 100):
        found += len(users(handles[start : start + 100]))
    took = {
        "crowd_cpu": time.process_time() - cpu,
        "crowd": time.perf_counter() - clock,
    }
    if found != len(handles):
        raise SystemExit(f"{found} came in place of {len(handles)}")
    return took


if __name__ == "__main__":
    main()
