"""X's refusals, word for word where a source has the words (x-api.md section 4)."""

from .dialect import LEGACY, Dialect

__all__ = ["Refusal"]


class Refusal(Exception):
    """An answer that is an error: HTTP status and JSON body."""

    def __init__(self, status: int, body: dict) -> None:
        super().__init__(body.get("detail", ""))
        self.status = status
        self.body = body


def blank(status: int, title: str, detail: str = "") -> Refusal:
    """A problem without a type of its own."""
    body = {"title": title, "type": "about:blank", "status": status}
    return Refusal(status, {**body, "detail": detail or title})


def unauthorized() -> Refusal:
    """The token is missing, unknown, expired or revoked."""
    return blank(401, "Unauthorized")


def forbidden(detail: str = "Forbidden") -> Refusal:
    """Not allowed; `Forbidden` alone is X's word for a missing scope."""
    return blank(403, "Forbidden", detail)


def not_permitted() -> Refusal:
    """X's general no."""
    return forbidden("You are not permitted to perform this action.")


def blocked() -> Refusal:
    """The person has blocked whoever wants to follow (X's words of API 1.1)."""
    return forbidden(
        "You have been blocked from following this account at the request of the user."
    )


def too_many_cashtags() -> Refusal:
    """More than one; X documents the refusal, but not its words."""
    return forbidden("A post can contain at most one cashtag.")


def duplicate() -> Refusal:
    """The same text again."""
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def not_summoned() -> Refusal:
    """A reply that nobody asked for, on a self-serve plan."""
    return forbidden(
        "Reply to this conversation is not allowed because you have not been "
        "mentioned or otherwise engaged by the author of the post you are replying to."
    )


def quote_refused() -> Refusal:
    """A quote, on a self-serve plan."""
    return forbidden(
        "You can only reply to or quote posts where you are mentioned or are the "
        "author."
    )


def not_enrolled(client_id: str, dialect: Dialect = LEGACY) -> Refusal:
    """Something only Enterprise may do.

    X's own body for it is not documented; this is the one it documents for an app
    that lacks access to an endpoint.
    """
    return Refusal(
        403,
        {
            "client_id": client_id,
            "title": "Client Forbidden",
            "detail": "You currently do not have access to this endpoint. If you need "
            "access to this endpoint, you may need a different access level.",
            "type": dialect.problem("client-forbidden"),
            "reason": "client-not-enrolled",
            "required_enrollment": "Appropriate Level of API Access",
            "registration_url": "https://developer.x.com/en/docs/projects/overview",
        },
    )


def app_only(dialect: Dialect) -> Refusal:
    """The endpoint needs a user, and the app came alone."""
    return Refusal(
        403,
        {
            "title": "Unsupported Authentication",
            "detail": "Authenticating with OAuth 2.0 Application-Only is forbidden for "
            "this endpoint.  Supported authentication types are [OAuth 1.0a User "
            "Context, OAuth 2.0 User Context].",
            "type": dialect.problem("unsupported-authentication"),
            "status": 403,
        },
    )


def user_refused(dialect: Dialect) -> Refusal:
    """The endpoint is for the app alone, and a user's token came."""
    return Refusal(
        403,
        {
            "title": "Unsupported Authentication",
            "detail": "Authenticating with OAuth 2.0 User Context is forbidden for "
            "this endpoint.  Supported authentication types are [OAuth 2.0 "
            "Application-Only].",
            "type": dialect.problem("unsupported-authentication"),
            "status": 403,
        },
    )


def conflict(dialect: Dialect) -> Refusal:
    """A compliance job is under way. X documents the type, and what it means."""
    return Refusal(
        409,
        {
            "title": "Conflict",
            "detail": "You cannot create a new job if one is already in progress.",
            "type": dialect.problem("conflict"),
            "status": 409,
        },
    )


def too_many() -> Refusal:
    """The rate limit is used up."""
    return blank(429, "Too Many Requests")


def no_credits(account_id: str, dialect: Dialect = LEGACY) -> Refusal:
    """The developer account has run dry."""
    return Refusal(
        402,
        {
            "account_id": account_id,
            "title": "CreditsDepleted",
            "detail": f"Your enrolled account [{account_id}] does not have any credits "
            "to fulfill this request.",
            "type": dialect.problem("credits"),
        },
    )


def credits_gone(dialect: Dialect = LEGACY) -> Refusal:
    """The same in other words, which X also uses."""
    return Refusal(
        402,
        {
            "title": "Payment Required",
            "detail": "credits depleted",
            "status": 402,
            "type": dialect.problem("credits-depleted"),
        },
    )


def spending_limit() -> Refusal:
    """The limit the developer has set is reached. Not documented; as seen."""
    return Refusal(
        403,
        {
            "title": "SpendCapReached",
            "detail": "You have reached the spending limit of your billing cycle.",
            "status": 403,
            "type": "about:blank",
        },
    )


def unpaid(how: str, account_id: str, dialect: Dialect = LEGACY) -> Refusal:
    """That nothing is left to pay with; how: a key of UNPAID."""
    return UNPAID[how](account_id, dialect)


UNPAID = {
    "credits": no_credits,
    "credits-depleted": lambda _account_id, dialect: credits_gone(dialect),
    "spending-limit": lambda _account_id, _dialect: spending_limit(),
}


def invalid(dialect: Dialect, message: str, **parameters: object) -> Refusal:
    """The request breaks the endpoint's own rules."""
    named = {name.replace("__", "."): [str(v)] for name, v in parameters.items()}
    return Refusal(
        400,
        {
            "errors": [{"parameters": named, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": dialect.problem("invalid-request"),
        },
    )


def missing(dialect: Dialect, what: str, parameter: str, value: str) -> dict:
    """One entry of `errors`: nothing is known by that id or name."""
    return {
        "value": value,
        "detail": f"Could not find {what} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": parameter,
        "resource_id": value,
        "type": dialect.problem("resource-not-found"),
    }


def suspended(dialect: Dialect, parameter: str, value: str) -> dict:
    """One entry of `errors`: the account is suspended."""
    return {
        "value": value,
        "detail": f"User has been suspended: [{value}].",
        "title": "Forbidden",
        "resource_type": "user",
        "parameter": parameter,
        "resource_id": value,
        "type": dialect.problem("resource-not-found"),
    }


def not_authorized(dialect: Dialect, what: str, parameter: str, value: str) -> dict:
    """One entry of `errors`: it exists, but not for this viewer."""
    shown = "Tweet" if what == "tweet" else what
    return {
        "value": value,
        "detail": f"Sorry, you are not authorized to see the {shown} with "
        f"{parameter}: [{value}].",
        "title": "Authorization Error",
        "resource_type": what,
        "section": "data",
        "parameter": parameter,
        "resource_id": value,
        "type": dialect.problem("not-authorized-for-resource"),
    }
