"""Threads, pools and processes that a scene starts, and some that it leaves running."""

import asyncio
import multiprocessing
import queue
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
from manim import *

SIDE = 1.0


def heavy(number):
    return sum(i * number % 7 for i in range(2000)) % 5 / 5


class ThreadPool(Scene):
    """A pool is asked before, between and after plays. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        with ThreadPoolExecutor(2) as pool:
            for number in range(5):
                angle = pool.submit(heavy, number).result()
                self.play(square.animate.rotate(angle).shift(0.3 * UP), run_time=2)


class PoolLeftOpen(Scene):
    """A pool of the module that nobody closes, asked in an updater. [repeats]"""

    def construct(self):
        pool = ThreadPoolExecutor(1)
        dot = Dot(radius=SIDE / 4)
        pool.submit(heavy, 1).result()
        dot.add_updater(lambda mobject, dt: mobject.shift(dt * pool.submit(heavy, 3).result() * UP))
        self.add(dot)
        self.play(Create(Square()), run_time=5)
        self.wait(5)


class ProcessPool(Scene):
    """Processes compute where plays go. [repeats]"""

    def construct(self):
        with ProcessPoolExecutor(2) as pool:
            places = list(pool.map(heavy, range(5)))
        square = Square(SIDE)
        for place in places:
            self.play(square.animate.shift(place * RIGHT), run_time=2)


class ForkedPoolInMidFilm(Scene):
    """A multiprocessing pool lives from the second play to the fourth. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        self.play(Create(square), run_time=4)
        with multiprocessing.get_context("fork").Pool(2) as pool:
            for number in range(2):
                self.play(square.animate.shift(pool.apply(heavy, (number + 1,)) * UP), run_time=2)
        self.play(FadeOut(square), run_time=3)


class WorkerThread(Scene):
    """A daemon computes into a queue while the film plays. [repeats]"""

    def construct(self):
        results = queue.Queue(maxsize=2)

        def produce():
            for number in range(100):
                results.put(heavy(number))

        threading.Thread(target=produce, daemon=True).start()
        square = Square(SIDE)
        for _ in range(5):
            self.play(square.animate.shift(results.get() * UP), run_time=2)


class Ticker(Scene):
    """A thread that only counts, and is never stopped. [repeats]"""

    def construct(self):
        stop = threading.Event()

        def tick():
            while not stop.wait(0.01):
                pass

        threading.Thread(target=tick, daemon=True).start()
        square = Square(SIDE)
        for _ in range(4):
            self.play(square.animate.rotate(1), run_time=2.5)


class Raced(Scene):
    """How far a thread has come decides what is drawn. [differs]"""

    def construct(self):
        count = [0]

        def run():
            while True:
                count[0] += 1
                time.sleep(0.0001)

        threading.Thread(target=run, daemon=True).start()
        time.sleep(0.02)
        value = count[0] % 50 / 50 + time.time() % 0.1
        self.add(Square(SIDE + value))
        self.wait(1)
        self.play(Create(Circle(0.5 + count[0] % 10 / 10)), run_time=4)
        self.play(Create(Circle(0.5 + count[0] % 10 / 10)), run_time=4)
        self.clear()
        self.add(Square(SIDE + value))
        self.wait(1)


class Locks(Scene):
    """Locks and conditions that are held across plays. [repeats]"""

    def construct(self):
        lock = threading.RLock()
        dot = Dot(radius=SIDE / 4)

        def guarded(mobject, dt):
            with lock:
                mobject.shift(dt * RIGHT * 0.2)

        dot.add_updater(guarded)
        self.add(dot)
        with lock:
            self.play(Create(Square()), run_time=5)
            self.wait(5)


class EventLoop(Scene):
    """An event loop of asyncio whose tasks end in the middle. [repeats]"""

    def construct(self):
        async def compute(number):
            await asyncio.sleep(0.001)
            return heavy(number)

        async def all_of_them():
            return await asyncio.gather(*[compute(n) for n in range(5)])

        square = Square(SIDE)
        for value in asyncio.run(all_of_them()):
            self.play(square.animate.shift(value * LEFT), run_time=2)


class LinearAlgebra(Scene):
    """NumPy's threads multiply large matrices. [repeats]"""

    def construct(self):
        matrix = np.arange(90000.0).reshape(300, 300) % 7
        square = Square(SIDE)
        for _ in range(4):
            matrix = (matrix @ matrix.T) % 7
            self.play(square.animate.rotate(float(matrix[3, 5]) / 7), run_time=2.5)


class PoolOfTheModule(Scene):
    """The pool is there before the scene is. [repeats]"""

    def construct(self):
        square = Square(SIDE)
        for number in range(5):
            self.play(square.animate.rotate(POOL.submit(heavy, number).result()), run_time=2)


POOL = ThreadPoolExecutor(1)
POOL.submit(heavy, 1).result()
