"""Ordinary product titles and shop texts that name none of the generated brands, written by hand in eight languages."""

from __future__ import annotations

import csv
import os
from itertools import product
from pathlib import Path
from random import Random

REAL = Path(os.environ.get("TOUCHSTONE_REAL", Path(__file__).resolve().parent.parent.parent / "shared" / "real"))

THINGS = """leather handbag|running shoes|cotton shirt|wool scarf|steel watch|silk tie|ceramic mug|oak chair|brass lamp
canvas backpack|LED torch|USB-C cable 2 m|AAA batteries 8-pack|wireless mouse|garden hose 25 m|paperback novel
Damen Lederhandtasche|Herren Winterjacke|Kaffeemaschine mit Timer|Schraubendreher-Satz 12-teilig|Kinderbett 90x200
sac à dos imperméable|chaussures de randonnée|machine à coudre|table basse en chêne|bougie parfumée
zapatillas de montaña|lámpara de mesa|camisa de lino|reloj de pared|mochila escolar
borsa a tracolla|scarpe da corsa|orologio da parete|macchina da caffè|tappeto persiano
mochila impermeável|sapatos de couro|relógio de parede|cadeira de escritório
leren tas|hardloopschoenen|koffiezetapparaat|eiken tafel|skórzana torebka|buty do biegania|lampa stołowa""".replace(
    "\n", "|"
).split("|")
TAILS = """black|size 42|new in box|with gold chain|2-pack|free shipping|for men and women|XL|2024 model|made in Italy
schwarz, Größe M|kostenloser Versand|noir, taille 38|livraison gratuite|negro, talla 40|envío gratis|nero, taglia 44
spedizione gratuita|preto, tamanho 36|portes grátis|zwart, maat 41|czarny, rozmiar 39|#sale #fashion|ref. 88-1203/B
0.5 l, BPA free|14K gold plated|A4 210 x 297|12V 5A|4K HDMI 2.1|€49.99 instead of €69|Mk II (3rd gen.)""".replace(
    "\n", "|"
).split("|")
TEXTS = """We ship within two working days; returns are free for thirty days.
All prices include value added tax. Pictures may differ from the goods.
Wir liefern innerhalb von drei Werktagen. Der Umtausch ist kostenlos.
Die Lampe wird mit einem Leuchtmittel geliefert; Montage in fünf Minuten.
Livraison sous 48 heures. Le tissu se lave à 30 degrés, ne pas repasser.
Entrega en dos días laborables. La mesa se entrega desmontada.
Consegna in due giorni lavorativi. Il tessuto è lavabile in lavatrice.
Entrega em dois dias úteis. O produto tem garantia de três anos.
Levering binnen twee werkdagen. Retourneren is altijd gratis.
Dostawa w dwa dni robocze. Zwrot towaru w ciągu trzydziestu dni.
Dimensions: 30 x 20 x 10 cm, weight 1.2 kg, capacity 12 litres, colour: stone grey.
Her heroes wear capes; the channel was full of boats, and all bets were off.""".splitlines()


def texts(rng: Random, count: int) -> list[str]:
    """Return ``count`` ordinary titles and texts, those of the recorded shops among them if they are there."""
    pairs = [f"{thing}, {tail}" for thing, tail in product(THINGS, TAILS)]
    rng.shuffle(pairs)
    return [*TEXTS, *recorded(), *pairs][:count]


def recorded() -> list[str]:
    """Return the titles of the recorded shops, none without the folder."""
    titles: list[str] = []
    for path in sorted(REAL.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            titles += [row["title"] for row in csv.DictReader(file)]
    return titles
