"""Keeping snapshots of findings, and promising that they will be made."""

from discussion.findings.operations.computing import compute_findings, keep_findings
from discussion.findings.operations.promising import COMPUTE, promise_findings

__all__ = ["COMPUTE", "compute_findings", "keep_findings", "promise_findings"]
