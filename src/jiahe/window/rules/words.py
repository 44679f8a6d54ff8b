"""The words of a process diagram besides those of its service, in three languages."""

from jiahe.basis.languages import Text
from jiahe.places.facts import Level
from jiahe.window.definitions.shapes import End, Shown

ACCEPTED = Text("Accepted", "受理", "受理")
FIRST_DAY = Text("the next working day is day 1", "下一個工作日為第一日", "下一个工作日为第一日")
ON_THE_SPOT = Text("Done on the spot.", "即時辦結。", "即时办结。")
DAY = Text("1 working day", "1 個工作日", "1 个工作日")
DAYS = Text("{days} working days", "{days} 個工作日", "{days} 个工作日")
PROMISED = Text("Promised in {days}.", "承諾 {days}。", "承诺 {days}。")
PROMISED_AND_LAWFUL = Text(
    "Promised in {days}; the law allows {most}.", "承諾 {days}，法定 {most}。", "承诺 {days}，法定 {most}。"
)
WITHIN = Text("within {days}", "{days}內", "{days}内")
HANGS = Text("Shown in public for {days}: {shown}", "公示 {days}，僅示：{shown}", "公示 {days}，仅示：{shown}")
ONCE = Text("{outcome} (once at most)", "{outcome}（至多一次）", "{outcome}（至多一次）")
AT_MOST = Text("{outcome} (at most {times} times)", "{outcome}（至多 {times} 次）", "{outcome}（至多 {times} 次）")
LEADS = Text("{outcome}: to {place}.", "{outcome}：至 {place}。", "{outcome}：至 {place}。")
HERE = Text("now here", "目前在此", "目前在此")
RESULT = Text("Result: {result}", "結果：{result}", "结果：{result}")
LISTED = Text("{items}.", "{items}。", "{items}。")
COMMA = Text(", ", "、", "、")
DOT = Text(" · ", " · ", " · ")
LEVELS = {
    Level.PROVINCE: Text("province", "省級", "省级"),
    Level.CITY: Text("city", "市級", "市级"),
    Level.COUNTY: Text("county", "縣級", "县级"),
    Level.TOWNSHIP: Text("township", "鄉鎮", "乡镇"),
    Level.VILLAGE: Text("village", "村", "村"),
}
ENDS = {
    End.GRANTED: Text("Granted", "准予", "准予"),
    End.REFUSED: Text("Refused", "不予", "不予"),
    End.CLOSED: Text("Closed", "辦結", "办结"),
}
SHOWN = {
    Shown.MASKED_NAME: Text("masked name", "姓名（隱去部分）", "姓名（隐去部分）"),
    Shown.VILLAGE: Text("village", "村", "村"),
    Shown.PROGRAMME: Text("programme", "項目", "项目"),
    Shown.YEAR: Text("year", "年度", "年度"),
    Shown.AMOUNT_CLASS: Text("class of amount", "金額檔次", "金额档次"),
}
