"""Tables: what each method of pandas does to them, with every cell on its way."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from mlanim.explainer import Explainer, parameter
from mlanim.primitives.area import Area
from mlanim.subjects.tables.acts.kinds_of_join import play_kinds_of_join
from mlanim.subjects.tables.acts.links import play_link
from mlanim.subjects.tables.acts.table_page import TablePage
from mlanim.subjects.tables.acts.texts_joined import tell_joined_texts
from mlanim.subjects.tables.models import music
from mlanim.subjects.tables.models.asked import judge_chain
from mlanim.subjects.tables.models.chain import read_chain
from mlanim.subjects.tables.models.table_file import read_frame
from mlanim.subjects.tables.models.told import code_of, heading_of, sentence_of
from mlanim.subjects.tables.models.trace import follow
from mlanim.subjects.tables.primitives.data_table import DataTable

SHAPES = {"pivot": "pivot(index='artist', columns='season', values='plays')"}
OF_A_CHAIN = {"table", "link"}  # steps that are no part of the tour
SHOWN = "query('plays > 60').sort_values('plays')"  # to who asks for them and gives no chain


class Dataframe(Explainer):
    """Tables in pandas: select, filter, sort, group, reshape, join, and any chain of your own."""

    table: Path | None = parameter(None, "a table of your own, for a chain: CSV, TSV, and more")
    chain: str = parameter("", "methods of pandas: query('plays > 100').sort_values('plays')")
    other: Path | None = parameter(None, "a second table, which the chain calls other")
    aggregate: Literal["sum", "mean", "median", "min", "max", "count"] = parameter(
        "sum", "what becomes of a group"
    )
    how: Literal["all", "inner", "left", "right", "outer", "cross", "semi", "anti"] = parameter(
        "all", "the kinds of join that are shown"
    )
    judge = staticmethod(judge_chain)

    def construct(self):
        self.page = TablePage(self)
        own, asked = self.chain or self.table, set(self.selection.paths)
        if not own and not (asked and asked <= OF_A_CHAIN):
            self.tour()
        if own or asked & OF_A_CHAIN:
            self.play_chain()

    def tour(self):
        """All steps, on tables of artists who do not exist."""
        self.artists = music.artists()
        self.wide = follow(music.seasons(), read_chain(SHAPES["pivot"]))[0].after
        self.select()
        self.slice()
        self.filter()
        self.sort()
        self.missing()
        self.new_column()
        self.group()
        self.pivot()
        self.melt()
        self.stack()
        self.unstack()
        self.join()
        self.concat()

    def show(self, title, code, table=None, other=None, free=0.0):
        """One link on a page of its own, with so many units free at its bottom."""
        table = self.artists if table is None else table
        (moment,) = follow(table, read_chain(code), other)
        shown = code_of(moment.link)
        self.page.open(title, shown)
        area = self.page.area(shown)
        area = Area(area.left, area.bottom + free, area.width, area.height - free)
        play_link(self, moment, area)

    def select(self):
        with self.step(
            "select",
            say="Square brackets with a list of names choose columns. The other columns go; the "
            "index stays with its rows.",
        ):
            self.show("Select columns", "[['artist', 'plays']]")

    def slice(self):
        with self.step(
            "slice",
            say="iloc counts places from zero and leaves the end out. loc goes by labels and "
            "takes the end in.",
        ):
            self.show("Slice by place", "iloc[1:4]")
            self.show("Slice by label", "loc[1:4, ['artist', 'hours']]")

    def filter(self):
        with self.step(
            "filter",
            say="A condition gives True or False for each row. Only rows with True stay, and they "
            "keep their index.",
        ):
            self.show("Filter rows", "[df.plays > 100]")

    def sort(self):
        with self.step(
            "sort",
            say="Sorting moves whole rows. The index goes with them, so its numbers are out of "
            "order now.",
        ):
            self.show("Sort rows", "sort_values('plays', ascending=False)")

    def missing(self):
        with self.step(
            "missing",
            say="NaN marks a value that is missing. Rows with one can be dropped, or the gaps "
            "filled with a value.",
        ):
            self.show("Missing: drop the rows", "dropna()")
            self.show("Missing: fill the gaps", "fillna({'hours': 0})")

    def new_column(self):
        with self.step(
            "new-column",
            say="A new column is computed from others, row by row. What is missing stays missing.",
        ):
            self.show("A new column", "assign(minutes=df.hours * 60)")

    def group(self):
        how = self.aggregate
        plain = "" if how == "count" else "numeric_only=True"
        with self.step(
            "group",
            say="Split: rows go to the group of their genre. Apply and combine: each group "
            "becomes a row. numeric_only=True leaves the texts out.",
        ):
            code = f"groupby('genre').{how}({plain})"
            self.show("Split, apply, combine", code, free=0.9 if how == "sum" else 0.0)
            if how == "sum":
                tell_joined_texts(self, self.artists)

    def pivot(self):
        with self.step(
            "pivot",
            say="Pivot makes a long table wide: seasons become the header, and each number goes "
            "where artist and season meet. Lark's winter is missing.",
        ):
            self.show("Pivot: long to wide", SHAPES["pivot"], music.seasons())

    def melt(self):
        with self.step(
            "melt",
            say="Melt goes the other way: each column becomes rows. Its name goes along, into a "
            "column of its own.",
        ):
            code = "melt(id_vars='artist', value_name='plays')"
            self.show("Melt: wide to long", code, self.wide.reset_index())

    def stack(self):
        with self.step(
            "stack",
            say="Stack turns the header into the innermost level of the index. The table becomes "
            "a single column with an index of two levels.",
        ):
            self.show("Stack: header to index", "stack()", self.wide)

    def unstack(self):
        with self.step(
            "unstack",
            say="Unstack is its undoing: the innermost level of the index becomes the header.",
        ):
            self.show("Unstack: index to header", "unstack()", self.wide.stack())

    def join(self):
        with self.step(
            "join",
            say="A join ties rows with equal keys; every tie becomes a row. Nova is there twice "
            "on both sides, so two times two rows. The kinds differ in what happens to rows "
            "without a tie.",
        ):
            play_kinds_of_join(self, self.page, music.winter_hits(), music.homes(), self.how)

    def concat(self):
        with self.step(
            "concat",
            say="Concatenation puts one table below the other, column under column. What a table "
            "does not have is missing, and both keep their index.",
        ):
            self.show(
                "Concatenate", "pd.concat([df, other])", self.artists.head(3), music.newcomers()
            )

    def play_chain(self):
        """The reader's chain, each link a play; of a table without one, as it was read.

        Who asks for these steps and gives neither sees them on the bundled table.
        """
        chain = self.chain or ("" if self.table else SHOWN)
        links = read_chain(chain) if chain else ()
        table, told = read_frame(self.table) if self.table else (music.artists(), "")
        other, more = read_frame(self.other) if self.other else (music.homes(), "")
        for line in (told, more):
            if line:
                self.note(line)
        moments = follow(table, links, other)
        rows, columns = table.shape
        with self.step("table", say="The table as it is: its header, its index, its kinds."):
            name = self.table.name if self.table else "df"
            current = DataTable(table, **self.on(self.page.area(name)))
            self.page.open(f"{rows:,} rows of {columns:,} columns", name, current)
            self.wait(2.5)
        for moment in moments:
            code = code_of(moment.link)
            with self.step("link", say=sentence_of(moment)):
                self.page.turn(heading_of(moment), code, current)
                current = play_link(self, moment, self.page.area(code), current)
