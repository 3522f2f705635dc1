"""Pictures painted anew: what is not a pixel (EXIF, GPS, comments, appended files) stays behind."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from doithoai.core.errors import Invalid
from doithoai.files.sniffing import JPEG, PNG, WEBP, Kind

PIXELS = 60_000_000  # more would cost a web worker over 180 MB while the picture is open
LONGEST_SIDE = 4096  # pixels; an A4 page scanned at 300 dpi has 3508
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError)


def clean(data: bytes, kind: Kind) -> bytes:
    """The same picture, upright, in the same format, at most LONGEST_SIDE pixels wide or high.

    Raises Invalid when it is damaged or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            _refuse_huge(picture)
            return _painted(picture, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _DAMAGE as error:
        raise Invalid(_("The picture is damaged and cannot be opened.")) from error


def _refuse_huge(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > PIXELS:
        raise _too_large()


def _too_large() -> Invalid:
    return Invalid(
        _("The picture has more than %(limit)s million pixels. Send a smaller one.")
        % {"limit": PIXELS // 1_000_000}
    )


def _painted(picture: Image.Image, kind: Kind) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG only: decode no larger than needed
    upright = ImageOps.exif_transpose(picture)
    see_through = kind is not JPEG and (upright.has_transparency_data or "A" in upright.mode)
    bare = upright.convert("RGBA" if see_through else "RGB")
    bare.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare.info.clear()  # Pillow would write comments and profiles found here back into the file
    out = io.BytesIO()
    bare.save(out, _FORMATS[kind], **({} if kind is PNG else {"quality": 85}))
    return out.getvalue()
