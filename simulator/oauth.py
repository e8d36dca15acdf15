"""OAuth 2.0 as X does it: codes, tokens, rotation, revocation.

Source: x-api.md section 1. Nothing here speaks HTTP.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .clock import Clock

__all__ = ["SCOPES", "App", "AuthorizationError", "Authorizations", "Grant"]

CODE_SECONDS = 30
TOKEN_SECONDS = 7200

# The permissions X knows, in the words of its consent page.
SCOPES: dict[str, str] = {
    "tweet.read": "See posts you can see, including those of protected accounts",
    "tweet.write": "Post and repost for you",
    "tweet.moderate.write": "Hide and unhide replies to your posts",
    "users.email": "See your email address",
    "users.read": "See accounts you can see, including protected ones",
    "follows.read": "See who follows you and whom you follow",
    "follows.write": "Follow and unfollow people for you",
    "offline.access": "Stay connected to your account until you revoke access",
    "space.read": "See Spaces you can see",
    "mute.read": "See accounts you have muted",
    "mute.write": "Mute and unmute accounts for you",
    "like.read": "See posts you have liked",
    "like.write": "Like and unlike posts for you",
    "list.read": "See your lists",
    "list.write": "Change your lists",
    "block.read": "See accounts you have blocked",
    "block.write": "Block and unblock accounts for you",
    "bookmark.read": "See your bookmarks",
    "bookmark.write": "Bookmark posts for you",
    "dm.read": "Read your direct messages",
    "dm.write": "Send direct messages for you",
    "media.write": "Upload pictures and videos for you",
    "timeline.read": "See your home timeline",
    "broadcast.read": "See your broadcasts",
    "broadcast.write": "Broadcast for you",
}


@dataclass
class App:
    """The app registered at X's developer console."""

    client_id: str = "demo-client-id"
    client_secret: str = "demo-client-secret"  # a stand-in's, no real secret
    callbacks: list[str] = field(
        default_factory=lambda: ["http://127.0.0.1:8069/crm_twitter/oauth/callback"]
    )
    name: str = "YourCompany CRM"
    owner: str = "ourcompany"  # whose own data costs a fifth
    bearer_token: str = "demo-bearer-token"  # the app's own; no real one either
    account_id: str = "1900000000000000001"


class AuthorizationError(Exception):
    """The token endpoint's refusal, in X's words."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclass
class Grant:
    """One person's consent to the app."""

    user_id: str
    scopes: tuple[str, ...]
    since: datetime
    revoked: bool = False


@dataclass
class _Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    method: str
    expires: datetime


class Authorizations:
    """Codes and tokens given out, and whom they stand for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, tuple[Grant, datetime]] = {}
        self._refresh: dict[str, Grant] = {}
        self.grants: list[Grant] = []
        # All that was ever secret in it, for whoever looks whether it got about.
        self.states: set[str] = set()
        self.verifiers: set[str] = set()
        self.given: set[str] = set()  # codes and tokens

    def reset(self) -> None:
        """Nobody ever consented."""
        self.__init__(self._clock)

    def consent(self, user_id: str, asked: dict[str, str]) -> str:
        """The person allowed what was asked for. Returns the code."""
        scopes = tuple(dict.fromkeys(asked["scope"].split()))
        now = self._clock.now()
        code = secrets.token_urlsafe(48)
        self.given.add(code)
        self.states.add(asked["state"])
        self._codes[code] = _Code(
            Grant(user_id, scopes, now),
            asked["redirect_uri"],
            asked["code_challenge"],
            asked["code_challenge_method"],
            now + timedelta(seconds=CODE_SECONDS),
        )
        return code

    def exchange(self, code: str, verifier: str, redirect_uri: str) -> dict:
        """Tokens for a code: once, within 30 seconds, for who began."""
        known = self._codes.get(code)
        self.verifiers.add(verifier)
        if known is None or self._clock.now() >= known.expires:
            raise _invalid("Value passed for the authorization code was invalid.")
        if redirect_uri != known.redirect_uri:
            raise _invalid(
                "Value passed for the redirect uri did not match the uri of the "
                "authorization code."
            )
        if not _proves(verifier, known):
            raise _invalid(
                "Value passed for the code verifier did not match the code challenge."
            )
        del self._codes[code]
        self.grants.append(known.grant)
        return self._issue(known.grant)

    def refresh(self, token: str) -> dict:
        """A new pair of tokens; the refresh token given is used up."""
        grant = self._refresh.pop(token, None)
        if grant is None or grant.revoked:
            raise _invalid("Value passed for the token was invalid.")
        return self._issue(grant)

    def revoke(self, token: str) -> None:
        """A refresh token ends the whole consent, an access token only itself."""
        if token in self._refresh:
            self._refresh.pop(token).revoked = True
        self._access.pop(token, None)

    def revoke_user(self, user_id: str) -> None:
        """As the person does on the page "Connected apps"."""
        for grant in self.grants:
            if grant.user_id == user_id:
                grant.revoked = True

    def grants_of(self, user_id: str) -> list[Grant]:
        """The person's consents that still hold, oldest first."""
        return [g for g in self.grants if g.user_id == user_id and not g.revoked]

    def holder(self, access_token: str) -> Grant | None:
        """Whom the access token stands for; None once expired or revoked."""
        grant, expires = self._access.get(access_token, (None, None))
        if grant is None or grant.revoked or self._clock.now() >= expires:
            return None
        return grant

    def login(self, user_id: str, scopes: tuple[str, ...]) -> dict:
        """Tokens without the round trip, for tests of something else."""
        grant = Grant(user_id, scopes, self._clock.now())
        self.grants.append(grant)
        return self._issue(grant)

    def _issue(self, grant: Grant) -> dict:
        access = secrets.token_urlsafe(64)
        expires = self._clock.now() + timedelta(seconds=TOKEN_SECONDS)
        self.given.add(access)
        self._access[access] = (grant, expires)
        answer: dict[str, object] = {
            "token_type": "bearer",
            "expires_in": TOKEN_SECONDS,
            "access_token": access,
            "scope": " ".join(grant.scopes),
        }
        if "offline.access" in grant.scopes:
            answer["refresh_token"] = secrets.token_urlsafe(64)
            self.given.add(str(answer["refresh_token"]))
            self._refresh[str(answer["refresh_token"])] = grant
        return answer


def _invalid(description: str) -> AuthorizationError:
    return AuthorizationError(400, "invalid_request", description)


def _proves(verifier: str, code: _Code) -> bool:
    if code.method == "plain":
        return secrets.compare_digest(verifier.encode(), code.challenge.encode())
    digest = hashlib.sha256(verifier.encode()).digest()
    computed = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return secrets.compare_digest(computed, code.challenge.encode())
