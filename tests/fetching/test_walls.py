import pytest

from crawler.fetching.walls import Seen, wall_of, walls

LONG = " product" * 20_000


def seen(status=200, title="", body="", path="", **headers):
    text = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Seen(status=status, headers=named, body=text.encode(), path=path)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (seen(403, "Just a moment...", "<script>window._cf_chl_opt={}</script>"), "bot"),
        (seen(403, cf_mitigated="challenge"), "bot"),
        (seen(403, "Attention Required! | Cloudflare", "<div id='cf-error-details'>"), "bot"),
        (seen(202, x_amzn_waf_action="challenge"), "bot"),
        (seen(403, "Access Denied", "You don't have permission. Reference #18.5c.1"), "bot"),
        (seen(200, "", "<iframe src='/_Incapsula_Resource?x=1'>"), "bot"),
        (seen(405, "shop.test", "<script src='https://ct.captcha-delivery.com/c.js'>"), "bot"),
        (seen(999), "bot"),
        (seen(200, "Robot Check"), "bot"),
        (seen(200, "Verify you are human | Shop"), "bot"),
        (seen(429, "Too many", "<div class='g-recaptcha'></div>"), "bot"),
        (seen(200, "DDoS-Guard"), "bot"),
        (
            seen(200, "Request Rejected", "The requested URL was rejected. Please consult with your administrator."),
            "bot",
        ),
        (seen(401), "login"),
        (seen(200, "Login", path="/account/login"), "login"),
        (seen(200, "Opening soon", path="/password"), "login"),
        (seen(200, "Consent", path="/cookie-wall"), "consent"),
        (seen(403, "Forbidden"), "denied"),
        (seen(451), "denied"),
        (seen(200, "404 Not Found"), "absent"),
        (seen(200, "404 – Velmora"), "absent"),
        (seen(200, "Seite nicht gefunden - Galerie Nord"), "absent"),
        (seen(200, "Altersprüfung"), "consent"),
        (seen(200, "Age verification | Still"), "consent"),
        (seen(200, "年齢確認"), "consent"),
        (seen(200, "Page introuvable"), "absent"),
    ],
)
def test_a_wall_is_recognised(page, kind):
    wall = wall_of(page)
    assert wall is not None
    assert wall.kind == kind


@pytest.mark.parametrize(
    "page",
    [
        seen(200, "Aurelia tote | Velmora", "<form><div class='g-recaptcha'></div></form>"),
        seen(200, "Contact us", "<div class='cf-turnstile'></div>" + LONG),
        seen(200, "reCAPTCHA module for OpenCart 3", "buy it for 9 EUR"),
        seen(200, "Security check for your car, 49 EUR"),
        seen(200, "Login", "the header of every shop links to /account/login"),
        seen(200, "Customer login", path=""),
        seen(200, "Password manager", path="/password-manager"),
        seen(200, "Age verification reader ID-120 | Shop"),
        seen(200, "Altersprüfung", LONG),
        seen(200, "Model 404 running shoe"),
        seen(404, "404 Not Found"),
        seen(500, "Internal error"),
        seen(429, "Slow down"),
        seen(503, "Maintenance"),
        seen(200, "Shop", "px-captcha" + LONG),
        seen(200, "<script>", ""),
        Seen(200, {}, b""),
        Seen(200, {}, b"<title>404"),
        Seen(200, {}, b"<title" + b" " * 5000 + b">404 Not Found</title>"),
        seen(200, "Shop", cf_ray="abc-FRA", server="cloudflare"),
    ],
)
def test_an_ordinary_page_is_no_wall(page):
    assert wall_of(page) is None


def test_the_table_is_read_whole():
    assert {wall.kind for wall in walls()} == {"bot", "login", "consent", "denied", "absent"}
    assert all(wall.body == wall.body.lower() for wall in walls())


def test_a_hostile_page_is_judged_in_bounded_time():
    page = seen(200, "", "<title" * 15_000 + "a" * 1000)
    assert wall_of(page) is None
