"""For the teacher: what each lesson is for, its links, its handout, and what a class sends back."""

import streamlit as st

from playground.language import tr
from playground.topics.course import lessons
from playground.topics.course.panel import handout, teacher
from playground.ui import page

page(
    tr("For the teacher"),
    tr("{} lessons, each to show, to hand out or to set as work.", len(lessons())),
)
teacher.overview()
st.header(tr("One lesson"))
s = teacher.taught()
base = teacher.base()
left, right = st.columns(2, gap="large")
with left:
    teacher.notes(s.about)
with right:
    teacher.links(s.about, base)
teacher.vote(s.about, base)
st.header(tr("The handout"))
handout.sheet(s.about, base)
st.header(tr("What the class sends back"))
teacher.returned()
