"""A worker elsewhere: plays a scene without drawing it, and draws its share of the segments.

    python -m mlanim.render.workers.replay_worker    # takes a pickled Share, gives a pickled Answer

It ends when its stdin does, since then nobody waits for it.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading

from mlanim.errors import MlanimError
from mlanim.left_behind import scratch
from mlanim.render.twins.lean_start import import_manim
from mlanim.render.workers.replay_task import Answer, Share

__all__ = ["answer"]


def answer(share: Share) -> Answer:
    """Draw a share's segments, in this process."""
    import_manim()
    from mlanim.render.plays.film import film_of
    from mlanim.render.plays.timeline import Timeline
    from mlanim.render.stage.observer import Nobody
    from mlanim.render.stage.scene_building import play_segments
    from mlanim.render.stage.session import configured
    from mlanim.render.twins.drawing import engines_drawing
    from mlanim.render.workers.replay import Differs, Wanted

    spec = share.spec
    film = film_of(spec, spec.format)
    with scratch() as place:
        source = share.scene.unpacked(place / "files")
        wanted = Wanted(place, film, place, share.wanted)
        try:
            with configured(spec):
                scene_class = source.load()
                drawing = engines_drawing(straight=film.straight)
                with configured(spec), drawing, wanted.running():  # the file set its own
                    play_segments(
                        scene_class, spec, Timeline(spec.fps, spec.speed), wanted, Nobody()
                    )
        except Differs as difference:
            return Answer({}, str(difference))
        except MlanimError as error:
            return Answer({}, str(error))
        finally:
            os.chdir("/")  # else the folder could not be removed everywhere
        made = {planned.index: wanted.path(planned.index) for planned in share.wanted}
        return Answer({index: path.read_bytes() for index, path in made.items()})


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # who asks tells of it
    share: Share = pickle.load(sys.stdin.buffer)
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    result = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a scene prints is printed once, by who asks
    found = answer(share)
    with result:
        pickle.dump(found, result)


def _end_with_stdin() -> None:
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    _main()
