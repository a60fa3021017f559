"""Making snapshots of findings, and promising that they will be made."""

from discussion.findings.operations.computing import compute_findings, find_stale
from discussion.findings.operations.promising import COMPUTE, promise_findings

__all__ = ["COMPUTE", "compute_findings", "find_stale", "promise_findings"]
