"""The desks of a municipality on a day: who is next, draws, attempts."""

from __future__ import annotations

from simulator.delivery import rules
from simulator.delivery.fast.cases import (
    ATTEMPT_MASK,
    ATTEMPT_SHIFT,
    FORM_SHIFT,
    LATE,
    LOG_ATTEMPT,
    LOG_CAME,
    LOG_DAY,
    LOG_FORM,
    LOG_GROUP,
    LOG_KIND,
    LOG_NUMBER,
    LOG_TYPE,
    STATE_MASK,
    Case,
    Place,
    Today,
    add,
    case_of,
    close,
    is_wanted,
    rule_for,
)
from simulator.delivery.fast.chance import BLOCK, COUNTER, WORD, draw
from simulator.delivery.fast.entries import ENDED, HELD, HELD_LATER, NO_SHOW, PUT_OFF
from simulator.delivery.fast.jit import Int64, UInt32, UInt64, compiled, inlined, merged
from simulator.delivery.fast.law import (
    ALLOWS,
    CALLED_OFF,
    CELL,
    DIGITAL_MINUTES,
    GROUP_OF,
    LINES,
    LINES_A_KIND,
    NO_SHOW_DIGITAL,
    NO_SHOW_PHYSICAL,
    PHYSICAL_MINUTES,
    REBOOK_DAYS,
    TRIES,
    TYPE_OF,
    VIDEO,
)
from simulator.delivery.fast.leaving import is_gone, meet
from simulator.delivery.fast.scratch import (
    ASIDE,
    CODE_MASK,
    CODE_SHIFT,
    DEBT,
    DUE_MASK,
    GATHERED,
    LOGGED,
    NUMBER_MASK,
    NUMBER_SHIFT,
    PAST,
    PERSON_SHIFT,
)
from simulator.streams import (
    ATTEMPTS,
    TYPES,
    WORD_EXCEPTION,
    WORD_NO_SHOW,
    WORD_TAKE_UP,
    WORD_VIDEO,
    Purpose,
)

_ATTEMPT = int(Purpose.ATTEMPT) * TYPES
_may_be_held = compiled(rules.may_be_held)
_basis_of = compiled(rules.basis_of)
_form_of = compiled(rules.form_of)
_share_of_rest = compiled(rules.share_of_rest)
_turnout_of = compiled(rules.turnout_of)
_takes_the_phone = compiled(rules.takes_the_phone)
_minutes_of = compiled(rules.minutes_of)
_may_try_again = compiled(rules.may_try_again)
_minutes_left = compiled(rules.minutes_left)


@inlined
def is_open(place: Place, today: Today, case: Case) -> bool:
    """Return whether a conversation may be held today."""
    allows = place.law[UInt64(ALLOWS) + UInt64(2) * rule_for(place, today, case)]
    return _may_be_held(allows, False) or is_wanted(place, case)


@merged
def gather(place: Place, today: Today, at: int, most: int, passed: int) -> tuple[int, int]:
    """Take the next of a queue who may be met, and draw for them; return how many were passed over, and how many."""
    draws, count, first = place.draws, 0, at * place.room
    head, tail = place.ends[UInt64(2 * at)], place.ends[UInt64(2 * at + 1)]
    while head < tail and count < most:
        conversation = place.line[UInt64(first + head)]
        head += 1
        record = Int64(place.record[conversation])
        if record & STATE_MASK != rules.WAITING:
            continue
        if today.suspends and not is_open(place, today, case_of(place, conversation, today.day)):
            place.passed[UInt64(passed)] = conversation
            passed += 1
            continue
        word, column = place.owed[UInt64(2) * UInt64(conversation)], UInt64(count)
        code = word >> CODE_SHIFT & CODE_MASK
        draws[UInt64(COUNTER[0]) + column] = place.stock + place.law[UInt64(GROUP_OF) + code]
        draws[UInt64(COUNTER[1]) + column] = place.number[word >> PERSON_SHIFT]
        draws[UInt64(COUNTER[2]) + column] = _ATTEMPT + place.law[UInt64(TYPE_OF) + code]
        made = record >> ATTEMPT_SHIFT & ATTEMPT_MASK
        draws[UInt64(COUNTER[3]) + column] = Int64(word >> NUMBER_SHIFT & NUMBER_MASK) * ATTEMPTS + made
        place.gathered[UInt64(GATHERED) + column] = conversation
        place.gathered[UInt64(PAST) + column], place.gathered[UInt64(ASIDE) + column] = head, passed
        count += 1
    place.ends[UInt64(2 * at)] = head
    draw(draws, 0, count, place.key)
    return passed, count


@inlined
def put_back(place: Place, at: int, passed: int) -> None:
    """Put those who were passed over back at the head of their queue."""
    head = place.ends[2 * at] - passed
    for back in range(passed):
        place.line[UInt64(at * place.room + head + back)] = place.passed[UInt64(back)]
    place.ends[2 * at] = head
    if head == place.ends[2 * at + 1]:
        place.ends[2 * at], place.ends[2 * at + 1] = 0, 0


@inlined
def hold(place: Place, today: Today, case: Case, kind: int, form: int, basis: int) -> None:
    """Note that a conversation was held."""
    record = Int64(place.record[case.conversation])
    close(place, today, case, record | form << FORM_SHIFT | rules.HELD, HELD + form)
    if len(place.moved_by_meeting) > 0:
        meet(place, today, case, form)
    if today.period_from <= today.day <= today.period_to:
        place.basis[UInt64(basis * place.width + place.law[UInt64(CELL) + case.code])] += place.counted
    elif record & LATE:
        then = Case(case.conversation, case.word, case.life, case.code, case.age - (today.day - today.period_to))
        add(place, today.late, HELD_LATER + form, then)
    due = Int64(case.word & DUE_MASK)
    if today.period_from <= due <= today.period_to:
        place.waits[UInt64(2 * kind)] += 1
        place.waits[UInt64(2 * kind + 1)] += today.day - due


@inlined
def come_later(place: Place, today: Today, case: Case, kind: int, entry: int) -> None:
    """Note a no-show, or that illness puts it off, and make the next appointment while tries are left."""
    add(place, today.cells, entry, case)
    record = Int64(place.record[case.conversation])
    if _may_try_again(record >> ATTEMPT_SHIFT & ATTEMPT_MASK, place.law[TRIES]):
        place.record[case.conversation] = record + (1 << ATTEMPT_SHIFT)
        wanted = min(today.day + place.law[REBOOK_DAYS], len(place.later) - 1)
        again = place.meeting_from[UInt64(kind * len(place.later) + wanted)]
        place.next[case.conversation] = place.later[again]
        place.later[again] = case.conversation
    else:
        close(place, today, case, record | rules.CANCELLED_TRIES, ENDED + rules.CANCELLED_TRIES)


@inlined
def write_down(place: Place, today: Today, case: Case, kind: int, form: int, turnout: int) -> None:
    """Add an attempt to the log."""
    made = Int64(place.record[case.conversation]) >> ATTEMPT_SHIFT & ATTEMPT_MASK
    row = UInt64(2 * place.tally[LOGGED])
    when = place.where | today.day << LOG_DAY | kind << LOG_KIND
    place.log[row] = when | made << LOG_ATTEMPT | form << LOG_FORM | turnout << LOG_CAME
    law, code = place.law, case.code
    who = law[UInt64(TYPE_OF) + code] << LOG_TYPE | law[UInt64(GROUP_OF) + code] << LOG_GROUP
    number = Int64(case.word >> NUMBER_SHIFT & NUMBER_MASK) << LOG_NUMBER
    place.log[row + UInt64(1)] = Int64(place.number[case.word >> PERSON_SHIFT]) | who | number
    place.tally[LOGGED] += 1


@inlined
def end(place: Place, today: Today, case: Case, at: tuple[int, int, int], turnout: int) -> None:
    """Note what became of an attempt, given office kind, form and basis."""
    kind, form, basis = at
    if turnout == rules.CAME:
        hold(place, today, case, kind, form, basis)
    elif turnout == rules.CALLED_OFF:
        record = Int64(place.record[case.conversation]) | rules.CANCELLED_ILLNESS
        close(place, today, case, record, ENDED + rules.CANCELLED_ILLNESS)
    else:
        come_later(place, today, case, kind, NO_SHOW + form if turnout == rules.MISSED else PUT_OFF)


@inlined
def attempt(place: Place, today: Today, case: Case, kind: int, column: int) -> int:
    """Make an attempt at a conversation with the words of a column of the block; return its minutes."""
    words, law = place.draws, place.law
    rule = rule_for(place, today, case)
    allows = law[UInt64(ALLOWS) + UInt64(2) * rule]
    share = rule * UInt64(2 * place.codes) + case.code
    exception_word = Int64(words[UInt64(WORD[WORD_EXCEPTION] + column)])
    take_up_word = Int64(words[UInt64(WORD[WORD_TAKE_UP] + column)])
    take_up = _share_of_rest(place.share[share + UInt64(place.codes)], today.lift)
    basis = _basis_of(allows, place.share[share], take_up, exception_word, take_up_word)
    video, video_word = law[VIDEO], Int64(words[UInt64(WORD[WORD_VIDEO] + column)])
    form = _form_of(basis, video, video_word)
    attends = form == rules.PHYSICAL
    no_show = law[UInt64(NO_SHOW_PHYSICAL if attends else NO_SHOW_DIGITAL) + case.code]
    no_show_word = Int64(words[UInt64(WORD[WORD_NO_SHOW] + column)])
    turnout = _turnout_of(no_show, today.ill if attends else 0, law[CALLED_OFF], no_show_word)
    if _takes_the_phone(allows, turnout):
        basis, turnout = rules.ISOLATED, rules.CAME
        form = _form_of(basis, video, video_word)
    if len(place.log) > 0:
        write_down(place, today, case, kind, form, turnout)
    end(place, today, case, (kind, form, basis), turnout)
    return _minutes_of(form, turnout, law[PHYSICAL_MINUTES], law[DIGITAL_MINUTES])


@merged
def make_attempts(place: Place, today: Today, kind: int, count: int, left: int) -> tuple[int, int]:
    """Make attempts at those who were gathered while minutes are left; return the minutes, and how many are done."""
    done = 0
    while done < count and left > 0:
        conversation = UInt32(place.gathered[UInt64(GATHERED + done)])
        case = case_of(place, conversation, today.day)
        if is_gone(place, case, today.day):
            close(place, today, case, Int64(place.record[conversation]) | rules.LAPSED, ENDED + rules.LAPSED)
        else:
            left -= attempt(place, today, case, kind, done)
        done += 1
    return left, done


@merged
def serve(place: Place, today: Today, kind: int, minutes: int) -> int:
    """Hold conversations until the minutes run out or nobody is left in line; return the minutes worked."""
    offered = _minutes_left(minutes, place.tally[DEBT + kind])
    left, longest = offered, max(place.law[PHYSICAL_MINUTES], place.law[DIGITAL_MINUTES])
    for order in range(LINES_A_KIND):
        at = place.law[LINES + LINES_A_KIND * kind + order]
        if at < 0:
            break
        passed = Int64(0)
        while left > 0 and place.ends[2 * at] < place.ends[2 * at + 1]:
            passed, count = gather(place, today, at, min(left // longest + 1, BLOCK), passed)
            left, done = make_attempts(place, today, kind, count, left)
            if done < count:
                place.ends[2 * at] = place.gathered[PAST + done - 1]
                passed = place.gathered[ASIDE + done - 1]
        put_back(place, at, passed)
    place.tally[DEBT + kind] = max(-left, 0)
    return offered - left
