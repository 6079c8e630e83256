"""The answer to a decision as text: three priors side by side, and in words what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.uncertainty.information.answer import Answer
from simulator.uncertainty.information.priced import Part, Priced
from simulator.uncertainty.information.regression import Worth
from simulator.uncertainty.information.trial_worth import TrialWorth
from simulator.uncertainty.wording import SMALLEST, Wording, table_text

DIGITS = 3
INDENT = "  "


def plain(answer: Answer, words: Wording) -> str:
    """Return tables and sentences of an answer."""
    told = _Telling(answer, words)
    parts = [*told.head(), "", told.options(), "", told.information(), told.text("legend"), "", *told.sentences()]
    if answer.trials:
        parts += ["", told.trials(), told.trial_legend(), "", *told.trial_sentences()]
    else:
        parts += ["", told.text("no_trial", why=answer.why_none)]
    return "\n".join(parts)


class _Telling:
    """Tells an answer in a language."""

    def __init__(self, answer: Answer, words: Wording) -> None:
        self.answer, self.words = answer, words
        self.names = [choice.told(words.language) for choice in answer.choices]
        self.priors = [one.weighed.believed.told(words.language) for one in answer.priors]
        self.years = answer.horizon.worth_of_one()

    def text(self, key: str, **filled: str) -> str:
        return self.words.text(f"information.{key}", **filled)

    def head(self) -> Iterator[str]:
        values = self.answer.scenario.baseline.values
        yield self.text("title", scenario=_title(self.answer, self.words))
        yield self.text(
            "governs",
            conversations=self.words.digits(values["decision.conversations_per_year"], 7),
            years=self.words.digits(self.answer.horizon.years),
            worth=self.words.digits(self.years),
        )

    def options(self) -> str:
        """Return what each option is worth, and how often it is best."""
        lines = [[self.text("heads.options"), *self.priors]]
        for at, name in enumerate(self.names):
            shares = [self._share(one.shares[at]) for one in self.answer.priors]
            values = [self._worth(one.values[at]) for one in self.answer.priors]
            cells = [f"{value} ({share})" for value, share in zip(values, shares, strict=True)]
            lines.append([name, *cells])
        lines.append([self.text("heads.best"), *(self.names[one.best] for one in self.answer.priors)])
        return table_text(lines)

    def information(self) -> str:
        """Return what everything, each assumption and each group is worth."""
        priors = self.answer.priors
        lines = [[self.text("heads.information"), *self.priors]]
        lines.append([self.text("heads.everything"), *(self._worth(one.perfect) for one in priors)])
        horizon = [self.words.digits(one.perfect.value * self.years, DIGITS) for one in priors]
        lines.append([self.text("heads.horizon"), *horizon])
        for parts in ([one.alone for one in priors], [one.together for one in priors]):
            for name in dict.fromkeys(part.name for of in parts for part in of):
                cells = [next((self._worth(part.worth) for part in of if part.name == name), "") for of in parts]
                lines.append([INDENT + self._called(name, parts), *cells])
        return table_text(lines)

    def sentences(self) -> Iterator[str]:
        """Yield in words what the choice hangs on under each prior."""
        for one, prior in zip(self.answer.priors, self.priors, strict=True):
            yield self._settled(one, prior) if one.is_settled else self._open(one, prior)
        if not self.answer.agreed:
            yield self.text("not_agreed")
        for at, name in enumerate(self.names[1:], start=1):
            if not any(one.unlike[at] for one in self.answer.priors):
                yield self.text("alike", option=name)

    def trials(self) -> str:
        """Return what a trial is worth under each prior."""
        trials = self.answer.trials
        rows = {
            "size": [self._persons(one) for one in trials],
            "weeks": [self.words.number(one.best.weeks) if one.pays else self._none for one in trials],
            "evsi": [self._worth(one.best.a_year) if one.pays else self._none for one in trials],
            "cost": [self._digits(one.best.cost + one.best.loss) if one.pays else self._none for one in trials],
            "gain": [self._digits(one.best.net_gain) if one.pays else self._none for one in trials],
            "set_up": [self._digits(one.set_up) for one in trials],
            "per_person": [self._digits(one.per_person) for one in trials],
        }
        lines = [[self.text("heads.trial"), *self.priors]]
        return table_text([*lines, *([self.text(f"trial.{name}"), *cells] for name, cells in rows.items())])

    def trial_legend(self) -> str:
        evidence = self.answer.evidence
        assert evidence is not None, "there is a trial"
        return self.text(
            "trial.legend",
            option=self.answer.tried.told(self.words.language),
            conversations=self._digits(evidence.conversations),
            most=self.words.number(evidence.most),
        )

    def trial_sentences(self) -> Iterator[str]:
        """Yield in words whether a trial is worth its money under each prior."""
        for trial, prior in zip(self.answer.trials, self.priors, strict=True):
            filled = {
                "prior": prior,
                "persons": self.words.number(trial.best.per_arm),
                "gain": self._digits(trial.best.net_gain),
                "weeks": self.words.number(trial.best.weeks),
                "set_up": self._digits(trial.set_up),
                "per_person": self._digits(trial.per_person),
            }
            yield self.text(f"trial.{_verdict(trial)}", **filled)

    @property
    def _none(self) -> str:
        return str(self.words.tree["numbers"]["missing"])

    def _called(self, name: str, parts: Sequence[Sequence[Part]]) -> str:
        """Return what an assumption or a group is called."""
        alone = all(part.members == (name,) for of in parts for part in of if part.name == name)
        if alone:
            return self.words.lever_name(name)
        return self.text("group", name=str(self.words.tree["information"]["stages"].get(name, name)))

    def _settled(self, one: Priced, prior: str) -> str:
        return self.text("settled", prior=prior, option=self.names[one.best])

    def _open(self, one: Priced, prior: str) -> str:
        """Return what another choice would gain, and which assumption most of it hangs on."""
        first = one.alone[0] if one.alone else None
        told = self.text(
            "open",
            prior=prior,
            option=self.names[one.best],
            share=self._share(Worth(1 - one.shares[one.best].value, None)),
            worth=self._digits(one.perfect.value),
            horizon=self._digits(one.perfect.value * self.years),
        )
        if first is None or not first.worth.value:
            return f"{told} {self.text('together')}"
        part = self._share(Worth(first.worth.value / one.perfect.value, None))
        return f"{told} {self.text('hangs', lever=self.words.lever_name(first.name), share=part)}"

    def _worth(self, worth: Worth) -> str:
        """Return an amount with its standard error; one that rounds to nothing is left out."""
        told = self._digits(worth.value)
        if worth.std_error is None or worth.std_error < SMALLEST:
            return told
        return f"{told} ± {self.words.digits(worth.std_error, 1)}"

    def _digits(self, value: float) -> str:
        return self.words.digits(value, DIGITS)

    def _share(self, share: Worth) -> str:
        """Return a share of the draws; one that is not quite all or none does not read as if it were."""
        per_cent = share.value * 100
        decimals = 2 if 0 < per_cent < 1 or 99 < per_cent < 100 else 0
        return self.words.units(f"{self.words.number(per_cent, decimals)} {self.words.text('units.per_cent')}")

    def _persons(self, trial: TrialWorth) -> str:
        return self.words.number(trial.best.per_arm) if trial.pays else self.text("trial.none")


def _verdict(trial: TrialWorth) -> str:
    if trial.pays:
        return "pays"
    return "pays_not" if trial.set_up > 0 else "pays_never"


def _title(answer: Answer, words: Wording) -> str:
    sections = answer.scenario.sections
    return (sections.title_da if words.language == "da" else sections.title) or sections.name
