"""X's own SDK (the new dialect) and tweepy (the legacy one) understand the answers."""

import base64

import pytest
import requests
import tweepy
from requests.adapters import HTTPAdapter
from xdk import Client
from xdk.compliance.models import CreateJobsRequest
from xdk.media.models import CreateMetadataRequest, UploadRequest
from xdk.posts.models import CreateRequest
from xdk.users.models import FollowUserRequest, LikePostRequest, RepostPostRequest

METRICS = ["public_metrics", "created_at", "verified_type", "profile_image_url"]


class _Detour(HTTPAdapter):
    """Sends to the stand-in what is meant for X's fixed hosts."""

    def __init__(self, url):
        super().__init__()
        self._url = url

    def send(self, request, *args, **kwargs):
        for host in ("https://api.x.com", "https://api.twitter.com"):
            request.url = request.url.replace(host, self._url, 1)
        return super().send(request, *args, **kwargs)


@pytest.fixture
def sdk(server, x):
    client = Client(
        base_url=server.url, access_token=x.login("mitchelladmin")["access_token"]
    )
    yield client
    client.session.close()


@pytest.fixture
def bird(server, x):
    client = tweepy.Client(x.login("mitchelladmin")["access_token"])
    client.session.mount("https://", _Detour(server.url))
    yield client
    client.session.close()


def test_sdk_looks_people_up(sdk):
    answer = sdk.users.get_by_usernames(
        ["jacquesdunagan", "johnmbrown"], user_fields=METRICS, post_fields=["id"]
    )
    (jacques,) = answer.data
    assert jacques.name == "Jacques Dunagan"
    assert jacques.public_metrics.post_count > 640
    assert answer.errors[0].detail == "User has been suspended: [johnmbrown]."
    me = sdk.users.get_me(user_fields=METRICS, post_fields=["id"]).data
    assert me.username == "mitchelladmin"
    assert sdk.users.get_by_ids([jacques.id]).data[0].id == jacques.id


def test_sdk_searches_people(sdk):
    pages = list(
        sdk.users.search(
            "Jacques Dunagan", max_results=1, user_fields=METRICS, post_fields=["id"]
        )
    )
    names = [page.data[0].username for page in pages]
    assert names == ["jacquesdunagan", "jdunagan_music", "jacques_dunagan"]


def test_sdk_reads_timelines(sdk, x, id_of):
    fields = ["public_metrics", "note_post", "entities", "created_at", "attachments"]
    pages = list(
        sdk.users.get_posts(
            id_of("jacquesdunagan"),
            max_results=5,
            post_fields=fields,
            expansions=["author_id", "referenced_posts", "attachments.media_keys"],
            media_fields=["url", "alt_text"],
        )
    )
    posts = [post for page in pages for post in page.data]
    expected = x.posts.of(x.people.named("jacquesdunagan"))
    assert [post.id for post in posts] == [post.id for post in expected]
    assert all(post.author_id == id_of("jacquesdunagan") for post in posts)
    assert any(post.note_post and "lumière" in post.note_post.text for post in posts)
    kinds = {ref.type for post in posts for ref in post.referenced_posts or ()}
    assert kinds == {"retweeted", "quoted", "replied_to"}


def test_sdk_lists_followers(sdk, id_of):
    pages = list(
        sdk.users.get_followers(id_of("ourcompany"), max_results=7, post_fields=["id"])
    )
    names = [user.username for page in pages for user in page.data]
    assert len(pages) > 2 and len(set(names)) == len(names)
    assert {"jacquesdunagan", "mitchelladmin", "bojinghu"} <= set(names)


def test_sdk_posts(sdk, x):
    created = sdk.posts.create(CreateRequest(text="Good morning"))
    assert x.posts.get(created.data.id).text == "Good morning"
    with pytest.raises(requests.HTTPError) as refused:
        sdk.posts.create(CreateRequest(text="Good morning"))
    assert refused.value.response.status_code == 403
    assert sdk.posts.delete(created.data.id).data.deleted
    assert x.posts.get(created.data.id) is None


def test_sdk_goes_through_oauth(server, browse):
    client = Client(
        base_url=server.url,
        client_id="demo-client-id",
        client_secret="demo-client-secret",
        redirect_uri="http://127.0.0.1:8069/crm_twitter/oauth/callback",
        scope=["tweet.read", "users.read", "offline.access"],
    )
    url = client.get_authorization_url("state-1")
    form = {"decision": "allow", "username": "marcdemo"}
    back = browse().send("POST", url.removeprefix("https://x.com"), data=form)
    code = back.headers["Location"].split("code=")[1].split("&")[0]
    first = client.exchange_code(code)["refresh_token"]
    assert client.users.get_me().data.username == "marcdemo"
    client.session.close()
    assert first


def test_tweepy_looks_people_up(bird):
    answer = bird.get_users(
        usernames=["jacquesdunagan", "nobodyatall"], user_fields=METRICS
    )
    (jacques,) = answer.data
    assert jacques.public_metrics["tweet_count"] > 640
    assert jacques.created_at.year == 2012
    assert answer.errors[0]["title"] == "Not Found Error"
    assert bird.get_me(user_auth=False).data.username == "mitchelladmin"
    assert bird.get_user(username="nobodyatall").data is None


def test_tweepy_reads_timelines(bird, id_of):
    pages = tweepy.Paginator(
        bird.get_users_tweets,
        id_of("brandonfreeman"),
        max_results=10,
        tweet_fields=["author_id", "created_at", "public_metrics"],
        expansions=["attachments.media_keys"],
        media_fields=["url", "alt_text"],
    )
    posts = [post for page in pages for post in page.data or ()]
    days = [int(post.text.split()[1]) for post in posts]
    assert days == list(range(35, 0, -1))
    assert posts[0].public_metrics["retweet_count"] == 0


def test_tweepy_searches_posts(bird):
    answer = bird.search_recent_tweets("from:carriehelle #infosec")
    assert [post.text.split()[0] for post in answer.data] == ["Patch"]
    assert bird.search_recent_tweets("nothing at all like this").data is None


def test_sdk_reads_mentions(sdk, x, id_of):
    brand = id_of("ourcompany")
    known = x.posts.mentioning(x.people.named("ourcompany"))[20].id
    pages = list(
        sdk.users.get_mentions(
            brand,
            max_results=8,
            since_id=known,
            post_fields=["created_at", "note_post"],
            expansions=["author_id", "in_reply_to_user_id", "edit_history_post_ids"],
        )
    )
    posts = [post for page in pages for post in page.data]
    expected = x.posts.mentioning(x.people.named("ourcompany"))[:20]
    assert [post.id for post in posts] == [post.id for post in expected]
    assert len(pages) == 3
    assert brand in {post.in_reply_to_user_id for post in posts}
    assert any(len(post.edit_history_post_ids) > 1 for post in posts)


def test_sdk_runs_compliance_jobs(server, x):
    client = Client(base_url=server.url, bearer_token=x.app.bearer_token)
    job = client.compliance.create_jobs(CreateJobsRequest(type="tweets", name="n")).data
    answer = requests.put(
        job.upload_url, data="1", headers={"Content-Type": "text/plain"}, timeout=10
    )
    assert answer.status_code == 200
    assert client.compliance.get_jobs_by_id(job.id).data.status == "complete"
    assert [found.id for found in client.compliance.get_jobs("tweets").data] == [job.id]
    line = requests.get(job.download_url, timeout=10).json()
    assert (line["id"], line["reason"]) == ("1", "deleted")
    client.session.close()


def test_tweepy_runs_compliance_jobs(server, x):
    bird = tweepy.Client(x.app.bearer_token)
    bird.session.mount("https://", _Detour(server.url))
    job = bird.create_compliance_job("users", name="n").data
    assert bird.get_compliance_job(job["id"]).data["status"] == "created"
    assert [j["id"] for j in bird.get_compliance_jobs("users").data] == [job["id"]]
    with pytest.raises(tweepy.HTTPException, match="already in progress"):
        bird.create_compliance_job("users")
    bird.session.close()


def test_tweepy_lists_following_and_mentions(bird, id_of):
    following = bird.get_users_following(id_of("jacquesdunagan"))
    assert "marcdufour_bdx" in [user.username for user in following.data]
    mentions = bird.get_users_mentions(
        id_of("ourcompany"),
        max_results=100,
        tweet_fields=["referenced_tweets", "conversation_id"],
    )
    assert any("pricing for 25 desks" in post.text for post in mentions.data)


def test_tweepy_reads_one_post(bird, x):
    post = next(p for p in x.posts if p.quote_of)
    answer = bird.get_tweet(
        post.id, expansions=["referenced_tweets.id", "author_id"], user_auth=False
    )
    assert answer.includes["tweets"][0].id == int(post.quote_of)
    assert answer.data.referenced_tweets[0].type == "quoted"


def test_tweepy_writes(bird, x):
    post = bird.create_tweet(text="From tweepy", user_auth=False).data
    with pytest.raises(tweepy.Forbidden, match="duplicate content"):
        bird.create_tweet(text="From tweepy", user_auth=False)
    assert bird.delete_tweet(post["id"], user_auth=False).data["deleted"]


def test_tweepy_understands_refusals(bird, x):
    with pytest.raises(tweepy.BadRequest, match="does not match"):
        bird.get_users(usernames=["not-a-name"])
    x.limits.set("GET /2/users/me", 0)
    with pytest.raises(tweepy.TooManyRequests) as stopped:
        bird.get_me(user_auth=False)
    assert stopped.value.reset_time > x.clock.now().timestamp()
    x.revoke("mitchelladmin")
    with pytest.raises(tweepy.Unauthorized):
        bird.get_users(usernames=["jacquesdunagan"])


def test_sdk_engages(sdk, x, id_of):
    x.plan = "enterprise"
    mine, post = id_of("mitchelladmin"), x.posts_by("tinapinero")[0].id
    body = {"tweet_id": post}
    assert sdk.users.like_post(mine, LikePostRequest(**body)).data.liked
    assert sdk.users.repost_post(mine, RepostPostRequest(**body)).data.retweeted
    body = FollowUserRequest(target_user_id=id_of("tinapinero"))
    assert sdk.users.follow_user(mine, body).data.following
    liked = next(iter(sdk.users.get_liked_posts(mine, post_fields=["id"])))
    assert [found.id for found in liked.data] == x.likes_by("mitchelladmin") == [post]
    assert not sdk.users.unlike_post(mine, post).data.liked
    assert not sdk.users.unrepost_post(mine, post).data.retweeted
    assert not sdk.users.unfollow_user(mine, id_of("tinapinero")).data.following
    kinds = [deed.kind for deed in x.deeds.of("mitchelladmin")]
    assert kinds == ["like", "repost", "follow", "unlike", "unrepost", "unfollow"]


def test_sdk_uploads_pictures(sdk, x):
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    body = UploadRequest(media=picture, media_category="tweet_image")
    media_id = sdk.media.upload(body).data.id
    alt = {"alt_text": {"text": "A desk"}}
    sdk.media.create_metadata(CreateMetadataRequest(id=media_id, metadata=alt))
    media = {"media_ids": [media_id]}
    sdk.posts.create(CreateRequest(text="Look", media=media))
    assert [m.alt for m in x.posts_by("mitchelladmin")[0].media] == ["A desk"]
