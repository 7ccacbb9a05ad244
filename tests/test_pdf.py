"""PDF files that authors publish say nothing of people and machines, do nothing, and stay accessible."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from generator.rendering.files.errors import FileError
from generator.rendering.files.jpeg import bare
from generator.rendering.files.pdf import remake
from tests.photographs import SECRET, opened, with_secrets
from tests.unwrapped import says

XMP = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><xmp:CreatorTool>SECRET</xmp:CreatorTool>
</rdf:Description></rdf:RDF></x:xmpmeta>
"""

Change = Callable[[Pdf], object]


def accessible(pdf: Pdf) -> None:
    """Make a tagged page with a heading, a link, a bookmark and a form, as a word processor does."""
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    heading = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.H1, T=String("Titel"), Alt=String("Überschrift"))
    )
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([heading])))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("de-DE")
    page.Annots = Array([link(pdf, "https://example.org/"), link(pdf, "javascript:app.alert(1)")])
    with pdf.open_outline() as outline:
        outline.root.extend([pikepdf.OutlineItem("Erstens", 0), pikepdf.OutlineItem("Zweitens", 0)])


def link(pdf: Pdf, address: str) -> pikepdf.Object:
    action = Dictionary(S=Name.URI, URI=String(address))
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action))


def telling(pdf: Pdf) -> None:
    """Write down who made it, with what and from what, in every way there is."""
    pdf.docinfo["/Title"] = "Haushalt 2026"
    for key in ("/Author", "/Creator", "/Producer", "/Subject", "/Keywords", "/Company"):
        pdf.docinfo[key] = f"{SECRET} {key}"
    xmp = XMP.replace("SECRET", SECRET)
    pdf.Root.Metadata = Stream(pdf, xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    page = pdf.pages[0].obj
    page.PieceInfo = Dictionary(Word=Dictionary(Private=String(SECRET)))
    page.Thumb = Stream(pdf, SECRET.encode())
    page.LastModified = String(SECRET)
    page.Metadata = Stream(pdf, SECRET.encode())
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 9, 9]), T=String(SECRET), Contents=String("Neu")
    )
    page.Annots.append(pdf.make_indirect(stamp))
    photograph = Stream(pdf, with_secrets("JPEG"), Type=Name.XObject, Subtype=Name.Image, Width=1600, Height=900)
    photograph.Filter, photograph.ColorSpace, photograph.BitsPerComponent = Name.DCTDecode, Name.DeviceRGB, 8
    photograph.Metadata = Stream(pdf, SECRET.encode())
    page.Resources = Dictionary(XObject=Dictionary(Im0=photograph))


def acting(pdf: Pdf) -> None:
    """Add what is done without being asked."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('ATTACKED')"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("ATTACKED"))
    launch = Dictionary(S=Name.Launch, F=String("ATTACKED.exe"))
    more = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=Array([launch]))
    for action in (launch, more, Dictionary(S=Name.SubmitForm, F=String("https://ATTACKED.example.org/"))):
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=pdf.make_indirect(action))
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))


def made(folder: Path, *changes: Change, **options: object) -> Path:
    with Pdf.new() as pdf:
        for change in (accessible, *changes):
            change(pdf)
        pdf.save(folder / "a.pdf", **options)
    return folder / "a.pdf"


def remade(folder: Path, *changes: Change) -> bytes:
    origin = made(folder, *changes)
    remake(origin, folder / "b.pdf")
    return (folder / "b.pdf").read_bytes()


def test_a_pdf_tells_nothing_of_people_and_machines(tmp_path: Path) -> None:
    data = remade(tmp_path, telling)
    assert says((tmp_path / "a.pdf").read_bytes(), SECRET)
    assert not says(data, SECRET)
    assert b"pikepdf" not in data
    assert b"CreationDate" not in data


def test_what_makes_a_pdf_accessible_stays(tmp_path: Path) -> None:
    remade(tmp_path, telling)
    with Pdf.open(tmp_path / "b.pdf") as pdf:
        assert str(pdf.Root.Lang) == "de-DE"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.StructTreeRoot.K[0].Alt) == "Überschrift"
        assert dict(pdf.docinfo.items()) == {"/Title": "Haushalt 2026"}
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Haushalt 2026"
            assert metadata["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Erstens", "Zweitens"]
        notes = list(pdf.pages[0].obj.Annots)
        assert ["/A" in note for note in notes[:2]] == [True, False]
        assert str(notes[2].Contents) == "Neu"
        shown = pdf.pages[0].obj.Resources.XObject.Im0.read_raw_bytes()
    assert opened(shown).tobytes() == opened(with_secrets("JPEG")).tobytes()
    assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & opened(shown).info.keys()


def test_a_pdf_does_nothing(tmp_path: Path) -> None:
    data = remade(tmp_path, acting)
    assert says((tmp_path / "a.pdf").read_bytes(), "ATTACKED")
    assert not says(data, "ATTACKED")
    with Pdf.open(tmp_path / "b.pdf") as pdf:
        assert sum("/A" in note for note in pdf.pages[0].obj.Annots) == 2


def test_earlier_states_are_gone(tmp_path: Path) -> None:
    origin = made(tmp_path)
    before = origin.read_bytes()
    origin.write_bytes(before.replace(b"%%EOF", f"99 0 obj ({SECRET}) endobj\n%%EOF".encode()))
    remake(origin, tmp_path / "b.pdf")
    assert not says((tmp_path / "b.pdf").read_bytes(), SECRET)


def test_the_same_pdf_gives_the_same_bytes(tmp_path: Path) -> None:
    origin = made(tmp_path, telling)
    for name in ("b.pdf", "c.pdf"):
        remake(origin, tmp_path / name)
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()
    remake(tmp_path / "b.pdf", tmp_path / "d.pdf")
    assert (tmp_path / "d.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def note(kind: str) -> Change:
    def change(pdf: Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]), Contents=String("geheim"))
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(one))

    return change


def signed(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)


def with_file(pdf: Pdf) -> None:
    pdf.attachments["geheim.txt"] = b"geheim"


def without_pages(pdf: Pdf) -> None:
    del pdf.pages[0]


REFUSED: dict[str, tuple[Change, str]] = {
    "signed": (signed, "digital unterschrieben"),
    "with a file": (with_file, "stecken weitere Dateien"),
    "without pages": (without_pages, "keine Seiten"),
    **{
        kind: (note(kind), "Kommentare, Markierungen")
        for kind in ("Text", "Highlight", "StrikeOut", "Redact", "Screen")
    },
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_made_safe_is_refused(name: str, tmp_path: Path) -> None:
    change, message = REFUSED[name]
    with pytest.raises(FileError, match=message):
        remade(tmp_path, change)


@pytest.mark.parametrize("password", ["", "geheim"])
def test_a_locked_pdf_is_refused(password: str, tmp_path: Path) -> None:
    origin = made(tmp_path, encryption=pikepdf.Encryption(owner="besitz", user=password))
    with pytest.raises(FileError, match="verschlüsselt oder gegen Änderungen gesperrt"):
        remake(origin, tmp_path / "b.pdf")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.98])
def test_a_pdf_that_is_cut_off_is_refused(part: float, tmp_path: Path) -> None:
    origin = made(tmp_path, telling)
    origin.write_bytes(origin.read_bytes()[: int(part * origin.stat().st_size)])
    with pytest.raises(FileError, match=r"abgeschnitten|nicht lesen"):
        remake(origin, tmp_path / "b.pdf")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n1 0 obj<</A 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"]
)
def test_what_is_no_pdf_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(FileError):
        remake(tmp_path / "a.pdf", tmp_path / "b.pdf")


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8abc", b"GIF89a"])
def test_what_is_no_jpeg_is_told(data: bytes) -> None:
    with pytest.raises(ValueError, match="no "):
        bare(data)
