"""Third-party code of the browser, made into what static/lib holds."""
