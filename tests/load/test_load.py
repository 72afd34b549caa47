"""The generator of load is answered by a real server, and refuses what is not of this machine."""

import asyncio
import subprocess
import sys

import pytest

from tests.load.browser import Answer, counted
from tests.load.crowd import Plan, attended
from tests.load.loopback import own
from tests.load.places import ALL
from tests.load.server import served
from tests.load.storm import storm, wrong
from tests.load.student import Student, value_of
from tests.load.widgets import style_name
from tests.load.worst import WORST
from tests.support.source import ROOT

ELSEWHERE = (
    *("http://example.org", "http://10.0.0.1:8501", "http://192.168.1.2", "http://0.0.0.0:8501"),
    *("https://127.0.0.1", "http://127.0.0.1.example.org", "http://localhost.example.org"),
    *("http://127.0.0.1@example.org", "http://[2001:db8::1]", "127.0.0.1:8501", ""),
)
MOVES = 4


@pytest.fixture(scope="module")
def server():
    with served() as started:
        yield started


@pytest.mark.parametrize("url", ELSEWHERE)
def test_what_is_not_of_this_machine_is_refused(url):
    with pytest.raises(ValueError, match="only for servers on this machine"):
        own(url)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "127.9.9.9", "localhost:80", "[::1]:8501"])
def test_what_is_of_this_machine_is_not(host):
    assert own(f"http://{host}/trajectories?steps=200") == f"http://{host}"


def test_the_command_refuses_in_a_sentence():
    asked = subprocess.run(
        [sys.executable, "-m", "tests.load", "students", "--url", "http://10.0.0.1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 1
    assert asked.stdout == ""
    assert asked.stderr.startswith("http://10.0.0.1 is refused")
    assert len(asked.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "plan",
    [Plan(count=0), Plan(count=10**6), Plan(seconds=1e9), Plan(warm=-1), Plan(pace=0)],
)
def test_a_class_has_bounds(plan):
    with pytest.raises(ValueError, match=r"students|Students|A student"):
        plan.checked()


@pytest.mark.parametrize("place", ["trajectories κ", "losses"])
def test_every_move_of_a_class_is_answered(server, place):
    plan = Plan(count=3, pace=0.3, seconds=0.3 * MOVES, warm=0, fans=False)
    seen = asyncio.run(attended(server, ALL[place], plan))
    assert seen.errors() == {}
    assert len(seen.diary.moves) >= 3
    assert len(seen.diary.values) > 1
    assert all(move.seconds > 0 and move.size > 1000 for move in seen.diary.moves)
    assert server.tracebacks() == []


def test_the_player_is_brought_what_it_asks_for(server):
    async def asked():
        student = Student(server.url, ALL["trajectories κ"], 0, apart=True, fans=True)
        opened = await student.open()
        mount = student.browser.shown.find("race-fan")
        fans = [await student.browser.trigger(mount, event) for event in student.asks]
        await student.browser.close()
        return opened, fans

    opened, fans = asyncio.run(asked())
    assert counted([opened, *fans]) == {}
    assert [fan.size > 20_000 for fan in fans] == [True]  # of all four runners, in one answer


@pytest.mark.parametrize(
    ("address", "said", "told"),
    [
        *(("wrong=11", "11", True), ("wrong=7", "11", False), ("steps=11", "11", False)),
        *(("", "10", True), ("", "11", False)),  # a default is not in an address
    ],
)
def test_an_answer_to_another_value_is_known_by_the_address(address, said, told):
    student = Student("http://localhost", ALL["losses"], 0, apart=False, fans=False)
    student.first, student.browser.query = "10", address
    assert student.told(said, Answer()) is told


def test_the_empty_app_says_its_value_in_a_text():
    student = Student("http://localhost", ALL["empty"], 0, apart=False, fans=False)
    assert student.told("12", Answer(texts=["value 12"]))
    assert not student.told("12", Answer(texts=["value 500"]))


def test_a_storm_finds_every_file(server):
    openings = asyncio.run(storm(server.url, ALL["losses"].address, 2, 0.1, static=True))
    assert wrong(openings) == {}
    assert all(seen.count > 50 and seen.size > 5 * 2**20 for seen in openings)


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("1.2·10⁻⁶", 1.2e-6), ("10⁻⁶", 1e-6), ("−3", -3), ("0.10", 0.1), ("Bowl", "Bowl")],
)
def test_numbers_are_read_as_the_app_writes_them(text, value):
    assert value_of(text) == value


def test_a_widget_is_known_by_its_key_whatever_its_turn():
    assert style_name("$$ID-0a1b-trajectories:surface.Bowl.kappa~3") == (
        "trajectories-surface-Bowl-kappa"
    )


def test_every_page_with_a_slider_has_its_dearest_settings():
    pages = {place.address.partition("?")[0] for place in ALL.values()} - {""}
    assert {address.partition("?")[0] for address in WORST.values()} == pages
    assert set(WORST) <= set(ALL)
