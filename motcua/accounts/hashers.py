"""Password hashing at a cost a small machine can bear."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ModestArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with OWASP's first recommended cost: 19 MiB, two passes, one lane (about 30 ms)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
