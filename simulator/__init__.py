"""A stand-in for X on this machine: api.x.com and x.com over HTTP, in memory.

It exists so that the addon can be tried, taught and tested without an X account and
without spending money. It never imports the client: the two meet only over HTTP, so
that they cannot share a mistake. Werkzeug (which Odoo brings) and the standard library
are all it needs.
"""
