"""The course on the page: a lesson, what was done, what a teacher needs."""
