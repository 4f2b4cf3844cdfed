"""The service rules, once: text, article, what the product enforces (E) and what it warns of (W) (domain handbook §3).

A check answers with Findings; each takes its article from RULES, so no article is written twice.
"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """E stops the step; W is shown and recorded."""

    ERROR = "E"
    WARNING = "W"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; mark tells the source: L article read, W seen in public pages, P own proposal, M common knowledge."""

    no: int
    text: str
    article: str
    mark: str
    enforced: str = ""
    warned: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about one case; field names the answer it speaks of."""

    rule_no: int
    level: Level
    message: str
    article: str
    field: str = ""


RULES: tuple[Rule, ...] = (
    Rule(1, "送达必须有送达回证，由受送达人写明收到日期并签名或盖章；签收日期为送达日期", "民事诉讼法第87条", "L",
         "没有签收人、与受送达人关系、签收日期和回证照片，不能记为签收", "", "grid/rules/service.py"),
    Rule(2, "受送达人是公民的交本人；本人不在的，交同住的成年家属签收", "民事诉讼法第88条", "L",
         "关系按受送达人种类限定；同住成年家属须已满18周岁并且同住", "", "grid/rules/service.py"),
    Rule(3, "同案对方当事人不得代受送达人签收", "法院专递邮寄送达规定第7条", "L",
         "签收人是对方当事人的不能签收", "", "grid/rules/service.py"),
    Rule(4, "法人或者其他组织由法定代表人、主要负责人，或者办公室、收发室、值班室等负责收件的人签收",
         "民事诉讼法第88条，民诉法解释第130条", "L",
         "关系按受送达人种类限定", "收件部门没有盖章也没有写明职务", "grid/rules/service.py"),
    Rule(5, "有诉讼代理人的可以由代理人签收；指定了代收人的由代收人签收", "民事诉讼法第88条，民诉法解释第132条", "L",
         "", "先联系指定代收人、诉讼代理人", "grid/rules/service.py"),
    Rule(6, "受送达人没有或者限制民事行为能力的，由法定代理人签收", "法院专递邮寄送达规定第9条第2项", "L",
         "受送达人已标记的，只能由法定代理人签收", "", "grid/rules/service.py"),
    Rule(7, "除受送达人本人（单位的法定代表人、主要负责人）外，签收人在代收人栏签名并注明关系和代收理由",
         "送达回证格式说明", "W", "代收的须填写关系和代收理由", "", "grid/rules/service.py"),
    Rule(8, "受送达人或者同住成年家属拒收的，送达人可以邀请基层组织或者所在单位的代表到场，说明情况，"
         "记明拒收事由和日期，由送达人、见证人签名或盖章，把文书留在住所；也可以留在住所并用拍照、录像等方式记录过程",
         "民事诉讼法第89条", "L",
         "只有法院人员能登记留置；须有拒收事由、时间、住所，并有合格见证人或者拍照录像；家中无人不是拒收", "",
         "grid/rules/left_service.py"),
    Rule(9, "见证人可以是受送达人住所地的居委会、村委会工作人员，或者所在单位的工作人员", "民诉法解释第130条第2款", "L",
         "见证人不得是当事人或者其近亲属", "网格员不是居委会、村委会工作人员", "grid/rules/left_service.py"),
    Rule(10, "通知到法院领取，到后拒绝签收的，视为送达；在住所以外当面送达拒收的，拍照录像记录后视为送达；"
         "由审判人员、书记员注明并签名", "民诉法解释第131条", "L",
         "网格员只能通知领取，结果记为“愿到法院领取”", "", "grid/kinds/delivery/outcomes.py"),
    Rule(11, "调解书应当直接送达本人，本人因故不能签收的由其指定的代收人签收；不适用留置送达", "民诉法解释第133条", "L",
         "按文书种类限定签收人，不能登记留置", "", "grid/rules/service.py"),
    Rule(12, "支付令应当送达债务人本人；拒收的可以留置送达", "民诉法解释第429条", "L",
         "按文书种类限定签收人", "", "grid/rules/service.py"),
    Rule(13, "经受送达人同意可以电子送达；到达特定系统的日期为送达日期；对判决书、裁定书、调解书可以要求纸质件",
         "民事诉讼法第90条，民诉法解释第135、136条", "L",
         "网格员只能收取送达地址确认书，须有方式、账号和签名", "", "grid/kinds/delivery/outcomes.py"),
    Rule(14, "默示同意电子送达的情形和全程留痕；电子送达凭证与送达回证效力相同", "人民法院在线诉讼规则第29至31条", "L"),
    Rule(15, "直接送达有困难的，可以委托其他人民法院代为送达或者邮寄送达；受托法院十日内办理",
         "民事诉讼法第91条，民诉法解释第134条", "L",
         "请网格协助不叫“委托送达”", "", "grid/core/words/tasks.py"),
    Rule(16, "法院专递五日内投送三次以上未能送达的退回；"
         "地址由当事人确认、拒不提供、变更未告知或者拒收的，退回之日视为送达",
         "法院专递邮寄送达规定第6、8、11条", "L",
         "报“未送达”前至少走访3次、分在2天以上，其中一次在18点以后或者周末", "", "grid/kinds/delivery/diligence.py"),
    Rule(17, "军人由所在部队团以上政治机关转交；被监禁或者被采取强制性教育措施的由所在机构转交",
         "民事诉讼法第92至94条", "L",
         "结果“服役”“被羁押”交回法院", "", "grid/kinds/delivery/outcomes.py"),
    Rule(18, "下落不明或者用其他方式无法送达的，公告送达；自发出公告之日起经过三十日视为送达；记明原因和经过；"
         "在住所张贴的应当拍照录像", "民事诉讼法第95条，民诉法解释第138条", "L",
         "网格员只提供下落不明的证明；由法院决定，送达日期按发出日期加三十日计算", "", "grid/rules/service_date.py"),
    Rule(19, "第一审确认的送达地址，在执行程序中继续有效，书面变更的除外", "民诉法解释第137条", "L",
         "", "每个地址都显示来源和日期", ""),
    Rule(20, "送达地址确认书应当写明邮编、详细地址、电话；电子送达的写明传真、电子邮箱、微信；告知后果；可以要求保密",
         "法院专递邮寄送达规定第3、4条；法发〔2017〕19号第1至3条", "L",
         "确认书字段；要求保密的不给对方看", "", ""),
    Rule(21, "可以请基层组织协助送达并支付费用；电话送达应当录音；微信、短信送达应当拍照附卷",
         "法发〔2017〕19号第11至16条",
         "M"),
    Rule(22, "期间开始之日不计算；期间届满的最后一日是法定休假日的，以休假日后的第一日为届满日", "民事诉讼法第85条",
         "L",
         "所有法定期间由同一函数计算，放假和调休是数据", "", "grid/rules/calendar.py"),
    Rule(23, "收到申请后十日内发出执行通知；金钱债权同时发出报告财产令", "民诉法解释第480条，财产调查规定第3条", "L",
         "", "有执行通知书而没有报告财产令", "grid/rules/documents.py"),
    Rule(24, "执行由执行员进行并出示证件；查封、扣押、强制迁出时基层组织派人参加并在笔录上签名",
         "民事诉讼法第239、256、261条", "L", "网格员没有执行措施的按钮", "", "grid/rules/lifecycle.py"),
    Rule(25, "审判人员、执行员、书记员等是当事人、近亲属或者有利害关系的应当回避", "民事诉讼法第47条", "L",
         "网格员接单时回答同样的问题，有关系的退回", "", "grid/core/words/reasons.py"),
    Rule(26, "侮辱、诽谤、殴打、打击报复协助执行的人，可以罚款、拘留，构成犯罪的追究刑事责任",
         "民事诉讼法第114条第4项", "L",
         "", "安全情况随走访上报法院", "grid/kinds/delivery/outcomes.py"),
    Rule(27, "金融机构只办理执行人员送达的查询、冻结、扣划、解冻通知", "银发〔2002〕1号", "W",
         "这些文书不能派发", "", "grid/rules/documents.py"),
)  # fmt: skip

_BY_NO: dict[int, Rule] = {rule.no: rule for rule in RULES}


def rule(no: int) -> Rule:
    """Return the rule of that number; raises KeyError."""
    return _BY_NO[no]


def error(rule_no: int, message: str, field: str = "") -> Finding:
    """Return a finding that stops the step."""
    return Finding(rule_no, Level.ERROR, message, rule(rule_no).article, field)


def warning(rule_no: int, message: str, field: str = "") -> Finding:
    """Return a finding that is shown and recorded but stops nothing."""
    return Finding(rule_no, Level.WARNING, message, rule(rule_no).article, field)


def form_error(message: str, field: str) -> Finding:
    """Return a finding that stops the step because a form is incomplete; it rests on no article."""
    return Finding(0, Level.ERROR, message, "", field)


def form_warning(message: str, field: str) -> Finding:
    """Return a finding about a form that stops nothing."""
    return Finding(0, Level.WARNING, message, "", field)


def errors_of(findings: list[Finding]) -> list[Finding]:
    """Return only the findings that stop the step."""
    return [finding for finding in findings if finding.level == Level.ERROR]
