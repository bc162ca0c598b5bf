"""Dates: what is a time expression, what it means against a reference date, and what must not be one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import DATE_OF, DateFinding
from dateline.findings import dates, sentences
from dateline.findings.dates import timex

REFERENCE = date(2025, 12, 15)  # a Monday


def _find(text: str, reference: date | None = REFERENCE, language: str = "en") -> list[DateFinding]:
    return dates.find(text, sentences.split(text), reference, language)


def _values(text: str, reference: date | None = REFERENCE, language: str = "en") -> list[tuple[str, str]]:
    return [(finding.surface, finding.value) for finding in _find(text, reference, language)]


VALUES: tuple[tuple[str, list[tuple[str, str]]], ...] = (
    # weekdays, their direction from the verb
    ("The minister said Sunday it was over.", [("Sunday", "2025-12-14")]),
    ("They will meet on Friday.", [("Friday", "2025-12-19")]),
    ("They met on Friday.", [("Friday", "2025-12-12")]),
    ("The trial is expected to open on Thursday.", [("Thursday", "2025-12-18")]),
    ("The deadline was extended until Wednesday.", [("Wednesday", "2025-12-17")]),
    ("Police said on Monday that he fled.", [("Monday", "2025-12-15")]),
    ("He left last Monday.", [("last Monday", "2025-12-08")]),
    ("He leaves next Monday.", [("next Monday", "2025-12-22")]),
    ("It had been due to close on Friday.", [("Friday", "2025-12-12")]),
    ("Shops close on Saturday evening.", [("Saturday evening", "2025-12-13TEV")]),
    # a weekday beside a day and month is one expression, and fixes the year
    ("He said so on Monday (15 December).", [("Monday (15 December)", "2025-12-15")]),
    ("He said so on Sunday, Dec. 14.", [("Sunday, Dec. 14", "2025-12-14")]),
    ("It fell on Tuesday, 12 March.", [("Tuesday, 12 March", "2024-03-12")]),
    ("It fell on Tuesday, March 12, 2019.", [("Tuesday, March 12, 2019", "2019-03-12")]),
    # day and month
    ("The talks were held on 5 December.", [("5 December", "2025-12-05")]),
    ("It rained on Dec. 5 and stopped.", [("Dec. 5", "2025-12-05")]),
    ("Born of the 14th of December, it grew.", [("the 14th of December", "2025-12-14")]),
    ("It was hit on January 3.", [("January 3", "2026-01-03")]),
    ("The fair ran on December 5-7.", [("December 5-7", "2025-12-05/2025-12-07")]),
    ("Between 14 and 16 December, snow fell.", [("14 and 16 December", "2025-12-14/2025-12-16")]),
    ("It snowed on April 24 and 25.", [("April 24", "2025-04-24"), ("25", "2025-04-25")]),
    ("The leap fell on 29 February.", [("29 February", "2024-02-29")]),
    # full dates
    ("Signed 2025-12-14 at noon GMT.", [("2025-12-14", "2025-12-14"), ("noon", "2025-12-14T12:00")]),
    ("Signed on 14 December 2025.", [("14 December 2025", "2025-12-14")]),
    ("Signed on December 14, 2025, there.", [("December 14, 2025", "2025-12-14")]),
    ("Signed 14.12.2025.", [("14.12.2025", "2025-12-14")]),
    ("Signed 12/14/2025.", [("12/14/2025", "2025-12-14")]),
    ("Signed 03/04/2025.", [("03/04/2025", "2025-03-04")]),
    ("Signed 03.04.2025.", [("03.04.2025", "2025-04-03")]),
    # months
    ("It happened in November.", [("November", "2025-11")]),
    ("It will happen in February.", [("February", "2026-02")]),
    ("Snow came in early March 2024.", [("early March 2024", "2024-03")]),
    ("He quit in June last year.", [("June last year", "2024-06")]),
    ("He quit last May.", [("last May", "2025-05")]),
    # years and longer
    ("In 2023 and 2024, he took part.", [("2023", "2023"), ("2024", "2024")]),
    ("Russia's 2022 war goes on.", [("2022", "2022")]),
    ("In the late 1970s it closed.", [("the late 1970s", "197")]),
    ("In the nineties it closed.", [("the nineties", "199")]),
    ("It dates from the 19th century.", [("the 19th century", "18")]),
    ("In nineteen eighty-four he left.", [("nineteen eighty-four", "1984")]),
    ("Sales fell in the third quarter.", [("the third quarter", "2025-Q3")]),
    ("Sales fell in the first quarter of 2024.", [("the first quarter of 2024", "2024-Q1")]),
    ("Sales fell in the second half of 2024.", [("the second half of 2024", "2024-H2")]),
    ("In the winter of 2024 it froze.", [("the winter of 2024", "2024-WI")]),
    ("It froze last winter.", [("last winter", "2024-WI")]),
    ("In fiscal 2024 it grew.", [("fiscal 2024", "2024")]),
    # relative
    ("It happened yesterday.", [("yesterday", "2025-12-14")]),
    ("It happened today.", [("today", "2025-12-15")]),
    ("It happens tomorrow.", [("tomorrow", "2025-12-16")]),
    ("Shells fell overnight.", [("overnight", "2025-12-15TNI")]),
    ("It happened last night.", [("last night", "2025-12-14TNI")]),
    ("It happened two days ago.", [("two days ago", "2025-12-13")]),
    ("It happened three weeks ago.", [("three weeks ago", "2025-W48")]),
    ("It happened last week.", [("last week", "2025-W50")]),
    ("It happened earlier this week.", [("earlier this week", "2025-W51")]),
    ("It happened last month.", [("last month", "2025-11")]),
    ("It happened last year.", [("last year", "2024")]),
    ("It happened over the weekend.", [("the weekend", "2025-W50-WE")]),
    ("It began on 3 May 2025; the previous day was calm.",
     [("3 May 2025", "2025-05-03"), ("the previous day", "2025-05-02")]),
    ("On 3 May 2025 it began. Two days later it ended.",
     [("3 May 2025", "2025-05-03"), ("Two days later", "2025-05-05")]),
    ("In the third quarter it lost more than a year earlier.",
     [("the third quarter", "2025-Q3"), ("a year earlier", "2024-Q3")]),
    ("He is now at home.", [("now", "PRESENT_REF")]),
    ("He recently moved.", [("recently", "PAST_REF")]),
    ("That will change in the future.", [("the future", "FUTURE_REF")]),
    # times
    ("It began at 5 p.m. on Friday.", [("5 p.m. on Friday", "2025-12-12T17:00")]),
    ("It began on Friday at 17:30 GMT.", [("Friday", "2025-12-12"), ("17:30 GMT", "2025-12-12T17:30")]),
    ("At 0735 GMT the gates opened.", [("0735 GMT", "2025-12-15T07:35")]),
    ("It struck at 3:15 a.m. local time on Sunday.", [("3:15 a.m.", "2025-12-14T03:15"), ("Sunday", "2025-12-14")]),
    ("It was moved to the day after tomorrow.", [("the day after tomorrow", "2025-12-17")]),
    ("It rained the day before yesterday.", [("the day before yesterday", "2025-12-13")]),
    ("Sales rose in Q3 2025.", [("Q3 2025", "2025-Q3")]),
    ("The agency will publish its October figures.", [("October", "2025-10")]),
    ("They will meet next October.", [("next October", "2026-10")]),
    ("It was signed 2025/12/14.", [("2025/12/14", "2025-12-14")]),
    ("He came this past Sunday.", [("this past Sunday", "2025-12-14")]),
    ("The 5 December meeting is over.", [("5 December", "2025-12-05")]),
    # counted from the event
    ("A bomb went off on 3 December. Two days after the attack, shops opened.",
     [("3 December", "2025-12-03"), ("Two days after", "2025-12-05")]),
    ("A bomb went off on 3 December. They met a week after that attack.",
     [("3 December", "2025-12-03"), ("a week after", "2025-W50")]),
    ("They met on Tuesday, a day after the vote.", [("Tuesday", "2025-12-09"), ("a day after", "2025-12-09")]),
    ("Two days after the attack, shops opened.", []),
    ("A bomb went off on 3 December. They met two days before the vote.", [("3 December", "2025-12-03")]),
    ("A man was shot on 3 December. It was 10 p.m. in the capital.",
     [("3 December", "2025-12-03"), ("10 p.m.", "2025-12-03T22:00")]),
    # what a past verb intends lies ahead
    ("They announced an agreement to buy the bank in January.", [("January", "2026-01")]),
    ("They bought the bank in January.", [("January", "2025-01")]),
    ("The ministers meet on Friday.", [("Friday", "2025-12-19")]),
    ("He will leave with the figures for October.", [("October", "2025-10")]),
    # the quarter a text is about
    ("In the third quarter it earned less. A weak second quarter had hurt. A year ago it had lost money.",
     [("the third quarter", "2025-Q3"), ("second quarter", "2025-Q2"), ("A year ago", "2024-Q3")]),
    ("It lost money in third quarters.", []),
    # years
    ("It forecast a loss for the full year.", [("the full year", "2025")]),
    ("It lost money in the year ended 30 June.", [("30 June", "2025-06-30")]),
    ("It lost money in the fiscal year ended 30 June.", [("30 June", "2025-06-30")]),
    ("It lost money in the current fiscal year.", [("the current fiscal year", "2025")]),
    ("It grew over the past decade.", []),
    ("He fled more than four decades ago.", []),
    # a night belongs to two days
    ("Shells fell on Saturday night.", [("Saturday night", "2025-12-13")]),
    ("It struck at 6 a.m. on Monday, police said.", [("6 a.m. on Monday", "2025-12-15T06:00")]),
    # holidays
    ("It opened on Christmas Eve.", [("Christmas Eve", "2025-12-24")]),
    ("It opened on New Year's Day 2025.", [("New Year's Day 2025", "2025-01-01")]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert _values(text) == expected


TRAPS = (
    "They may march on Saturn.",
    "March on, he told them.",
    "The March for Peace drew thousands.",
    "Theresa May lost the vote.",
    "May said no.",
    "April Jones won the race.",
    "The Sunday Times wrote about it.",
    "Bloody Sunday is a song.",
    "The second man ran off.",
    "There were 2020 people in the hall.",
    "They paid $2,023 for it.",
    "Some 1,500 troops left.",
    "He had 2,024 sheep.",
    "The virus is called 2019-nCoV.",
    "The shop is open 24/7.",
    "He scored 11.12 points.",
    "The vote was 51-49.",
    "Flight 1990 was late.",
    "Version 3.11.2 is out.",
    "He will fall in line.",
    "They signed it ahead of the winter season.",
    "A recent attack hit the port.",
    "He has two sons and ten days of leave.",
    "Every day counts.",
    "She is in her 50s.",
    "The hall holds 2000 people.",
    "He ran 1990 metres.",
    "The last man left.",
    "The springs of the sofa broke.",
    "Half the town slept.",
    "The Mon State fighters left.",
    "Phone 050-555-12-34.",
    "The year of the pig.",
    "Jan Smith sat down.",
    "A dozen people sat there.",
    "31 February is no day, nor is 31 April 2025.",
    "He turned 45/2000 down.",
    "The bar opens every Friday.",
    "He reads USA TODAY Sports and Caucasus Today.",
    "The queen laid a wreath on Remembrance Sunday.",
    "Now, what is next?",
    "In the years that followed he grew rich.",
    "They closed for the following months.",
    "It may take effect within the next year.",
)


@pytest.mark.parametrize("text", TRAPS)
def test_trap_is_no_date(text: str) -> None:
    assert _values(text) == []


def test_years_in_names_are_references() -> None:
    found = _find("After the 2020 Second Karabakh War and the 1988 Spitak earthquake, towns were rebuilt.")
    assert [(finding.surface, finding.of) for finding in found] == [
        ("2020", "reference"),
        ("1988", "reference"),
    ]


def test_ambiguous_numbers_say_how_they_were_read() -> None:
    [slashes], [dots] = _find("On 03/04/2025."), _find("On 03.04.2025.")
    assert "ambiguous" in slashes.rule and "month before day" in slashes.rule
    assert "ambiguous" in dots.rule and "day before month" in dots.rule


def test_a_finding_carries_its_interval_sentence_and_rule() -> None:
    text = "Nothing here. It happened last week."
    [finding] = _find(text)
    assert (finding.first, finding.last, finding.granularity) == (
        date(2025, 12, 8),
        date(2025, 12, 14),
        "week",
    )
    assert text[slice(*finding.sentence)] == "It happened last week."
    assert "2025-12-15" in finding.rule


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It happened on Sunday.", "XXXX-WXX-7"),
        ("It happened yesterday.", "XXXX-XX-XX"),
        ("It happened on 5 December.", "XXXX-12-05"),
        ("It happened in June.", "XXXX-06"),
        ("It happened two days ago.", "PAST_REF"),
        ("It happened on Monday (15 December).", "XXXX-12-15"),
        ("It happened last month.", "PAST_REF"),
    ],
)
def test_without_a_reference_relative_dates_stay_open(text: str, value: str) -> None:
    [finding] = _find(text, None)
    assert (finding.value, finding.first, finding.last) == (value, None, None)


def test_without_a_reference_absolute_dates_resolve() -> None:
    [finding] = _find("It happened on 5 December 2024.", None)
    assert finding.first == finding.last == date(2024, 12, 5)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Взрыв был в воскресенье, 14 декабря 2025 года.",
         [("воскресенье, 14 декабря 2025 года", "2025-12-14")]),
        ("ru", "Встреча состоится в пятницу.", [("пятницу", "2025-12-19")]),
        ("ru", "Пожар начался вчера.", [("вчера", "2025-12-14")]),
        ("ru", "Завод построили в марте 2024 года.", [("марте 2024 года", "2024-03")]),
        ("az", "Partlayış dekabrın 14-də baş verib.", [("dekabrın 14", "2025-12-14")]),
        ("az", "Zəlzələ bazar ertəsi olub.", [("bazar ertəsi", "2025-12-15")]),
        ("az", "Görüş 2025-ci ilin noyabrında keçirilib.", [("2025-ci ilin noyabrında", "2025-11")]),
        ("az", "Hadisə dünən baş verib.", [("dünən", "2025-12-14")]),
        ("tr", "Deprem 14 Aralık 2025'te oldu.", [("14 Aralık 2025", "2025-12-14")]),
        ("tr", "Kaza dün oldu.", [("dün", "2025-12-14")]),
        ("tr", "Bakanlar Cuma günü toplanacak.", [("Cuma günü", "2025-12-19")]),
    ],
)  # fmt: skip
def test_other_languages(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert _values(text, language=language) == expected


def test_statement_abroad() -> None:
    [finding] = _find("Министр заявил в понедельник, что всё спокойно.", language="ru")
    assert finding.of == "statement"


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Nine died on Saturday, officials said on Sunday.", (date(2025, 12, 13), date(2025, 12, 13), "day")),
        ("Nine died, officials said on Sunday.", None),
        ("Nothing is dated here.", None),
        (
            "In November it rained. The dam burst on 3 December.",
            (date(2025, 12, 3), date(2025, 12, 3), "day"),
        ),
        ("The dam burst in November.", (date(2025, 11, 1), date(2025, 11, 30), "month")),
        ("The fair ran on December 5-7.", (date(2025, 12, 5), date(2025, 12, 7), "day")),
        ("The party has governed since 2012.", None),
        (
            "The dam burst on Friday. A hearing is set for 20 December.",
            (date(2025, 12, 12), date(2025, 12, 12), "day"),
        ),
    ],
)
def test_best_interval(text: str, best: tuple[date, date, str] | None) -> None:
    assert dates.best_interval(_find(text), REFERENCE) == best


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The camp flooded from 28 November to 3 December.", date(2025, 11, 28), date(2025, 12, 3)),
        ("Shelling between November 30 and December 2 killed nine.", date(2025, 11, 30), date(2025, 12, 2)),
        (
            "The strike of 30 September – 2 October 2025 closed the port.",
            date(2025, 9, 30),
            date(2025, 10, 2),
        ),
    ],
)
def test_a_stretch_over_two_months_is_one_interval(text: str, first: date, last: date) -> None:
    found = _find(text)
    assert [f.value for f in found] == [first.isoformat(), last.isoformat()]
    assert {(f.first, f.last) for f in found} == {(first, last)}
    assert dates.best_interval(found, REFERENCE) == (first, last, "day")


@pytest.mark.parametrize(
    "text",
    [
        "The hearing moved from one court on 28 November and resumed on 3 December.",
        "Floods hit the valley on 28 November, 3 December and 9 December.",
        "It was open on 3 December, to 28 November nobody had come.",
    ],
)
def test_two_days_that_are_no_stretch(text: str) -> None:
    assert all(f.first == f.last for f in _find(text))


@pytest.mark.parametrize(
    "text",
    [
        "Nine died, and the ministry gave the figure on Thursday.",
        "The governor put the toll at nine on Thursday.",
        "BAKU, By Ann Lee and Bo Ray, Dec. 14 (Agency) - Nine died in a fire.",
        "Nine died, he wrote in a letter to the court on 8 December.",
        "Nine died. " + "It was a long day. " * 220 + "A fair was held on 3 May.",
    ],
)
def test_no_interval_from_statements_or_in_passing(text: str) -> None:
    assert dates.best_interval(_find(text), REFERENCE) is None


LATEST = date(2026, 11, 24)


def test_a_weekday_beside_a_date_tells_the_day_of_writing() -> None:
    day, why = dates.reference_date(
        "Nine people died, officials said on Monday (15 December).", latest=LATEST
    ) or (None, "")
    assert day == date(2025, 12, 15)
    assert "Monday" in why and "2025" in why


def test_the_latest_such_day_is_taken() -> None:
    text = "It began on Friday, 12 December. Officials said on Monday (15 December) it was over."
    assert (dates.reference_date(text, latest=LATEST) or (None,))[0] == date(2025, 12, 15)


def test_a_day_ahead_is_not_the_day_of_writing() -> None:
    text = "Police said on Monday (15 December) so. The court will meet on Friday, 19 December."
    assert (dates.reference_date(text, latest=LATEST) or (None,))[0] == date(2025, 12, 15)


def test_an_event_named_after_a_year_ahead_does_not_mislead() -> None:
    text = "Tickets for the 2027 Games sold out, the organisers said on Monday (15 December).\nCopyright 2026 Desk A"
    assert (dates.reference_date(text, latest=LATEST) or (None,))[0] == date(2025, 12, 15)


@pytest.mark.parametrize(
    "line",
    [
        "Published 14 December 2024",
        "By Ann Lee, December 14, 2024",
        "14.12.2024 10:30",
        "Last updated: 2024-12-14 10:30",
        "Dec 14, 2024",
        "BAKU, December 14, 2024 — A bus fell into a gorge, killing nine.",
    ],
)
def test_a_byline_serves(line: str) -> None:
    text = f"{line}\nNine people died on Sunday, officials said."
    day, why = dates.reference_date(text, latest=LATEST) or (None, "")
    assert day == date(2024, 12, 14)
    assert "byline" in why


def test_a_statement_with_its_full_date_serves() -> None:
    text = "The road, closed since 3 May 2021, has reopened, officials said on 14 December 2024."
    assert (dates.reference_date(text, latest=LATEST) or (None,))[0] == date(2024, 12, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nine people died on Sunday.",
        "The talks were held on 5 December.",
        "The war that began in 2020 is over.",
        "The talks ended on 14 December 2024.",
        # 15 December is a Monday in 2025, but the page speaks of 2026 as past
        "In 2026, towns were rebuilt, officials said on Monday (15 December).",
    ],
)
def test_no_day_of_writing(text: str) -> None:
    assert dates.reference_date(text, latest=LATEST) is None


_WORDS = (
    "on Monday ( ) 15 December , . 2025 the last year two days ago - : 5 p.m. of March may yesterday ' ’s 1990s Q 3rd "
    "quarter between and 14 to week 24/7 14.12.2025 2025-12-14 31 February nineteen ninety four said will in since"
)
_PIECES = st.sampled_from(_WORDS.split())


@given(
    st.lists(_PIECES, max_size=30).map(" ".join) | st.text(),
    st.sampled_from([None, REFERENCE, date.min, date.max]),
)
def test_spans_index_the_text(text: str, reference: date | None) -> None:
    position = 0
    for finding in _find(text, reference):
        assert position <= finding.start < finding.end <= len(text)
        assert finding.surface == text[finding.start : finding.end]
        assert finding.sentence[0] <= finding.start and finding.end <= finding.sentence[1]
        assert finding.of in DATE_OF
        assert (finding.first is None) == (finding.last is None)
        assert finding.first is None or finding.last is None or finding.first <= finding.last
        position = finding.end


@given(st.lists(_PIECES, max_size=30).map(" ".join), st.sampled_from(["en", "ru", "az", "tr", "xx"]))
def test_any_language_code_is_no_error(text: str, language: str) -> None:
    _find(text, language=language)
    dates.reference_date(text, latest=LATEST)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_written_out_is_read_back(day: date) -> None:
    text = f"It happened on {day.day} {day:%B} {day.year}."
    [finding] = _find(text) if day.year <= 2100 else [None]
    assert finding is None or finding.first == day


@pytest.mark.parametrize(
    ("value", "first", "last", "granularity"),
    [
        ("2025-12-14", date(2025, 12, 14), date(2025, 12, 14), "day"),
        ("2025-12-14T17:00", date(2025, 12, 14), date(2025, 12, 14), "time"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31), "quarter"),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30), "half"),
        ("2025-WI", date(2025, 12, 1), date(2026, 2, 28), "season"),
        ("2025-W50", date(2025, 12, 8), date(2025, 12, 14), "week"),
        ("2025-W50-WE", date(2025, 12, 13), date(2025, 12, 14), "weekend"),
        ("199", date(1990, 1, 1), date(1999, 12, 31), "decade"),
        ("2025-12-05/2025-12-07", date(2025, 12, 5), date(2025, 12, 7), "day"),
        ("PAST_REF", None, None, "vague"),
        ("XXXX-12-05", None, None, "vague"),
        ("2025-02-31", None, None, "vague"),
    ],
)
def test_interval_of_a_value(value: str, first: date | None, last: date | None, granularity: str) -> None:
    assert timex.interval(value) == (first, last, granularity)


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "5 " * 50_000, "12, " * 50_000, "'" * 200_000, "1." * 200_000, "on Monday " * 5_000],
)
def test_long_lines_are_read_in_one_pass(text: str) -> None:
    found = _find(text)
    assert len(found) == (5_000 if text.startswith("on") else 0)


@pytest.mark.parametrize(
    "text", ["", "\ud800 Monday", "يوم الاثنين 15 ديسمبر", "\x00Sunday\x00", "٢٠٢٥ ١٢", "²⁰²⁵"]
)
def test_odd_text_is_no_error(text: str) -> None:
    for finding in _find(text):
        assert finding.surface == text[finding.start : finding.end]
