"""The common room of the faces: components, template tags, static files. No tables, no queries."""
