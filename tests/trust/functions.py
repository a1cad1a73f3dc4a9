"""The ways in which a random scene makes a function of 0..1, by a number `$v`; see `ways.py`."""

from __future__ import annotations

__all__ = ["FUNCTIONS"]

# what defines F$n, or the expression alone
FUNCTIONS: dict[str, tuple[str, str]] = {
    "a lambda": ("", "lambda t: t * $v"),
    "a power": ("", "lambda t: t ** (1 + $v)"),
    "by NumPy": ("", "lambda t: np.sin($v * t)"),
    "with a default": ("", "lambda t, k=$v: t * k"),
    "with a default list": ("def F$n(t, k=[$v]):\n    return t * k[0]", ""),
    "a partial": ("import functools", "functools.partial(lambda k, t: t * k, $v)"),
    "a function": ("def F$n(t):\n    k = $v\n    return t * k", ""),
    "a function of a function": (
        "def G$n(t):\n    return t * $v\ndef F$n(t):\n    return G$n(t) if t < 1 else $v",
        "",
    ),
    "a closure": (
        "def M$n(k):\n    def F(t):\n        return t * k\n    return F\nF$n = M$n($v)",
        "",
    ),
    "a nested closure": (
        "def M$n(f):\n    return lambda t: f(t)\nF$n = M$n(M$n(lambda t: t * $v))",
        "",
    ),
    "a callable": (
        "class G$n:\n    def __call__(self, t):\n        return t * $v\nF$n = G$n()",
        "",
    ),
    "a callable that holds": (
        "class G$n:\n    def __init__(self, k):\n        self.k = k\n"
        "    def __call__(self, t):\n        return t * self.k\nF$n = G$n($v)",
        "",
    ),
    "a method": ("class G$n:\n    def f(self, t):\n        return t * $v\nF$n = G$n().f", ""),
    "a static method": (
        "class G$n:\n    @staticmethod\n    def f(t):\n        return t * $v\nF$n = G$n.f",
        "",
    ),
    "decorated": (
        "def D$n(f):\n    return lambda t: f(t) * $v\n@D$n\ndef F$n(t):\n    return t",
        "",
    ),
    "wrapped": (
        "import functools\ndef D$n(f):\n    @functools.wraps(f)\n    def g(t):\n"
        "        return f(t) * $v\n    return g\nF$n = D$n(smooth)",
        "",
    ),
    "cached": (
        "import functools\n@functools.lru_cache\ndef F$n(t):\n    return t * $v",
        "",
    ),
    "vectorized": ("", "np.vectorize(lambda t: t * $v)"),
    "by a global": ("G$n = [$v]\ndef F$n(t):\n    return t * G$n[0]", ""),
    "by its own attribute": ("def F$n(t):\n    return t * F$n.k\nF$n.k = $v", ""),
    "that counts": (
        "G$n = [0]\ndef F$n(t):\n    G$n[0] += 1\n    return t * $v / (1 + G$n[0] % 3)",
        "",
    ),
    "by cases": ("def F$n(t):\n    return t if t < $v else 1 - t / 2", ""),
    "by a table": ("", "lambda t: np.interp(t, [0, $v, 1], [0, 1 - $v, 1])"),
    "of a generator": (
        "def F$n(t):\n    return sum(k * t for k in ($v, 0.1))",
        "",
    ),
    "a smooth one": ("", "lambda t: smooth(t, 4 + 10 * $v)"),
    "Manim's, squeezed": ("", "squish_rate_func(smooth, 0, $v)"),
    "Manim's, with a pause": ("", "there_and_back_with_pause"),
    "a curve": ("", "bezier([0, 0, $v, 1])"),
    "made of code": ("", "eval('lambda t: t * k', {'k': $v})"),
    "composed": (
        "def C$n(f, g):\n    return lambda t: f(g(t))\nF$n = C$n(lambda t: t * $v, smooth)",
        "",
    ),
}
