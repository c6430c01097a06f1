"""The built site: MQB_SITE names its folder (`make -C docs html`, then docs/_build/html)."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def site():
    folder = os.environ.get("MQB_SITE")
    if not folder:
        pytest.skip("build the site (make -C docs html) and set MQB_SITE to docs/_build/html")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def pages(site):
    return sorted(p for p in site.rglob("*.html") if "_static" not in p.parts)
