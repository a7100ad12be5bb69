"""The invented brands of this world and what they sell, with retail prices in EUR."""

from __future__ import annotations

from lab.model import Line

LINES = (
    Line("Velmora", "Aurelia", "tote", "VM-AUR", 1450, 2900, "bags"),
    Line("Velmora", "Petite", "clutch", "VM-PET", 620, 980, "bags"),
    Line("Velmora", "Corda", "belt", "VM-COR", 290, 420, "accessories"),
    Line("Orsano", "Meridian", "watch", "OR-MER", 4200, 9800, "watches"),
    Line("Orsano", "Tempo", "watch", "OR-TMP", 1900, 3600, "watches"),
    Line("Kestrel", "Stride", "running_shoe", "KS-STR", 110, 180, "shoes"),
    Line("Kestrel", "Gale", "windbreaker", "KS-GAL", 90, 160, "clothing"),
    Line("H&V", "Riviera", "shirt", "HV-RIV", 80, 160, "clothing"),
    Line("H&V", "Capri", "scarf", "HV-CAP", 60, 110, "accessories"),
    Line("Bramholt", "BP-440", "brake_pads", "BP-440", 38, 75, "parts", coloured=False),
    Line("Bramholt", "OF-12", "oil_filter", "OF-12", 9, 19, "parts", coloured=False),
    Line("Nuvix", "Pulse 3", "earbuds", "NX-P3", 149, 199, "electronics"),
    Line("Nuvix", "Volt", "charger", "NX-VLT", 29, 49, "electronics"),
    Line("Solcere", "Hydra", "serum", "SC-HYD", 42, 68, "care", coloured=False),
    Line("Solcere", "Nuit", "cream", "SC-NUI", 55, 85, "care", coloured=False),
    Line("Cardexa", "20 mg", "tablets", "CX-20", 28, 52, "health", coloured=False),
    Line("Lumen Forge", "Studio 8", "licence", "LF-ST8", 299, 599, "software", coloured=False),
)
BRANDS = tuple(dict.fromkeys(line.brand for line in LINES))


def lines_of(brands: tuple[str, ...]) -> list[Line]:
    """The lines of these brands, in the order of the table. A brand nobody knows raises ``KeyError``."""
    unknown = set(brands) - set(BRANDS)
    if unknown:
        raise KeyError(sorted(unknown)[0])
    return [line for line in LINES if line.brand in brands]
