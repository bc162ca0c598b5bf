"""The words of harm: what was done to people, and what only sounds like it."""

from __future__ import annotations

import re

from dateline.findings.quantities import words_in
from dateline.findings.triggers import Triggers
from dateline.findings.wordtree import cases

# A sentence without one of these says nothing about a toll; nearly all sentences stop here.
_TRIGGERS = words_in(
    "kill kills killed killing killings dead death deaths die died dies dying deceased injure injured injures injuring "
    "injury injuries wound wounded wounding wounds hurt hurting missing unaccounted displace displaced displaces "
    "displacing displacement homeless homes toll fatal fatality fatalities survive survived survivors casualty "
    "casualties lives life body bodies corpse corpses perish perished drown drowned drowning drownings slain slaying "
    "massacre massacred murder murdered murdering murders evacuate evacuated evacuating fled flee fleeing hospital "
    "hospitals hospitalised hospitalized executed executing execution assassinated forced forcing martyred victim "
    "victims remains maimed maiming slaughtered treated treatment trapped uprooted disappearance disappearances "
    "electrocuted beheaded beheading lynched strangled suffocated hanged burns lost losing search searching"
)
HARM = Triggers(form for word in _TRIGGERS for form in cases(word))


BE = frozenset(words_in("is are was were be been being 's 're am"))


HAVE = frozenset(words_in("has have had having"))


ADVERBS = frozenset(
    words_in(
        "also reportedly confirmed feared reported presumed believed officially all now already so far "
        "thus both later either instantly allegedly still known said thought seriously critically badly "
        "slightly severely lightly gravely mortally fatally not listed declared pronounced found there"
    )
)


ACTIVE = {
    "killed": "killed", "kill": "killed", "kills": "killed", "killing": "killed", "slain": "killed",
    "massacred": "killed", "murdered": "killed", "murdering": "killed", "slaughtered": "killed",
    "executed": "killed", "executing": "killed", "assassinated": "killed", "drowned": "killed", "drowning": "killed",
    "injured": "injured", "injure": "injured", "injures": "injured", "injuring": "injured",
    "wounded": "injured", "wound": "injured", "wounds": "injured", "wounding": "injured",
    "hurt": "injured", "hurting": "injured", "maimed": "injured", "maiming": "injured",
    "displaced": "displaced", "displacing": "displaced", "displaces": "displaced", "uprooted": "displaced",
    "evacuated": "displaced", "evacuating": "displaced", "evacuate": "displaced",
    "hospitalised": "injured", "hospitalized": "injured",
    "electrocuted": "killed", "beheaded": "killed", "beheading": "killed", "lynched": "killed", "strangled": "killed",
    "suffocated": "killed", "hanged": "killed",
}  # fmt: skip


INTRANSITIVE = {
    "died": "killed", "die": "killed", "dies": "killed", "dying": "killed", "perished": "killed", "perish": "killed",
    "dead": "killed", "martyred": "killed", "deceased": "killed", "missing": "missing", "unaccounted": "missing",
    "trapped": "missing",
    "homeless": "displaced", "fled": "displaced", "fleeing": "displaced",
}  # fmt: skip


PASSIVE_ONLY = {"injured", "wounded", "killed", "hurt", "displaced", "evacuated", "drowned", "executed", "murdered",
                 "massacred", "slaughtered", "assassinated", "slain", "maimed", "hospitalised", "hospitalized",
                 "uprooted", "electrocuted", "beheaded", "lynched", "strangled", "suffocated", "hanged"}  # fmt: skip


COUNT_NOUNS = {
    "deaths": "killed", "death": "killed", "fatalities": "killed", "fatality": "killed", "bodies": "killed",
    "body": "killed", "corpses": "killed", "injuries": "injured", "injury": "injured", "disappearances": "missing",
    "killings": "killed", "murders": "killed", "drownings": "killed",
}  # fmt: skip


OF_NOUNS = {
    "death": "killed", "deaths": "killed", "killing": "killed", "killings": "killed", "murder": "killed",
    "murders": "killed", "massacre": "killed", "slaying": "killed", "lives": "killed", "life": "killed",
    "bodies": "killed", "body": "killed", "corpses": "killed", "remains": "killed", "execution": "killed",
    "displacement": "displaced", "drowning": "killed", "disappearance": "missing",
    "wounding": "injured",
}  # fmt: skip


TOLL_VERBS = frozenset(
    words_in(
        "to at of is was reached reaches reaching hit hits passed passes surpassed surpasses exceeded "
        "exceeds topped tops climbed rose rises stood stands put reach are were as"
    )
)


SUB = frozenset({"including", "include", "includes", "included"})


PERPETRATORS = frozenset(
    words_in(
        "attacker attackers assailant assailants gunman gunmen shooter bomber bombers suspect suspects "
        "driver perpetrator"
    )
)


# One person who "died" is news of a toll only where the sentence says what of; the rest are obituaries.
CAUSE = re.compile(
    r"(?i)\b(?:accident|crash\w*|collision|fire|blaze|blast|explo\w+|attack\w*|bomb\w*|shot|shoot\w*|gun\w*|"
    r"shell\w*|"
    r"strikes?|air ?strike\w*|flood\w*|quake|earthquake|storm|hurricane|cyclone|typhoon|tornado|landslide|avalanche|"
    r"fell|"
    r"fall(?:s|ing|en)?|stab\w*|clash\w*|riot\w*|protest\w*|drown\w*|collaps\w*|poison\w*|overdose|outbreak|virus|"
    r"drinking|trap\w*|struck|hit|derail\w*|sank|sunk|capsiz\w*|well|rubble|debris|heatwave|lightning|murder\w*|"
    r"kill\w*|injur\w*|mine|war|battle|fighting|slipped|search|rescue\w*)\b"
)


GAME = re.compile(
    r"(?i)\b(?:quarterback|touchdown|linebacker|midfielder|striker|defender|fullback|nfl|nba|"
    r"premier league|"
    r"nhl|fifa|uefa|play-?off|first quarter|second half|first half|halftime|"
    r"season|injury list|knee|hamstring|ankle|squad|roster|"
    r"video ?game|gamers?|box office|episode|sequel)\b"
)


NUMBERED = {
    "dead": "killed", "deaths": "killed", "killed": "killed", "fatalities": "killed", "died": "killed",
    "lives": "killed", "injured": "injured", "wounded": "injured", "hurt": "injured", "missing": "missing",
    "displaced": "displaced", "victims": "killed", "evacuated": "displaced",
}  # fmt: skip

# "Stabbed to death", not "sentenced to death".
MANNERS = frozenset(
    words_in(
        "stabbed burned burnt beaten shot hacked trampled crushed frozen starved tortured battered bludgeoned knifed "
        "clubbed stoned choked mauled froze bled burning stabbing beating trampling"
    )
)
