from ipaddress import ip_address

import pytest
from scrapy.settings import Settings

from crawler.errors import BlockedAddress, ConfigurationError
from crawler.fetching.guard import Guard, ports_of

LAB = ("127.0.0.0/8", "::1")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("10.0.0.1", "private"),
        ("100.64.0.1", "carrier_grade_nat"),
        ("100.127.255.255", "carrier_grade_nat"),
        ("100.100.100.200", "metadata"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("168.63.129.16", "metadata"),
        ("169.254.169.254", "metadata"),
        ("169.254.1.1", "link_local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.192", "metadata"),
        ("192.0.2.1", "documentation"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarking"),
        ("198.19.255.255", "benchmarking"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:a9fe:a9fe", "metadata"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:0:127.0.0.1", "reserved"),
        ("64:ff9b::127.0.0.1", "embedded_loopback"),
        ("64:ff9b::a9fe:a9fe", "embedded_metadata"),
        ("64:ff9b:1::1", "reserved"),
        ("2002:7f00:1::", "embedded_loopback"),
        ("2002:c0a8:101::1", "embedded_private"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2001:2::1", "reserved"),
        ("2a00:1450:4001:80b:0:5efe:7f00:1", "embedded_loopback"),
        ("3fff::1", "documentation"),
        ("5f00::1", "reserved"),
        ("100::1", "reserved"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "metadata"),
        ("fe80::1", "link_local"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
    ],
)
def test_what_is_not_public_is_refused_with_its_reason(address, reason):
    with pytest.raises(BlockedAddress) as refusal:
        Guard().judge(ip_address(address), 443)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "223.255.255.255",
     "2606:4700::1111", "2a00:1450:4001:80b::200e", "64:ff9b::8.8.8.8", "2002:808:808::1"],
)  # fmt: skip
def test_what_is_public_passes(address):
    assert Guard().judge(ip_address(address), 443) == ip_address(address)


def test_a_mapped_address_is_connected_as_what_it_stands_for():
    assert Guard().judge(ip_address("::ffff:1.1.1.1"), 80) == ip_address("1.1.1.1")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_an_opened_network_is_open(address):
    Guard(LAB).judge(ip_address(address), 8000)


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "0.0.0.0"])
def test_an_opened_network_opens_nothing_else(address):
    with pytest.raises(BlockedAddress):
        Guard(LAB).judge(ip_address(address), 8000)


def test_metadata_is_opened_by_its_own_address_only():
    address = ip_address("169.254.169.254")
    with pytest.raises(BlockedAddress):
        Guard(["0.0.0.0/0"]).judge(address, 80)
    Guard(["169.254.169.254"]).judge(address, 80)


@pytest.mark.parametrize("port", [0, -1, 22, 25, 6379, 6667, 27017, 65536, 99999])
def test_ports_are_closed_everywhere(port):
    guard = Guard(LAB, [6379, 27017])
    for address in ("127.0.0.1", "1.1.1.1"):
        with pytest.raises(BlockedAddress):
            guard.judge(ip_address(address), port)


@pytest.mark.parametrize(
    ("uri", "ports"),
    [
        ("", []),
        ("redis://localhost", [6379]),
        ("redis://:p@ss@localhost:7001/3", [7001]),
        ("rediss://user:pass@[::1]:7002/0", [7002]),
        ("unix:///run/redis.sock", []),
        ("mongodb://localhost", [27017]),
        ("mongodb://u:p@a:1,b:2,c/db?replicaSet=rs0", [1, 2, 27017]),
        ("mongodb+srv://cluster.example/db", []),
    ],
)
def test_the_ports_of_server_uris(uri, ports):
    assert ports_of(uri) == ports


@pytest.mark.parametrize(
    "settings",
    [
        {"GUARD_ALLOW": ["everything"]},
        {"GUARD_ALLOW": ["127.0.0.1/8"]},
        {"GUARD_DENIED_PORTS": ["http"]},
        {"REDIS_URL": "redis://localhost:port"},
    ],
)
def test_settings_that_cannot_be_read_are_named(settings):
    with pytest.raises(ConfigurationError):
        Guard.from_settings(Settings(settings))
