"""The bundled scenes, for a scene of one's own to derive from.

    from mlanim.scenes.seq2seq import Seq2Seq

They lie beside this file in an installed mlanim, and beside the package in a checkout.
"""

from mlanim.catalogue import bundled_folder

__path__ = [str(bundled_folder())]
