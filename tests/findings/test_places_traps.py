"""Traps: places of the same name, and names that are no places. Texts of our own.

A case is a text and what must be found in it, in order: where it lies and, where it matters, its role,
form and kind. A text without any must give none.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dateline.article import Mention
from dateline.findings import places, sentences
from dateline.gazetteer import load


@dataclass(frozen=True)
class Expected:
    """One toponym: ``within`` is the code of a country, division or region that the place is or lies in."""

    surface: str
    within: str
    role: str | None = None
    form: str = "name"
    kind: str | None = None


def find(text: str) -> list[Mention]:
    return places.find(text, sentences.split(text), gazetteer=load())


def lies_in(mention: Mention, area: str) -> bool:
    return area in (mention.place, mention.country, mention.admin1)


# Not reached by the rules of today; a learned recogniser and ranker are to take their place.
FAILS = {
    "Michael Jordan bought the team. Jordan paid in cash.": "the surname alone is read as the country",
    "The frigate HMS Lancaster and the tanker Minerva Astra collided.": "the ship's prefix is not read",
    "Manchester United and Real Madrid drew.": "the club's first word is not read",
    "The Chicago Bulls traded their captain.": "the club's last word is not known",
    "Bayern Munich beat Paris Saint-Germain.": "the clubs are not known",
    "Turkey sandwiches were served at noon.": "the bird is read as the country",
}


def case(text: str, *expected: tuple[str | None, ...]) -> object:
    """A case; its toponyms are written (surface, within, role, form, kind), the last three only where they matter."""
    reason = FAILS.get(text)
    marks = (pytest.mark.xfail(strict=False, reason=reason),) if reason else ()
    return pytest.param(text, [Expected(*e) for e in expected], marks=marks, id=text[:60])  # type: ignore[arg-type]


CASES = [
    # Georgia: the country, the state, the woman.
    case(
        "Ministers met in Tbilisi, Georgia, on Monday.",
        ("Tbilisi", "GE", "where"),
        ("Georgia", "GE", "where", "name", "country"),
    ),
    case(
        "A warehouse burned down in Atlanta, Georgia, on Monday.",
        ("Atlanta", "US.GA", "where"),
        ("Georgia", "US.GA", "where"),
    ),
    case(
        "Rescuers pulled two boys from a well in Kutaisi. It was the third such accident in Georgia this year.",
        ("Kutaisi", "GE", "where"),
        ("Georgia", "GE", "where", "name", "country"),
    ),
    case(
        "The port of Savannah closed before the storm. Schools across Georgia stayed shut.",
        ("Savannah", "US.GA"),
        ("Georgia", "US.GA", "where"),
    ),
    case("Georgia and Armenia will build a power line together.", ("Georgia", "GE"), ("Armenia", "AM")),
    case(
        "Voters in Georgia, Arizona and Nevada decided the race.",
        ("Georgia", "US.GA"),
        ("Arizona", "US.AZ"),
        ("Nevada", "US.NV"),
    ),
    case("Georgia Marlow, 31, won the cookery contest."),
    case("The prize went to the novelist Georgia Hartnell, who thanked her mother."),
    # Columbia and Colombia.
    case("A bus left the road in Colombia, near Cali.", ("Colombia", "CO", "where"), ("Cali", "CO", "where")),
    case(
        "Police in Columbia, South Carolina, arrested a man.",
        ("Columbia", "US.SC"),
        ("South Carolina", "US.SC"),
    ),
    case(
        "Salmon are returning to streams in British Columbia.",
        ("British Columbia", "CA.02", None, "name", "division"),
    ),
    case("A Colombian judge freed the former rebel.", ("Colombian", "CO", "origin", "adjectival")),
    case("She teaches law at Columbia University."),
    # Vienna.
    case("Delegates gathered in Vienna, Austria.", ("Vienna", "AT", "where"), ("Austria", "AT", "where")),
    case("A bakery in Vienna, Va., was robbed on Friday.", ("Vienna", "US.VA", "where"), ("Va.", "US.VA")),
    case(
        "A man fell to his death in Vienna, Virginia.",
        ("Vienna", "US.VA", "where"),
        ("Virginia", "US.VA", "where"),
    ),
    case(
        "VIENNA (Agency) - Inspectors have left for Tehran.", ("VIENNA", "AT", "dateline"), ("Tehran", "IR")
    ),
    # Tripoli.
    case(
        "Militiamen fought near the airport in Tripoli, Libya.",
        ("Tripoli", "LY", "where"),
        ("Libya", "LY", "where"),
    ),
    case(
        "Two buildings collapsed in Tripoli, Lebanon.", ("Tripoli", "LB", "where"), ("Lebanon", "LB", "where")
    ),
    case(
        "Protesters in Beirut and Tripoli burned tyres.",
        ("Beirut", "LB", "where"),
        ("Tripoli", "LB", "where"),
    ),
    case(
        "Power failed in Tripoli, Benghazi and Misrata.",
        ("Tripoli", "LY", "where"),
        ("Benghazi", "LY", "where"),
        ("Misrata", "LY", "where"),
    ),
    # Córdoba.
    case(
        "Tourists queued in the heat in Córdoba, Spain.", ("Córdoba", "ES", "where"), ("Spain", "ES", "where")
    ),
    case("A silo exploded in Córdoba, Argentina.", ("Córdoba", "AR", "where"), ("Argentina", "AR", "where")),
    case(
        "A lorry overturned in Córdoba, Veracruz, killing the driver.",
        ("Córdoba", "MX.30", "where"),
        ("Veracruz", "MX", "where"),
    ),
    case("Trains between Seville and Córdoba were late.", ("Seville", "ES"), ("Córdoba", "ES")),
    # Valencia.
    case("Floods swept cars away in Valencia, Spain.", ("Valencia", "ES", "where"), ("Spain", "ES", "where")),
    case("Power failed in Valencia, Venezuela.", ("Valencia", "VE", "where"), ("Venezuela", "VE", "where")),
    case(
        "Shops were looted in Caracas and Valencia.", ("Caracas", "VE", "where"), ("Valencia", "VE", "where")
    ),
    # Santiago.
    case("Students marched in Santiago, Chile.", ("Santiago", "CL", "where"), ("Chile", "CL", "where")),
    case("Pilgrims reached Santiago de Compostela in record numbers.", ("Santiago de Compostela", "ES")),
    case("Blackouts spread from Havana to Santiago de Cuba.", ("Havana", "CU"), ("Santiago de Cuba", "CU")),
    case(
        "A bus crashed near Santiago in the Dominican Republic.",
        ("Santiago", "DO", "where"),
        ("Dominican Republic", "DO"),
    ),
    # Hyderabad.
    case(
        "A factory wall fell in Hyderabad, India, killing three.",
        ("Hyderabad", "IN", "where"),
        ("India", "IN", "where"),
    ),
    case(
        "A boiler burst in Hyderabad, in Pakistan's Sindh province.",
        ("Hyderabad", "PK", "where"),
        ("Pakistan", "PK"),
        ("Sindh", "PK.05"),
    ),
    case(
        "Police in Karachi and Hyderabad made arrests in Sindh.",
        ("Karachi", "PK"),
        ("Hyderabad", "PK"),
        ("Sindh", "PK.05"),
    ),
    # Birmingham.
    case("Bins overflowed in Birmingham, England.", ("Birmingham", "GB", "where"), ("England", "GB")),
    case(
        "Two men were shot in Birmingham, Alabama.",
        ("Birmingham", "US.AL", "where"),
        ("Alabama", "US.AL", "where"),
    ),
    case("Trains from London to Birmingham were cancelled.", ("London", "GB"), ("Birmingham", "GB")),
    case(
        "A tornado passed between Tuscaloosa and Birmingham, Ala.",
        ("Tuscaloosa", "US.AL"),
        ("Birmingham", "US.AL"),
        ("Ala.", "US.AL"),
    ),
    # Palmyra, Safi, Kars, Gence.
    case(
        "Mines were cleared from ruins in Palmyra, Syria.",
        ("Palmyra", "SY", "where"),
        ("Syria", "SY", "where"),
    ),
    case("A barn burned in Palmyra, N.Y., overnight.", ("Palmyra", "US.NY", "where"), ("N.Y.", "US.NY")),
    case(
        "Three gunmen were killed near Palmyra, the army in Damascus said.",
        ("Palmyra", "SY", "where"),
        ("Damascus", "SY"),
    ),
    case(
        "Flash floods killed 37 people in Safi, Morocco.", ("Safi", "MA", "where"), ("Morocco", "MA", "where")
    ),
    case(
        "SAFI, Morocco - Shopkeepers swept mud from the old town.",
        ("SAFI", "MA", "dateline"),
        ("Morocco", "MA"),
    ),
    case(
        "A new barrage will shield Safi, the Moroccan port, from floods.",
        ("Safi", "MA"),
        ("Moroccan", "MA", "origin", "adjectival"),
    ),
    case("The night train from Ankara to Kars ran late.", ("Ankara", "TR"), ("Kars", "TR")),
    case("Wolves came into villages near Kars in eastern Turkey.", ("Kars", "TR", "where"), ("Turkey", "TR")),
    case(
        "An aluminium plant opened in Gence, Azerbaijan.",
        ("Gence", "AZ", "where"),
        ("Azerbaijan", "AZ", "where"),
    ),
    case(
        "An aluminium plant opened in Gəncə, Azerbaijan.",
        ("Gəncə", "AZ", "where"),
        ("Azerbaijan", "AZ", "where"),
    ),
    case("Missiles struck Ganja, Azerbaijan's second city.", ("Ganja", "AZ", "where"), ("Azerbaijan", "AZ")),
    case("They sold ganja to tourists on the beach."),
    # Words and adjectives that are no places.
    case("The ambassador, an old friend, met reporters."),
    case("Two ambassadors were recalled over the cartoon."),
    case("European ministers will decide on Thursday.", ("European", "europe", "origin", "adjectival")),
    case("The European Commission has proposed a tax."),
    case(
        "African and Asian swimmers took most medals.",
        ("African", "africa", "origin", "adjectival"),
        ("Asian", "asia", "origin", "adjectival"),
    ),
    # Persons.
    case("Mr Jordan said the accounts were in order."),
    case("Michael Jordan bought the team. Jordan paid in cash."),
    case(
        "Jordan closed its airspace after the attack on Amman.",
        ("Jordan", "JO", "government"),
        ("Amman", "JO", "where"),
    ),
    case("Paris Hilton opened a shop."),
    case("Chelsea Clinton and Jack London's heirs were invited."),
    case("Ms Sydney Austin, a lawyer, spoke for the family."),
    # Newspapers, months, ships, clubs, bodies.
    case("The Washington Post and the Boston Globe carried the story."),
    case("The New York Times reported it first."),
    case("Prices rose in March, April and May."),
    case("He may march in August."),
    case("The frigate HMS Lancaster and the tanker Minerva Astra collided."),
    case("The cruise ship Costa Concordia was scrapped."),
    case("Manchester United and Real Madrid drew."),
    case("The Chicago Bulls traded their captain."),
    case("Bayern Munich beat Paris Saint-Germain."),
    case("The Bank of England kept rates where they were."),
    case("Turkey sandwiches were served at noon."),
    # Capitals.
    case("FLOODS KILL 30 IN MOROCCO", ("MOROCCO", "MA", "where")),
    case(
        "PROTESTS SPREAD ACROSS GEORGIA AFTER TBILISI ARRESTS", ("GEORGIA", "GE", "where"), ("TBILISI", "GE")
    ),
    case("FIVE SHOT IN BIRMINGHAM, ALABAMA", ("BIRMINGHAM", "US.AL", "where"), ("ALABAMA", "US.AL", "where")),
    case("ALEPPO, Syria (Agency) — Shells fell on a school.", ("ALEPPO", "SY", "dateline"), ("Syria", "SY")),
    case("WASHINGTON - Senators passed the bill.", ("WASHINGTON", "US.DC", "dateline")),
    case("POLICE SAY NOTHING MAY CHANGE FOR US"),
    case(
        "NAKHCHIVAN, Azerbaijan, 5 May — A bridge was opened.",
        ("NAKHCHIVAN", "AZ", "dateline"),
        ("Azerbaijan", "AZ"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_traps(text: str, expected: list[Expected]) -> None:
    found = find(text)
    assert [m.surface for m in found] == [e.surface for e in expected]
    for mention, wanted in zip(found, expected, strict=True):
        assert text[mention.start : mention.end] == wanted.surface
        assert mention.form == wanted.form
        assert lies_in(mention, wanted.within), (mention.place, mention.rule)
        assert wanted.role in (None, mention.role), (wanted.surface, mention.role)
        assert wanted.kind in (None, mention.kind)
