"""The table of all rows: ``python -m tests.oracles.reported [id …]``."""

from __future__ import annotations

import logging
import sys
import time

from tests.oracles.reported.rows import answered
from tests.oracles.reported.table import OPEN, ROWS


def main(wanted: list[str]) -> None:
    logging.disable(logging.CRITICAL)  # Streamlit tells every exception box on the console too
    wrong = []
    for row in ROWS.values():
        if wanted and row.id not in wanted:
            continue
        begun = time.perf_counter()
        answer = answered(row)
        took = time.perf_counter() - begun
        verdict = "right" if answer.right else "WRONG"
        print(f"{row.id:6} {verdict}  {row.what}  ({took:.1f} s)")
        print(f"       says: {answer.says[:400]}")
        for fault in answer.faults[:5]:
            print(f"       fault: {fault}")
        wrong += [] if answer.right else [row.id]
    print(f"{len(wrong)} wrong: {' '.join(wrong)}")
    asked = {name for name in OPEN if not wanted or name in wanted}
    print(f"wrong, but not in OPEN: {sorted(set(wrong) - asked)}")
    print(f"right, but in OPEN: {sorted(asked - set(wrong))}")


if __name__ == "__main__":
    main(sys.argv[1:])
