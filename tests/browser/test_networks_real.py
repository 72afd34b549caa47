"""One journey: a network learns, its gauge's limit is clicked, and the verdict becomes another."""

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

    page.locator(".pgp-threshold.pgp-clickable").click()
    page.wait_for_url(re.compile(rf"optimizer\.lr={limit:g}(&|$)"))
    expect(main).to_contain_text("and keeps about the limit")

    # The player leads: what is decided and the microscope follow to the update where it stands.
    page.get_by_role("slider", name="Step", exact=True).fill("7")
    wrong = round(there.error(7, there.data) * 200)
    expect(main).to_contain_text(f"After 7 updates {wrong} of 200 training examples")
    expect(main).to_contain_text("Update 7, where")
