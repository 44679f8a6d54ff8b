"""Django's SQLite backend on SQLCipher: the same database, encrypted at rest."""
