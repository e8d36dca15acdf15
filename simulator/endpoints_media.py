"""The endpoints about pictures: upload, and their description."""

import base64
import binascii

from . import problems
from .answers import Asked
from .images import format_of, size_of
from .posts import Media

__all__ = ["add_alt_text", "upload"]

IMAGE_BYTES = 5_000_000
GIF_BYTES = 15_000_000
_TYPES = {"tweet_gif": "animated_gif"}
MEDIA_SECONDS = 86_400


def upload(asked: Asked) -> dict:
    """POST /2/media/upload, in one shot: an image of at most 5 MB, a GIF of 15."""
    try:
        data = base64.b64decode(asked.body["media"], validate=True)
    except (binascii.Error, ValueError) as error:
        message = "$.media: is not base64"
        raise problems.invalid(asked.view.dialect, message, media="") from error
    mimetype = _checked(asked, data)
    media_id = asked.state.ids.make(asked.state.clock.now())
    media = Media(
        f"3_{media_id}",
        owner_id=asked.viewer_id or "",
        type=_TYPES.get(asked.body["media_category"], "photo"),
        mimetype=mimetype,
        data=data,
    )
    media.width, media.height = size_of(data) or (media.width, media.height)
    asked.state.uploads[media_id] = media
    shown = {"id": media_id, "media_key": media.key, "size": len(data)}
    return {"data": {**shown, "expires_after_secs": MEDIA_SECONDS}}


def _checked(asked: Asked, data: bytes) -> str:
    """The media type; X looks at the content, not at what it is called."""
    is_gif = asked.body["media_category"] == "tweet_gif"
    most, mimetype = GIF_BYTES if is_gif else IMAGE_BYTES, format_of(data)
    message = ""
    if not 0 < len(data) <= most:
        message = f"$.media: {len(data)} bytes; it has at most {most}"
    elif not mimetype or (is_gif and mimetype != "image/gif"):
        message = "$.media: is not an image of a supported type"
    if message:
        raise problems.invalid(asked.view.dialect, message, media=len(data))
    return mimetype


def add_alt_text(asked: Asked) -> dict:
    """POST /2/media/metadata"""
    media = asked.state.uploads.get(asked.body["id"])
    if media is None or media.owner_id != asked.viewer_id:
        raise problems.not_permitted()
    media.alt = asked.body.get("metadata", {}).get("alt_text", {}).get("text", "")
    asked.state.billing.write("media_metadata", asked.body["id"], asked.viewer_id)
    metadata = {"alt_text": {"text": media.alt}}
    return {"data": {"id": asked.body["id"], "associated_metadata": metadata}}
