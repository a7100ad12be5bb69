import asyncio
import os
from ipaddress import ip_address

import pytest
from scrapy.exceptions import CannotResolveHostError

from crawler.errors import BlockedAddress, ConfigurationError
from crawler.fetching.connecting import Gate
from crawler.fetching.guard import Guard
from crawler.fetching.resolver import Resolver, literal_address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7F.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("[::1]", "::1"),
        ("::FFFF:127.0.0.1", "::ffff:127.0.0.1"),
    ],
)
def test_literal_addresses_in_any_notation(host, address):
    assert literal_address(host) == ip_address(address)


@pytest.mark.parametrize("host", ["shop.test", "localhost", "1.2.3.4.nip.test", "0xshop.test", "a.1b"])
def test_names_are_not_addresses(host):
    assert literal_address(host) is None


@pytest.mark.parametrize(
    "host", ["1.2.3.4.5", "256.1.1.1", "shop.1", "08.1.1.1", "[fe80::1%eth0]", "::g", "4294967296"]
)
def test_what_looks_like_an_address_and_is_none_is_never_a_name(host):
    with pytest.raises(CannotResolveHostError):
        literal_address(host)


def targets(resolver, host, port=80):
    return [(str(target.address), target.port) for target in asyncio.run(resolver.targets(host, port))]


@pytest.fixture
def hosts(tmp_path):
    path = tmp_path / "hosts"
    path.write_text(
        "# the lab\n"
        "shop.test 127.0.0.5:8100   # plain http\n"
        "Two.Test. 127.0.0.6\n"
        "two.test 10.0.0.1\n"
        "six.test [::1]:8200\n"
        "bare6.test ::1\n"
    )
    return path


@pytest.mark.parametrize(
    ("host", "port", "found"),
    [
        ("shop.test", 80, [("127.0.0.5", 8100)]),
        ("SHOP.test.", 443, [("127.0.0.5", 8100)]),
        ("shop.test", 8080, [("127.0.0.5", 8080)]),
        ("two.test", 80, [("127.0.0.6", 80), ("10.0.0.1", 80)]),
        ("six.test", 80, [("::1", 8200)]),
        ("bare6.test", 80, [("::1", 80)]),
    ],
)
def test_the_hosts_file_is_asked_first(hosts, host, port, found):
    assert targets(Resolver(str(hosts)), host, port) == found


@pytest.mark.parametrize(
    "host", ["unknown.test", "a.invalid", "printer.local", "x.onion", "user@shop.test", "a b", "127%2e0%2e0%2e1", "",
             "-a.test", "x" * 300]
)  # fmt: skip
def test_names_that_are_never_asked_in_dns(hosts, host):
    with pytest.raises(CannotResolveHostError):
        targets(Resolver(str(hosts)), host)


def test_a_changed_file_is_read_again_and_a_broken_one_is_not(hosts, caplog):
    resolver = Resolver(str(hosts))
    hosts.write_text("shop.test 127.0.0.9\n")
    assert targets(resolver, "shop.test") == [("127.0.0.9", 80)]
    hosts.write_text("shop.test nonsense\n")
    assert targets(resolver, "shop.test") == [("127.0.0.9", 80)]
    hosts.unlink()
    assert targets(resolver, "shop.test") == [("127.0.0.9", 80)]
    assert "line 1" in caplog.text


@pytest.mark.parametrize("line", ["shop.test", "shop.test 1.2.3.4 extra", "shop.test 1.2.3.4:x", "a 300.1.1.1"])
def test_a_bad_hosts_file_is_named_with_its_line(tmp_path, line):
    path = tmp_path / "hosts"
    path.write_text("good.test 127.0.0.1\n" + line + "\n")
    with pytest.raises(ConfigurationError, match="line 2"):
        Resolver(str(path))


def test_every_name_is_written_down_on_a_line_of_its_own(hosts, tmp_path):
    log = tmp_path / "names"
    resolver = Resolver(str(hosts), str(log))
    for host in ("shop.test", "127.0.0.1", "evil\n2026 fake.test", "ünï.test"):
        try:
            targets(resolver, host)
        except CannotResolveHostError:
            continue
    lines = log.read_text().splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == [
        "shop.test", "127.0.0.1", r"evil\n2026 fake.test", r"\xfcn\xef.test"
    ]  # fmt: skip


def test_of_several_addresses_only_the_allowed_are_connected(hosts):
    gate = Gate(Resolver(str(hosts)), Guard(["127.0.0.0/8"]))
    assert [str(target.address) for target in asyncio.run(gate.targets("two.test", 80))] == ["127.0.0.6"]
    closed = Gate(Resolver(str(hosts)), Guard())
    with pytest.raises(BlockedAddress):
        asyncio.run(closed.targets("two.test", 80))


def test_the_hosts_file_must_exist(tmp_path):
    with pytest.raises(ConfigurationError, match="RESOLVER_HOSTS"):
        Resolver(os.fspath(tmp_path / "missing"))


def test_the_log_must_be_writable(tmp_path):
    with pytest.raises(ConfigurationError, match="RESOLVER_LOG"):
        Resolver(log=os.fspath(tmp_path / "missing" / "names"))
