"""Pictures painted anew: what is not a pixel (EXIF, GPS, comments, appended files) stays behind."""

import io
import struct

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from doithoai.core.errors import Invalid
from doithoai.files.sniffing import JPEG, PNG, WEBP, Kind

# An open picture costs three or four bytes a pixel in the web worker. JPEG is opened at half or a
# quarter of its size when it has more pixels than OPENED, the others only whole.
PIXELS = {JPEG: 85_000_000, PNG: 25_000_000, WEBP: 25_000_000}
OPENED = 20_000_000
LONGEST_SIDE = 4096  # pixels; an A4 page scanned at 300 dpi has 3508
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    struct.error,
)


def clean(data: bytes, kind: Kind) -> bytes:
    """The same picture, upright, in the same format, at most LONGEST_SIDE pixels wide or high.

    Raises Invalid when it is damaged or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            _refuse_huge(picture, kind)
            return _painted(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(kind) from error
    except _DAMAGE as error:
        raise Invalid(_("The picture is damaged and cannot be opened.")) from error


def _refuse_huge(picture: Image.Image, kind: Kind) -> None:
    width, height = picture.size
    if width * height > PIXELS[kind]:
        raise _too_large(kind)


def _too_large(kind: Kind) -> Invalid:
    return Invalid(
        _("The picture has more than %(limit)s million pixels. Send a smaller one.")
        % {"limit": PIXELS[kind] // 1_000_000}
    )


def _painted(picture: Image.Image, kind: Kind) -> bytes:
    picture.draft("RGB", _opened_size(*picture.size))  # JPEG only: libjpeg scales as it reads
    upright = ImageOps.exif_transpose(picture)
    see_through = kind is not JPEG and (upright.has_transparency_data or "A" in upright.mode)
    bare = upright.convert("RGBA" if see_through else "RGB")
    bare.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare.info.clear()  # Pillow would write comments and profiles found here back into the file
    out = io.BytesIO()
    bare.save(out, _FORMATS[kind], **({} if kind is PNG else {"quality": 85}))
    return out.getvalue()


def _opened_size(width: int, height: int) -> tuple[int, int]:
    while width * height > OPENED:
        width, height = width // 2, height // 2
    return width, height
