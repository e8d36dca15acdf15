from . import crm_twitter
