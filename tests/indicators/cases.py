"""For every flag: an offer that raises it, and one like it that does not. ``test_together`` insists on both."""

from datetime import date

from crawler.indicators.whole import Goods, Registration, Whole
from crawler.items import Picture, Storefront
from tests.indicators.offers import offer

PHOTO = "https://somewhere.test/media/1.jpg"


def pictured(title, **known):
    picture = Picture(url=PHOTO, phash="0" * 64, sha256="a" * 64, **known)
    return offer(title, 300, images=(PHOTO,), pictures=(picture,))


OFFICIAL = {
    "official_brand": "Velmora", "official_line": "Aurelia tote", "official_file": "aurelia.jpg", "official_bits": 6,
}  # fmt: skip

RAISES = {
    "brand.unauthorised": offer("Velmora evening bag", 300),
    "brand.disguised": offer("Vеlmоrа evening bag", 300),
    "brand.misspelt": offer("Velmorra evening bag", 300),
    "price.below_range": offer("Velmora Corda belt", 150),
    "price.far_below_range": offer("Velmora Corda belt", 30),
    "price.below_market": offer("Nuvix Volt charger", 21),
    "wording.replica": offer("Velmora tote, high-end replica"),
    "wording.quality": offer("Velmora tote, mirror quality"),
    "wording.inspired": offer("Shoulder bag inspired by Velmora"),
    "wording.surplus": offer("Velmora tote, factory overrun"),
    "wording.no_papers": offer("Orsano Tempo, no box no papers"),
    "wording.no_prescription": offer("Cardexa 20 mg, no prescription needed"),
    "product.contradiction": offer("Nuvix Pulse 3 earbuds", mpn="NX-VLT"),
    "product.unknown_pack": offer("Solcere Hydra serum 90 ml"),
    "product.parallel_import": offer("Nuvix Pulse 3 earbuds, parallel import"),
    "piracy.crack": offer("Lumen Forge Studio 8 + keygen"),
    "piracy.download": offer("Lumen Forge Studio 8, direct download link"),
    "piracy.stream": offer("Lumen Forge Studio 8 course, watch free online"),
    "piracy.iptv": offer("IPTV subscription with Lumen Forge Studio 8"),
    "piracy.key": offer("Lumen Forge Studio 8 activation code"),
    "piracy.scan": offer("Lumen Forge Studio 8 handbook, scanned PDF"),
    "piracy.copy": offer("Lumen Forge Studio 8 on a burned disc, paper sleeve"),
    "piracy.account": offer("Lumen Forge Studio 8 account, shared with two others"),
    "image.official": pictured("Velmora evening bag", **OFFICIAL),
    "image.official_unnamed": pictured("Designer tote, black", **OFFICIAL),
    "image.shared": pictured("Velmora evening bag", storefronts=6),
}

SILENT = {
    "brand.unauthorised": offer("Leather evening bag", 300),
    "brand.disguised": offer("VELMORA evening bag", 300),
    "brand.misspelt": offer("Normal evening bag", 300),
    "price.below_range": offer("Velmora Corda belt", 250),
    "price.far_below_range": offer("Velmora Corda belt", 150),
    "price.below_market": offer("Nuvix Volt charger", 30),
    "wording.replica": offer("Velmora tote, no replica"),
    "wording.quality": offer("Velmora compact mirror"),
    "wording.inspired": offer("Velmora tote inspired by nature"),
    "wording.surplus": offer("Velmora tote"),
    "wording.no_papers": offer("Orsano Tempo with box and papers"),
    "wording.no_prescription": offer("Cardexa 20 mg, not sold without prescription"),
    "product.contradiction": offer("Nuvix Pulse 3 earbuds", mpn="NX-P3"),
    "product.unknown_pack": offer("Solcere Hydra serum 30 ml"),
    "product.parallel_import": offer("Nuvix Pulse 3 earbuds"),
    "piracy.crack": offer("Lumen Forge Studio 8, boxed"),
    "piracy.download": offer("Some other software, direct download link"),
    "piracy.stream": offer("Lumen Forge Studio 8 course on DVD"),
    "piracy.iptv": offer("Television with Lumen Forge remote"),
    "piracy.key": offer("Lumen Forge key ring"),
    "piracy.scan": offer("Lumen Forge Studio 8 and a scanner"),
    "piracy.copy": offer("Lumen Forge Studio 8 on its original disc"),
    "piracy.account": offer("Lumen Forge Studio 8: an account of how it was made"),
    "image.official": pictured("Bag organiser for Velmora Aurelia", **OFFICIAL),
    "image.official_unnamed": pictured("Designer tote, black", storefronts=9),
    "image.shared": pictured("Velmora evening bag", storefronts=2),
}


def shop(domain):
    return Storefront(id=f"{domain}#1", key=domain, kind="shop", url=f"https://{domain}/")


TITLES = tuple(f"Velmora tote, {colour}" for colour in ("black", "red", "blue", "sand", "grey", "white"))


def whole(**registration):
    known = Registration(domain="smith-dental.com", source="rdap.json", **registration) if registration else None
    return Whole(Goods(offers=6, branded={"Velmora": 6}, titles=TITLES), known, date(2026, 11, 1))


WHOLES = {
    "domain.unrelated_name": (shop("smithdental.com"), whole()),
    "domain.young": (shop("smith-dental.com"), whole(registered=date(2026, 9, 1), registrar="Any Registrar")),
    "domain.registered_again": (
        shop("smith-dental.com"),
        whole(registered=date(2009, 4, 1), registered_again=date(2026, 2, 1)),
    ),
}

WHOLES_SILENT = {
    "domain.unrelated_name": (shop("bluedoor.com"), whole()),
    "domain.young": (shop("smith-dental.com"), whole(registered=date(2019, 9, 1))),
    "domain.registered_again": (shop("smith-dental.com"), whole(registered=date(2026, 9, 1))),
}

SHOPS_RAISE = {
    "domain.lookalike": shop("vеlmora.com".encode("idna").decode()),
    "domain.misspelt": shop("vellmora.com"),
    "domain.brand_and_shop_word": shop("velmora-outlet.co.uk"),
    "domain.brand": shop("velmora.net"),
}

SHOPS_SILENT = {
    "domain.lookalike": shop("velmora.test"),
    "domain.misspelt": shop("normal-mora.com"),
    "domain.brand_and_shop_word": shop("outlet-store.co.uk"),
    "domain.brand": shop("shop.velmora.test"),
}
