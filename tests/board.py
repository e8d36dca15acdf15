"""What the tests of the board have in common."""

from datetime import timedelta

from odoo import fields

from ..x_api import Post, Segment
from .two_companies import TwoCompanies


class Board(TwoCompanies):
    """The company's account, and what people said to it; another company beside."""

    said = 0

    def setUp(self):
        super().setUp()
        self.brand = self.connect_brand()

    def make_profile(self, handle="jane_doe", name="Jane Doe", twitter_id=""):
        """A profile that X has told of."""
        profile = self.env["twitter.profile"].search([("handle", "=", handle)])
        if not profile.twitter_id:
            person = self.x.people.find(handle) or self.x.people.add(handle, name)
            values = {
                "handle": handle,
                "twitter_id": twitter_id or person.id,
                "name": person.name,
                "state": "active",
                "image_url": f"{self.simulator.url}/img/{handle}_normal.png",
                "fetched_at": fields.Datetime.now(),
            }
            if profile:
                profile.write(values)
            else:
                profile = profile.create(values)
        return profile

    def make_author(self, handle="jane_doe", company=None, **values):
        """Who that profile is to the company."""
        profile = self.make_profile(handle, **values)
        authors = self.env["twitter.author"]
        author = authors._of(company or self.env.company, profile)[profile]
        author.seen_at = fields.Datetime.now()
        return author

    def say(self, text="@ourcompany Hello", handle="jane_doe", brand=None, **values):
        """A post to the company that was read just now; the row, in superuser mode."""
        brand = brand or self.brand
        Board.said += 1
        author = self.make_author(handle, brand.company_id)
        post_id = values.pop("post_id", str(10**18 + Board.said))
        post = Post(
            id=post_id,
            author_id=author.profile_id.twitter_id,
            text=text,
            segments=(Segment("text", text),),
            **values.pop("post", {}),
        )
        now = fields.Datetime.now()
        row = self.env["twitter.interaction"].create(
            {
                "account_id": brand.id,
                "company_id": brand.company_id.id,
                "post_id": post_id,
                "author_id": author.id,
                "kind": "mention",
                "posted_at": now - timedelta(minutes=5),
                "kept_text": text,
                "content": post.to_dict(),
                "verified_at": now,
                **values,
            }
        )
        self.env.flush_all()
        return row

    def seen_by(self, user, row, *companies):
        """The row as a new request of that user's finds it."""
        self.env.flush_all()
        self.env.invalidate_all()
        if companies:
            ids = [company.id for company in companies]
            row = row.with_context(allowed_company_ids=ids)
        return row.with_user(user)
