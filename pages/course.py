"""The course: one lesson after the other, each asks, runs and explains."""

from playground.language import tr
from playground.topics.course.panel import lesson
from playground.ui import page

page(tr("Course"), stage=True)
lesson.show()
