"""What tests ask lessons for: facts of a link, of a variation, and shares in words."""

from playground.topics.course import lessons

ALL = lessons()


def chosen(lesson, query=""):
    """What is known of a lesson's preset, or of what differs from it."""
    return lesson.facts(lesson._state(query))


def varied(lesson, words):
    """What is known of a variation by its words."""
    (one,) = [v for v in lesson.variations if v.words == words]
    return lesson.facts(one.state)


def percents(text):
    return float(text.replace("%", "").strip()) / 100
