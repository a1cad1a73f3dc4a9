"""A room for each subject: what it computes, its own nouns and verbs, and the acts of its scenes.

What two subjects need lies in `mlanim.models`, `mlanim.primitives` or `mlanim.motion`.
"""
