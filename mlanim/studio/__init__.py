"""watch: a page in the browser that shows a scene while it is being written.

beginning  starts the worker, then the server
server     HTTP on the loopback interface; guard says who may ask
desk       what the page shows: one state, changed by what the reader does and files do
warm       the process that has Manim imported; it forks a child for each job
worker     that process from the inside, and jobs, what its children do
page/      HTML, CSS and JavaScript, as they are
"""
