"""How the parts of the site stand, as Prometheus reads it."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from discussion.jobs.queries import Part


def told(parts: dict[str, Part]) -> bytes:
    """Every part and its numbers, in Prometheus' own lines."""
    registry = CollectorRegistry()
    registry.register(_Parts(parts))
    return generate_latest(registry)


class _Parts(Collector):
    def __init__(self, parts: dict[str, Part]) -> None:
        self._parts = parts

    def collect(self) -> Iterable[Metric]:
        well = GaugeMetricFamily("discussion_well", "1 if this part is well", labels=["part"])
        for name, part in self._parts.items():
            well.add_metric([name], float(part.is_well))
        yield well
        yield from self._numbers()

    def _numbers(self) -> Iterator[Metric]:
        for name, part in self._parts.items():
            for number, value in part.numbers.items():
                says = f"{name}: {number.replace('_', ' ')}"
                yield GaugeMetricFamily(f"discussion_{name}_{number}", says, value=value)
