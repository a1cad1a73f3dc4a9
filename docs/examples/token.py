from mlanim.primitives import Label, Token
from mlanim.theme import LIGHT

shown = Token(Label("étudiant"), role="encoder", theme=LIGHT)
