"""What the style guide is shown with. All people, places and dossiers are invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from doithoai.core.decisions import no
from doithoai.theme.components import Bar, Happening, NavigationLink, Tab

TODAY = date(2026, 8, 3)
NOW = datetime(2026, 8, 3, 2, 42, tzinfo=UTC)
LINKS = {
    "home": "/",
    "submit": "/gui/",
    "follow": "/tra-cuu/",
    "dialogues": "/doi-thoai/",
    "deadlines": "/thoi-han/",
    "visibility": "/ai-xem-duoc-gi/",
    "sign_in": "/dang-nhap/",
    "sign_out": "/thoat/",
    "posts": "/vi-tri/",
    "search": "/tim/",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the inbox in the guide."""

    due_on: date
    duty: str
    title: str
    code: str
    working: int | None = None
    paused: bool = False
    late: bool = False


class Recommendation(forms.Form):
    """Every kind of control the product uses."""

    text = forms.CharField(
        label="Nội dung kiến nghị",
        help_text="Việc gì, ở đâu, từ bao giờ.",
        max_length=5000,
        widget=forms.Textarea,
    )
    name = forms.CharField(label="Họ và tên", required=False)
    village = forms.ChoiceField(label="Thôn", choices=[("", "Chọn thôn"), ("lt", "Lạc Thọ")])
    happened_on = forms.DateField(
        label="Ngày xảy ra",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    word = forms.ChoiceField(
        label="Ông/Bà đồng ý chưa?",
        help_text="Chọn một ý.",
        choices=[("yes", "Đồng ý với kết quả"), ("partly", "Đồng ý một phần")],
        widget=forms.RadioSelect,
    )
    reach = forms.MultipleChoiceField(
        label="Báo kết quả bằng",
        required=False,
        choices=[("sms", "Tin nhắn"), ("slip", "Phiếu giấy")],
        widget=forms.CheckboxSelectMultiple,
    )
    public = forms.BooleanField(label="Đồng ý công khai nội dung", help_text="Không công khai tên.")
    photo = forms.FileField(
        label="Hình ảnh",
        required=False,
        widget=forms.ClearableFileInput(attrs={"data-max-bytes": "20000000"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def _rows() -> list[Row]:
    return [
        Row(
            date(2026, 8, 1),
            "Trả lời kiến nghị",
            "Bãi rác gây mùi hôi",
            "2607 1518 0245",
            late=True,
        ),
        Row(TODAY, "Tiếp nhận hoặc trả lại", "Xe tải chở cát chạy đêm", "2607 1531 7706"),
        Row(
            date(2026, 8, 6),
            "Trả lời kiến nghị",
            "Nạo vét kênh Đồng Lều, 18 ha lúa thiếu nước",
            "2607 1542 8163",
            working=3,
        ),
        Row(
            date(2026, 8, 20),
            "Hoàn thành theo kết luận",
            "Đường vào thôn Lạc Thọ",
            "2607 1550 1120",
        ),
        Row(
            date(2026, 8, 4),
            "Trả lời kiến nghị",
            "Ranh giới đất thôn Yên Lạc",
            "2607 1560 3385",
            paused=True,
        ),
    ]


def _happenings() -> list[Happening]:
    at = datetime(2026, 7, 15, 2, 42, tzinfo=UTC)
    return [
        Happening(
            at, "Tiếp nhận tại đối thoại. Chủ tịch UBND xã hứa:", words="Xong trước ngày 20/8."
        ),
        Happening(
            at,
            "Chuyển Phòng Kinh tế xã",
            actor="Nguyễn Thị Minh",
            detail="vì lĩnh vực Thủy lợi thuộc thẩm quyền cấp xã",
        ),
        Happening(at, "Thông báo kết luận số 41", url="#41"),
        Happening(at, "Nhắc lần 1 tới chuyên viên phụ trách", minor=True),
    ]


def context() -> dict[str, object]:
    """Everything the guide shows."""
    return {
        "request": RequestFactory().get("/huong-dan/?tab=late"),
        "csrf_token": "a" * 32,
        "links": LINKS,
        "navigation": [
            NavigationLink("/viec/", "Việc cần xử lý", current=True),
            NavigationLink("/kien-nghi/", "Kiến nghị"),
            NavigationLink("/doi-thoai/", "Đối thoại"),
            NavigationLink("/giam-sat/", "Giám sát"),
        ],
        "actor_name": "Lê Thị Hoa",
        "actor_post": "Chuyên viên, Phòng Kinh tế xã Cẩm Lạc",
        "today": TODAY,
        "now": NOW,
        "tomorrow": date(2026, 8, 6),
        "yesterday": date(2026, 8, 1),
        "duty": "Trả lời kiến nghị",
        "because": "15 ngày làm việc kể từ ngày 15/7/2026 (không tính ngày đầu), "
        "theo Quy định đối thoại của tỉnh, mục 7.",
        "first_act": "Trả lời, kèm tài liệu, hình ảnh",
        "second_act": "Hỏi lại người dân",
        "third_act": "Kết thúc",
        "refusal": no("chưa có trả lời kèm tài liệu, hình ảnh."),
        "words": "Kênh nội đồng vùng Đồng Lều bị bồi lắng.\nĐề nghị nạo vét trước vụ.",
        "source": "Thôn Lạc Thọ · ghi tại hội nghị",
        "happenings": _happenings(),
        "rows": _rows(),
        "tab_items": [
            Tab("#late", "Quá hạn", current=True, count=1, late=True),
            Tab("#today", "Đến hạn hôm nay", count=1),
            Tab("#soon", "Sắp đến hạn", count=5),
            Tab("#rest", "Trong hạn", count=1033),
        ],
        "page": Paginator(list(range(95)), 10).page(3),
        "chart": [
            Bar("Thủy lợi", 12, url="#irrigation"),
            Bar("Đất đai", 5),
            Bar("Môi trường", 1, note="(5,6%)"),
            Bar("Y tế", 0),
        ],
        "form": Recommendation({"name": "Ông K."}, auto_id="id_%s"),
    }


def render(layout: str) -> str:
    """The guide as one page of that layout."""
    return render_to_string("theme/guide.html", {**context(), "layout": layout})
