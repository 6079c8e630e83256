"""The queues of a municipality: what falls due joins them, and those who wait are counted."""

from __future__ import annotations

from simulator.delivery import rules
from simulator.delivery.fast.cases import (
    Case,
    Place,
    Today,
    add,
    case_of,
    close,
    is_wanted,
    rule_for,
    state_of,
    type_of,
)
from simulator.delivery.fast.entries import DUE, ENDED
from simulator.delivery.fast.jit import Int64, UInt32, UInt64, compiled, inlined, merged
from simulator.delivery.fast.law import ANY_CANCELS, CANCELS, LINE_OF, Int32Array
from simulator.delivery.fast.leaving import is_gone
from simulator.delivery.fast.scratch import (
    CODE_MASK,
    CODE_SHIFT,
    FORMER_MASK,
    NOBODY,
    WAITING,
)


@inlined
def is_cancelled(place: Place, today: Today, case: Case) -> bool:
    """Return whether the rule of the day cancels what falls due under it."""
    if place.law[ANY_CANCELS] == 0:
        return False
    if place.law[UInt64(CANCELS) + UInt64(2) * rule_for(place, today, case)] == 0:
        return False
    return not is_wanted(place, case)


@inlined
def join(place: Place, conversation: int) -> None:
    """Put a conversation at the end of its queue."""
    at = place.law[UInt64(LINE_OF) + (place.owed[UInt64(2) * UInt64(conversation)] >> CODE_SHIFT & CODE_MASK)]
    head, tail, first = place.ends[UInt64(2 * at)], place.ends[UInt64(2 * at + 1)], at * place.room
    if tail == place.room:
        for step in range(tail - head):
            place.line[UInt64(first + step)] = place.line[UInt64(first + head + step)]
        head, tail = 0, tail - head
        place.ends[UInt64(2 * at)] = head
    place.line[UInt64(first + tail)] = conversation
    place.ends[UInt64(2 * at + 1)] = tail + 1


@inlined
def receive(place: Place, today: Today, conversation: int) -> None:
    """Let a conversation fall due; it replaces the former one of its person and type if that still waits."""
    case = case_of(place, conversation, today.day)
    if len(place.moved_by_meeting) > 0 and is_gone(place, case, today.day):
        place.record[conversation] = rules.NEVER_DUE
        return
    add(place, today.cells, DUE, case)
    place.tally[UInt64(WAITING) + type_of(place, case.code)] += 1
    former = UInt32(case.life & FORMER_MASK)
    if state_of(place, former) == rules.WAITING:
        replaced = Case(former, case.word, case.life, case.code, case.age)
        record = Int64(place.record[former]) | rules.CANCELLED_REPLACED
        close(place, today, replaced, record, ENDED + rules.CANCELLED_REPLACED)
    if is_cancelled(place, today, case):
        record = Int64(place.record[conversation]) | rules.CANCELLED_RULE
        close(place, today, case, record, ENDED + rules.CANCELLED_RULE)
    else:
        join(place, conversation)


@compiled
def sift(place: Place, top: int, count: int) -> None:
    """Let a conversation sink in a heap of `passed`, the last by person, type and number on top."""
    heap, owed = place.passed, place.owed
    sinking, below = heap[top], 2 * top + 1
    while below < count:
        if below + 1 < count and owed[2 * heap[below + 1]] > owed[2 * heap[below]]:
            below += 1
        if owed[2 * heap[below]] <= owed[2 * sinking]:
            break
        heap[top] = heap[below]
        top, below = below, 2 * below + 1
    heap[top] = sinking


@compiled
def come_again(place: Place, day: int) -> int:
    """List those whose new appointment is on a day, in order, unless replaced meanwhile; return how many."""
    count, conversation = 0, place.later[day]
    while conversation != NOBODY:
        if state_of(place, conversation) == rules.WAITING:
            place.passed[count] = conversation
            count += 1
        conversation = place.next[conversation]
    for start in range(count // 2 - 1, -1, -1):
        sift(place, start, count)
    for last in range(count - 1, 0, -1):
        place.passed[0], place.passed[last] = place.passed[last], place.passed[0]
        sift(place, 0, last)
    return count


@merged
def fall_due(place: Place, today: Today) -> None:
    """Let the conversations of the day join their queues, first and further attempts by person, type and number."""
    again, back = come_again(place, today.day), 0
    at, stop = place.first[today.day], place.first[today.day + 1]
    while back < again:
        comes = place.passed[back]
        while at < stop and place.owed[UInt64(2 * at)] < place.owed[UInt64(2) * UInt64(comes)]:
            receive(place, today, UInt32(at))
            at += 1
        join(place, comes)
        back += 1
    while at < stop:
        receive(place, today, UInt32(at))
        at += 1


@inlined
def count_waiting(place: Place, cells: Int32Array, entry: int, conversation: int, day: int, mark: int) -> None:
    """Count and mark a conversation if it waits."""
    if state_of(place, conversation) == rules.WAITING:
        add(place, cells, entry, case_of(place, conversation, day))
        place.record[conversation] |= UInt32(mark)


@compiled
def take_census(place: Place, cells: Int32Array, entry: int, days: tuple[int, int], mark: int) -> None:
    """Count those who wait before a day begins, as of another day, and mark them."""
    for at in range(len(place.ends) // 2):
        for position in range(place.ends[2 * at], place.ends[2 * at + 1]):
            count_waiting(place, cells, entry, place.line[at * place.room + position], days[1], mark)
    for day in range(days[0], len(place.later)):
        conversation = place.later[day]
        while conversation != NOBODY:
            count_waiting(place, cells, entry, conversation, days[1], mark)
            conversation = place.next[conversation]
