"""A database full of people from X, made by PostgreSQL alone, and what is left."""

#: What is erased with everything; the organisation's own reckoning is kept.
TABLES = (
    "twitter_account",
    "twitter_association",
    "twitter_author",
    "twitter_cache",
    "twitter_engagement",
    "twitter_feed",
    "twitter_interaction",
    "twitter_profile",
)
FILL = """
INSERT INTO twitter_profile (handle, twitter_id, name, state, create_date)
     SELECT 'zperson' || n, (900000 + n)::text, 'Zperson', 'active', now()
       FROM generate_series(1, %(people)s) n;
INSERT INTO twitter_profile (handle, state, superseded_by_id)
     SELECT 'zformer' || id, 'unresolved', id FROM twitter_profile
      WHERE handle LIKE 'zperson%%1';
INSERT INTO crm_lead (name, type, active, twitter_handle, twitter_profile_id,
                      twitter_basis, won_status, stage_id, description, create_date,
                      write_date, date_open)
     SELECT 'Mention by @' || handle || ' on X', 'opportunity', true, handle, id,
            'given', 'pending', (SELECT min(id) FROM crm_stage),
            '<p>https://x.com/' || handle || '</p>', now(), now(), now()
       FROM twitter_profile WHERE twitter_id IS NOT NULL;
INSERT INTO twitter_association (kind, lead_id, profile_id, handle, origin, basis,
                                 user_id, date)
     SELECT 'associated', id, twitter_profile_id, twitter_handle, 'import', 'given',
            1, now()
       FROM crm_lead, generate_series(1, 5) WHERE twitter_handle LIKE 'zperson%%';
INSERT INTO twitter_author (company_id, profile_id, relation, create_date)
     SELECT 1, id, 'known', now() FROM twitter_profile WHERE twitter_id IS NOT NULL;
INSERT INTO twitter_interaction (account_id, company_id, post_id, author_id, kind,
                                 posted_at, state, kept_text)
     SELECT (SELECT min(id) FROM twitter_account), 1, author.id || '0' || n, author.id,
            'mention', now(), 'new', 'zperson said'
       FROM twitter_author author, generate_series(1, 2) n;
INSERT INTO mail_message (model, res_id, message_type, body, date)
     SELECT 'crm.lead', id, 'notification', '<p>Followed @' || twitter_handle ||
            ' on X</p>', now()
       FROM crm_lead WHERE twitter_handle LIKE 'zperson%%';
INSERT INTO twitter_engagement (kind, route, state, request_uid, intention, lead_id,
                                profile_id, handle, text, date, is_noted, note_id)
     SELECT 'follow', 'api', 'done', 'z' || lead.id, 'z' || lead.id, lead.id,
            lead.twitter_profile_id, lead.twitter_handle, 'zperson', now(), true,
            message.id
       FROM crm_lead lead JOIN mail_message message
         ON message.model = 'crm.lead' AND message.res_id = lead.id
      WHERE lead.twitter_handle LIKE 'zperson%%';
INSERT INTO twitter_cache (key, value, profile_id, people, read_at, expires_at)
     SELECT 'posts:' || twitter_id, '{"items": []}', id, '[]', now(),
            now() + interval '1 day'
       FROM twitter_profile WHERE twitter_id IS NOT NULL;
"""
#: Whatever of these people is anywhere in the tables that hold texts.
LEFT = """
    SELECT (SELECT count(*) FROM crm_lead
             WHERE twitter_handle IS NOT NULL OR twitter_profile_id IS NOT NULL
                OR name ~ 'zperson' OR description ~ 'zperson')
         + (SELECT count(*) FROM mail_message WHERE body ~ 'zperson')
         + (SELECT count(*) FROM mail_tracking_value
             WHERE concat(old_value_char, new_value_char) ~ 'zperson')
"""


def fill(stage, people):
    """As many people, each with a lead, and what hangs on one."""
    with stage.databases.cursor(stage.database) as cursor:
        cursor.execute(FILL, {"people": people})


def rows_left(stage):
    """``{table: rows}`` of those that have any."""
    counts = {table: stage.count(table) for table in TABLES}
    return {table: rows for table, rows in counts.items() if rows}
