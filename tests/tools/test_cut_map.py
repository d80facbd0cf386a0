"""Rivers of base maps: the one that is meant is cut to the window, and put before the places, once."""

from tools.cut_map import add_river, clip_line, cut_river, make_feature

TOPOLOGY = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [[[0, 0], [1, 1], [1, 0], [2, 0], [4, 0]], [[0, 9], [9, 0]]],
    "objects": {
        "rivers": {
            "geometries": [{"type": "LineString", "arcs": [1]}, {"type": "MultiLineString", "arcs": [[0]]}],
        }
    },
}


def test_the_river_nearest_to_the_point_is_cut_with_a_point_beyond_each_edge() -> None:
    river = cut_river(TOPOLOGY, "flow", (2.1, 1.2), (0.5, 0, 5, 5))
    assert river["geometry"]["coordinates"] == [[(0, 0), (1, 1), (8, 1)]]
    assert river["properties"] == {"layer": "river", "id": "flow", "name": "Flow"}


def test_a_line_that_leaves_the_window_and_comes_back_is_two() -> None:
    line = [(0.0, 0.0), (0.0, 9.0), (5.0, 9.0), (9.0, 9.0), (9.0, 0.0)]
    assert clip_line(line, (-1, -1, 10, 1)) == [line[:2], line[3:]]


def test_a_river_takes_the_place_of_one_of_its_name() -> None:
    place = make_feature({"layer": "place", "id": "town"}, "Point", (0, 0))
    old, new = (
        make_feature({"layer": "river", "id": "flow"}, "MultiLineString", [[at, at]]) for at in ((0, 0), (1, 1))
    )
    collection = {"type": "FeatureCollection", "features": [old, place]}
    assert add_river(collection, new)["features"] == [new, place]
