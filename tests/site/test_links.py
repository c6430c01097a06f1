"""No broken link, no broken anchor, nothing that is fetched from a network, in every page."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

_FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.fetched = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids.add(given.get("id"))
        if tag == "a":
            self.ids.add(given.get("name"))
            if given.get("href"):
                self.links.append(given["href"])
        if _FETCHED.get(tag) in given:
            self.fetched.append(given[_FETCHED[tag]])


@pytest.fixture(scope="module")
def read(pages):
    return {p.resolve(): Page(p.read_text(encoding="utf-8")) for p in pages}


def target(page, address):
    return (page.parent / unquote(address.path)).resolve() if address.path else page


def test_every_link_and_anchor_exists(read):
    broken, checked = [], 0
    for path, page in read.items():
        for link in page.links:
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            checked += 1
            there = target(path, address)
            if not there.exists():
                broken.append(f"{path.name}: {link}")
            elif address.fragment and there in read and unquote(address.fragment) not in read[there].ids:
                broken.append(f"{path.name}: {link} (no such anchor)")
    print(f"{checked} links in {len(read)} pages")
    assert checked > 500
    assert not broken


def test_nothing_is_fetched_from_a_network(read):
    outside = []
    for path, page in read.items():
        for resource in page.fetched:
            address = urlsplit(resource)
            if address.scheme in ("http", "https") or address.netloc:
                outside.append(f"{path.name}: {resource}")
            elif not address.scheme and not target(path, address).exists():
                outside.append(f"{path.name}: {resource} is missing")
    assert not outside


def test_every_label_of_the_book_is_an_anchor(read):
    from symbolic_mqb.book import paper
    from symbolic_mqb.sphinxext.domain import anchor

    ids = set().union(*(page.ids for page in read.values()))
    assert not [label for label in paper().labels if anchor(label) not in ids]
