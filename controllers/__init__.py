from . import crm_twitter, crm_twitter_export, spreadsheets
