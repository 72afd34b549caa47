"""Two journeys: a network learns before one's eyes; the limit of its gauge is clicked."""

import re

from playwright.sync_api import expect

from playground.optimizers import Optimizer
from playground.topics.network.settings import RealNetwork
from playground.topics.network.training import trained
from playground.topics.network.verdict import outcome_of


def test_the_limit_of_the_gauge_is_a_learning_rate(serve, page):
    rule = Optimizer.all["GradientDescent"](lr=0.01)
    trace = trained(RealNetwork(optimizer=rule, width=8, steps=150))
    limit = trace.limiting_lr()
    there = trained(trace.settings.replace(optimizer=rule.replace(lr=limit)))
    assert outcome_of(trace).label == "slow"
    assert outcome_of(there).label == "edge_of_stability"

    page.goto(f"{serve('streamlit_app.py')}/network?width=8&steps=150&optimizer.lr=0.01")
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("It creeps: the loss is")
    expect(page.locator(".pgp")).to_be_visible()
    expect(page.locator(".pgp-foot")).not_to_contain_text("set the start")

    page.get_by_role("button", name="Gauge").click()
    page.locator(".pgp-threshold.pgp-clickable").click()
    page.wait_for_url(re.compile(rf"optimizer\.lr={limit:g}(&|$)"))
    expect(main).to_contain_text("and is about it in its second half")

    # The player leads: what is decided follows at once, and the microscope when it rests.
    page.get_by_role("button", name="Decision").click()
    page.get_by_role("slider", name="Step", exact=True).fill("7")
    wrong = [round(there.error(7, part) * 200) for part in (there.data, there.dev)]
    told = f"wrong: {wrong[0]} of 200, test {wrong[1]} of 200"
    expect(page.locator(".pgp-panel")).to_contain_text(f"update 7{told}")
    expect(page.locator(".pgp [aria-live]")).to_contain_text(f"Decision: update 7, {told}.")
    expect(main).to_contain_text("Update 7, where")


SEEN = """() => {
  const edges = [...document.querySelectorAll(".pgp-edge")];
  return {
    step: Number(document.querySelector(".pgp-counter").textContent.split("/")[0]),
    told: Number(document.querySelector(".pgp-update").textContent.replace("update ", "")),
    decision: document.querySelector(".pgp-panel canvas").toDataURL(),
    edges: edges.map((edge) => edge.getAttribute("stroke-width")).join(" "),
  };
}"""
WATCHED = f"""() => new Promise((done) => {{
  const seen = [];
  const look = () => {{
    seen.push(({SEEN})());
    if (document.querySelector("[aria-label=Play]")) done(seen);
    else requestAnimationFrame(look);
  }};
  document.querySelector("[aria-label=Play]").click();
  requestAnimationFrame(look);
}})"""
"""What is seen at every frame from the press on Play to the end."""


def test_a_network_learns_before_ones_eyes(serve, page):
    """While it plays, decision and edges change on the bar's clock, and the page runs nothing."""
    sent = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{serve('streamlit_app.py')}/network?width=4&steps=60&examples=40")
    panel = page.locator(".pgp-panel")
    expect(panel).to_contain_text("update 60")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    for name, part in (("Decision", "decision"), ("Weights", "edges")):
        page.get_by_role("button", name=name).click()
        expect(panel).to_contain_text(name)
        page.get_by_role("slider", name="Step", exact=True).fill("0")
        page.wait_for_timeout(500)  # a step that was reported is answered
        sent.clear()
        frames = page.evaluate(WATCHED)
        assert not sent, "the page was told of a frame"
        assert all(frame["step"] == frame["told"] for frame in frames)
        assert len({frame[part] for frame in frames}) > 5
        for frame in (frames[len(frames) // 3], frames[-2]):  # what is scrubbed to looks as it did
            page.get_by_role("slider", name="Step", exact=True).fill(str(frame["step"]))
            at = page.evaluate(SEEN)
            assert [at[fact] for fact in ("step", "told", part)] == [
                frame[fact] for fact in ("step", "told", part)
            ]
