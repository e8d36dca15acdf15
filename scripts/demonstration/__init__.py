"""The demo: a simulator of X, Odoo with demo data, and people to log in as."""
