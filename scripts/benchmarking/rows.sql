-- The rows of scripts/bench board; see rows.py for the parameters. A line that begins
-- with "-- step:" names what follows it. The same numbers from the same seed: rows are
-- drawn from random() after setseed(), or from their own number.
--
-- Author number n is associated when n is even: through a contact (n = 4 k, contact k)
-- or through a lead without a contact (n = 4 k - 2). The less its number, the more an
-- author says; author 1 says most, and is associated with nobody.

-- step: words
SELECT setseed(0.42);
CREATE TEMP TABLE bench_words (lang text, share float, words text[]);
INSERT INTO bench_words VALUES
('en', 0.50, string_to_array('the you and for with your order have not this what when how long still waiting thanks please help love great new phone app broken account refund price really never again team anyone know why fix today week received wrong size colour returned answer nobody good job best service ever', ' ')),
('de', 0.70, string_to_array('der die das und ich nicht ist wann kommt meine bestellung seit wochen warte immer noch danke bitte hilfe schon wieder kaputt rechnung falsch größe schöne grüße super toller laden niemand antwortet warum überhaupt neu preis heute morgen', ' ')),
('es', 0.80, string_to_array('el la los que de por favor gracias mi pedido no ha llegado todavía cuándo ayuda semana precio nuevo está roto devolución muy buen servicio nadie responde otra vez señor mañana', ' ')),
('fr', 0.90, string_to_array('le la les je vous mon pas encore reçu ma commande depuis une semaine merci bonjour aide problème prix nouveau cassé remboursement très bien déçu été où réponse personne', ' ')),
('ja', 1.00, string_to_array('注文 した 商品 が まだ 届き ません お願い します 助けて ください ありがとう ござい ます とても 良い 壊れて いる 返金 いつ ですか 新しい 電話 最高', ' '));
CREATE TEMP TABLE bench_sentence (number int PRIMARY KEY, lang text, text text);
-- Every fifth word is of a large vocabulary: names, products, misspellings.
INSERT INTO bench_sentence
WITH drawn AS MATERIALIZED (
    SELECT n, random() AS lot, 2 + floor(24 * power(random(), 1.5))::int AS size
      FROM generate_series(0, %(sentences)s - 1) n
)
SELECT drawn.n, chosen.lang, (
           SELECT string_agg(CASE WHEN random() + 0 * place < 0.2
                                  THEN translate(left(md5(floor(20000 * power(random(), 3))::text), 4 + drawn.n %% 5), '0123456789', 'aeioulnrst')
                                  ELSE chosen.words[1 + floor(power(random(), 2) * cardinality(chosen.words))::int]
                             END, CASE chosen.lang WHEN 'ja' THEN '' ELSE ' ' END)
             FROM generate_series(1, drawn.size) place)
  FROM drawn
 CROSS JOIN LATERAL (SELECT * FROM bench_words WHERE lot <= share ORDER BY share LIMIT 1) chosen;
ANALYZE bench_sentence;

-- step: profiles of X
INSERT INTO twitter_profile (id, twitter_id, handle, name, description, state, followers, following, posts,
                             image_url, verified_type, fetched_at, create_date, write_date, create_uid, write_uid)
SELECT %(profile)s + 1 + (n::bigint * 7919) %% %(authors)s, (2000000000 + n)::text, 'bench_' || n,
       initcap(words[1]) || ' ' || initcap(words[2]), sentence.text, 'active',
       floor(100 / (0.001 + random())), floor(2000 * random()), floor(20000 * power(random(), 3)),
       'https://pbs.twimg.com/profile_images/' || n || '/bench_normal.jpg',
       CASE WHEN random() < 0.1 THEN 'blue' END, now(), now(), now(), 1, 1
  FROM generate_series(1, %(authors)s) n
  JOIN bench_sentence sentence ON sentence.number = (n::bigint * 104729) %% %(sentences)s
 CROSS JOIN LATERAL string_to_array(translate(left(md5(n::text), 14), '0123456789', 'aeioulnrst'), NULL) letters
 CROSS JOIN LATERAL (SELECT ARRAY[array_to_string(letters[1:6], ''), array_to_string(letters[7:14], '')] AS words) name
 ORDER BY 1;

-- step: companies and contacts
INSERT INTO res_partner (id, name, complete_name, commercial_company_name, commercial_partner_id, is_company, active,
                         type, partner_share, email, email_normalized, lang, create_date, write_date, create_uid, write_uid)
SELECT %(partner)s + n, name, name, name, %(partner)s + n, true, true, 'contact', true, mail, mail, 'en_US',
       now(), now(), 1, 1
  FROM generate_series(1, %(companies)s) n
 CROSS JOIN LATERAL (SELECT initcap(translate(md5('company' || n), '0123456789', 'aeioulnrst'))) drawn (letters)
 CROSS JOIN LATERAL (SELECT left(letters, 9) || ' Ltd ' || n, 'info@company' || n || '.example.com') made (name, mail);
INSERT INTO res_partner (id, name, complete_name, parent_id, commercial_partner_id, commercial_company_name, is_company,
                         active, type, partner_share, email, email_normalized, lang, twitter_handle, twitter_profile_id,
                         twitter_basis, create_date, write_date, create_uid, write_uid)
SELECT %(partner)s + %(companies)s + n, made.name, coalesce(parent.name || ', ', '') || made.name, parent.id,
       coalesce(parent.id, %(partner)s + %(companies)s + n), parent.name, false, true, 'contact', true, mail, mail, 'en_US',
       CASE WHEN 4 * n <= %(authors)s THEN 'bench_' || 4 * n END,
       CASE WHEN 4 * n <= %(authors)s THEN %(profile)s + 1 + (4 * n::bigint * 7919) %% %(authors)s END,
       CASE WHEN 4 * n <= %(authors)s THEN 'public' END,
       now(), now(), 1, 1
  FROM (SELECT n, CASE WHEN n <= %(big)s THEN 1
                       WHEN random() < 0.7 THEN 2 + floor((%(companies)s - 1) * power(random(), 2))::int
                  END AS company
          FROM generate_series(1, %(persons)s) n
        OFFSET 0) person
  LEFT JOIN res_partner parent ON parent.id = %(partner)s + company
 CROSS JOIN LATERAL (SELECT translate(md5('person' || n), '0123456789', 'aeioulnrst')) drawn (letters)
 CROSS JOIN LATERAL (SELECT initcap(left(letters, 6)) || ' ' || initcap(right(letters, 8)),
                            left(letters, 6) || n || '@' || right(letters, 5) || '.example.com') made (name, mail)
 ORDER BY n;

-- step: leads and opportunities
-- Of ten leads six have a contact (or, of these, one in ten a company), one stands for an
-- author without a contact; then leads, won, lost and open opportunities as they come.
INSERT INTO crm_lead (id, name, type, active, company_id, user_id, team_id, stage_id, priority, probability,
                      automated_probability, won_status, lost_reason_id, partner_id, contact_name, email_from,
                      email_normalized, email_state, partner_name, expected_revenue, prorated_revenue, recurring_revenue,
                      recurring_revenue_monthly, recurring_revenue_monthly_prorated, recurring_revenue_prorated,
                      twitter_handle, twitter_profile_id, twitter_basis, date_open, date_closed, date_last_stage_update,
                      day_open, day_close, color, create_date, write_date, create_uid, write_uid)
WITH drawn AS MATERIALIZED (
    SELECT n, 1 + (n::bigint * 7919) %% %(leads)s AS lot, random() AS kind, random() AS stage, random() AS worth,
           random() AS owner, random() AS branch, now() - interval '730 days' * (1 - n::float / %(leads)s) AS made
      FROM generate_series(1, %(leads)s) n
), meant AS MATERIALIZED (
    SELECT *,
           CASE WHEN lot > %(leads)s * 0.6 THEN NULL
                WHEN lot %% 10 = 0 THEN %(partner)s + 1 + floor(%(companies)s * power(stage, 2))::int
                ELSE %(partner)s + %(companies)s + 1 + (lot * 104729) %% %(persons)s
           END AS contact,
           -- Those without a contact that are associated: the next of them.
           CASE WHEN lot > %(leads)s * 0.6 AND lot <= %(leads)s * 0.6 + %(authors)s / 4
                THEN 4 * (lot - (%(leads)s * 0.6)::bigint) - 2
           END AS author,
           CASE WHEN kind < 0.15 THEN 'lead' WHEN kind < 0.35 THEN 'won' WHEN kind < 0.50 THEN 'lost' ELSE 'open' END AS fate
      FROM drawn
)
SELECT %(lead)s + n,
       -- As words are searched on both sides, they are as frequent on both.
       left(sentence.text, 60) || CASE WHEN n %% 10 = 3 THEN ' %(frequent)s' ELSE '' END
                               || CASE WHEN n %% 10000 = 5 THEN ' %(rare)s' ELSE '' END,
       CASE fate WHEN 'lead' THEN 'lead' ELSE 'opportunity' END, fate <> 'lost',
       CASE WHEN branch < 0.02 THEN %(branch)s ELSE %(company)s END,
       CASE WHEN owner < 0.9 THEN %(user)s + floor(%(users)s * owner / 0.9)::int END,
       %(team)s,
       CASE WHEN fate = 'won' THEN %(won_stage)s WHEN stage < 0.5 THEN %(stage)s WHEN stage < 0.8 THEN %(stage)s + 1 ELSE %(stage)s + 2 END,
       CASE WHEN worth > 0.97 THEN '3' WHEN worth > 0.9 THEN '2' WHEN worth > 0.75 THEN '1' ELSE '0' END,
       CASE fate WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE probability END,
       CASE fate WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE probability END,
       CASE fate WHEN 'won' THEN 'won' WHEN 'lost' THEN 'lost' ELSE 'pending' END,
       CASE fate WHEN 'lost' THEN %(reason)s END,
       partner.id, CASE WHEN NOT coalesce(partner.is_company, false) THEN coalesce(partner.name, 'Contact ' || n) END,
       coalesce(partner.email, 'lead' || n || '@lead.example.com'), coalesce(partner.email, 'lead' || n || '@lead.example.com'),
       'correct', coalesce(partner.commercial_company_name, 'Firm ' || n %% 5000),
       revenue, revenue * CASE fate WHEN 'won' THEN 1 WHEN 'lost' THEN 0 ELSE probability / 100 END, 0, 0, 0, 0,
       coalesce(partner.twitter_handle, 'bench_' || author),
       coalesce(partner.twitter_profile_id, %(profile)s + 1 + (author * 7919) %% %(authors)s),
       coalesce(partner.twitter_basis, CASE WHEN author IS NOT NULL THEN 'public' END),
       made, CASE WHEN fate IN ('won', 'lost') THEN made + interval '20 days' END, made + interval '5 days',
       0, CASE WHEN fate IN ('won', 'lost') THEN 20 ELSE 0 END, 0, made, made, 1, 1
  FROM meant
  JOIN bench_sentence sentence ON sentence.number = (meant.n::bigint * 15485863) %% %(sentences)s
  LEFT JOIN res_partner partner ON partner.id = meant.contact
 CROSS JOIN LATERAL (SELECT round((20000 * power(worth, 3))::numeric, 2) AS revenue, round((10 + 80 * stage)::numeric, 2) AS probability) money
 ORDER BY n;

-- step: activities on leads
INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name, activity_type_id, user_id, summary, date_deadline,
                           active, automated, create_date, write_date, create_uid, write_uid)
SELECT %(lead_model)s, 'crm.lead', lead.id, lead.name, %(activity)s, coalesce(lead.user_id, %(user)s), 'Call', current_date - 5 + lead.id %% 30,
       true, false, now(), now(), 1, 1
  FROM crm_lead lead
 WHERE lead.id > %(lead)s AND lead.active AND lead.won_status = 'pending' AND lead.id %% 15 = 0;

-- step: the ledger of associations
INSERT INTO twitter_association (lead_id, partner_id, profile_id, user_id, kind, handle, origin, basis, date)
SELECT NULL, id, twitter_profile_id, %(user)s + id %% %(users)s, 'associated', twitter_handle, 'typed', twitter_basis,
       now() - interval '100 days'
  FROM res_partner WHERE id > %(partner)s AND twitter_profile_id IS NOT NULL
 UNION ALL
SELECT id, NULL, twitter_profile_id, coalesce(user_id, %(user)s), 'associated', twitter_handle, 'typed', twitter_basis,
       create_date
  FROM crm_lead WHERE id > %(lead)s AND twitter_profile_id IS NOT NULL;

-- step: authors
INSERT INTO twitter_author (id, company_id, profile_id, relation, seen_at, create_date, write_date, create_uid, write_uid)
SELECT %(author)s + 1 + (n::bigint * 104729) %% %(authors)s, %(company)s, %(profile)s + 1 + (n::bigint * 7919) %% %(authors)s,
       'other', %(told)s, now(), now(), 1, 1
  FROM generate_series(1, %(authors)s) n
 ORDER BY 1;
INSERT INTO twitter_author (id, company_id, profile_id, relation, seen_at, create_date, write_date, create_uid, write_uid)
SELECT %(author)s + %(authors)s + n, %(branch)s, %(profile)s + 1 + (n::bigint * 7919) %% %(authors)s,
       'other', %(told)s, now(), now(), 1, 1
  FROM generate_series(1, %(authors)s / 10) n;

-- step: interactions
-- Each author says something; the rest is said by few. Said over two years, handled but for
-- the newest and some that were overlooked. All are told of by X today: what a company
-- has whose app may use X's compliance jobs.
INSERT INTO twitter_interaction (id, account_id, company_id, author_id, post_id, conversation_id, reply_to_id, quoted_id,
                                 kind, posted_at, kept_text, content, verified_at, state, user_id, handled_by_id,
                                 handled_at, create_date, write_date, create_uid, write_uid)
WITH drawn AS MATERIALIZED (
    SELECT n, random() AS how, random() AS fate, random() AS who, random() AS owner, random() AS first, random() AS second,
           1 + (n::bigint * 611953) %% %(interactions)s AS lot,
           -- The branch's come last, and were said over the same two years.
           CASE WHEN n > %(interactions)s THEN 20 * (n - %(interactions)s)::bigint ELSE n END AS place
      FROM generate_series(1, %(interactions)s + %(interactions)s / 20) n
), timed AS (
    SELECT *, now() - interval '730 days' * (1 - place::float / %(interactions)s) AS posted_at FROM drawn
), told AS (
    SELECT *, n > %(interactions)s AS is_branch,
           CASE WHEN n > %(interactions)s THEN 1 + n %% (%(authors)s / 10)
                WHEN lot <= %(authors)s THEN lot
                ELSE 1 + floor(%(authors)s * power(who, 2))::int
           END AS author,
           CASE WHEN how < 0.6 THEN 'mention' WHEN how < 0.9 THEN 'reply' ELSE 'quote' END AS kind,
           CASE WHEN fate < 0.001 OR place > %(interactions)s * 0.99 AND fate < 0.35 THEN 'new'
                WHEN fate > 0.85 THEN 'ignored' ELSE 'handled' END AS state,
           ((extract(epoch FROM posted_at) * 1000)::bigint - 1288834974657) * 4194304 + n AS post_id,
           CASE WHEN owner < 0.3 THEN %(user)s + floor(%(users)s * owner / 0.3)::int END AS user_id
      FROM timed
), worded AS (
    SELECT told.*, a.lang,
           a.text || CASE WHEN second < 0.7 THEN '. ' || b.text ELSE '' END
                  || CASE WHEN told.n %% 10 = 3 THEN ' %(frequent)s' ELSE '' END
                  || CASE WHEN told.n %% 10000 = 5 THEN ' %(rare)s' ELSE '' END AS words
      FROM told
      JOIN bench_sentence a ON a.number = floor(%(sentences)s * first)::int
      JOIN bench_sentence b ON b.number = floor(%(sentences)s * second)::int
)
SELECT %(interaction)s + n,
       CASE WHEN is_branch THEN %(branch_account)s ELSE %(account)s END,
       CASE WHEN is_branch THEN %(branch)s ELSE %(company)s END,
       CASE WHEN is_branch THEN %(author)s + %(authors)s + author ELSE %(author)s + 1 + (author::bigint * 104729) %% %(authors)s END,
       post_id::text, post_id::text, CASE kind WHEN 'reply' THEN (post_id - 4194304000)::text END,
       CASE kind WHEN 'quote' THEN (post_id - 4194304000)::text END,
       kind, posted_at, '@bench_brand ' || words,
       jsonb_build_object('id', post_id::text, 'author_id', (2000000000 + author)::text, 'text', '@bench_brand ' || words,
           'segments', jsonb_build_array(
               jsonb_build_object('kind', 'mention', 'text', '@bench_brand', 'href', '/bench_brand'),
               jsonb_build_object('kind', 'text', 'text', ' ' || words, 'href', '')),
           'created_at', to_char(posted_at, 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'), 'conversation_id', post_id::text,
           'reply_to_id', CASE kind WHEN 'reply' THEN (post_id - 4194304000)::text ELSE '' END, 'repost_of_id', '',
           'quoted_id', CASE kind WHEN 'quote' THEN (post_id - 4194304000)::text ELSE '' END,
           'likes', n %% 7, 'reposts', n %% 3, 'replies', 0, 'quotes', 0, 'lang', lang, 'possibly_sensitive', false,
           'edited', false, 'versions', jsonb_build_array(post_id::text), 'reply_to_user_id', '', 'media', '[]'::jsonb,
           'reposted', NULL, 'reposted_author', NULL),
       %(told)s, state, user_id, CASE WHEN state <> 'new' THEN coalesce(user_id, %(user)s) END,
       CASE WHEN state <> 'new' THEN posted_at + interval '3 hours' END, posted_at, posted_at, 1, 1
  FROM worded
 ORDER BY n;

-- step: activities on interactions
INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name, activity_type_id, user_id, summary, date_deadline,
                           active, automated, create_date, write_date, create_uid, write_uid)
SELECT %(interaction_model)s, 'twitter.interaction', id, 'X', %(activity)s, coalesce(user_id, %(user)s), 'Answer', current_date + id %% 10,
       true, false, now(), now(), 1, 1
  FROM twitter_interaction WHERE state = 'new' AND id %% 5 = 0;
