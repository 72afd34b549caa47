"""The course: lessons that ask, run, explain and ask again."""

from playground.topics.course.lesson import Lesson, filled, lessons
from playground.topics.course.source import LessonError

__all__ = ["Lesson", "LessonError", "filled", "lessons"]
