# ruff: noqa: F403, F405 - written as Manim scenes are
"""Three dimensions."""

import numpy as np
from manim import *


class Cubes(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=65 * DEGREES, theta=-40 * DEGREES)
        cube = Cube(2)
        self.add(cube)
        self.play(Rotate(cube, 0.6, axis=UP), run_time=0.4)


class Surfaces(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES, zoom=0.8)
        surface = Surface(
            lambda u, v: np.array([u, v, np.sin(u) * np.cos(v)]),
            [-2, 2],
            [-2, 2],
            resolution=(6, 6),
        )
        self.add(ThreeDAxes(), surface)
        self.wait(0.2)


class CameraTurns(ThreeDScene):
    def construct(self):
        self.add(Sphere(radius=1.5, resolution=(6, 6)), Circle(2))
        self.move_camera(phi=70 * DEGREES, theta=20 * DEGREES, run_time=0.6)


class AmbientRotation(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=70 * DEGREES)
        self.add(Prism([1, 2, 1]), Line3D(2 * LEFT, 2 * OUT))
        self.begin_ambient_camera_rotation(rate=1)
        self.wait(0.6)
        self.stop_ambient_camera_rotation()


class FixedInFrame(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=20 * DEGREES)
        title, label = Square(1).to_corner(UL), Triangle().shift(OUT)
        self.add_fixed_in_frame_mobjects(title)
        self.add_fixed_orientation_mobjects(label)
        self.add(Torus(resolution=(6, 6)), label)
        self.move_camera(theta=70 * DEGREES, run_time=0.6)


class Solids(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=60 * DEGREES, theta=45 * DEGREES, zoom=0.6)
        solids = [
            Cone(resolution=6),
            Cylinder(resolution=6),
            Tetrahedron(),
            Dot3D(resolution=(4, 4)),
        ]
        for k, solid in enumerate(solids):
            self.add(solid.shift((k - 1.5) * 2.5 * RIGHT))
        self.wait(0.2)


class SpaceCurves(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=70 * DEGREES, theta=20 * DEGREES)
        helix = ParametricFunction(
            lambda t: np.array([np.cos(t), np.sin(t), t / 4]), t_range=[-6, 6], color=RED
        ).set_shade_in_3d(True)
        self.play(Create(helix), run_time=0.6)


class SpaceCloud(ThreeDScene):
    def construct(self):
        self.set_camera_orientation(phi=50 * DEGREES)
        points = np.random.default_rng(1).normal(0, 1.5, (60, 3))
        self.add(Cube(2, fill_opacity=0.3), PMobject(stroke_width=4).add_points(points, color=RED))
        self.wait(0.2)
