"""The trip of a dossier told through the faces, in a real browser, against the product as `make run` starts it."""
