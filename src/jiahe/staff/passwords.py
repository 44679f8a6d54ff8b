"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters: 19 MiB, two passes, one lane.

    Django's default (100 MiB, eight lanes) stalls a two-core machine when everybody logs in at eight o'clock.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
