"""The same groups by red-dwarf; run by the Python of its own environment, without this project."""

import json
import sys
import time
import warnings
from pathlib import Path
from typing import Any


def main(path: str, rounds: int) -> None:
    import numpy as np
    from reddwarf.implementations.base import run_pipeline  # type: ignore[import-not-found]

    warnings.simplefilter("ignore")
    kept = np.load(path)
    people = np.repeat(np.arange(len(kept["starts"]) - 1), np.diff(kept["starts"]))
    cells = zip(people.tolist(), kept["statements"].tolist(), kept["values"].tolist(), strict=True)
    votes = [
        {"participant_id": who, "statement_id": what, "vote": vote, "modified": 0}
        for who, what, vote in cells
    ]
    seconds = []
    for _ in range(rounds):
        began = time.perf_counter()
        found: Any = run_pipeline(
            votes=votes, mod_out_statement_ids=kept["out"].tolist(), random_state=0
        )
        seconds.append(time.perf_counter() - began)
    labels = [-1] * (len(kept["starts"]) - 1)
    for who, label in found.participants_df["cluster_id"].dropna().items():
        labels[who] = int(label)
    report = {
        "seconds": round(min(seconds), 3),
        "megabytes": _peak_megabytes(),
        "k": int(found.clusterer.n_clusters),
    }
    print(json.dumps(report | {"labels": labels}))


def _peak_megabytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
