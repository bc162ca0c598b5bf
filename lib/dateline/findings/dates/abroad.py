"""Words of time in Russian, Azerbaijani and Turkish, with the endings they are met with.

Each table uses the classes of the English one, so that one grammar reads them all. Where word order or endings
differ, a few classes are their own: ``back`` stands behind a unit ("neçə gün əvvəl"), ``seasonal`` and ``night`` are
adverbs, ``maybeday`` is a weekday that is also a market, ``suffix`` an ending behind an apostrophe or a hyphen.
"""

from __future__ import annotations

from dateline.findings.dates.lexicon import (
    ENGLISH,
    MARKS,
    Language,
    numbered,
    table_of,
)


def _inflected(names: dict[str, int], endings: str) -> dict[str, int]:
    """Every name with every ending; a stroke in a name separates forms that take none."""
    return {name + ending: number for name, number in names.items() for ending in ("", *endings.split())}


def _forms(stems: str, endings: str) -> str:
    """Stems with endings, as words of one class."""
    return " ".join(stem + ending for stem in stems.split() for ending in endings.split())


_HARD = "ый ая ое ые ого ой ому ую ым ом ых ыми"
_SOFT = "ий ая ее ие его ей ему ую им ем их ими"

_RU_MONTHS = {
    **_inflected(numbered("январ феврал"), "ь я ю ем е"),
    **_inflected({"март": 3, "август": 8}, "а у ом е"),
    **_inflected({"апрел": 4, "июн": 6, "июл": 7}, "ь я ю ем е"),
    **_inflected({"сентябр": 9, "октябр": 10, "ноябр": 11, "декабр": 12}, "ь я ю ём ем е"),
    "май": 5, "мая": 5, "маю": 5, "маем": 5, "мае": 5,
    "янв": 1, "фев": 2, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "нояб": 11, "дек": 12,
}  # fmt: skip
_RU_MONTHS = {
    word: number for word, number in _RU_MONTHS.items() if not word.endswith(("нвар", "врал", "прел"))
}
_RU_WEEKDAYS = {
    **_inflected({"понедельник": 0, "вторник": 1, "четверг": 3}, "а у ом е"),
    "среда": 2, "среды": 2, "среде": 2, "среду": 2, "средой": 2,
    "пятница": 4, "пятницы": 4, "пятнице": 4, "пятницу": 4, "пятницей": 4,
    "суббота": 5, "субботы": 5, "субботе": 5, "субботу": 5, "субботой": 5,
    "воскресенье": 6, "воскресенья": 6, "воскресенью": 6, "воскресеньем": 6,
}  # fmt: skip
_RU = table_of(
    month=_RU_MONTHS,
    weekday=_RU_WEEKDAYS,
    today="сегодня",
    yesterday="вчера",
    tomorrow="завтра",
    ereyesterday="позавчера",
    overmorrow="послезавтра",
    yearmark="год года году годом годе лет годы годов г",
    week="неделя недели неделе неделю неделей недель",
    monthunit="месяц месяца месяце месяцем месяцев",
    day="день дня дней дню",
    quarter="квартал квартала квартале кварталом",
    centuryunit="век века веке веком",
    last=_forms("прошл позапрошл", _HARD) + " " + _forms("минувш предыдущ истекш", _SOFT),
    next_=_forms("следующ будущ грядущ ближайш", _SOFT),
    this="этот эта этого этой этому эту этим этом " + _forms("текущ", _SOFT) + " "
    + _forms("нынешн", "ий яя ее ие его ей ему юю им ем их"),
    back="назад",
    word={**numbered("один два три четыре пять шесть семь восемь девять"), "одну": 1, "две": 2, "двое": 2, "трое": 3},
    teen=numbered("десять одиннадцать двенадцать", 10),
    few="несколько",
    ord={
        **dict.fromkeys(["первый", "первого", "первом", "первая", "первой", "первую"], 1),
        **dict.fromkeys(["второй", "второго", "втором", "вторая", "вторую"], 2),
        **dict.fromkeys(["третий", "третьего", "третьем", "третья", "третьей", "третью"], 3),
        **dict.fromkeys(["четвертый", "четвертого", "четвертом", "четвёртый", "четвёртого", "четвёртом"], 4),
    },
    season={"весна": "SP", "весны": "SP", "лето": "SU", "лета": "SU", "осень": "FA", "осени": "FA", "зима": "WI",
            "зимы": "WI"},
    seasonal={"весной": "SP", "летом": "SU", "осенью": "FA", "зимой": "WI"},
    part={"утром": "MO", "утра": "MO", "днём": "AF", "днем": "AF", "вечером": "EV", "вечера": "EV", "ночи": "NI"},
    night={"ночью": "NI"},
    weekends="выходные выходных",
    now="сейчас теперь ныне",
    recently="недавно",
    phase="начале начала середине середины конце конца концу",
    in_="в во на",
    between="с со между",
    and_="и",
    to="по до",
)  # fmt: skip

_AZ_ENDINGS = (
    "da də ın in un ün ında ində unda ündə dan dən a ə ından indən undan ündən ı i u ü na nə ına inə ayı"
)
_AZ = table_of(
    month=_inflected(
        numbered("yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"), _AZ_ENDINGS
    ),
    weekday={
        name + day: number
        for name, number in {
            "bazar ertəsi": 0, "çərşənbə axşamı": 1, "çərşənbə": 2, "cümə axşamı": 3, "cümə": 4, "şənbə": 5,
        }.items()
        for day in ("", " günü", " gününə", " günündən", " gününün")
    } | {"bazar" + day: 6 for day in (" günü", " gününə", " günündən", " gününün")},
    maybeday={"bazar": 6},
    today={"bugün": 0, "bu gün": 0},
    yesterday="dünən",
    tomorrow="sabah",
    ereyesterday="srağagün srağagünü",
    yearmark="il ildə ilin ili ilə ildən ilki",
    years="illər illərdə illərin illərində",
    week="həftə həftədə həftənin həftəsi həftəni",
    monthunit="ay ayda ayın ayı ayında ayından",
    day="gün gündə günü",
    quarter="rüb rübdə rübün rübü rübündə rübünün kvartal kvartalda kvartalında",
    centuryunit="əsr əsrdə əsrin əsrə",
    last="keçən ötən",
    next_="gələn növbəti qarşıdakı",
    this="bu cari",
    back="əvvəl öncə qabaq",
    word=numbered("bir iki üç dörd beş altı yeddi səkkiz doqquz"),
    teen={"on": 10},
    few="neçə bir_neçə",
    ord=numbered("birinci|ilk ikinci üçüncü dördüncü"),
    season={"yaz": "SP", "yazı": "SP", "yazında": "SP", "yay": "SU", "yayı": "SU", "yayında": "SU", "payız": "FA",
            "payızı": "FA", "payızında": "FA", "qış": "WI", "qışı": "WI", "qışında": "WI"},
    seasonal={"yazda": "SP", "yayda": "SU", "payızda": "FA", "qışda": "WI"},
    part={"səhər": "MO", "səhəri": "MO", "günorta": "AF", "axşam": "EV", "axşamı": "EV", "gecəsi": "NI"},
    night={"gecə": "NI"},
    weekends=dict.fromkeys(("həftəsonu", "həftə sonu"), 0),
    now={"indi": 0, "hazırda": 0, "hal-hazırda": 0},
    recently={"bu yaxınlarda": 0, "yaxınlarda": 0, "son zamanlar": 0},
    between="arasında",
    yearend="sonu sonunda sonuna sonunadək",
    and_="və ilə",
)  # fmt: skip

_TR_DAYS = ("", " günü", " gününe", " gününden", " gününün")
_TR_WORDS = table_of(
    weekday={
        name + day: number
        for name, number in {
            "pazartesi": 0, "salı": 1, "çarşamba": 2, "perşembe": 3, "cuma": 4, "cumartesi": 5,
        }.items()
        for day in _TR_DAYS
    } | {"pazar" + day: 6 for day in _TR_DAYS[1:]},
    maybeday={"pazar": 6},
    today="bugün",
    yesterday="dün",
    tomorrow="yarın",
    ereyesterday={"önceki gün": 0, "evvelsi gün": 0},
    overmorrow={"öbür gün": 0},
    yearmark="yıl yılı yılında yılının yıla sene senesi",
    years="yıllar yıllarda yılların",
    week="hafta haftada haftanın haftası",
    monthunit="ay ayda ayın ayı ayında ayından ayının",
    day="gün günde günü",
    quarter="çeyrek çeyrekte çeyreği çeyreğinde çeyreğin",
    centuryunit="yüzyıl yüzyılda yüzyılın yüzyıla",
    last="geçen geçtiğimiz",
    next_="gelecek önümüzdeki",
    this="bu",
    back="önce evvel",
    word=numbered("bir iki üç dört beş altı yedi sekiz dokuz"),
    teen={"on": 10},
    few="birkaç",
    ord=numbered("birinci|ilk ikinci üçüncü dördüncü"),
    season={"ilkbahar": "SP", "ilkbaharında": "SP", "bahar": "SP", "yaz": "SU", "yazı": "SU", "yazında": "SU",
            "sonbahar": "FA", "sonbaharında": "FA", "kış": "WI", "kışı": "WI", "kışında": "WI"},
    seasonal={"ilkbaharda": "SP", "yazın": "SU", "sonbaharda": "FA", "kışın": "WI"},
    part={"sabah": "MO", "sabahı": "MO", "öğleden": "AF", "akşam": "EV", "akşamı": "EV", "gecesi": "NI"},
    night={"gece": "NI"},
    weekends={"hafta sonu": 0, "hafta sonunda": 0},
    now={"şimdi": 0, "şu anda": 0, "halen": 0},
    recently={"geçenlerde": 0, "yakın zamanda": 0, "son zamanlarda": 0},
    between="arasında",
    yearend="sonu sonunda sonuna",
    and_="ve ile",
)  # fmt: skip
# Months are written small where no day is named ("mayıs ayında"), and some are also a hearth or a tree.
_TR_MONTHS = table_of(
    month=_inflected(
        numbered("ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
        "da de ta te dan den tan ten ın in un ün ında inde unda ünde ı a",
    )
)

LANGUAGES: dict[str, Language] = {
    "en": ENGLISH,
    "ru": Language({}, {**_RU, **MARKS}),
    "az": Language({}, {**_AZ, **MARKS}),
    "tr": Language({}, {**_TR_WORDS, **_TR_MONTHS, **MARKS}),
}
