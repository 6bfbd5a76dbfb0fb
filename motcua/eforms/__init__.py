"""E-forms: definitions and their versions, the lists they choose from, and how they are shown."""
