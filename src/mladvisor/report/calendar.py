"""The study plan as a calendar file (iCalendar, RFC 5545): one all-day event a course."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from mladvisor.recommendation.study.document import PlannedCourse, PlannedStage, StudyPlan
from mladvisor.recommendation.words import hours_range
from mladvisor.report.content.study import price


def as_calendar(plan: StudyPlan) -> str:
    """Return the calendar; the same plan gives the same text, stamped with the plan's own day."""
    calendar = Calendar()
    calendar.add("prodid", f"-//mladvisor//{plan.data_version}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", plan.title)
    stamp = datetime.combine(date.fromisoformat(plan.today), time(), tzinfo=UTC)
    for stage, course in courses_of(plan):
        event = Event()
        event.add("uid", f"{course.id}-{course.begins}@mladvisor")
        event.add("dtstamp", stamp)
        event.add("dtstart", date.fromisoformat(course.begins))
        event.add("dtend", date.fromisoformat(course.ends) + timedelta(days=1))
        event.add("summary", course.title)
        facts = f"{stage.title}. {hours_range(course.hours)}; {price(course)}."
        event.add("description", f"{facts} {course.why}")
        if course.url:
            event.add("url", course.url)
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text.decode()


def courses_of(plan: StudyPlan) -> Iterator[tuple[PlannedStage, PlannedCourse]]:
    """Yield each course with its stage, in order."""
    for stage in plan.stages:
        for course in stage.courses:
            yield stage, course
