"""The addon at size: generated databases, and what is measured in them."""
