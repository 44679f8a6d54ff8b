"""The database itself refuses to change the journal: no UPDATE but erasing a content, no DELETE, no TRUNCATE.

All vendor SQL of this room stands here.
"""

KEPT = (
    "seq", "entry_id", "origin", "origin_seq", "clock", "at_ms", "kind", "area", "officer", "post", "about", "voids",
    "suite", "commitment", "leaf", "signature",
)  # fmt: skip
_MESSAGE = "the journal is append-only"

SQLITE = (
    f"""CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
        WHEN NEW.content IS NOT NULL OR NEW.salt IS NOT NULL OR {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in KEPT)}
        BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END""",
    f"""CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END""",
)

POSTGRESQL = (
    f"""CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry FOR EACH ROW
        WHEN (NEW.content IS NOT NULL OR NEW.salt IS NOT NULL
              OR {" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in KEPT)})
        EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
        FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
        FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()""",
)


def names(vendor: str) -> tuple[str, ...]:
    """The triggers that must be in place."""
    always = ("journal_entry_no_update", "journal_entry_no_delete")
    return (*always, "journal_entry_no_truncate") if vendor == "postgresql" else always


def statements(vendor: str) -> tuple[str, ...]:
    """The statements that set the triggers up on this database."""
    return POSTGRESQL if vendor == "postgresql" else SQLITE


def present(vendor: str) -> str:
    """The query that lists the names of the triggers in place."""
    if vendor == "postgresql":
        return "SELECT tgname FROM pg_trigger WHERE tgrelid = 'journal_entry'::regclass AND tgenabled = 'O'"
    return "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'"
