"""What a race can be taken away as: each file is made when it is asked for, and is what it says."""

from pathlib import Path

import pytest

FILES = {
    "Page that plays offline (HTML)": ("race.html", b"<!DOCTYPE html>"),
    "Animation (GIF)": ("race.gif", b"GIF89a"),
    "Picture of the last step (PNG)": ("race.png", b"\x89PNG"),
    "Adam η 0.1 (CSV)": ("runner-d.csv", b"step,"),
}


@pytest.mark.parametrize("label", FILES)
def test_a_file_is_made_and_comes(serve, page, label):
    name, begin = FILES[label]
    page.goto(f"{serve('streamlit_app.py')}/trajectories")
    page.get_by_role("tab", name="Download").click()
    with page.expect_download() as found:
        page.get_by_role("button", name=label).click()
    assert found.value.suggested_filename == name
    assert Path(found.value.path()).read_bytes().startswith(begin)
