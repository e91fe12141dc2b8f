"""Where the rules about a profile's own values stand, each with its date."""

TIANJIN_BASIC = (
    "https://en.tj.gov.cn/services/ForeignServiceChecklist/WorkPermit/GUIDELINES_FOR_WORK_PERMITS/"
    "CHAPTER_THREE_HANDLING_PROCESS/202403/t20240301_6549834.html (2024-03)"
)
SYSTEM_2026 = "https://www.china-briefing.com/news/foreigners-work-permit-in-china-2026-updates/ (2026-02)"
BEIJING_GUIDE = "https://english.beijing.gov.cn/mostrequested/workpermit/workpermitextension/ (2026-11)"
ICAO = "ICAO Doc 9303-3, 9303-4"
OWN = "inferred by this project (2026-11); confirm with the authority"
EMPLOYMENT_RULES = "外国人在中国就业管理规定 / Rules on the employment of foreigners in China, article 7 (2017)"
LABOUR_LAW = "劳动法 / Labour Law of the PRC, article 15 (2018)"
EXIT_ENTRY_LAW = "出境入境管理法 / Exit and Entry Administration Law, article 30 (2013)"
