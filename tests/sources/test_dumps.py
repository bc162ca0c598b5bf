"""Pasted pages of all sorts of layouts, each taken apart into what it holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources import read, read_bytes
from dateline.sources.dumps import split

PAGES = Path(__file__).parent / "pages"
ACCEPTANCE = Path(__file__).resolve().parents[3] / "shared" / "acceptance"


def shape(text: str) -> list[tuple[str, str | None, int, int]]:
    """(kind, title, first line, last line) of every item."""
    return [
        (item.kind, item.title.text if item.title else None, item.lines[0].number, item.lines[-1].number)
        for item in split(text).items
    ]


def page(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


CASES: dict[str, list[tuple[str, str | None, int, int]]] = {
    # Menu, headline, byline, time, blank lines, an advertisement inside, related headlines, a rights line.
    "harbour": [
        ("article", "New ferry terminal opens in Poti after two years of delays", 8, 20),
        ("headline", None, 24, 24),
        ("headline", None, 25, 25),
    ],
    "briefs": [("brief", None, line, line) for line in range(1, 6)],
    "headlines": [("headline", None, line, line) for line in range(1, 5)],
    # Headline, teaser, age, "Read more", three times.
    "cards": [
        ("brief", "Rail link to Kars reopens for freight", 2, 2),
        ("brief", "Hailstorm ruins a third of Kakheti's grapes", 7, 7),
        ("brief", "Museum in Shusha gets its carpets back", 12, 12),
    ],
    # Hard-wrapped at 72 columns: four paragraphs, named by their first line.
    "wrapped": [("article", None, 1, 12)],
    "russian": [("article", "В Бишкеке открыли новый автовокзал", 7, 11), ("headline", None, 13, 13)],
    "turkish": [("article", "Kars'ta peynir müzesi kapılarını açtı", 2, 6)],
    "azerbaijani": [("brief", None, line, line) for line in (1, 2, 3)],
    # A headline over a teaser that is cut off and stands in full below; another cut-off one that does not.
    "teasers": [("headline", None, 1, 1), *(("brief", None, line, line) for line in (3, 4, 5, 6))],
    "two-articles": [("article", None, 1, 5), ("article", None, 7, 11)],
    # Two reports of one crash are two briefs, however many words they share.
    "siblings": [("brief", None, line, line) for line in (1, 2, 3)],
    # A whole page as the browser copies it: menu, share buttons, comment form, most read, cards.
    "solar": [
        ("article", "Azerbaijan opens two solar parks near Jabrayil", 19, 33),
        *(("headline", None, line, line) for line in (48, 50, 52)),
        ("brief", "Turkmenistan to double gas sales to Türkiye", 56, 56),
        ("brief", "Armenian farmers block road over water", 59, 59),
    ],
    "russian-briefs": [("brief", None, line, line) for line in range(1, 6)],
    "convention": [("article", "Georgia's parliament votes to leave convention", 6, 14)],
    "azerbaijani-articles": [
        ("article", "Bakıda yeni metro stansiyası açıldı", 2, 6),
        ("brief", "Türkiyədə meşə yanğını söndürülüb", 8, 8),
    ],
    "subheads": [("article", "Inside the last silk mill of Margilan", 2, 8)],
}
BOILERPLATE = {
    "harbour": [1, 14, 22, 27],
    "cards": [3, 4, 8, 9, 13, 14],
    "russian": [1, 2, 3, 4, 12, 14, 15],
    "turkish": [7, 8, 9],
    "azerbaijani": [4, 5, 6],
    "teasers": [7, 8],
    "solar": [
        *range(1, 9),
        11,
        *range(13, 18),
        25,
        29,
        *range(35, 39),
        *range(40, 45),
        46,
        47,
        49,
        51,
        54,
        57,
        60,
        *range(62, 66),
    ],
    "convention": [1, 4, 12, 16],
    "azerbaijani-articles": [9],
    "two-articles": [6],
}


@pytest.mark.parametrize("name", CASES)
def test_layouts(name: str) -> None:
    assert shape(page(name)) == CASES[name]
    assert [line.number for line in split(page(name)).boilerplate] == BOILERPLATE.get(name, [])


def test_every_fixture_is_tested() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == set(CASES)


def test_a_cut_off_double_names_what_it_doubles() -> None:
    rejects = [item for item in read_bytes("page", page("teasers").encode()) if isinstance(item, Reject)]
    double = next(item for item in rejects if item.kind == "duplicate")
    assert (double.position, double.reason) == ("line 2", "cut short; line 4 has the whole of it")


def test_nothing_is_lost() -> None:
    for name in CASES:
        dump = split(page(name))
        used = sorted(
            [line.number for item in dump.items for line in item.lines]
            + [item.title.number for item in dump.items if item.title]
            + [line.number for line in (*dump.boilerplate, *dump.stamps)]
            + [line.number for line, _ in dump.doubles]
        )
        assert len(used) == len(set(used))
        if name != "wrapped":
            filled = [number for number, line in enumerate(page(name).splitlines(), 1) if line.strip()]
            assert used == filled


def test_wrapped_paragraphs_are_made_whole() -> None:
    (item,) = split(page("wrapped")).items
    assert len(item.lines) == 4
    assert "since the spring" in item.text


@pytest.mark.parametrize("gap", ["\t", "\t\t", "      "])
def test_a_menu_in_one_line_is_none_of_its_news(gap: str) -> None:
    dump = split(gap.join(["Home", "World news", "Sport", "Arts and culture"]) + f"\n{TUNNEL[0]}\n")
    assert [line.text for line in dump.boilerplate] == ["Home | World news | Sport | Arts and culture"]
    assert [item.text for item in dump.items] == [TUNNEL[0]]


@pytest.mark.parametrize(
    "line", ["Talks\tresume in Geneva", "\tTunnel under the pass opened to lorries", "A\tB"]
)
def test_a_tab_alone_makes_no_menu(line: str) -> None:
    assert "|" not in "".join(item.text for item in split(line).items)


TUNNEL = [
    "A tunnel under the Hamza pass was opened to lorries on Thursday, the road agency said.",
    "The tunnel is nine kilometres long, and the agency expects two thousand lorries a day in it.",
    "“We have waited for this tunnel for thirty years,” said Anvar Rahimov, who heads the agency.",
    "Rahimov said cars would follow in the spring, once the lights in the tunnel were in place.",
]
BRIEFS = [
    "A court in Batumi has fined two owners of a ferry for leaving the harbour in a storm last week.",
    "Farmers near Shymkent said on Sunday that locusts had eaten a third of their wheat.",
]


def test_briefs_right_behind_an_article_are_their_own() -> None:
    items = split("\n".join([*TUNNEL, *BRIEFS])).items
    assert [item.text for item in items] == ["\n".join(TUNNEL), *BRIEFS]


def test_time_line_and_outlet() -> None:
    articles = [item for item in read_bytes("page", page("harbour").encode()) if isinstance(item, Article)]
    assert {a.published for a in articles} == {"2025-03-15T14:20:00"}
    assert {(a.source, a.source_country, a.language) for a in articles} == {("Agenda.ge", "GE", "en")}


def test_a_day_that_the_text_gives_away() -> None:
    # 5 May is a Monday in 2025.
    articles = [item for item in read_bytes("page", page("siblings").encode()) if isinstance(item, Article)]
    assert {a.published for a in articles} == {"2025-05-05"}


def test_an_undated_page_takes_the_users_date_or_none() -> None:
    text = page("headlines").encode()
    assert {i.published for i in read_bytes("p", text) if isinstance(i, Article)} == {None}
    assert {i.published for i in read_bytes("p", text, date="2025-02-03") if isinstance(i, Article)} == {
        "2025-02-03"
    }


def test_a_dated_page_keeps_its_date() -> None:
    found = read_bytes("p", page("harbour").encode(), date="2024-01-01", source="The Quay")
    assert {(i.published, i.source) for i in found if isinstance(i, Article)} == {
        ("2025-03-15T14:20:00", "The Quay")
    }


def test_time_lines_under_their_items() -> None:
    text = "\n".join(
        [
            "A reservoir near Batken has filled for the first time in six years, farmers in the valley said.",
            "3 June 2025",
            "The Georgian chess federation has chosen a woman of nineteen to lead its team at the next olympiad.",
            "4 June 2025",
        ]
    )
    assert [item.published for item in split(text).items] == ["2025-06-03", "2025-06-04"]


def test_an_agency_that_is_quoted_is_not_the_outlet() -> None:
    text = (
        "The dam will be finished by autumn, the minister told Reuters.\n"
        "He told Reuters that the cracks had been closed.\n© 2025 OC Media"
    )
    assert {i.source for i in read_bytes("p", text.encode()) if isinstance(i, Article)} == {"OC Media"}


@pytest.mark.parametrize("line", ["Report an error", "Photo: Reuters", "5 min read · Time to subscribe"])
def test_words_and_credits_name_no_outlet(line: str) -> None:
    text = f"The dam will be finished by autumn, the ministry of water said on Tuesday.\n{line}"
    assert {i.source for i in read_bytes("p", text.encode()) if isinstance(i, Article)} == {None}


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fall as the lira slips again",
        "Follow the money: how a bridge in Osh cost twice its price",
        "Apple said on Monday that developers could leave the App Store without paying.",
        "Will you pay more for bread this winter?",
        "Store owners in Tbilisi say the new tax on sugar will close a third of them by spring.",
        "Watch makers of Geneva fear a tariff",
        "Comment by minister angers farmers",
    ],
)
def test_news_that_sounds_like_an_interface(line: str) -> None:
    assert not split(line).boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter and get the week's stories in your inbox",
        "We use cookies to improve your experience on this site",
        "Sign in",
        "Log in to leave a comment",
        "Read more: Ferry to Baku delayed again",
        "12 comments",
        "5 min read",
        "Tags: water, Caspian, Aktau",
        "Photo: Press office of the port",
        "What do you think?",
        "Download our app for iOS and Android",
        "Follow us on Telegram",
        "• • •",
        "https://example.org/news/17",
        "Скачайте наше приложение",
        "Поделиться",
        "А что вы думаете об этом?",
        "Yorum yaz",
        "Bizi izləyin",
    ],
)
def test_interface_lines(line: str) -> None:
    dump = split(line)
    assert [found.text for found in dump.boilerplate] == [line]
    assert not dump.items


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_text_is_taken_apart(lines: list[str]) -> None:
    dump = split("\n".join(lines))
    for item in dump.items:
        assert item.text.strip()
    assert dump == split("\n".join(lines))


@pytest.mark.parametrize("text", ["word " * 200_000, "a, " * 300_000, "x" * 1_000_000, "Aa Bb. " * 150_000])
def test_one_giant_line(text: str) -> None:
    assert len(split(text).items) <= 1


def test_many_lines() -> None:
    text = "\n".join(
        f"Village number {n} has asked its district for a pump and {n} pipes." for n in range(5_000)
    )
    assert split(text).items


needs_page = pytest.mark.skipif(not ACCEPTANCE.is_dir(), reason="../shared/acceptance is not here")


@needs_page
def test_the_acceptance_page() -> None:
    expected = json.loads((ACCEPTANCE / "anewz-expected.json").read_text(encoding="utf-8"))
    items = list(read([str(ACCEPTANCE / expected["page"])]))
    articles = [item for item in items if isinstance(item, Article)]
    rejects = [item for item in items if isinstance(item, Reject)]
    told = [a for a in articles if a.kind != "headline"]
    assert [a.kind for a in told] == [row["kind"] for row in expected["articles"]]
    for article, row in zip(told, expected["articles"], strict=True):
        assert article.text.startswith(row["starts"])
        # The end is given from memory there; its last words are the page's own.
        assert article.text.endswith(row.get("ends", "")[-60:])
    assert [a.title for a in articles if a.kind == "headline"] == expected["headline_only"]
    assert [r.excerpt for r in rejects if r.kind == "boilerplate"] == expected["dropped_lines"]
    assert [r.position for r in rejects if r.kind == "duplicate"] == ["line 2"]
    assert {a.published for a in articles} == {expected["reference_date"]["value"]}
    source = expected["source"]
    assert {(a.source, a.source_country) for a in articles} == {(source["name"], source["country"])}
