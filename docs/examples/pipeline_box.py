from mlanim.primitives import Area, Pipeline

page = Pipeline(["camera", "network"], [("camera", "network")], area=Area(-6, -2, 12, 4))
shown = page.box("network")
