"""What speaks for and against a profile being a record's person, in words."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..x_api import parse_handle
from .name_query import spellings, words_of

# Words that say nothing about which company it is.
LEGAL_FORMS = frozenset(
    "ag bv co company corp corporation gmbh group inc international kg limited llc ltd"
    " nv oy plc pty sa sarl sas sl spa srl the and".split()
)
# Mail providers: their domain is nobody's website.
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com"
    " gmx.de gmx.net web.de proton.me protonmail.com example.com aol.com".split()
)


@dataclass(frozen=True)
class Known:
    """What a record knows of a person; '' where it does not."""

    person: str = ""
    company: str = ""
    website: str = ""
    email: str = ""
    city: str = ""
    country: str = ""


def evidence(env, known, profile):
    """Compare a record with a profile.

    :param Known known: what the record says
    :param Profile profile: what X says
    :return: list of ``{"favours": bool, "text": str}``, the strongest first
    """
    findings = (
        _by_handle(env, profile),
        _by_name(env, known, profile),
        _by_domain(env, known, profile),
        _by_company(env, known, profile),
        _by_place(env, known, profile),
    )
    return [
        {"favours": favours, "text": text}
        for finding in findings
        if finding
        for favours, text in [finding]
    ]


def _by_handle(env, profile):
    """Some of X's oldest accounts have handles that its API refuses to look up."""
    if parse_handle(profile.handle):
        return None
    return False, env._("X's API does not take this handle")


def _by_name(env, known, profile):
    if not known.person:
        return None
    if any(words == words_of(profile.name) for words in spellings(known.person)):
        return True, env._("Same name")
    shared = any(words & words_of(profile.name) for words in spellings(known.person))
    if shared:
        return True, env._("Part of the name is the same")
    return False, env._("Another name")


def _by_domain(env, known, profile):
    ours = {_domain(known.website), _domain(known.email.rpartition("@")[2])}
    ours -= FREE_MAIL | {""}
    if not ours:
        return None
    theirs = _domain(profile.url)
    if theirs in ours:
        return True, env._("Links to %(domain)s", domain=theirs)
    for domain in sorted(ours):
        if domain in profile.description.lower():
            return True, env._("%(domain)s is in the bio", domain=domain)
    if theirs:
        return False, env._("Links to another site, %(domain)s", domain=theirs)
    return None


def _by_company(env, known, profile):
    company = words_of(known.company) - LEGAL_FORMS
    if not company:
        return None
    said = words_of(f"{profile.description} {profile.name} {profile.handle}")
    if company <= said:
        return True, env._("%(company)s is in the bio", company=known.company)
    return False, env._("%(company)s is not in the bio", company=known.company)


def _by_place(env, known, profile):
    place = words_of(profile.location)
    if not place or not (known.city or known.country):
        return None
    for ours in (known.city, known.country):
        if ours and words_of(ours) <= place:
            return True, env._("In %(place)s as well", place=ours)
    return False, env._("Elsewhere: %(place)s", place=profile.location)


def _domain(address):
    """Domain of an address, without www; '' where there is none."""
    address = (address or "").strip().lower()
    if not address:
        return ""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # such as a lone bracket, for a part of an IPv6 address
        return ""
    return host.removeprefix("www.") if "." in host else ""
