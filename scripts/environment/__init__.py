"""What a machine must have to run the addon: Odoo, packages, PostgreSQL, Chromium.

Modules named in ``entrance`` run before any package is installed and use the standard
library only.
"""
