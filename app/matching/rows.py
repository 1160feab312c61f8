"""From the number of an opening to its row in the index: an array, a tenth of the size of a dict."""

import numpy as np
from numpy.typing import NDArray


class RowOf:
    """Reads like a dict of row numbers by opening id; `rows` holds -1 where an opening has no row."""

    def __init__(self) -> None:
        self.rows = np.full(64, -1, np.int32)

    def __getitem__(self, opening_id: int) -> int:
        row = self.get(opening_id)
        if row is None:
            raise KeyError(opening_id)
        return row

    def __contains__(self, opening_id: int) -> bool:
        return self.get(opening_id) is not None

    def get(self, opening_id: int) -> int | None:
        """Its row, None if it has none."""
        row = int(self.rows[opening_id]) if 0 <= opening_id < len(self.rows) else -1
        return row if row >= 0 else None

    def of(self, openings: NDArray[np.int64]) -> NDArray[np.int64]:
        """Rows of many, -1 for those that have none."""
        known = (openings >= 0) & (openings < len(self.rows))
        found = np.full(len(openings), -1, np.int64)
        found[known] = self.rows[openings[known]]
        return found

    def put(self, openings: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
        """Say where openings stand; -1 for nowhere."""
        if not len(openings):
            return
        most = int(openings.max())
        if most >= len(self.rows):
            more = np.full(most + most // 50 + 64 - len(self.rows), -1, np.int32)
            self.rows = np.concatenate([self.rows, more])
        self.rows[openings] = rows
