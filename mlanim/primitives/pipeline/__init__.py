"""Systems as boxes, wires and lanes, and the packets that go through them."""
