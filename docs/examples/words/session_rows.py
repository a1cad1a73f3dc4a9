from mlanim.primitives import Area
from mlanim.subjects.words import SessionRows
from mlanim.subjects.words.models.sessions import SONGS, sessions

kinds = {song: i for i, songs in enumerate(SONGS.values()) for song in songs}
shown = SessionRows(list(sessions(4, seed=1)), kinds.get, area=Area(0, 0, 12, 4))
