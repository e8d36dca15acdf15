"""How fast pages of X's mentions are kept, as the feed keeps them."""

import random
import time
from datetime import datetime, timedelta, timezone

from odoo.addons.crm_twitter.x_api import Page, Post, Profile, Segment

from .timing import summary

PAGE = 100
#: X gives an account 300 pages of 100 in 15 minutes:
#: https://docs.x.com/x-api/fundamentals/rate-limits (users/:id/mentions).
ALLOWED = timedelta(minutes=15).total_seconds() / 300
#: Of ten who speak, two have never done so before.
STRANGERS = 0.2
SEED = 42


def measure(env, pages, runs=3):
    """``{count, ours: {median, worst, runs}, allowed}``; seconds for all the pages.

    They are kept in one transaction that is rolled back, where the feed commits after
    each; and read from no network.
    """
    account = env["twitter.account"].search([("company_id", "=", env.company.id)])
    feed = _feed(env, account)
    times = []
    for run in range(runs):
        answers = _answers(env, pages, run)
        times.append(_keep(env, feed, answers))
    return {
        "count": pages * PAGE,
        "ours": summary(times),
        "allowed": pages * ALLOWED,
    }


def _feed(env, account):
    feeds = env["twitter.feed"]
    return feeds.search([("account_id", "=", account.id)]) or feeds.create(
        {"account_id": account.id, "company_id": account.company_id.id}
    )


def _keep(env, feed, answers):
    taken = 0
    with env.cr.savepoint() as savepoint:
        begun = time.perf_counter()
        for answer in answers:
            new, _place = feed._take_in(answer, feed._stored_place(), taken)
            taken += new
            # Each page has a transaction of its own, with nothing in its cache.
            env.flush_all()
            env.invalidate_all()
        seconds = time.perf_counter() - begun
        savepoint.rollback()
        env.invalidate_all(flush=False)
    assert taken == len(answers) * PAGE, f"{taken} were new"
    return seconds


def _answers(env, pages, run):
    draw = random.Random(SEED + run)
    texts, known = _texts(env), _known(env)
    first = int(datetime.now(timezone.utc).timestamp() * 1000) - 1288834974657
    first = (first << 22) + run * 1_000_000
    answers = []
    for page in range(pages):
        ids = range(first + page * PAGE, first + (page + 1) * PAGE)
        authors = [_author(draw, known, id_) for id_ in ids]
        posts = [
            _post(str(id_), author, draw.choice(texts))
            for id_, author in zip(ids, authors, strict=True)
        ]
        told = {author.id: author for author in authors}
        answers.append(Page(items=tuple(posts), authors=tuple(told.values())))
    return answers


def _author(draw, known, id_):
    if draw.random() < STRANGERS:
        number = str(id_)[-12:]
        return Profile(id=f"9{number}", handle=f"s{number}", name="A Stranger")
    twitter_id, handle, name = draw.choice(known)
    return Profile(id=twitter_id, handle=handle, name=name, description="Still here")


def _post(id_, author, text):
    return Post(
        id=id_,
        author_id=author.id,
        text=text,
        segments=(Segment("text", text),),
        created_at=datetime.now(timezone.utc),
        conversation_id=id_,
        versions=(id_,),
    )


def _texts(env):
    env.cr.execute("SELECT kept_text FROM twitter_interaction ORDER BY id LIMIT 5000")
    return [text for (text,) in env.cr.fetchall()]


def _known(env):
    # Those who say most among them, as these come again most often.
    env.cr.execute(
        """
        SELECT profile.twitter_id, profile.handle, profile.name
          FROM (SELECT DISTINCT author_id
                  FROM (SELECT author_id FROM twitter_interaction
                         ORDER BY id DESC LIMIT 50000) newest) said
          JOIN twitter_author author ON author.id = said.author_id
          JOIN twitter_profile profile ON profile.id = author.profile_id
         ORDER BY author.id
        """
    )
    return env.cr.fetchall()
