"""What scenes do to the world: each of it once."""

import csv
import json
import logging
import os
import pickle
import sqlite3
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from manim import *

SIDE = 1.0


def plays(scene, number=4):
    square = Square(SIDE)
    for turn in range(number):
        yield turn
        scene.play(square.animate.rotate(0.4).shift(0.2 * UP), run_time=10 / number)


class AppendedLog(Scene):
    """A line is appended before each play. [repeats]"""

    def construct(self):
        for turn in plays(self, 6):
            with open("log.txt", "a") as log:
                log.write(f"play {turn} at {self.time:.2f}\n")


class LogOfAnUpdater(Scene):
    """An updater writes a line a frame. [repeats]"""

    def construct(self):
        def note(mobject, dt):
            mobject.shift(dt * 0.3 * RIGHT)
            with open("frames.txt", "a") as log:
                log.write(f"{mobject.get_x():.3f}\n")

        self.add(Dot(radius=SIDE / 4).add_updater(note))
        self.play(Create(Square()), run_time=5)
        self.wait(5)


class OpenLog(Scene):
    """A file stays open for the whole scene; what is buffered is written at its end. [repeats]"""

    def construct(self):
        log = open("notes.txt", "w")
        log.write("begins\n")
        for turn in plays(self, 5):
            log.write(f"{turn}\n")
        log.write("ends\n")
        log.close()


class LogOfTheModule(Scene):
    """A logger of Python's with a handler for a file. [repeats]"""

    def construct(self):
        logger = logging.getLogger("of the reader")
        logger.addHandler(logging.FileHandler("log.txt"))
        logger.setLevel(logging.INFO)
        logger.propagate = False
        for turn in plays(self, 5):
            logger.info("play %d", turn)


class Prints(Scene):
    """Prints before and between plays, and in an updater. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        square.add_updater(lambda mobject: print("*", end=""))
        self.add(square)
        print("begins", file=sys.stdout)
        for turn in range(4):
            self.play(Create(Circle()), run_time=2.5)
            print(f"\nplay {turn}")
        sys.stdout.write("ends\n")


class Unflushed(Scene):
    """What is printed without a flush is printed once, not once in every process. [repeats]"""

    def construct(self):
        for turn in plays(self, 5):
            sys.stdout.write(f"[{turn}]")


class Rows(Scene):
    """Rows go into a database, and how many there are is drawn. [repeats]"""

    def construct(self):
        base = sqlite3.connect("rows.db")
        base.execute("create table if not exists plays (turn integer)")
        for turn in range(5):
            base.execute("insert into plays values (?)", (turn,))
            base.commit()
            (count,) = base.execute("select count(*) from plays").fetchone()
            self.play(FadeIn(Square(SIDE + count / 4)), run_time=2)
        base.close()
        os.remove("rows.db")
        Path("count.txt").write_text(f"{count}\n")


class CountInAFile(Scene):
    """A number in a file is read, raised and written back, and decides where things go. [repeats]"""

    def construct(self):
        counter = Path("count")
        square = Square(SIDE)
        for _ in range(6):
            count = int(counter.read_text()) + 1 if counter.exists() else 1
            counter.write_text(str(count))
            self.play(square.animate.set_x(count - 3), run_time=1.6)


class Folders(Scene):
    """Makes folders, which must not be there before. [repeats]"""

    def construct(self):
        for turn in plays(self, 4):
            os.mkdir(f"part-{turn}")
            Path(f"part-{turn}", "data.csv").write_text("a,b\n")


class RenamedFile(Scene):
    """Writes beside and renames; removes; links. [repeats]"""

    def construct(self):
        for turn in plays(self, 4):
            Path("data.part").write_text(json.dumps({"turn": turn}))
            os.replace("data.part", "data.json")
            if turn == 2:
                os.symlink("data.json", "link.json")
            if turn == 3:
                os.unlink("link.json")


class Subprocess(Scene):
    """A program writes a file, and its answer decides an angle. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for turn in range(4):
            words = [sys.executable, "-S", "-c", f"open('told','a').write('x'); print({turn} / 5)"]
            answer = subprocess.run(words, capture_output=True, text=True).stdout
            self.play(square.animate.rotate(float(answer)).shift(0.3 * UP), run_time=2.5)


class Shell(Scene):
    """os.system in an updater that acts once. [repeats]"""

    def construct(self):
        told = []

        def act(mobject, dt):
            if self.time > 6 and not told:
                told.append(os.system("echo x >> told.txt"))
            mobject.set_x(len(told))

        self.add(Dot(radius=SIDE / 4).add_updater(act))
        self.play(Create(Square()), run_time=5)
        self.wait(6)


class Tables(Scene):
    """Writes a table, reads it in the next play, and pickles what it found. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for turn in range(4):
            with open(f"t{turn}.csv", "w", newline="") as file:
                csv.writer(file).writerows([[turn, n] for n in range(3)])
            self.play(square.animate.shift(0.3 * UP), run_time=2.5)
            with open(f"t{turn}.csv", newline="") as file:
                rows = [int(row[0]) for row in csv.reader(file)]
            Path("rows.pickle").write_bytes(pickle.dumps(rows))
            square.set_x(sum(rows) / 4)


class TemporaryFiles(Scene):
    """Temporary files and folders are made and forgotten in mid-film. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for turn in range(4):
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "x").write_text("x" * turn)
                self.play(square.animate.shift(0.3 * UP), run_time=2.5)
                square.set_x(len(Path(folder, "x").read_text()) / 2)


class Sounds(Scene):
    """A sound is computed, written and added between plays. [repeats]"""

    def construct(self):
        for turn in plays(self, 4):
            with wave.open(f"tone{turn}.wav", "wb") as sound:
                sound.setnchannels(1)
                sound.setsampwidth(2)
                sound.setframerate(8000)
                sound.writeframes(bytes(1600))
            self.add_sound(f"tone{turn}.wav")


class WritesWhenLoaded(Scene):
    """The module itself appends when it is imported; here, only for this class. [repeats]"""

    ready = Path("loaded.txt")

    def setup(self):
        with self.ready.open("a") as file:
            file.write("setup\n")

    def construct(self):
        for _ in plays(self, 4):
            pass

    def tear_down(self):
        with self.ready.open("a") as file:
            file.write("tear down\n")


class MadeAtTheEnd(Scene):
    """What was drawn is written to a picture of the reader's own. [repeats]"""

    def construct(self):
        for _ in plays(self, 4):
            pass
        Image.fromarray(np.asarray(self.camera.pixel_array)).save("last.png")


from PIL import Image  # noqa: E402  after Manim, which has an Image of its own
