"""From weeks to kroner by target group and by year, and the chain over against the run."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.report.language import MIO, Words
from simulator.report.reading import Estimate
from simulator.report.story import Story, in_headline
from simulator.report.workbook.chain_sheet import COUNT, KR, MIO_KR, WEEKS, Links
from simulator.report.workbook.grid import Content, Formula, Sheet, cell, span
from simulator.report.workbook.terms import Terms
from simulator.report.workbook.terms_sheet import Sums

BAR, BESIDE = "#1F4E79", "#A9B8C6"
"""Colours of the chain and of the simulation: apart in black and white too."""


@dataclass
class Money:
    """Writes kroner.

    Attributes:
        terms: The terms of the run.
        sums: Where the terms stand.
        links: The chain before.
        words: The language.
    """

    terms: Terms
    sums: Sums
    links: Links
    words: Words

    def group_value(self, group: str) -> Formula:
        """Return kroner of a week of employment of a group, over all years."""
        found = [self.sums.of("kr_per_week", "", group, year) for year in self.terms.years]
        formula = "=" + "+".join(one.text[1:] for one in found)
        return Formula(formula, sum(float(one.value) for one in found))

    def write_kroner(self, sheet: Sheet) -> dict[str, Formula]:
        """Write kroner by group and return the figures of the whole by quantity."""
        words = self.words
        sheet.line(words.text("workbook.chain.kroner"), "heading")
        heads = words.find("workbook.chain.kroner_heads")
        sheet.heads(heads, [False] + [True] * (len(heads) - 1))
        first, totals = sheet.row, [0.0] * 3
        numbers = ("", WEEKS, KR, MIO_KR, WEEKS)
        for group in self.terms.groups:
            row, weeks, kr = sheet.row, self.links.weeks[group], self.group_value(group)
            years = self.sums.of("person_years_per_week", "", group)
            mio = Formula(f"={cell(row, 1)}*{cell(row, 2)}/{MIO:.0f}", float(weeks.value) * float(kr.value) / MIO)
            persons = Formula(f"={cell(row, 1)}*{years.text[1:]}", float(weeks.value) * float(years.value))
            sheet.cells((words.name("groups", group), weeks, kr, mio, persons), numbers)
            for place, one in enumerate((weeks, mio, persons)):
                totals[place] += float(one.value)
        last, found = sheet.row - 1, dict(zip((1, 3, 4), totals, strict=True))
        contents: list[Content] = [words.text("workbook.chain.total"), None, None, None, None]
        for column, value in found.items():
            contents[column] = Formula(f"=SUM({span(first, last, column)})", value)
        names = {"employment_weeks": 1, "employment_effect": 3, "person_years": 4}
        whole = {name: Formula(f"={cell(sheet.row, column)}", found[column]) for name, column in names.items()}
        sheet.cells(contents, numbers, "total")
        sheet.row += 1
        return whole

    def write_check(self, sheet: Sheet, whole: dict[str, Formula]) -> None:
        """Write the chain over against the run's control and simulation, with a chart by type."""
        words = self.words
        sheet.line(words.text("workbook.chain.check"), "heading")
        heads = words.find("workbook.chain.check_heads")
        sheet.heads(heads, [False, False] + [True] * (len(heads) - 2))
        run, first = self.terms.run, sheet.row
        converted = Formula(
            "=" + "+".join(one.text[1:] for one in self.links.converted.values()),
            sum(float(one.value) for one in self.links.converted.values()),
        )
        self._compare(sheet, "converted", converted, run.estimate("converted"))
        types = [name for name in self.terms.types if self.links.converted[name].value]
        for name in types:
            self._compare(sheet, name, self.links.converted[name], run.estimate("converted_by_type", name))
        where: dict[str, tuple[str, ...]] = {
            "employment_weeks": ("employment_weeks",),
            "person_years": ("full_time_person_years",),
            "employment_effect": ("saldo_mio_kr", "employment_effect"),
        }
        for name, path in where.items():
            self._compare(sheet, name, whole[name], run.estimate(*path))
        if types:
            chart = Chart("chain", sheet, (first + 1, first + len(types)), (0, 2, 4))
            chart.draw(words, (first - 4 - len(self.terms.groups), BESIDE_TABLES), "bar")

    def _compare(self, sheet: Sheet, name: str, now: Formula, found: Estimate) -> None:
        row, of_type = sheet.row, name in self.terms.types
        unit = {"employment_weeks": "weeks", "person_years": "person_years", "employment_effect": "mio_kr"}
        words, shown = self.words, unit.get(name, "conversations")
        label = (
            words.text("workbook.chain.of_type", type=words.name("types", name))
            if of_type
            else words.text(f"workbook.chain.rows.{name}")
        )
        number = {"weeks": WEEKS, "person_years": WEEKS, "mio_kr": MIO_KR}.get(shown, COUNT)
        mean, chain = float(found.mean), float(now.value)
        less = Formula(f"={cell(row, 2)}-{cell(row, 4)}", chain - mean)
        share = Formula(
            f'=IF({cell(row, 4)}=0,"",{cell(row, 5)}/{cell(row, 4)})', (chain - mean) / mean if mean else ""
        )
        control = None if found.control is None else float(found.control)
        contents = (label, words.text(f"workbook.units.{shown}"), now, control, mean, less, share)
        sheet.cells(contents, ("", "", number, number, number, number, "0.0%"))

    def write_years(self, sheet: Sheet) -> None:
        """Write kroner by financial year, with a chart, and what a week is worth in each."""
        words, years = self.words, self.terms.years
        groups, top = self.terms.groups, sheet.row + len(years) + 5 + CHART_ROWS
        sheet.line(words.text("workbook.years.heading"), "heading")
        sheet.heads(words.find("workbook.years.heads"), (False, True, True, True))
        first, totals, simulated = sheet.row, [0.0, 0.0], self._simulated()
        shown = sorted({*years, *simulated})
        top += len(shown) - len(years)
        begin, end = top + 2, top + 1 + len(groups)
        for year in shown:
            contents = self._year(sheet.row, (year, simulated.get(year, 0.0)), (begin, end))
            sheet.cells(contents, ("", MIO_KR, MIO_KR, MIO_KR))
            totals[0] += float(contents[1].value) if isinstance(contents[1], Formula) else 0.0
            totals[1] += simulated.get(year, 0.0)
        last = sheet.row - 1
        whole = [Formula(f"=SUM({span(first, last, column)})", totals[column - 1]) for column in (1, 2)]
        less = Formula(f"={cell(sheet.row, 1)}-{cell(sheet.row, 2)}", totals[0] - totals[1])
        sheet.cells((words.text("workbook.years.total"), *whole, less), ("", MIO_KR, MIO_KR, MIO_KR), "total")
        sheet.line(words.text("workbook.years.remark"), "remark")
        Chart("years", sheet, (first, last), (0, 1, 2)).draw(words, (sheet.row + 1, 0), "column")
        sheet.row = top
        self._weights(sheet)

    def _year(self, row: int, told: tuple[str, float], groups: tuple[int, int]) -> list[Content]:
        """Return the cells of a year: the sum over groups of weeks times kroner a week in the year."""
        year, simulated = told
        less = f"={cell(row, 1)}-{cell(row, 2)}"
        if year not in self.terms.years:
            return [year, Formula("=0", 0.0), simulated, Formula(less, -simulated)]
        column = 2 + self.terms.years.index(year)
        kr = sum(
            float(self.links.weeks[group].value) * float(self.sums.of("kr_per_week", "", group, year).value)
            for group in self.terms.groups
        )
        formula = f"=SUMPRODUCT({span(*groups, 1)},{span(*groups, column)})/{MIO:.0f}"
        return [year, Formula(formula, kr / MIO), simulated, Formula(less, kr / MIO - simulated)]

    def _simulated(self) -> dict[str, float]:
        """Return the run's kroner by year [mio. kr.]."""
        run, found = self.terms.run, dict.fromkeys(self.terms.years, 0.0)
        story = Story(run)
        rows = [row for row in run.table("saldo") if row["concept"] == story.concept and in_headline(row, story)]
        for row in rows:
            found[row["year"]] = found.get(row["year"], 0.0) + float(row["kr"]) / MIO
        return {year: mio for year, mio in found.items() if year in self.terms.years or mio}

    def _weights(self, sheet: Sheet) -> None:
        words, years = self.words, self.terms.years
        sheet.line(words.text("workbook.years.weights"), "heading")
        heads = (*words.find("workbook.years.weight_heads"), *years)
        sheet.heads(heads, [False] + [True] * (len(heads) - 1))
        for group in self.terms.groups:
            kr = [self.sums.of("kr_per_week", "", group, year) for year in years]
            contents: list[Content] = [words.name("groups", group), self.links.weeks[group], *kr]
            sheet.cells(contents, ("", WEEKS, *[KR] * len(years)))


CHART_ROWS = 19
"""Rows that a chart covers."""
BESIDE_TABLES = 7
"""Column beside the last two tables of the chain, which are narrow."""


@dataclass(frozen=True)
class Chart:
    """A native chart of the chain beside the simulation.

    Attributes:
        name: Its words: `chain` or `years`.
        sheet: The sheet that holds its numbers.
        rows: First and last row of them.
        columns: Column of the names, of the chain and of the simulation.
    """

    name: str
    sheet: Sheet
    rows: tuple[int, int]
    columns: tuple[int, int, int]

    def draw(self, words: Words, corner: tuple[int, int], kind: str) -> None:
        """Put the chart with its upper left corner into a cell, by row and column; `kind` is bar or column."""
        chart = self.sheet.book.book.add_chart({"type": kind})
        first, last = self.rows
        sheet = self.sheet.made.get_name()
        names, *columns = self.columns
        for column, label, colour in zip(columns, words.find("workbook.chain.series"), (BAR, BESIDE), strict=True):
            chart.add_series(
                {
                    "name": label,
                    "categories": [sheet, first, names, last, names],
                    "values": [sheet, first, column, last, column],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_title({"name": words.text(f"workbook.{self.name}.chart"), "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        number = {"num_format": "#,##0" if self.name == "chain" else "#,##0.0"}
        grid = {"major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}, **number}
        if kind == "bar":
            # The first name stands uppermost, and the numbers below.
            chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
            chart.set_x_axis({**grid, "label_position": "high"})
        else:
            chart.set_x_axis({"label_position": "low"})
            chart.set_y_axis(grid)
        chart.set_size({"width": 640, "height": 320})
        alt = words.text(f"workbook.{self.name}.chart_alt")
        self.sheet.made.insert_chart(*corner, chart, {"description": alt, "object_position": 2})
