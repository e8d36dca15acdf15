"""What X charges on its pay-per-use plan, in US dollars.

https://docs.x.com/x-api/getting-started/pricing, as of August 2026. Reads are
charged per resource returned, once per resource and UTC day; writes per
request. What fails is not charged.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

PRICES: Mapping[str, Decimal] = MappingProxyType(
    {
        # Reads, per resource
        "user": Decimal("0.010"),
        "post": Decimal("0.005"),
        "follower": Decimal("0.010"),
        "following": Decimal("0.010"),
        "like": Decimal("0.001"),
        # Writes, per request
        "post_create": Decimal("0.015"),
        "post_create_with_url": Decimal("0.200"),
        "reply_summoned": Decimal("0.010"),
        "interaction_create": Decimal("0.015"),
        "interaction_delete": Decimal("0.010"),
        "post_delete": Decimal("0.005"),
        "media_metadata": Decimal("0.005"),
        # In no list of X's, so it is taken to cost nothing
        "media_upload": Decimal("0.000"),
    }
)
# What X bills for each request; all others for each resource it gives out.
PER_REQUEST = frozenset(
    {
        "post_create",
        "post_create_with_url",
        "reply_summoned",
        "interaction_create",
        "interaction_delete",
        "post_delete",
        "media_metadata",
        "media_upload",
    }
)
