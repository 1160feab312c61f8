"""The codes a supervisor can hold, as the boards' rules name them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Code:
    """One credential: a state's `licence`, a state board's `designation` of supervisors, or a body's `national` one.

    `on` lists the base licences a designation is given on; `discipline` is None where the code belongs to none.
    """

    code: str
    name: str
    kind: str
    discipline: str | None = None
    on: tuple[str, ...] = ()

    @property
    def includes(self) -> frozenset[str]:
        """The codes that its holder holds: this one, and the base licence of a designation."""
        return frozenset((self.code, *self.on))


def _table() -> Mapping[str, Code]:
    rows = tomllib.loads((HERE / "credentials.toml").read_text("utf-8"))["credential"]
    codes = [Code(**{**row, "on": tuple(row.get("on", ()))}) for row in rows]
    return MappingProxyType({code.code: code for code in codes})


CODES = _table()
INCLUDES = {code.code: code.includes for code in CODES.values()}
