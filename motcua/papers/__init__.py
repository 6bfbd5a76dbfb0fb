"""Official papers the system issues: number, layout, PDF. Keyed by kind, never by a form's number."""
