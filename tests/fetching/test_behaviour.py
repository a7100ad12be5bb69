"""What a host sees of us, and what a spider sees of a host: redirects, walls, cookies, retries, identity, TLS."""

import datetime
import hashlib
import ssl
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fetching.crawl import crawl
from tests.fetching.servers import Server, page, redirect


@pytest.fixture
def names(tmp_path):
    """Writes a hosts file; returns the settings that use it."""

    def write(**servers):
        lines = [f"{name.replace('_', '.')} {server.address}:{server.port}" for name, server in servers.items()]
        path = tmp_path / "hosts"
        path.write_text("\n".join(lines) + "\n")
        return {"RESOLVER_HOSTS": str(path)}

    return write


def test_redirects_inside_the_storefront_are_followed_and_others_are_facts(names):
    with Server() as shop, Server() as other:
        shop.answers = {
            "/": redirect("http://www.shop.test/home"),
            "/home": page(b"home"),
            "/out": redirect("http://other.test/landing"),
            "/refresh": page(b"<meta http-equiv=refresh content='0;url=http://other.test/'><p>bye</p>"),
            "/inside": page(b"<meta http-equiv=refresh content='0;url=/home'>"),
            "/script": redirect("javascript:alert(1)"),
            "/broken": redirect("http://[bad/"),
            "/file": redirect("file:///etc/passwd"),
        }
        urls = [f"http://shop.test{path}" for path in shop.answers if path != "/home"]
        result = crawl(urls, settings=names(shop_test=shop, www_shop_test=shop, other_test=other))
        assert other.connections == 0
    seen = {response["observation"]["url"]: response for response in result["responses"]}
    first = seen["http://shop.test/"]
    assert first["observation"]["final_url"] == "http://www.shop.test/home"
    assert first["observation"]["redirects"] == ["http://shop.test/"]
    assert seen["http://shop.test/out"]["meta"]["redirect_out"] == "http://other.test/landing"
    assert seen["http://shop.test/out"]["status"] == 302
    assert seen["http://shop.test/refresh"]["meta"]["redirect_out"] == "http://other.test/"
    assert seen["http://shop.test/inside"]["body"] == "home"
    assert result["stats"]["redirect/off_scope"] == 2
    assert result["stats"]["redirect/unreadable"] == 2  # /script and /broken
    assert "root:" not in str(result["responses"])


def test_rebinding_is_judged_at_every_connection(tmp_path, names):
    """The second answer for the same name leads inside; the first page's kept connection is no way round it."""
    with Server() as inside, Server(address="127.0.0.2") as outside:
        settings = names(shop_test=outside) | {"GUARD_ALLOW": ["127.0.0.2"], "CONCURRENT_REQUESTS": 1}
        hosts = tmp_path / "hosts"

        def rebind(connection):
            hosts.write_text(f"shop.test 127.0.0.1:{inside.port}\n")
            connection.sendall(redirect("/second"))

        outside.answers = {"/": rebind, "/second": page(b"second")}
        result = crawl(["http://shop.test/"], settings=settings)
        assert inside.connections == 0
        assert outside.requests == ["/"]
    assert result["stats"]["fetching/blocked_address/loopback"] == 1


def test_a_kept_connection_is_not_used_once_the_name_leads_elsewhere(tmp_path, names):
    with Server(address="127.0.0.2") as old, Server(address="127.0.0.3") as new:
        settings = names(shop_test=old) | {"CONCURRENT_REQUESTS": 1, "DOWNLOAD_DELAY": 0.3}
        hosts = tmp_path / "hosts"
        old.answers = {"/": redirect("/move"), "/second": page(b"old")}
        new.answers = {"/second": page(b"new")}

        def move(connection):
            hosts.write_text(f"shop.test 127.0.0.3:{new.port}\n")
            connection.sendall(redirect("/second"))
            connection.recv(65536)  # stays open for the next request, which must not come

        old.answers["/move"] = move
        result = crawl(["http://shop.test/"], settings=settings)
    assert [response["body"] for response in result["responses"]] == ["new"]


def test_a_bot_wall_ends_the_host_and_is_handed_to_the_spider():
    wall = page(b"<title>Just a moment...</title><script>_cf_chl_opt</script>", status=b"503 Unavailable")
    with Server({"/": wall}, default=page(b"more")) as server, Server(default=page(b"fine")) as other:
        urls = [server.url("/"), *(server.url(f"/{number}") for number in range(5)), other.url("/")]
        result = crawl(urls, settings={"CONCURRENT_REQUESTS": 1})
        assert server.requests == ["/"]
        assert other.requests == ["/"]
    walled = result["responses"][0]
    assert walled["meta"]["wall"] == {"kind": "bot", "name": "cloudflare_challenge"}
    assert walled["status"] == 503
    assert result["stats"]["wall/hosts_ended"] == 1
    assert result["stats"]["wall/request_dropped"] == 5


def test_many_refusals_in_a_row_end_the_host_and_some_do_not():
    forbidden = page(b"no", status=b"403 Forbidden")
    with Server(default=forbidden) as closed, Server({"/page": page(b"yes")}, default=forbidden) as half:
        urls = [closed.url(f"/{number}") for number in range(20)]
        urls += [half.url(path) for number in range(3) for path in ("/page", *(f"/x{number}{i}" for i in range(6)))]
        result = crawl(urls, settings={"CONCURRENT_REQUESTS": 1})
        assert len(closed.requests) == 8
        assert len(half.requests) == 21
    assert result["stats"]["wall/hosts_ended"] == 1


def test_who_we_are_is_said_on_every_request_and_where_we_came_from_is_not(names):
    with Server({"/": redirect("/next"), "/next": page()}) as server:
        result = crawl(
            ["http://shop.test/"],
            settings=names(shop_test=server) | {"CONTACT": "crawl@example.org"},
            headers={"User-Agent": "Googlebot/2.1"},
        )
        heads = server.heads
    assert result["user_agent"].startswith("touchstone/")
    assert len(heads) == 2
    for head in heads:
        assert f"User-Agent: {result['user_agent']}\r\n" in head
        assert "(+crawl@example.org)" in head
        assert "Googlebot" not in head
        assert "Host: shop.test\r\n" in head


def test_a_proxy_in_the_meta_is_not_used():
    with Server() as proxy, Server({"/": page(b"direct")}) as shop:
        result = crawl([shop.url()], meta={"proxy": proxy.url()})
        assert proxy.connections == 0
    assert result["responses"][0]["body"] == "direct"


@pytest.mark.parametrize("contact", ["", "me) Googlebot (", "a\nX-Evil: 1"])
def test_production_does_not_start_without_a_contact(contact):
    with Server() as server:
        result = crawl([server.url()], settings={"REQUIRE_CONTACT": True, "CONTACT": contact})
        assert server.connections == 0
    assert "CONTACT" in result["refused_to_start"]


def test_cookies_stay_with_their_storefront_and_are_few(names):
    one = b"Set-Cookie: id=first; Path=/\r\nSet-Cookie: wide=1; Domain=test\r\n"
    flood = b"".join(b"Set-Cookie: c%d=%b\r\n" % (number, b"x" * 100) for number in range(100))
    with Server() as shop, Server() as other:
        shop.answers = {"/": page(b"", b"302 Found", one + b"Location: /in\r\n"), "/in": page(b"in")}
        other.answers = {"/": page(b"", b"302 Found", flood + b"Location: /in\r\n"), "/in": page(b"in")}
        result = crawl(
            ["http://shop.test/", "http://other.test/"],
            settings=names(shop_test=shop, other_test=other) | {"CONCURRENT_REQUESTS": 1},
        )
        assert "Cookie: id=first\r\n" in shop.heads[1]
        assert not any("Cookie:" in head for head in other.heads)
    assert result["stats"]["fetching/cookies_overflowed"] == 1


def test_server_errors_are_asked_again_through_the_engine_and_refused_connections_too():
    tries = []

    def sometimes(connection):
        tries.append(1)
        connection.sendall(page(b"busy", b"500 Oops") if len(tries) < 3 else page(b"fine"))

    with Server({"/": sometimes}) as server:
        result = crawl([server.url(), "http://127.0.0.2:9999/"])
    assert [response["body"] for response in result["responses"]] == ["fine"]
    assert result["stats"]["retry/count"] == 2 + 4 * 2  # who gave no answer at all is asked again later, three times


def test_a_server_that_hangs_up_is_not_asked_twice_in_secret():
    """Twisted's pool would repeat a request on a kept connection by itself, past every delay."""

    def hang_up(connection):
        connection.close()

    with Server({"/": redirect("/gone"), "/gone": hang_up}) as server:
        crawl([server.url()], settings={"RETRY_TIMES": 0})
        assert server.requests == ["/", "/gone"]


def test_a_body_that_always_breaks_off_costs_the_host_one_try_more():
    def broken(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf a page")

    with Server({f"/{number}": broken for number in range(4)}) as server:
        result = crawl([server.url(f"/{n}") for n in range(4)], settings={"CONCURRENT_REQUESTS": 1})
        assert len(server.requests) <= 8
    assert [response["body"] for response in result["responses"]] == ["half a page"] * 4


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "s3://bucket/x", "data:text/html,x"])
def test_other_schemes_are_not_spoken(url):
    result = crawl([url])
    assert result["responses"] == []
    assert result["errors"][0]["types"][0] == "NotSupported"


def test_ipv6_is_reached_and_guarded():
    with Server({"/": page(b"six")}, address="::1") as server:
        url = f"http://[::1]:{server.port}/"
        assert crawl([url])["responses"][0]["body"] == "six"
        before = server.connections
        crawl([url], settings={"GUARD_ALLOW": ["127.0.0.0/8"]})
        assert server.connections == before


def certificate(tmp_path, name, days):
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=90))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / f"{name}{days}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    digest = hashlib.sha256(made.public_bytes(serialization.Encoding.DER)).hexdigest()
    return digest, lambda connection: context.wrap_socket(connection, server_side=True)


@pytest.mark.parametrize(
    ("name", "days", "problems"),
    [
        ("shop.test", 30, {"self_signed"}),
        ("shop.test", -1, {"self_signed", "expired"}),
        ("other.test", 30, {"self_signed", "wrong_name"}),
    ],
)
def test_https_is_read_with_any_certificate_and_the_certificate_is_recorded(tmp_path, names, name, days, problems):
    digest, wrap = certificate(tmp_path, name, days)
    answers = {"/": page(b"secure"), "/empty": page(b"")}
    with Server(answers, wrap=wrap) as server:
        result = crawl(["https://shop.test/", "https://shop.test/empty"], settings=names(shop_test=server))
    assert {response["body"] for response in result["responses"]} == {"secure", ""}
    for response in result["responses"]:
        assert response["observation"]["certificate_sha256"] == digest
        assert response["observation"]["server_address"] == "127.0.0.1"
        assert set(response["meta"]["certificate_problems"]) == problems


def test_https_is_read_from_names_that_no_certificate_can_hold(tmp_path, names):
    digest, wrap = certificate(tmp_path, "shop.test", 30)
    with Server({"/": page(b"secure")}, wrap=wrap) as server:
        hosts = tmp_path / "hosts"
        hosts.write_text(f"my_shop.test 127.0.0.1:{server.port}\n")
        urls = ["https://my_shop.test/", server.url(scheme="https")]
        result = crawl(urls, settings={"RESOLVER_HOSTS": str(hosts)})
    assert [response["body"] for response in result["responses"]] == ["secure"] * 2, result["log"]
    assert {response["observation"]["certificate_sha256"] for response in result["responses"]} == {digest}


def test_tls_to_a_plain_server_fails_by_name():
    def plain(connection):
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        return connection

    with Server(wrap=plain) as server:
        result = crawl([server.url(scheme="https")], settings={"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 5})
    assert result["errors"][0]["types"][0] == "DownloadFailedError"


def test_the_observation_is_of_the_decoded_bytes_and_of_the_moment():
    with Server({"/": page(b"<p>bytes</p>")}) as server:
        before = datetime.datetime.now(datetime.UTC)
        [response] = crawl([server.url()])["responses"]
    seen = response["observation"]
    assert seen["body_sha256"] == hashlib.sha256(b"<p>bytes</p>").hexdigest()
    assert seen["body_size"] == 12
    assert seen["vantage"] == "DE"
    assert before <= datetime.datetime.fromisoformat(seen["fetched_at"]) <= datetime.datetime.now(datetime.UTC)
