"""The endpoints about pictures: upload, and their description."""

import base64
import binascii

from . import problems
from .answers import Asked
from .posts import Media

__all__ = ["add_alt_text", "upload"]

IMAGE_BYTES = 5_000_000
MEDIA_SECONDS = 86_400


def upload(asked: Asked) -> dict:
    """POST /2/media/upload, in one shot: an image of at most 5 MB."""
    try:
        size = len(base64.b64decode(asked.body["media"], validate=True))
    except (binascii.Error, ValueError) as error:
        message = "$.media: is not base64"
        raise problems.invalid(asked.view.dialect, message, media="") from error
    if not 0 < size <= IMAGE_BYTES:
        message = f"$.media: {size} bytes; an image has at most {IMAGE_BYTES}"
        raise problems.invalid(asked.view.dialect, message, media=size)
    media_id = asked.state.ids.make(asked.state.clock.now())
    media = Media(f"3_{media_id}", owner_id=asked.viewer_id or "")
    asked.state.uploads[media_id] = media
    data = {"id": media_id, "media_key": media.key, "size": size}
    return {"data": {**data, "expires_after_secs": MEDIA_SECONDS}}


def add_alt_text(asked: Asked) -> dict:
    """POST /2/media/metadata"""
    media = asked.state.uploads.get(asked.body["id"])
    if media is None or media.owner_id != asked.viewer_id:
        raise problems.not_permitted()
    media.alt = asked.body.get("metadata", {}).get("alt_text", {}).get("text", "")
    asked.state.billing.write("media_metadata", asked.body["id"], asked.viewer_id)
    metadata = {"alt_text": {"text": media.alt}}
    return {"data": {"id": asked.body["id"], "associated_metadata": metadata}}
