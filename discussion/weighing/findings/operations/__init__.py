"""Keeping snapshots of findings, and promising that they will be made."""

from discussion.weighing.findings.operations.computing import compute_findings, keep_findings
from discussion.weighing.findings.operations.promising import promise_findings
from discussion.weighing.findings.words import COMPUTE

__all__ = ["COMPUTE", "compute_findings", "keep_findings", "promise_findings"]
