"""People on X whom nobody has read yet, each on a lead."""

POSTS = 10
#: What the first opening of the panel costs of one of them.
PRICE = "0.06"


def leads_of(stage, number, posts=POSTS, first=0):
    """Ids of leads, each with the handle of somebody else who has posted.

    :param first: the number of the first of them, so that more can be made later
    """
    x, leads = stage.x, []
    for person in range(first, first + number):
        username = f"stranger_{person}"
        x.people.add(username, f"Stranger {person}")
        for post in range(posts):
            x.posts.add(username, f"Word {post} of stranger {person}")
        leads += stage.leads(twitter_handle=username)
    return leads


def read(person, lead, is_patient=True, **keywords):
    """The code of the problem of opening the panel, or None, and the whole answer.

    :param is_patient: asks again while too many wait for X
    """
    ask = person.ask if is_patient else person.call
    answer = ask("crm.lead", "twitter_read", [lead], **keywords)
    return code_of(answer), answer


def code_of(answer):
    """The code of an answer's problem, or None."""
    return answer["problem"]["code"] if answer["problem"] else None


def reads(leads, **keywords):
    """What processes of a crowd are given for reading each of these leads' profiles."""
    return [_rpc([lead], "twitter_read", keywords) for lead in leads]


def searches(leads, query):
    """What they are given for looking for a name."""
    return [_rpc([lead], "twitter_search", {"query": query}) for lead in leads]


def _rpc(ids, method, keywords):
    return {"model": "crm.lead", "ids": ids, "method": method, "keywords": keywords}
