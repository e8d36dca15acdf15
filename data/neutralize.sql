-- A copy of a database must neither read nor post on X, nor use up the original's tokens.
UPDATE twitter_account
   SET access_token = NULL,
       refresh_token = NULL,
       state = 'reconnect';
DELETE FROM twitter_login;
-- What was under way is the original's to find out.
UPDATE twitter_engagement
   SET state = 'unknown',
       check_at = NULL
 WHERE state IN ('sending', 'unknown');
DELETE FROM ir_config_parameter
 WHERE key IN (
        'crm_twitter.client_id',
        'crm_twitter.client_secret',
        'crm_twitter.bearer_token'
       );
-- Jobs under way are the original's.
DELETE FROM twitter_compliance_job WHERE state IN ('created', 'uploaded');
-- So are calls under way, and what X has said of the original's limits and credits.
DELETE FROM twitter_reservation;
DELETE FROM mail_activity WHERE res_model = 'twitter.limit';
DELETE FROM twitter_limit;
-- The copy's app is another one, to which X bills all of it anew.
DELETE FROM twitter_billed_resource;
