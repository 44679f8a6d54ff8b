"""The certificate that a pipe shows: whoever asks for it gets the same, also when several begin at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from jiahe.network import certificates

AT = datetime(2026, 11, 26, tzinfo=UTC)


def made(folder: str) -> str:
    certificate, _ = certificates.make(Path(folder), "411723-0123456789abcdef", at=AT)
    return certificate.read_text("ascii")


def test_several_who_begin_at_once_show_one_certificate(tmp_path: Path) -> None:
    for number in range(5):
        with ThreadPoolExecutor(4) as pool:
            found = set(pool.map(made, [str(tmp_path / str(number))] * 8))
        assert len(found) == 1
