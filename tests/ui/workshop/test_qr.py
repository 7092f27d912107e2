"""The QR code as cameras need it."""

from urllib.parse import unquote
from xml.etree import ElementTree

from ui.workshop.qr import qr_picture

ADDRESS = "https://lab.example/join?room=ABCDE"


def svg(text: str) -> ElementTree.Element:
    kind, _, picture = qr_picture(text).partition(",")
    assert kind == "data:image/svg+xml;charset=utf-8"
    return ElementTree.fromstring(unquote(picture))


def test_it_is_black_on_a_white_ground_of_its_own_with_a_quiet_zone():
    picture = svg(ADDRESS)
    ground, modules = list(picture)
    _, _, width, height = map(int, picture.attrib["viewBox"].split())
    assert width == height
    assert ground.attrib["fill"] == "#fff"
    assert ground.attrib["d"] == f"M0 0h{width}v{width}h-{width}z"
    assert modules.attrib["stroke"] == "#000"
    assert modules.attrib["d"].startswith("M4 4.5h7"), "a finder begins after four modules"


def test_it_grows_with_its_text_and_differs_with_it():
    assert qr_picture(ADDRESS) == qr_picture(ADDRESS)
    assert qr_picture(ADDRESS) != qr_picture(ADDRESS.replace("E", "F"))
    assert int(svg(ADDRESS * 4).attrib["viewBox"].split()[-1]) > int(svg(ADDRESS).attrib["viewBox"].split()[-1])
