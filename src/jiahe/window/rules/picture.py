"""The process diagram of a service: its steps as stations of one line, as SVG that needs no script and no style sheet.

From above to below, so that it fits a phone. Each step says who does it, in how many days, and how it can come out; a
number names the station an outcome leads to. Lines at the left are for ways that pass over stations; broken ones lead
back. Nothing is told by colour alone; `desc` says all of it in sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from jiahe.basis.languages import Text
from jiahe.staff.definitions import Role
from jiahe.window.definitions.shapes import End, Outcome, Service, Step
from jiahe.window.rules import words
from jiahe.window.rules.lanes import Way, pairs, ways
from jiahe.window.rules.setting import INK, lines, sign, text, width

RIGHT, PAD, LANE, RADIUS = 8, 16, 18, 15
PAPER = "var(--tblr-bg-surface, #fff)"
ACCENT = "var(--tblr-link-color, #0b6aa0)"
FONT = "system-ui, 'Noto Sans CJK TC', 'Noto Sans CJK SC', 'Microsoft JhengHei', 'Microsoft YaHei', sans-serif"


def picture(service: Service, roles: Mapping[str, Role], *, language: str, current: str = "", wide: int = 600) -> str:
    """The SVG of a service in "en", "zh-hant" or "zh-hans"; the step with the id `current` is marked.

    `wide` is how many pixels of 14-pixel words there are room for; a phone has 320, and less is not enough.
    Raises KeyError for a role or a current step that does not exist.
    """
    if current:
        service.step(current)
    return _Drawing(service, roles, language, current, wide).svg()


class _Drawing:
    def __init__(self, service: Service, roles: Mapping[str, Role], language: str, current: str, wide: int) -> None:
        self.service, self.roles, self.language, self.current = service, roles, language, current
        self.wide, self.right = wide, wide - RIGHT
        self.number = {step.id: n for n, step in enumerate(service.steps, 1)}
        self.ways = ways(service, self.number)
        self.x = RADIUS + 8 + LANE * max((way.lane for way in self.ways), default=0)
        self.left = self.x + RADIUS + 14
        self.id = f"service-{service.id}-{service.version}-{wide}"

    def say(self, words_: Text, **values: object) -> str:
        """The words in the language of the drawing."""
        said = words_.in_language(self.language)
        return said.format(**values) if values else said

    def days(self, number: int) -> str:
        """So many working days."""
        return self.say(words.DAY) if number == 1 else self.say(words.DAYS, days=number)

    def svg(self) -> str:
        """All of it."""
        top, head = self._head()
        begin, y, start = self._start(top + RADIUS)
        stations, cards = [begin], []
        for step in self.service.steps:
            height, card = self._card(step, y)
            stations.append(y + 28)
            cards.append(card)
            y += height + 18
        stations.append(y + RADIUS + 4)
        foot_height, foot = self._foot(stations[-1])
        height = stations[-1] + foot_height
        body = "".join([head, *self._lines(stations), start, *cards, *self._stations(stations), foot])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="app-process" role="img" '
            f'viewBox="0 0 {self.wide} {height}" width="{self.wide}" height="{height}" lang="{self.language}" '
            f'aria-labelledby="{self.id}-title {self.id}-desc" font-family="{FONT}" font-size="14" fill="{INK}">'
            f'<title id="{self.id}-title">{escape(self.say(self.service.title))}</title>'
            f'<desc id="{self.id}-desc">{escape(" ".join(self.sentences()))}</desc>'
            f'<defs><marker id="{self.id}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0.5 7.5 4 0 7.5z" fill="{INK}"/></marker></defs>'
            f"{body}</svg>"
        )

    def sentences(self) -> Iterator[str]:
        """The whole process as it is read to who cannot see it."""
        yield self._limit()
        for step in self.service.steps:
            parts = [f"{self.number[step.id]}. {self.say(step.title)}", *self._who(step)]
            yield self.say(words.LISTED, items=self.say(words.COMMA).join(parts))
            for outcome in step.outcomes:
                yield self.say(words.LEADS, outcome=self._called(outcome), place=self._place(outcome))
            if step.id == self.current:
                yield self.say(words.LISTED, items=self.say(words.HERE))
        yield self.say(words.LISTED, items=self.say(words.RESULT, result=self.say(self.service.result)))

    def _limit(self) -> str:
        limit = self.service.limit
        if limit is None:
            return self.say(words.ON_THE_SPOT)
        if limit.statutory is None:
            return self.say(words.PROMISED, days=self.days(limit.promised))
        return self.say(words.PROMISED_AND_LAWFUL, days=self.days(limit.promised), most=self.days(limit.statutory))

    def _who(self, step: Step) -> list[str]:
        said = [self.say(self.roles[step.role].title), self.say(words.LEVELS[step.level])]
        return [*said, self.say(words.WITHIN, days=self.days(step.promised))] if step.promised else said

    def _called(self, outcome: Outcome) -> str:
        title = self.say(outcome.title)
        if outcome.times is None:
            return title
        return self.say(words.ONCE if outcome.times == 1 else words.AT_MOST, outcome=title, times=outcome.times)

    def _place(self, outcome: Outcome) -> str:
        if outcome.end is not None:
            return self.say(words.ENDS[outcome.end])
        return f"{self.number[outcome.next]}. {self.say(self.service.step(outcome.next).title)}"

    def _head(self) -> tuple[int, str]:
        y, drawn = 26, []
        for line in lines(self.say(self.service.title), self.wide - 2 * RIGHT, 21, bold=True):
            drawn.append(text(RIGHT, y, line, size=21, bold=True))
            y += 27
        for line in lines(self._limit(), self.wide - 2 * RIGHT, 14):
            drawn.append(text(RIGHT, y, line, muted=True))
            y += 19
        return y + 4, "".join(drawn)

    def _start(self, y: int) -> tuple[int, int, str]:
        """Where the line begins, where the first card does, and what is drawn there."""
        drawn = [f'<circle cx="{self.x}" cy="{y}" r="7" fill="{PAPER}" stroke="{INK}" stroke-width="2.5"/>']
        drawn.append(text(self.left, y + 5, self.say(words.ACCEPTED), bold=True))
        at = y + 24
        for line in lines(self.say(words.FIRST_DAY), self.right - self.left, 14):
            drawn.append(text(self.left, at, line, muted=True))
            at += 19
        return y, at + 2, "".join(drawn)

    def _card(self, step: Step, y: int) -> tuple[int, str]:
        here = step.id == self.current
        inner, room = self.left + PAD, self.right - self.left - 2 * PAD
        tag = self.say(words.HERE) if here else ""
        at, drawn = y + 33, []
        for line in lines(self.say(step.title), room - (width(tag, 13) + 34 if here else 0), 17, bold=True):
            drawn.append(text(inner, at, line, size=17, bold=True))
            at += 22
        who, dot = self._who(step), self.say(words.DOT)
        details = [dot.join(who)] if width(dot.join(who), 14) <= room else [dot.join(who[:2]), *who[2:]]
        if step.notice:
            shown = self.say(words.COMMA).join(self.say(words.SHOWN[each]) for each in step.notice.shows)
            details.append(self.say(words.HANGS, days=self.days(step.notice.days), shown=shown))
        for line in [line for detail in details for line in lines(detail, room, 14)]:
            drawn.append(text(inner, at, line, muted=True))
            at += 19
        at += 1
        drawn.append(f'<path d="M{inner} {at - 8}h{room}" stroke="{INK}" stroke-opacity=".18"/>')
        for outcome in step.outcomes:
            at, row = self._outcome(outcome, at + 13, inner, room)
            drawn.append(row)
        height = at - y + 2
        mark = f'stroke="{ACCENT}" stroke-width="3"' if here else f'stroke="{INK}" stroke-opacity=".28"'
        if here:
            wide, right = width(tag, 13, bold=True) + 22, self.right - 10
            drawn.append(
                f'<rect x="{right - wide}" y="{y + 12}" width="{wide}" height="26" rx="13" fill="{ACCENT}"/>'
                + text(right - wide / 2, y + 29.5, tag, size=13, bold=True, middle=True, ink=PAPER)
            )
        box = (
            f'<rect x="{self.left}" y="{y}" width="{self.right - self.left}" height="{height}" rx="10" '
            f'fill="{INK}" fill-opacity=".035" {mark}/>'
        )
        group = '<g aria-current="step">' if here else "<g>"
        return height, f"{group}{box}{''.join(drawn)}</g>"

    def _outcome(self, outcome: Outcome, y: int, x: int, room: int) -> tuple[int, str]:
        """A row: what it is called, and at the right the station it leads to, or the end."""
        right, at, drawn = x + room, y + 11, []
        if outcome.end is None:
            number = str(self.number[outcome.next])
            taken = 46
            drawn.append(
                self._line(f"M{right - 42} {at - 5}h14")
                + f'<circle cx="{right - 12}" cy="{at - 5}" r="11" fill="{PAPER}" stroke="{INK}" stroke-width="1.5"/>'
                + text(right - 12, at, number, size=13, bold=True, middle=True)
            )
        else:
            said = self.say(words.ENDS[outcome.end])
            taken = width(said, 13) + 40
            begin = right - taken + 4
            drawn.append(
                f'<rect x="{begin}" y="{at - 17}" width="{right - begin}" height="24" rx="12" fill="none" '
                f'stroke="{INK}" stroke-opacity=".55"/>{sign(outcome.end, begin + 15, at - 5)}'
                + text(begin + 26, at, said, size=13)
            )
        for line in lines(self._called(outcome), room - taken - 12, 14):
            drawn.append(text(x, at, line))
            at += 19
        return at - 6, "".join(drawn)

    def _foot(self, y: int) -> tuple[int, str]:
        at, drawn = y + 5, []
        result = self.say(words.RESULT, result=self.say(self.service.result))
        for line in lines(result, self.right - self.left, 14, bold=True):
            drawn.append(text(self.left, at, line, bold=True))
            at += 19
        return max(RADIUS + 6, at - y), "".join(drawn)

    def _lines(self, stations: list[int]) -> Iterator[str]:
        x = self.x
        reached = {(0, 1)} | {pair for step in self.service.steps for pair in pairs(step, self.number, len(stations))}
        for start, end in sorted(pair for pair in reached if pair[1] == pair[0] + 1):
            gap = 7 if start == 0 else RADIUS
            yield self._line(f"M{x} {stations[start] + gap}V{stations[end] - RADIUS - 3}")
        for way in self.ways:
            lane, turn = x - RADIUS - LANE * way.lane - 2, 8 if way.end > way.start else -8
            first, last = (stations[n] + self._offset(n, way) for n in (way.start, way.end))
            path = (
                f"M{x - RADIUS + 1} {first}H{lane + 8}Q{lane} {first} {lane} {first + turn}"
                f"V{last - turn}Q{lane} {last} {lane + 8} {last}H{x - RADIUS - 2}"
            )
            yield self._line(path, broken=turn < 0)

    def _line(self, path: str, *, broken: bool = False) -> str:
        dashes = ' stroke-dasharray="5 4"' if broken else ""
        tip = f'marker-end="url(#{self.id}-tip)"'
        return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.75"{dashes} {tip}/>'

    def _offset(self, station: int, way: Way) -> int:
        """How far from the middle of a station a line touches it, so that no two touch or cross there."""
        there = [each for each in self.ways if station in (each.start, each.end)]
        above = [each for each in there if min(each.start, each.end) < station]
        below = [each for each in there if each not in above]
        order = sorted(above, key=lambda each: each.lane) + sorted(below, key=lambda each: -each.lane)
        return round((order.index(way) - (len(order) - 1) / 2) * 9)

    def _stations(self, stations: list[int]) -> Iterator[str]:
        for n, step in enumerate(self.service.steps, 1):
            here = step.id == self.current
            fill, stroke, ink = (ACCENT, ACCENT, PAPER) if here else (PAPER, INK, INK)
            paint = f'fill="{fill}" stroke="{stroke}" stroke-width="2.5"'
            yield f'<circle cx="{self.x}" cy="{stations[n]}" r="{RADIUS}" {paint}/>'
            yield text(self.x, stations[n] + 5, str(n), size=15, bold=True, middle=True, ink=ink)
        yield f'<circle cx="{self.x}" cy="{stations[-1]}" r="{RADIUS}" fill="{INK}"/>'
        yield sign(End.GRANTED, self.x, stations[-1], ink=PAPER, scale=1.5)
