"""The relations of authors whose rows were made by SQL."""

import time

SAMPLE = 2000


def run(env):
    """Set them all by the addon's own query; check some as the addon computes them."""
    begun = time.monotonic()
    authors = env["twitter.author"].search([])
    for company in authors.company_id:
        rows = authors.filtered(lambda row, company=company: row.company_id == company)
        _set(env, rows)
    env.invalidate_all()
    check(env, SAMPLE)
    counts = dict(authors._read_group([], ["relation"], ["__count"]))
    env.cr.commit()
    print(f"  relations: {time.monotonic() - begun:.1f} s, {counts}", flush=True)
    return counts


def _set(env, authors):
    env.cr.execute(
        """
        UPDATE twitter_author author SET relation = told.relation
          FROM unnest(%s, %s) AS told (id, relation)
         WHERE author.id = told.id AND author.relation <> told.relation
        """,
        [list(columns) for columns in zip(*authors._relations().items(), strict=True)],
    )


def check(env, size):
    """
    :raise AssertionError: what is stored is not what the ORM computes, of `size`
        authors drawn from all
    """
    every = max(1, env["twitter.author"].search_count([]) // size)
    env.cr.execute("SELECT id FROM twitter_author WHERE id %% %s = 0", [every])
    sample = env["twitter.author"].browse(id_ for (id_,) in env.cr.fetchall())
    stored = {author.id: author.relation for author in sample}
    env.add_to_compute(sample._fields["relation"], sample)
    wrong = [row.id for row in sample if row.relation != stored[row.id]]
    assert not wrong, f"{len(wrong)} of {len(sample)} relations are wrong: {wrong[:9]}"
