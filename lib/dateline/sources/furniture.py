"""What an extracted page body holds beside its news: captions, credits, pointers, the list of other articles under it.

Told by general signals: a line that the page's markup holds as a caption or as nothing but a link, and the words with
which pages of many languages credit a picture or lead over to other articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_ENDS = re.compile(r"[.!?…。！？؟۔][\"'”’»)\]]*$")
_BULLET = re.compile(r"^[-*•–]\s+")
# English; German and Dutch; French; Spanish; Italian and Portuguese; Russian, Ukrainian and Polish; Turkish and
# Azerbaijani: "more articles", "read also", "you may also like", "comments" and their like.
_MORE = (
    r"(?:related|recommended|popular|trending|more|other|latest|further)\s+"
    r"(?:news|stories|articles?|posts?|topics?|reading|content|coverage|videos?|links|from|on)",
    r"(?:you may|you might|you'll) also (?:like|enjoy|be interested in)",
    r"(?:also |please )?read (?:also|more|next|on)|also read|see also",
    r"(?:mehr|weitere|weiteres|ähnliche|verwandte|empfohlene|passende|aktuelle|neueste|beliebte|kommentierte)\s+"
    r"(?:themen|artikel|beiträge|nachrichten|meldungen|berichte|zum|zu|aus|von|news|informationen|infos|links)",
    r"(?:auch|jetzt|hier|lesen sie|lies) (?:auch|mehr|lesen|interessant|weiterlesen)|(?:auch )?interessant",
    r"zum thema|zum weiterlesen|das könnte (?:sie|dich|euch|ihnen) (?:auch|ebenfalls).*|beiträge aus .*",
    r"kommentare|lees ook|meer (?:nieuws|over|artikelen)",
    r"(?:à|a) (?:lire|voir|découvrir)(?: aussi| également)?|lire (?:aussi|également|la suite)|voir aussi",
    r"sur le même (?:sujet|thème)|plus d['’](?:articles|infos?|actualités?)|commentaires",
    r"(?:articles?|sujets?|contenus?) (?:liés?|similaires?|associés?|recommandés?)",
    r"(?:lea|lee|leer|ver|mira) (?:también|más|además)|(?:te|le) puede interesar|comentarios",
    r"(?:noticias|artículos|notas|temas|contenidos?) (?:relacionad[oa]s?|recomendad[oa]s?)",
    r"más (?:noticias|sobre|información|en)",
    r"leggi anche|(?:articoli|notizie) correlat[ie]|potrebbe(?:ro)? interessart[ie]|altre notizie|commenti",
    r"(?:leia|veja|saiba|confira) (?:também|mais)|(?:notícias|matérias|artigos) relacionad[oa]s|comentários",
    r"(?:читайте|смотрите|читать) (?:также|ещё|еще|далее|по теме)|(?:материалы|новости|статьи) по теме|по теме",
    r"другие (?:новости|материалы)|последние новости|ещё по теме|комментарии|читайте також|за темою",
    r"(?:czytaj|zobacz|przeczytaj) (?:też|także|również|więcej)|powiązane artykuły",
    r"(?:ilgili|benzer|diğer|son) haberler|ayrıca okuyun|yorumlar",
    r"(?:oxşar|digər|son) xəbərlər|həmçinin oxuyun|şərhlər",
)
# "… zum Thema", "… on this topic" behind it.
_TOPIC = r"(?:\s+(?:zum|zu diesem) thema|\s+(?:on|about) this (?:topic|subject|story)|\s+sobre este tema|\s+по теме)?"
# A line that leads over to other articles: alone ("Related articles:"), or with one of them behind a colon.
_LEADS = re.compile(rf"(?:{'|'.join(_MORE)}){_TOPIC}", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:(?:file |cover |header |lead )?(?:photos?|photographs?|images?|pictures?|illustrations?)"
    r"|(?:photo |image )?credits?|crédits?(?: photos?| photographiques?)?|photographie|copyright"
    r"|bild(?:er|quelle|nachweis|rechte)?|titelbild|foto(?:s|grafía|grafie|ğraf)?|fotocredit"
    r"|imagen(?:es)?|immagine|imagem|фото|иллюстрация|źródło zdjęcia)\s*(?:by|von|par|por|di)?\s*[:/|©]",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"getty images|shutterstock|istock(?:photo)?|unsplash|pixabay|imago|picture alliance|dpa picture|alamy"
    r"|depositphotos|adobe stock|©",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:share|tweet|print|e-?mail|comment|reply|loading|save|subscribe|sign up|log ?in"
    r"|teilen|drucken|merken|speichern|wird geladen|kommentieren|anmelden|bild (?:anzeigen|vergrößern)"
    r"|partager|imprimer|envoyer|commenter|s['’]abonner|compartir|imprimir|comentar|suscríbete"
    r"|condividi|stampa|compartilhar|поделиться|печать|подписаться|paylaş|paylaşın|yazdır|abone ol)"
    r"(?:\s+(?:this|on|via|mit|auf|sur|en|su|no|em|в|на)\b.{0,40}|\s*\.{3}|…)?\s*:?",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:abb(?:ildung)?|fig(?:ure|ura|uur)?|grafik|graphique|gráfico|grafico|chart|рис(?:унок)?|şəkil|şekil)"
    r"\.?\s*\d+\s*[:.]",
    re.IGNORECASE,
)
# What a page says of its own earnings.
_EARNS = re.compile(
    r"\b(?:we|this (?:site|page|post|article))\b.{0,80}\b(?:earn|receive|contains?)\b.{0,40}"
    r"\b(?:commissions?|compensation|affiliate)",
    re.IGNORECASE,
)
# Words of a line that may still be furniture.
_LONGEST_CREDIT, _LONGEST_LEAD, _LONGEST_TITLE, _LONGEST_HEADING = 12, 8, 16, 8

# A body of nothing but short lines is no article with headings under it.
_HEADINGS_BELOW = 2
# Scripts that write no spaces between words; two letters make about one.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")


@dataclass(frozen=True, slots=True)
class Markup:
    """What the markup says of a page's lines: its title, its captions, and the texts that are wholly links.

    All as ``key`` writes them, so that white space, case and typographic quotes do not tell them apart.
    """

    title: str = ""
    captions: Collection[str] = ()
    links: Collection[str] = ()


def key(text: str) -> str:
    """A line as lines are compared."""
    return _SPACE.sub(" ", _BULLET.sub("", text.strip(" |\t"))).strip(" :|»>()[]").casefold()


def count_words(text: str) -> int:
    """About how many words a text has, in scripts without spaces too."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def without(body: str, markup: Markup) -> str:
    """``body``, a paragraph a line, without its furniture; as it was where nothing would be left."""
    lines = [line for line in body.splitlines() if key(line)]
    kept = [line for at, line in enumerate(lines) if not _is_furniture(line, at, markup)]
    kept = _without_pointers(kept, markup)
    for _ in range(_HEADINGS_BELOW):
        if len(kept) > 1 and _heads_nothing(kept[-1]):
            kept.pop()
    return "\n".join(kept) if kept else body


def _is_furniture(line: str, at: int, markup: Markup) -> bool:
    said = key(line)
    if at < 3 and said == markup.title:
        return True
    if said in markup.captions or _BUTTON.fullmatch(said) or _FIGURE.match(said):
        return True
    if _EARNS.search(said[:400]):
        return True
    if count_words(said) > _LONGEST_CREDIT:
        return False
    return bool(_CREDIT.match(said) or (_AGENCY.search(said) and not _ENDS.search(said)))


def _without_pointers(lines: list[str], markup: Markup) -> list[str]:
    """The lines without those that lead over to other articles, and without the titles listed under such a line."""
    kept: list[str] = []
    listing = False
    for line in lines:
        said = key(line)
        lead = _LEADS.match(said)
        if lead and lead.end() == len(said) and count_words(said) <= _LONGEST_LEAD:
            listing = True
            continue
        if lead and re.match(r"\s*[:»>|→]", said[lead.end() :]) and count_words(said) <= 24:
            continue
        listing = listing and (
            said in markup.links or (count_words(said) <= _LONGEST_TITLE and not _ENDS.search(line.strip()))
        )
        if not listing:
            kept.append(line)
    return kept


def _heads_nothing(line: str) -> bool:
    """Whether the last line of a body is a heading: what it headed was no text."""
    return (
        count_words(line) <= _LONGEST_HEADING
        and not _ENDS.search(line.strip())
        and not _BULLET.match(line.strip())
    )
