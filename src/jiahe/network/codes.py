"""The code of an invitation, said once, by telephone or on paper: the place, the certificate there, and a secret."""

import base64
from typing import NamedTuple

from jiahe.network.facts import Level
from jiahe.network.problems import CodeMalformed

SECRET_BYTES = 16


class Code(NamedTuple):
    """What an invitation says: where to call, as what area and level, whose certificate to expect, and the secret."""

    place: str
    area: str
    level: Level
    certificate: bytes
    secret: bytes

    @property
    def host(self) -> str:
        """The name or number to call."""
        return self.place.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """The port to call."""
        return int(self.place.rpartition(":")[2])


def write(code: Code) -> str:
    """The code as it is said: "host:port/area/level#XXXX-XXXX-...".

    >>> made = write(Code("county.example:4222", "411723101", Level.TOWNSHIP, bytes(16), bytes(16)))
    >>> made
    'county.example:4222/411723101/township#AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA'
    >>> read(made).place
    'county.example:4222'
    """
    letters = base64.b32encode(code.certificate + code.secret).decode().rstrip("=")
    groups = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    return f"{code.place}/{code.area}/{code.level}#{groups}"


def read(text: str) -> Code:
    """What a code says. Raises CodeMalformed."""
    said, _, letters = "".join(text.split()).partition("#")
    parts = said.split("/")
    letters = letters.upper().replace("-", "").replace("0", "O").replace("1", "I").replace("8", "B")
    try:
        place, area, level = parts
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
        code = Code(place, area, Level(level), raw[:-SECRET_BYTES], raw[-SECRET_BYTES:])
        if len(raw) != 2 * SECRET_BYTES or not code.host or not 0 < code.port < 65536:
            raise CodeMalformed
    except ValueError as error:
        raise CodeMalformed from error
    return code
