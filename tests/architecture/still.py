"""What still breaks promises 16 and 17; both lists may only shrink."""

UPWARDS: frozenset[str] = frozenset(
    {
        "series.forms → positions.words",
        "series.operations.scales → threads.models",
        "series.queries.convening → positions.models",
        "series.queries.scales → positions.models",
        "series.queries.scales → threads.models",
        "series.tasks → positions.models",
        "series.tasks → threads.models",
        "threads.operations.carrying → rounds.models",
        "threads.operations.regrouping → rounds.models",
        "threads.operations.stages → rounds.operations.holding",
        "threads.operations.stages → rounds.queries.finding",
        "threads.operations.undoing → rounds.models",
        "threads.operations.warning → rounds.models",
        "threads.queries.cycles → findings.models",
        "threads.queries.cycles → findings.queries.headline",
        "threads.queries.cycles → findings.shapes",
        "threads.queries.cycles → rounds.models",
        "threads.queries.needs → rounds.models",
        "threads.queries.needs → rounds.queries.finding",
        "threads.queries.overdue → rounds.queries.finding",
        "threads.queries.rated → findings.models",
        "threads.queries.rated → findings.queries.headline",
        "threads.queries.rated → findings.shapes",
        "threads.queries.rated → rounds.models",
        "threads.queries.shapes → findings.shapes",
        "threads.queries.waiting → rounds.queries.finding",
        "values.queries → mutes.queries.marking",
        "values.queries → positions.models",
        "values.queries → positions.queries.meant",
        "values.queries → threads.models",
        "values.queries_merging → positions.models",
        "values.queries_merging → positions.queries.meant",
        "values.queries_merging → threads.models",
        "values.tasks → positions.models",
        "values.tasks → positions.queries.meant",
        "values.tasks → threads.models",
    }
)

DISPATCHES: dict[str, int] = {
    "threads.operations.carrying": 1,
}

MOST_PAIRS = 12
