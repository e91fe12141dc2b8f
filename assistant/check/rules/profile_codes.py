"""What each finding of profile_checks.py means, why it matters and what to do: the text behind docs/findings.md."""

from assistant.messages import Text
from assistant.outcome import FindingDoc

TIANJIN_BASIC = (
    "https://en.tj.gov.cn/services/ForeignServiceChecklist/WorkPermit/GUIDELINES_FOR_WORK_PERMITS/"
    "CHAPTER_THREE_HANDLING_PROCESS/202403/t20240301_6549834.html (2024-03)"
)
SYSTEM_2026 = "https://www.china-briefing.com/news/foreigners-work-permit-in-china-2026-updates/ (2026-02)"
ICAO = "ICAO Doc 9303-3, 9303-4"
OWN = "inferred by this project (2026-11); confirm with the authority"

CODES: tuple[FindingDoc, ...] = (
    FindingDoc(
        "history.gap",
        Text("教育和工作经历之间有月份没有填写。", "Months between education and work are not covered."),
        Text("全国系统自 2026 年 2 月起不接受有空档的经历。", "Since February 2026 the national system takes no gaps."),
        Text(
            "补上这些月份；没有工作的期间也要列出，单位写「待业」。",
            "Add these months; list spells without work too, employer 待业.",
        ),
        SYSTEM_2026,
    ),
    FindingDoc(
        "history.overlap",
        Text("两段经历有一个月以上的重叠。", "Two rows share more than one month."),
        Text("在职读书等情况可以重叠；若是笔误，会被退回补正。", "Fine for study beside work; a slip is sent back."),
        Text("核对这两段的起止年月。", "Check the months of both rows."),
        SYSTEM_2026,
    ),
    FindingDoc(
        "history.future",
        Text("经历的起始年月在今天之后。", "A row of the history begins in the future."),
        Text("经历只能是已经发生的。", "A history tells what has happened."),
        Text("改正起始年月，或删除这一行。", "Correct the month or remove the row."),
        OWN,
    ),
    FindingDoc(
        "history.not-here",
        Text(
            "工作经历的最后一段不是现在的单位，或已写了结束年月。",
            "The history does not end with the present employer.",
        ),
        Text("延期要求同一单位、同一岗位。", "An extension is for the same employer and position."),
        Text(
            "补上现单位这一段，结束年月留空；单位名称与营业执照一致。",
            "Add the present job without an end; the name as on the licence.",
        ),
        "https://english.beijing.gov.cn/mostrequested/workpermit/workpermitextension/",
    ),
    FindingDoc(
        "contact.same-email",
        Text("申请人的电子邮箱与经办人的相同。", "The applicant's e-mail is the handler's."),
        Text("全国系统要求两者不同。", "The national system demands two different ones."),
        Text("填写申请人本人的邮箱。", "Give the applicant's own e-mail."),
        TIANJIN_BASIC,
    ),
    FindingDoc(
        "contact.same-phone",
        Text("申请人的电话与单位登记的电话相同。", "The applicant's phone is one the company registered."),
        Text(
            "全国系统要求申请人电话不同于单位登记的任何号码。",
            "It must differ from every number the company registered.",
        ),
        Text("填写申请人本人的电话。", "Give the applicant's own phone."),
        TIANJIN_BASIC,
    ),
    FindingDoc(
        "contact.emergency-same",
        Text("紧急联系人的电话就是申请人自己的。", "The emergency contact has the applicant's own phone."),
        Text("出事时联系不到别人。", "Nobody else could be reached."),
        Text("填写另一个人的电话。", "Give another person's phone."),
        OWN,
    ),
    FindingDoc(
        "number.work-permit",
        Text("工作许可证编号不是 6–20 位字母和数字。", "The work permit number is not 6–20 letters and digits."),
        Text("编号规则没有公布，只能提醒。", "No pattern is published, so this is only a hint."),
        Text("对照工作许可核对编号。", "Compare it with the permit."),
        OWN,
    ),
    FindingDoc(
        "number.residence-permit",
        Text("居留许可号码不是 6–20 位字母和数字。", "The residence permit number is not 6–20 letters and digits."),
        Text("号码规则没有公布，只能提醒。", "No pattern is published, so this is only a hint."),
        Text("对照居留许可核对号码。", "Compare it with the permit."),
        OWN,
    ),
    FindingDoc(
        "text.rewritten",
        Text("全角字母、数字或不可见字符已按半角使用。", "Full-width or invisible characters are used as plain ones."),
        Text("平台会把全角和半角当作不同的字符。", "A portal takes full and half width for different characters."),
        Text("无需处理；想避免提示，可在文件中改为半角。", "Nothing; retype it in half width to lose this note."),
        OWN,
    ),
    FindingDoc(
        "name.cut-off",
        Text(
            "姓名超过 39 个字符，护照机读码会截断。",
            "The name is over 39 characters: the machine readable zone cuts it.",
        ),
        Text(
            "平台应填写完整姓名，自动识别读出的可能是截断后的。",
            "Portals want the whole name; scanners read the cut one.",
        ),
        Text(
            "按护照资料页填写完整姓名，并核对平台读出的结果。",
            "Write the whole name of the data page; check what the portal reads.",
        ),
        ICAO,
    ),
    FindingDoc(
        "name.single",
        Text("申请人只有一个名，没有分姓和名。", "The person has a single name."),
        Text("平台的「名」可能是必填，填法没有公布。", "The portal may demand given names; how is not published."),
        Text("请先致电主管部门确认「名」一栏怎么填。", "Ask the authority what to put in 名."),
        OWN,
    ),
    FindingDoc(
        "name.chinese-missing",
        Text("曾有中国国籍，但没有填中文姓名。", "A former Chinese national without a Chinese name."),
        Text("全国系统要求原中国公民填写中文姓名。", "The national system asks it of former Chinese nationals."),
        Text("填写 applicant.chinese_name。", "Fill in applicant.chinese_name."),
        TIANJIN_BASIC,
    ),
    FindingDoc(
        "nationality.not-foreign",
        Text("国籍是中国，或为港澳台地区。", "The nationality is Chinese, or Hong Kong, Macao or Taiwan."),
        Text(
            "外国人工作许可不适用于中国公民；港澳台居民无须办理。", "Work permits for foreigners do not apply to them."
        ),
        Text("填写护照所属的外国国籍。", "Give the foreign nationality of the passport."),
        OWN,
    ),
    FindingDoc(
        "passport.no-mrz",
        Text(
            "没有填护照机读码，姓名、号码和日期无法互相核对。",
            "Without the machine readable zone nothing is cross-checked.",
        ),
        Text("机读码的校验位能发现录入错误。", "Its check digits catch typing errors."),
        Text("把护照资料页底部的两行填入 passport.mrz。", "Copy the two lines at the foot of the data page."),
        ICAO,
    ),
    FindingDoc(
        "dates.future",
        Text("已经发生的日期写成了今天之后。", "A date that has happened lies in the future."),
        Text("多半是年份写错。", "Most often a slip in the year."),
        Text("核对这个日期。", "Check this date."),
        OWN,
    ),
    FindingDoc(
        "degree.disagrees",
        Text("最高学位与教育经历不一致。", "The highest degree does not fit the education rows."),
        Text("两处不一致会被退回补正。", "Applications that contradict themselves are sent back."),
        Text("改正最高学位，或补上对应的教育经历。", "Correct it, or add the education row."),
        OWN,
    ),
    FindingDoc(
        "family.marital-status",
        Text("家属中有配偶，但婚姻状况不是已婚。", "A spouse is listed, but the person is not married."),
        Text("两处不一致会被退回补正。", "Applications that contradict themselves are sent back."),
        Text("核对婚姻状况和家属。", "Check marital status and family."),
        OWN,
    ),
    FindingDoc(
        "family.of-age",
        Text("子女已满 18 周岁。", "A child is 18 or older."),
        Text("随行家属中的子女一般须未满 18 周岁。", "Accompanying children are under 18."),
        Text("确认能否作为随行家属。", "Ask whether the child can accompany."),
        OWN,
    ),
    FindingDoc(
        "family.same-passport",
        Text("两个人的护照号码相同。", "Two persons have the same passport number."),
        Text(
            "每本护照号码不同；同一护照的人应列在 companions。",
            "Numbers differ; sharers of a passport belong in companions.",
        ),
        Text("对照护照改正号码。", "Correct the number from the passport."),
        OWN,
    ),
)
DOCS = {doc.code: doc for doc in CODES}
