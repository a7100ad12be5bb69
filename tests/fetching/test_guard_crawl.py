"""The address guard under real crawls: the witnesses are listeners on loopback that count their connections."""

from tests.fetching.crawl import crawl
from tests.fetching.servers import Server, page, redirect


def test_a_page_is_fetched_through_the_hosts_file_and_every_name_is_written_down(tmp_path):
    with Server({"/": page(b"<p>shop</p>")}) as server:
        hosts = tmp_path / "hosts"
        hosts.write_text(f"shop.test 127.0.0.1:{server.port}\n")
        log = tmp_path / "names"
        result = crawl(
            ["http://shop.test/", "http://other.test/"],
            settings={"RESOLVER_HOSTS": str(hosts), "RESOLVER_LOG": str(log)},
        )
    [seen] = result["responses"]
    assert seen["body"] == "<p>shop</p>"
    assert seen["observation"]["server_address"] == "127.0.0.1"
    assert seen["observation"]["final_url"] == "http://shop.test/"
    assert [error["types"][0] for error in result["errors"]] == ["NotAHostName"]
    assert [line.split()[1] for line in log.read_text().splitlines()] == ["shop.test", "other.test"]


def test_nothing_inside_is_connected_while_the_guard_is_closed():
    with Server() as server:
        port = server.port
        urls = [
            f"http://{host}:{port}/"
            for host in ("127.0.0.1", "127.1", "0x7f.1", "017700000001", "2130706433", "0x7f000001", "localhost",
                         "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "127.0.0.1.")
        ]  # fmt: skip
        result = crawl(urls, settings={"GUARD_ALLOW": []})
        assert server.connections == 0
    assert result["responses"] == []
    assert all("BlockedAddress" in error["types"] for error in result["errors"])
    assert len(result["errors"]) == len(urls)
    assert result["stats"]["fetching/blocked_address"] == len(urls)
    assert "Traceback" not in result["log"]
    assert "retry/count" not in result["stats"]


def test_a_redirect_inside_is_refused_although_the_page_was_allowed():
    with Server() as inside, Server(address="127.0.0.2") as outside:
        outside.answers["/"] = redirect(f"http://127.0.0.1:{inside.port}/")
        crawl([outside.url()], settings={"GUARD_ALLOW": ["127.0.0.2"]})
        assert inside.connections == 0
        assert outside.connections == 1


def test_the_ports_of_the_servers_in_use_are_closed_where_loopback_is_open(tmp_path):
    with Server() as redis, Server() as mongo, Server() as shop:
        shop.answers["/a"] = redirect(f"http://127.0.0.1:{redis.port}/")
        shop.answers["/b"] = redirect(f"http://cache.test:{mongo.port}/")
        hosts = tmp_path / "hosts"
        hosts.write_text(f"cache.test 127.0.0.1\nport.test 127.0.0.1:{redis.port}\n")
        settings = {
            "REDIS_URL": f"redis://:secret@127.0.0.1:{redis.port}/0",
            "MONGO_URI": f"mongodb://user:pass@127.0.0.1:1,127.0.0.1:{mongo.port}/?replicaSet=rs0",
            "RESOLVER_HOSTS": str(hosts),
        }
        urls = [shop.url("/a"), shop.url("/b"), redis.url(), mongo.url(), "http://port.test/"]
        result = crawl(urls, settings=settings)
        assert (redis.connections, mongo.connections) == (0, 0)
        assert shop.connections > 0
    assert result["stats"]["fetching/blocked_address/denied_port"] >= 3


def test_names_with_an_underscore_are_fetched_too(tmp_path):
    with Server({"/": page(b"fine")}) as server:
        hosts = tmp_path / "hosts"
        hosts.write_text(f"my_shop.test 127.0.0.1:{server.port}\n")
        result = crawl(["http://my_shop.test/"], settings={"RESOLVER_HOSTS": str(hosts)})
    assert result["responses"][0]["body"] == "fine"


def test_names_of_this_machine_and_of_nobody_are_looked_up_without_harm():
    with Server({"/": page(b"here")}) as server:
        result = crawl([server.url(host="localhost"), "http://no-such-name-anywhere.test/", "http://256.256.256.256/"])
    assert [response["body"] for response in result["responses"]] == ["here"]
    assert len(result["errors"]) == 2
    assert "retry/count" not in result["stats"]


def test_the_next_address_of_a_name_is_tried_when_one_does_not_answer(tmp_path):
    with Server({"/": page(b"second")}, address="127.0.0.9") as server:
        hosts = tmp_path / "hosts"
        lines = [f"shop.test {address}:{server.port}" for address in ("10.0.0.1", "127.0.0.8", "127.0.0.9")]
        hosts.write_text("\n".join(lines))
        result = crawl(["http://shop.test/"], settings={"RESOLVER_HOSTS": str(hosts)})
    assert result["responses"][0]["body"] == "second"
    assert result["responses"][0]["observation"]["server_address"] == "127.0.0.9"
