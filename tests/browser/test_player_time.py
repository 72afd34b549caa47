"""The player's time: playing, looping, stepping, and the text that follows."""

from __future__ import annotations

import re

import pytest

# -- time -------------------------------------------------------------------------------------


def test_it_plays_by_itself_through_pauses_and_reruns(visit):
    player = visit("slow")
    player.wait_step("k > 3 && k < n")
    assert player.playing
    player.pause()
    step, heads = player.counter, player.heads()
    player.frames(20)
    assert (player.counter, player.heads()) == (step, heads)
    player.play()
    player.wait_step(f"k > {step[0]}")
    step = player.counter
    player.next_run(lambda: player.page.get_by_role("slider", name="lr").press("ArrowRight"))
    assert player.playing
    assert player.counter[0] > step[0]


def test_a_loop_begins_again_until_it_is_let_end(visit):
    player = visit("still&steps=8")
    player.page.get_by_label("Speed").select_option("4")
    loop = player.page.get_by_role("button", name="Loop")
    loop.click()
    for condition in ("k > 0 && k < n", "k === n", "k < n"):
        player.wait_step(condition)
        assert player.playing
    loop.click()
    player.wait_standing()
    assert player.counter == (8, 8)


def test_buttons_keys_scrubber_and_charts_lead_to_a_step(visit):
    player = visit("still&slow")
    assert player.counter == (200, 200)
    back, forward = (f"One step {way}" for way in ("back", "forward"))
    for name, step in [(back, 199), (forward, 200), (forward, 200)]:
        player.page.get_by_role("button", name=name).click()
        assert player.counter == (step, 200)
    for key, step in [("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", 200)]:
        player.press(key)
        assert player.counter == (step, 200)
    player.press("Home")
    player.press("Space")
    player.wait_step("k > 0 && k < n")
    player.press("Space")
    player.wait_standing()
    player.scrub(57)
    assert player.counter == (57, 200)
    box = player.box(".pgp-charts .pgp-hit")
    player.page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 20)
    assert player.counter == (50, 200)


@pytest.fixture
def seconds(visit):
    """The player, and a second that passes when the test says so."""
    player = visit("still&slow")  # 200 steps in 12 seconds
    player.page.evaluate("""() => {
      const frames = [];
      window.requestAnimationFrame = (frame) => frames.push(frame);
      let now = 0;
      const draw = () => frames.splice(0).forEach((frame) => frame(now));
      window.passOneSecond = () => {
        draw();
        for (const end = now + 1000; now < end; draw()) now += 50;
      };
    }""")
    yield player, lambda: player.page.evaluate("passOneSecond()")
    player.page.goto("about:blank")  # the next visit is not to a page without a clock


def test_the_speed_multiplies_the_steps_of_a_second(seconds):
    player, pass_one = seconds
    for speed, step in [("0.5", 8), ("1", 16), ("4", 66)]:
        player.page.get_by_label("Speed").select_option(speed)
        player.press("Home")
        player.press("Space")
        pass_one()
        assert player.counter == (step, 200)
        player.press("Space")


def test_the_text_follows_the_picture(visit):
    player = visit("still")
    live = player.page.locator("[aria-live]")
    player.press("Home")
    player.page.locator("[aria-live]", has_text="Step 0 of 200.").wait_for()
    assert re.search(r"GradientDescent, loss 7\.\d+; ", live.inner_text())
    assert re.search(r"TooFast, loss 7\.\d+, diverged at step 7\.", live.inner_text())


def test_keys_typed_elsewhere_are_left_alone(visit):
    player = visit("still")
    words = player.page.get_by_label("words")
    words.click()
    words.press_sequentially("a b")
    words.press("Home")
    assert words.input_value() == "a b"
    assert player.counter == (200, 200)
    assert not player.playing


def test_reduced_motion_shows_the_finished_path(visit):
    player = visit(reduced_motion="reduce")
    assert player.counter == (200, 200)
    assert not player.playing
