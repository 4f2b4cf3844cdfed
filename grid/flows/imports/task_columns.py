"""The columns of a task table, with the many names offices give them."""

from grid.core.words.parties import PARTY_ROLE_LABELS
from grid.core.words.reasons import ADDRESS_SOURCES
from grid.core.words.service import ADDRESSEE_LABELS
from grid.core.words.tasks import MODE_LABELS
from grid.tools.tabular import CellKind, Column

CASE_NO = Column("case_no", "案号", ("执行案号", "案件编号", "执行案件号"), CellKind.CODE, required=True,
                 note="如（2026）皖0503执1234号", max_length=60)  # fmt: skip
NAME = Column("name", "受送达人", ("被送达人", "受送达人姓名", "受送达人名称", "被执行人", "姓名", "当事人"),
              required=True, note="姓名或单位全称", max_length=80)  # fmt: skip
ADDRESS = Column("address", "送达地址", ("地址", "住址", "住所地", "联系地址"), required=True,
                 note="写到门牌号，最好带上镇街和社区", max_length=200)  # fmt: skip
PAPERS = Column("papers", "文书", ("送达文书", "文书名称", "文书名称及份数", "送达文书名称"), required=True,
                note="多份用分号隔开，份数写在后面，如：执行通知书1份；报告财产令1份", max_length=400)  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    CASE_NO,
    Column("cause", "案由", max_length=120),
    Column("instrument", "执行依据文号", ("执行依据", "生效法律文书"), max_length=120),
    Column("officer", "承办人", ("执行法官", "承办法官", "执行员"), max_length=40,
           note="姓名或工号；由承办人自己导入的可以不填"),
    NAME,
    Column("kind", "受送达人类型", ("主体类型", "当事人类型"), CellKind.CHOICE,
           note="不填时按名称和证件号码判断",
           choices={label: str(kind) for kind, label in ADDRESSEE_LABELS.items()}
           | {"单位": "legal", "个人": "natural"}),
    Column("role", "诉讼地位", ("当事人地位", "身份"), CellKind.CHOICE, note="不填为被执行人",
           choices={label: str(role) for role, label in PARTY_ROLE_LABELS.items()}),
    Column("id_no", "证件号码", ("身份证号", "身份证号码", "统一社会信用代码", "公民身份号码"), CellKind.CODE,
           max_length=40),
    Column("phone", "联系电话", ("电话", "手机", "手机号", "手机号码", "联系方式"), CellKind.CODE, max_length=40),
    Column("legal_rep", "法定代表人", ("负责人", "主要负责人"), max_length=60),
    Column("creditor", "申请执行人", ("申请人",), note="填写后，签收人是对方当事人的会提醒", max_length=80),
    ADDRESS,
    Column("source", "地址来源", kind=CellKind.CHOICE, note="不填为其他来源",
           choices={label: code for code, label in ADDRESS_SOURCES.items()}),
    Column("confirmed_on", "地址确认日期", ("确认日期",), CellKind.DATE),
    Column("community", "社区", ("所属社区", "村居", "社区（村）"), note="有边界坐标的可以不填", max_length=60),
    Column("lng", "经度", note="WGS-84，可以不填", max_length=20),
    Column("lat", "纬度", max_length=20),
    PAPERS,
    Column("paper_no", "文书编号", ("文号", "文书号"), max_length=80),
    Column("mode", "协助方式", ("送达方式", "方式"), CellKind.CHOICE, note="不填为转交文书",
           choices={label: str(mode) for mode, label in MODE_LABELS.items()}),
    Column("urgent", "是否加急", ("加急", "紧急"), CellKind.YESNO),
    Column("due_on", "办理期限", ("期限", "截止日期", "限办日期"), CellKind.DATE, note="不填按工作日历计算"),
    Column("instruction", "办理要求", ("要求", "备注"), max_length=500),
    Column("notes", "特别提示", note="只有接单的网格员能看到", max_length=500),
)  # fmt: skip

SAMPLES = (
    {
        "case_no": "（2026）皖0503执1234号", "cause": "民间借贷纠纷", "name": "张演示", "role": "被执行人",
        "address": "花山区湖东路街道湖东社区测试路12号3栋201室", "community": "湖东社区", "source": "送达地址确认书",
        "confirmed_on": "2026-01-05", "papers": "执行通知书1份；报告财产令1份", "mode": "转交文书", "urgent": "否",
    },
    {
        "case_no": "（2026）皖0503执1235号", "cause": "买卖合同纠纷", "name": "马鞍山市演示商贸有限公司",
        "kind": "法人", "legal_rep": "李样例", "address": "花山区霍里街道张庄社区示范路8号", "papers": "传票2份",
        "mode": "通知领取",
    },
)  # fmt: skip
NOTES = (
    "一行是一件任务：一个受送达人、一次送达。同一案件可以写多行。",
    "查封、扣押、冻结、拘留等文书和银行通知不能派给网格；调解书、履行到期债务通知须由法院人员到场送达。",
    "先试读，看清每一处问题再导入；同一个文件导入两次不会重复建立。",
)
