from mlanim.primitives import Label

shown = Label("hidden state", role="hidden", size="title")
