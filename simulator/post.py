"""One post of the stand-in's world, and its pictures."""

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["Media", "Post"]


@dataclass
class Media:
    """A picture: its address on this server is made from its key.

    One without `data` is drawn when asked for. `type` is photo or animated_gif.
    """

    key: str
    width: int = 1200
    height: int = 675
    alt: str = ""
    owner_id: str = ""
    type: str = "photo"
    mimetype: str = "image/png"
    data: bytes = field(default=b"", repr=False)


@dataclass
class Post:
    """One post, as typed. Counts are those beyond this small world.

    `reply_to_user` is the id of whom it answers, also when their post is gone.
    """

    id: str
    author_id: str
    text: str
    created_at: datetime
    lang: str = "en"
    reply_to: str = ""
    reply_to_user: str = ""
    quote_of: str = ""
    repost_of: str = ""
    likes: int = 0
    reposts: int = 0
    replies: int = 0
    quotes: int = 0
    bookmarks: int = 0
    impressions: int = 0
    sensitive: bool = False
    media: list[Media] = field(default_factory=list)
    liked_by: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)  # ids, oldest first
    withheld: tuple[str, ...] = ()  # the countries that do not get to see it
    claimed: bool = False  # over a copyright

    @property
    def newest_version(self) -> bool:
        """False for what an edit has replaced."""
        return not self.versions or self.versions[-1] == self.id
