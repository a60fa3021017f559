"""The tests. While they are collected nothing becomes garbage, so nothing looks for any."""

import gc

gc.disable()  # until pytest_collection_finish of conftest
