"""Getting in: registering, activating, logging in and out, recovering, the password, the profile."""
