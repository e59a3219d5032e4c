"""Body-part protocols: what the files hold, which study they belong to, and what they make of a source."""

from __future__ import annotations

import pytest

from app.protocols import find_protocol, protocol_for, protocols, read_protocol
from recon.algorithms import FilteredBackProjection
from recon.errors import BocageError
from widgets.window import Window


@pytest.mark.parametrize("protocol", protocols(), ids=lambda protocol: protocol.key)
def test_every_protocol_is_whole(protocol):
    algorithm = protocol.algorithm()
    assert isinstance(algorithm, FilteredBackProjection)
    assert 0 < algorithm.effective_thickness_mm <= protocol.thickness_mm
    # Half the thickness: nothing falls between two slices.
    assert protocol.interval_mm == protocol.thickness_mm / 2
    assert protocol.description
    assert protocol.sources
    assert protocol.body_parts
    low, high = protocol.heights_mm((0.0, 350.0))
    assert 100 <= high - low <= 350


def test_the_parts_that_are_asked_for_are_there():
    titles = " ".join(protocol.title.lower() for protocol in protocols())
    for part in ("chest", "head and sinuses", "cervical", "thoracic", "lumbar", "pelvis and hip", "hand", "wrist",
                 "knee", "foot", "abdomen and urography"):  # fmt: skip
        assert part in titles


def test_no_term_belongs_to_two_protocols():
    terms = [term for protocol in protocols() for term in protocol.body_parts]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize(
    ("body_part", "key"),
    [
        ("CHEST", "chest"),
        ("chest ", "chest"),
        ("C-Spine", "cspine"),
        ("LSPINE", "lspine"),
        ("Paranasal sinuses", "head"),
        ("HIP", "pelvis"),
        ("ABDOMEN", "abdomen"),
        ("SCAPHOID", "wrist"),
        ("ANKLE", "foot"),
    ],
)
def test_a_studys_body_part_finds_its_protocol(body_part, key):
    found = protocol_for(body_part)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("body_part", ["", "BREAST", "PHANTOM", "-"])
def test_an_unknown_part_has_none(body_part):
    assert protocol_for(body_part) is None


def test_heights_keep_within_what_a_source_offers():
    chest = find_protocol("chest")
    assert (chest.low_mm, chest.high_mm) == (10.0, 300.0)
    assert chest.heights_mm((0.0, 350.0)) == (10.0, 300.0)
    assert chest.heights_mm((0.0, 264.0)) == (10.0, 264.0)
    # A C-arm's axis lies far above its detector: its own range stands.
    assert chest.heights_mm((300.0, 700.0)) == (300.0, 700.0)
    assert chest.heights_mm((0.0, 15.0)) == (0.0, 15.0)


def test_the_window_is_relative_to_the_automatic_one():
    pelvis = find_protocol("Pelvis and hip")
    window = pelvis.window(Window(0.01, 0.02, "linear_exact"))
    assert window.width == pytest.approx(0.026)
    assert window.centre == pytest.approx(0.01 + 0.05 * 0.02)
    assert window.function == "linear_exact"


WHOLE = """
title = "A"
description = "B"
body_parts = ["C-part"]
sources = ["from somewhere"]
[slices]
from_mm = 0
to_mm = 100
interval_mm = 1
thickness_mm = 2
[algorithm]
name = "fbp"
cutoff = 0.8
[window]
width = 1.0
shift = 0.0
"""


def test_a_whole_file_is_read():
    protocol = read_protocol(WHOLE, "x")
    assert protocol.body_parts == ("CPART",)
    assert protocol.algorithm() == FilteredBackProjection(cutoff=0.8)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("from_mm = 0\n", "", r"x\.toml: slices\.from_mm missing"),
        ("to_mm = 100", "to_mm = 10", r"slices\.to_mm must lie between 20 and 1000, found 10"),
        ("interval_mm = 1", "interval_mm = 0", r"slices\.interval_mm must lie between 0\.1 and 20, found 0"),
        ("thickness_mm = 2", "thickness = 2", r"slices\.thickness_mm missing"),
        ("thickness_mm = 2", "thickness_mm = 2\nthickness = 2", r"slices\.thickness unknown"),
        ('body_parts = ["C-part"]', "body_parts = []", "body_parts must be a list of texts"),
        ("width = 1.0", 'width = "wide"', r"window\.width must be a number, found 'wide'"),
        ('name = "fbp"\n', "", r"algorithm\.name missing"),
        ("[window]", "[frame]", "window missing"),
        ("[window]", "[window", "not valid TOML"),
    ],
)
def test_wrong_files_are_refused_with_a_sentence(old, new, sentence):
    with pytest.raises(BocageError, match=sentence):
        read_protocol(WHOLE.replace(old, new), "x")


def test_wrong_parameters_and_names_are_refused():
    with pytest.raises(BocageError, match='no parameter "sharpness"'):
        read_protocol(WHOLE.replace("cutoff", "sharpness"), "x").algorithm()
    with pytest.raises(BocageError, match="Choose one of: abdomen"):
        find_protocol("elephant")
