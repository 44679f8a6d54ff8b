"""Charts, icons, styles and the catalogue, each alone."""

import json
import re
from pathlib import Path

import brotli
import pytest
from django.core.files.storage import FileSystemStorage
from django.template import Context, Template

import jiahe
from jiahe.basis.languages import Text
from jiahe.ui import charts, translations
from jiahe.ui.icons import ICONS
from jiahe.ui.storage import SmallStatic
from jiahe.ui.styles import trim, words

pytestmark = pytest.mark.once("sqlcipher")  # pages without a database

HOUSE = Path(jiahe.__file__).parent


def drawn(source: str, **context: object) -> str:
    """A template's text."""
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_chart_is_a_labelled_picture_with_its_numbers_as_data(settings):
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    births, deaths = charts.Series("Births", (1, None, 3)), charts.Series("Deaths</script>", (2, 2, 2))
    chart = charts.trend(births, deaths, at=("a", "b", "c"), label="Births and deaths")
    page = drawn('{% chart "lives" chart %}', chart=chart)
    assert 'role="img" aria-label="Births and deaths"' in page
    option = json.loads(re.search(r"application/json\">(.*?)</script>", page, re.S)[1])
    assert [one["data"] for one in option["series"]] == [[1, None, 3], [2, 2, 2]]
    assert option["series"][0]["lineStyle"] != option["series"][1]["lineStyle"]
    assert "Deaths&lt;/script&gt;" in page


def test_bars_may_lie_down_for_long_names():
    chart = charts.bars(charts.Series("Residents", (1, 2)), at=("a", "b"), label="Residents", across=True)
    assert chart.option["yAxis"]["inverse"] is True
    assert chart.option["xAxis"]["type"] == "value"


def test_an_icon_is_hidden_from_screen_readers_unless_it_is_named():
    assert 'aria-hidden="true"' in drawn('{% icon "home" %}')
    assert 'role="img" aria-label="Home"' in drawn('{% icon "home" "Home" %}')


def test_every_icon_named_in_a_template_or_navigation_exists():
    asked = {
        (name, file.name)
        for file in [*HOUSE.rglob("*.html"), *HOUSE.rglob("navigation.py")]
        for name in re.findall(
            r"""{%\s*icon\s+["']([\w-]+)|\bicon=["']([\w-]+)|NavItem\([^,]+,[^,]+,\s*"([\w-]+)""", file.read_text()
        )
    }
    assert [(names, file) for names, file in asked if "".join(names) not in ICONS] == []


def test_a_text_is_said_in_the_readers_language(settings):
    settings.LANGUAGE_CODE = "zh-hant"
    assert drawn("{{ name|in_language }}", name=Text("Pingyu", "平輿", "平舆")) == "平輿"


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}.b{x:2}", ".a{x:1}"),
        (".a,.b{x:1}", ".a{x:1}"),
        (".a .b{x:1}.a:not(.b){x:2}", ".a:not(.b){x:2}"),
        ("@media print{.b{x:1}}@media print{.a{x:1}}", "@media print{.a{x:1}}"),
        ("@keyframes b{0%{x:1}}h1{x:1}", "@keyframes b{0%{x:1}}h1{x:1}"),
        ('.a{x:url("data:;{.b}")}', '.a{x:url("data:;{.b}")}'),
        (":root{--p:1;--q:var(--p);--r:2}.a{x:var(--r)}", ":root{--r:2}.a{x:var(--r)}"),
        (r".w-1\/2{x:1}", r""),
    ],
)
def test_the_style_sheet_keeps_only_what_pages_mention(css, kept):
    assert trim(css, frozenset({"a"})) == kept


def test_no_template_puts_a_class_together():
    made = [
        f"{file.relative_to(HOUSE)}: {found}"
        for file in HOUSE.rglob("*.html")
        for found in re.findall(r'class="[^"]*?[\w]-{{[^"]*"', file.read_text())
    ]
    assert made == []


def test_every_sentence_is_translated():
    assert translations.missing() == []


def test_simplified_follows_from_traditional_unless_overridden():
    catalog = translations.Catalog(locale="zh_Hant")
    catalog.add("Register", "登記")
    catalog.add(("{n} village", "{n} villages"), ("{n} 個村",))
    simplified = translations.simplified(catalog)
    assert simplified.get("Register").string == "登记"
    assert simplified.get("{n} village").string == ("{n} 个村",)


def test_the_first_load_of_a_page_with_a_chart_is_small():
    """P-11: at most 200 KB compressed in all; 13 KB of it are left for the page and its own script."""
    bundles = HOUSE.parents[1] / "build" / "assets" / "ui"
    sheet = trim((bundles / "app.css").read_text("utf-8"), words([HOUSE])).encode()
    sizes = {"app.css": len(brotli.compress(sheet))}
    sizes |= {name: len(brotli.compress((bundles / name).read_bytes())) for name in ("app.js", "charts.js")}
    assert sum(sizes.values()) <= 187_000, sizes
    assert sizes["app.css"] + sizes["app.js"] <= 40_000, sizes


def test_collected_styles_are_trimmed_anew_each_time(tmp_path):
    (tmp_path / "from" / "ui").mkdir(parents=True)
    (tmp_path / "from" / "ui" / "app.css").write_text(".btn{x:1}.never-men" + "tioned{x:1}")
    storage = SmallStatic(location=str(tmp_path / "to"), base_url="/static/")
    (tmp_path / "to" / "ui").mkdir(parents=True)
    (tmp_path / "to" / "ui" / "app.css").write_text("copied here by collectstatic")
    for _ in range(2):
        found = {"ui/app.css": (FileSystemStorage(location=str(tmp_path / "from")), "ui/app.css")}
        (name,) = {hashed for _, hashed, _ in storage.post_process(found) if hashed}
        assert (tmp_path / "to" / name).read_text() == ".btn{x:1}"
