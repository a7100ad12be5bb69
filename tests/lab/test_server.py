"""The lab as a process: addresses, log, signals, odd visitors."""

import json
import signal
import socket
import subprocess
import sys
import time

import pytest

SLOW = 0.7  # seconds, as lab.traps has it


def log(lab):
    return [json.loads(line) for line in (lab.folder / "requests.jsonl").read_text().splitlines()]


def raw(lab, host, data):
    with socket.create_connection(lab.hosts[host], timeout=5) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_every_site_answers_under_its_name(lab):
    assert len(lab.hosts) >= 24
    for host in lab.hosts:
        status, headers, body = lab.get(f"http://{host}/")
        assert (status, int(headers["Content-Length"])) == (200, len(body)), host


def test_seeds_are_the_home_pages(lab):
    seeds = (lab.folder / "seeds.txt").read_text().split()
    assert seeds == [f"http://{host}/" for host in lab.hosts]


def test_two_labs_share_no_address(labs):
    first, second = ({address for address, _ in lab.hosts.values()} for lab in labs)
    assert len(first) == len(labs[0].hosts)
    assert first.isdisjoint(second)
    assert all(address.startswith("127.") and address != "127.0.0.1" for address in first | second)
    pages = [lab.get("http://kestrel-outlet.test/")[2] for lab in labs]
    assert pages[0] != pages[1]


def test_log_tells_time_host_path_status_agent_and_bytes(lab):
    before = time.time()
    _, _, body = lab.get("http://velmora.test/?for=the-log")
    line = next(line for line in log(lab) if line["path"] == "/?for=the-log")
    assert (line["host"], line["status"]) == ("velmora.test", 200)
    assert line["agent"] == "lab-test"
    assert line["bytes"] == len(body)
    assert before <= line["start"] <= line["end"] <= time.time()


def test_slow_pages_take_their_time_and_the_log_shows_it(lab):
    truth = json.loads((lab.folder / "truth.json").read_text())
    offers = next(front for front in truth["storefronts"] if front["key"] == "second-closet.test")["offers"]
    for offer in offers:
        begun = time.monotonic()
        lab.get(offer["url"])
        if time.monotonic() - begun >= SLOW:
            break
    line = log(lab)[-1]
    assert offer["url"].endswith(line["path"])
    assert line["end"] - line["start"] >= SLOW


def test_a_page_that_is_known_is_not_sent_again(lab):
    _, headers, _ = lab.get("http://solcere.test/")
    status, _, body = lab.get("http://solcere.test/", f"If-None-Match: {headers['ETag']}")
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: orsano.test\r\n\r\n", b"421"),
        (b"POST /cart/add HTTP/1.1\r\nHost: velmora.test\r\nContent-Length: 0\r\n\r\n", b"405"),
        (b"HEAD / HTTP/1.1\r\nHost: velmora.test\r\nConnection: close\r\n\r\n", b"200"),
        (b"GET /a%00b?%ff=%zz HTTP/1.1\r\nHost: velmora.test\r\nConnection: close\r\n\r\n", b"404"),
    ],
)
def test_odd_visitors_get_an_answer(lab, head, status):
    assert raw(lab, "velmora.test", head).split()[1] == status


@pytest.mark.parametrize("head", [b"nonsense\r\n\r\n", b"GET /" + b"a" * 40_000, b""])
def test_broken_requests_end_the_connection_only(lab, head):
    assert raw(lab, "velmora.test", head) == b""
    assert lab.get("http://velmora.test/")[0] == 200


def test_connections_are_kept(lab):
    request = b"GET / HTTP/1.1\r\nHost: velmora.test\r\n\r\n"
    assert raw(lab, "velmora.test", request * 3).count(b"HTTP/1.1 200") == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_quietly(started, tmp_path, number):
    lab = started(tmp_path, "9")
    lab.process.send_signal(number)
    printed, complaint = lab.process.communicate(timeout=5)
    assert (lab.process.returncode, printed, complaint) == (0, "", "")


@pytest.mark.parametrize("first", ["10.0.0.1", "nonsense"])
def test_only_loopback_is_served(tmp_path, first):
    command = [sys.executable, "-m", "lab", "serve", "--dir", str(tmp_path), "--first-address", first]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=20)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert first in ended.stderr


def test_the_help_teaches():
    ended = subprocess.run([sys.executable, "-m", "lab", "--help"], capture_output=True, text=True, timeout=20)
    for word in ("serve", "hosts", "truth.json", "requests.jsonl", "seeds.txt", "--seed"):
        assert word in ended.stdout
