"""The one place that folds text: which differences between two spellings of the same thing are forgiven, and where.

Every function says in one sentence what it forgives; what it does not name, counts. Nothing here knows what a text is for
beyond that: labels, options, button words, values, lines of a passport. Pure.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# ---- marks that nobody sees ----------------------------------------------------------------------------------------

# Characters of no width that Unicode counts among letters and marks: the grapheme joiner, Hangul and Khmer fillers.
_NO_WIDTH = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# Format characters that are drawn: signs before or over Arabic, Syriac and Kaithi numbers.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_JOINERS = frozenset("\u200c\u200d")
# Scripts in which a joiner between two letters changes how a word is spelt: from Arabic to Sinhala, Tibetan, Myanmar,
# Khmer and Mongolian, Arabic's presentation forms, and the later Indic blocks.
_JOINING_SCRIPTS = (
    (0x0600, 0x0DFF),
    (0x0F00, 0x109F),
    (0x1780, 0x18AF),
    (0xA840, 0xA8FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
    (0x11000, 0x11FFF),
)


def is_invisible(sign: str) -> bool:
    """Whether a character is a mark that nobody sees: a format or control character, a variation selector, a filler.

    >>> [is_invisible(sign) for sign in "\u200b\u00ad\u2066\ufe0f\ufeff"], is_invisible(" "), is_invisible("\u06dd")
    ([True, True, True, True, True], False, False)
    """
    if sign.isascii() and sign.isprintable():
        return False
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Cc"):
        return sign not in _DRAWN and not sign.isspace()
    return _selects_variation(sign) or sign in _NO_WIDTH


def _selects_variation(sign: str) -> bool:
    return "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef" or sign in "\u180b\u180c\u180d\u180f"


def visible(text: str) -> str:
    """Forgives every mark that nobody sees, joiners included: for comparing, and for codes and numbers.

    >>> visible("13800\u200d000\u202c011")
    '13800000011'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign in text if not is_invisible(sign))


def _without_marks(text: str) -> str:
    """The text as it is read, joiners and selectors kept where the script needs them."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign, kept in _marked(text) if kept)


def _marked(text: str) -> Iterator[tuple[str, bool]]:
    """Each character, and whether it is one that is read. A joiner is, between letters of a script that joins by it."""
    before = ""
    for place, sign in enumerate(text):
        if sign in _JOINERS:
            after = next((other for other in text[place + 1 :] if not is_invisible(other)), "")
            kept = _joins(before) and (_joins(after) or sign == "\u200d")
        elif sign in "\u180b\u180c\u180d\u180e\u180f":
            kept = "\u1820" <= before <= "\u18aa"  # Mongolian letters have several forms
        else:
            kept = not is_invisible(sign)
            before = sign if kept else before
        yield sign, kept


def _joins(sign: str) -> bool:
    return sign != "" and any(first <= ord(sign) <= last for first, last in _JOINING_SCRIPTS)


# ---- digits and width ----------------------------------------------------------------------------------------------

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def ascii_digits(text: str) -> str:
    """Forgives the script of digits: Arabic, Devanagari, full-width and all others become 0–9.

    >>> ascii_digits("١٣٨"), ascii_digits("२०२६"), ascii_digits("８楼²")
    ('138', '2026', '8楼²')
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if _is_other_digit(sign) else sign for sign in text)


def _is_other_digit(sign: str) -> bool:
    return not sign.isascii() and sign.isdecimal()


def half_width(text: str) -> str:
    """Forgives full width, the script of digits, marks nobody sees, the number of blanks: for codes, numbers and names.

    >>> half_width("　ＬＥＥ　 ８ "), half_width("\u2066M98765432\u2069"), half_width("+٩٦٦")
    ('LEE 8', 'M98765432', '+966')
    """
    return " ".join(ascii_digits(visible(text.translate(_FULL_WIDTH))).split())


def tidy(text: str) -> str:
    """Forgives marks nobody sees, outer blanks and digits of another script: for what is written out; Chinese text keeps
    its own width, and inner line breaks may be meant.

    >>> tidy(" \u202a样例路８号\u202c "), tidy("می\u200cخواهم") == "می\u200cخواهم", tidy("LEE\u200c")
    ('样例路８号', True, 'LEE')
    """
    kept = _without_marks(text).replace("\xa0", " ").strip()
    return "".join(sign if "０" <= sign <= "９" else ascii_digits(sign) for sign in kept)


def has_typing_noise(text: str) -> bool:
    """Whether there is anything in it that `half_width` or `tidy` replaces (ordinary blanks apart)."""
    if text.isascii() and text.isprintable():
        return False
    return any(not kept or ord(sign) in _FULL_WIDTH or _is_other_digit(sign) for sign, kept in _marked(text))


# ---- what pages show -----------------------------------------------------------------------------------------------

_KEPT_FORMS = ("<super>", "<sub>", "<circle>", "<fraction>")  # NFKC would make m² and m2, ① and 1 the same


def plain_value(text: str) -> str:
    """Forgives how a page sets a value: width, composed or separate accents, marks nobody sees, the number of blanks."""
    text = visible(text)
    if not text.isascii():
        composed = unicodedata.normalize("NFC", text)
        text = unicodedata.normalize("NFC", "".join(map(_compatible, composed)))
    return " ".join(text.split())


def _compatible(sign: str) -> str:
    if unicodedata.decomposition(sign).startswith(_KEPT_FORMS):
        return sign
    return unicodedata.normalize("NFKC", sign)


def fold(text: str) -> str:
    """Forgives how the same characters of an option or heading are typed: compatibility forms, blanks, marks nobody sees.

    >>> fold("刚果（金） ") == fold("刚果(金)"), fold("中国") == fold("中国香港")
    (True, False)
    """
    return "".join(unicodedata.normalize("NFKC", visible(text)).split())


def fold_words(text: str) -> str:
    """Forgives what a page may add to the words of a button: what `fold` does, traditional characters, case.

    >>> fold_words(" 提 交 "), fold_words("Ｓｕｂｍｉｔ"), fold_words("預約"), fold_words("Sub\u00admit")
    ('提交', 'submit', '预约', 'submit')
    """
    return fold(text).translate(_SIMPLE_FORMS).casefold()


def printed_line(text: str) -> str:
    """Forgives the number of blanks and case: for a line that a portal prints.

    >>> printed_line(" Lee  Min A ")
    'LEE MIN A'
    """
    return " ".join(visible(text).split()).upper()


# ---- files ---------------------------------------------------------------------------------------------------------


def file_name(text: str) -> str:
    """Forgives what a name loses on its way through disks, browsers and pages: its Unicode form, which blank stands where
    and how many, marks that nobody sees, the quotation mark that browsers send as %22.

    >>> file_name("Scan at 9.41\u202fAM.pdf") == file_name("Scan  at 9.41 AM.pdf"), file_name('say "hi".pdf')
    (True, 'say %22hi%22.pdf')
    """
    return " ".join(visible(unicodedata.normalize("NFC", text)).replace('"', "%22").split())


# ---- passports' machine readable lines -----------------------------------------------------------------------------

_FILLERS = (
    dict.fromkeys("‹〈〈⟨❮❬＜﹤˂ᐸ≤≦≲≺⩽くㄑ㇔く∠(（{｛[［", "<")
    | dict.fromkeys("«《≪⟪︽巜", "<<")
    | dict.fromkeys("⋘", "<<<")
)
_ZONE_LETTERS = (
    dict.fromkeys("×✕✖✗✘╳⨯⨉❌Ｘ", "X")
    | dict(zip("АВЕЅІЈКМНОРСТУХЗΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYX3ABEZHIKMNOPTYX", strict=True))
    | dict.fromkeys("|｜丨︱∣ǀ¦", "I")
    | {
        "ß": "B",
        "$": "S",
        "§": "S",
        "€": "E",
        "¥": "Y",
        "￥": "Y",
        "Ø": "O",
        "〇": "O",
        "○": "O",
        "◯": "O",
        "Ł": "L",
        "Đ": "D",
    }
)
_ZONE_SIGNS = str.maketrans(_FILLERS | _ZONE_LETTERS)


def mrz_row(row: str) -> str:
    """Forgives what optical reading puts between or for a zone's signs: blanks and other marks, brackets for `<`, signs and
    other scripts' letters of the same shape, accents, full width.

    >>> mrz_row("P<UTO ERIKSSON«ANNA"), mrz_row("P〈DEUMA×〈《FÉLI✕")
    ('P<UTOERIKSSON<<ANNA', 'P<DEUMAX<<<FELIX')
    """
    shapes = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in row).translate(_ZONE_SIGNS)
    return re.sub(r"[^A-Z0-9<]", "", unicodedata.normalize("NFKD", shapes).upper().translate(_ZONE_SIGNS))


# ---- labels --------------------------------------------------------------------------------------------------------

_MARKS = "*＊✱※★•·:：?？ⓘ"
_LAST_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")
# What only says how to answer: （必填）, (optional), （请与护照一致）, （最多200字）, （格式：…）. （职业） or （邀请人） is a name.
_HINT = re.compile(
    r"(必填|选填|非必填|可选|可不填|可填可不填)项?"
    r"|(如有|如无|若有|若无)(请?(不填|可不填|填写|填无|上传|提供))?"
    r"|请(务必|如实|仔细|正确|按|与|以|用|从|填|输|写|选|勾|上传|提供|提交|注意|参|核对|保持|勿|不要).*"
    r"|(日期|文件|图片)?格式(:|为|如).*|[a-z0-9/、.]+格式"
    r"|(字数|长度)?(最多|最长|至多|不超过|不多于|至少|不少于|限)\d+个?(汉?字符?|汉字|字节|份|张|页|项|行|条|m|mb|kb?)(以内)?"
    r"|(示例|例如|例|如):.*|例如.*"
    r"|optional|required|mandatory|requiredfield|please.*|format:.*|e\.?g\.?.*|max(\.|imum)?\d+(characters|chars|letters|files|mb)",
    re.IGNORECASE,
)
# A hint that says whose answer is wanted tells two questions apart, as a name does.
_WHOSE = re.compile(
    r"申请人|邀请人|担保人|被担保人|联系人|经办人|代理人|负责人|法人|法定代表人|雇主|单位|公司|机构|学校|本人|配偶|丈夫|妻子|父|母"
    r"|子女|儿|女|家属|亲属|随行|applicant|inviter|host|sponsor|guarantor|employer|company|spouse|husband|wife|father|mother|child|agent|contact",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def same_label(one: str, other: str) -> bool:
    """Whether two labels name the same thing.

    >>> same_label("* 护照号码：", "护照号码"), same_label("姓名", "姓名拼音"), same_label("護照號碼", "护照号码")
    (True, False, True)
    >>> same_label("备注（选填）", "备注"), same_label("申请在华工作时间(开始)", "申请在华工作时间(结束)")
    (True, False)
    >>> same_label("姓名（申请人）", "姓名（邀请人）"), same_label("姓名（请填写邀请人）", "姓名")
    (False, False)
    """
    return bool(plain(one)) and plain(one) == plain(other)


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """Forgives how a label is dressed: marks, blanks, colons, width, a bracketed hint at its end, traditional characters,
    case."""
    text = fold(label).strip(_MARKS)
    return _without_hint(text.translate(_SIMPLE_FORMS)).strip(_MARKS).casefold()


def name_on_page(label: str) -> str:
    """A label as a person reads it: without the colon and the star that pages put around it. Nothing else is forgiven.

    >>> name_on_page(" *护照号码： "), name_on_page("Passport  no.: ＊")
    ('护照号码', 'Passport no.')
    """
    return " ".join(label.split()).strip(":：*＊※★ ")


def _without_hint(text: str) -> str:
    """The text without a bracket at its end in which everything is a hint, and nothing says whose answer is wanted."""
    bracket = _LAST_BRACKET.search(text)
    if not bracket or any(who not in text[: bracket.start()] for who in _WHOSE.findall(bracket[1])):
        return text
    return (
        text[: bracket.start()] if all(map(_HINT.fullmatch, re.split("[,;，；。]", bracket[1].strip(",;。")))) else text
    )


# ---- traditional characters ----------------------------------------------------------------------------------------


def simple_forms_in(words: str) -> dict[str, str]:
    """The traditional forms of these words' characters, each with its simplified one: what a page's own script needs to
    know the words by.

    >>> simple_forms_in("预约")
    {'約': '约', '預': '预'}
    """
    return {one: other for one, other in zip(TRADITIONAL, SIMPLIFIED, strict=True) if other in words}


# ---- written by scripts/traditional.py from OpenCC's table: each traditional form above its plain one. Not by hand. ----
TRADITIONAL = "丟並亂亙亞佇佈佔併來侖侶侷俁係俠俬倀倆倉個們倖倫偉側偵偽傑傖傘備傢傭傯傳傴債傷傾僂僅僉僑僕僞僥僨僱價儀儁儂億儈儉儐儔儕儘償優儲儷儺儻儼兇兌兒兗內兩冊冑冪凈凍凜凱別刪剄則剋剎剛剝剮剴創剷劃劇劉劊劌劍劑勁動務勛勝勞勢勱勳勵勸勻匭匯匱區協卹卻卽厙厠厤厭厲厴參叄叢吳吶呂咼員唄唸問啓啞啟喚喪喫喬單喲嗆嗇嗎嗚嗩嗶嘆嘍嘔嘖嘗嘜嘩嘮嘯嘰嘵嘸噁噓噝噠噥噦噯噲噴噸噹嚀嚇嚌嚐嚕嚙嚥嚦嚨嚮嚳嚴嚶囀囁囂囅囈囌囑囪圇國圍園圓圖團垻埡埰執堅堊堖堝堯報場塊塋塏塒塗塚塢塤塵塹墊墜墮墰墳墻墾壇壎壓壘壙壚壜壞壟壠壢壩壯壺壽夠夢夾奐奧奩奪奬奮奼妝姍姦娛婁婦婭媧媯媼媽嫋嫗嫵嫺嫻嬀嬈嬋嬌嬙嬡嬤嬪嬰嬸孃孌孫學孿宮寀寢實寧審寫寬寵寶將專尋對導尷屆屍屜屢層屨屬岡峯峴島峽崍崑崗崙崢崬嵐嵗嶁嶄嶇嶗嶠嶧嶸嶺嶼嶽巋巒巔巖巰巹帥師帳帶幀幃幗幘幟幣幫幬幹幾庫廁廂廄廈廕廚廝廟廠廡廢廣廩廬廳弒弔弳張強彆彈彌彎彔彙彥彫彿徑從徠復徹恆恥悅悵悶悽惡惱惲惻愛愜愨愴愷愾慄態慍慘慚慟慣慤慪慫慮慳慶慼慾憂憊憐憑憒憚憤憫憮憲憶懇應懌懍懞懟懣懨懲懶懷懸懺懼懾戀戇戔戧戩戰戲戶拋挱挾捨捫捲掃掄掙掛採揀揚換揮損搖搗搶摑摜摟摯摳摶摻撈撐撓撟撣撥撫撲撳撻撾撿擁擄擇擊擋擔據擠擣擬擯擰擱擲擴擷擺擻擼擾攄攆攏攔攖攙攛攜攝攢攣攤攪攬敎敗敘敵數斂斃斕斬斷旂旣昇時晉晝暈暉暢暫曄曆曇曉曏曖曠曬書會朧朮東枴柵柺査桿梔梘條梟棄棊棖棗棟棧棲椏楊楓楨業極榦榪榮榿構槍槓槧槨槳樁樂樅樑樓標樞樣樸樹樺橈橋機橢橫檁檉檔檜檢檣檯檳檸檻櫃櫓櫚櫛櫝櫞櫟櫥櫧櫨櫪櫫櫬櫱櫳櫸櫻欄欅權欏欒欖欞欽歎歐歟歡歲歷歸歿殘殞殤殫殭殮殯殲殺殻殼毀毆毿氂氈氌氣氫氬氳氾汎汙決沒沖況泝洩洶浹涇涼淒淚淥淨淩淪淵淶淺渙減渦測渾湊湞湧湯溈準溝溫溼滄滅滌滎滙滬滯滲滷滸滾滿漁漚漢漣漬漲漵漸漿潁潑潔潙潛潤潯潰潷潿澀澆澇澗澠澤澩澮澱濁濃濕濘濛濟濤濫濰濱濺濼濾瀅瀆瀉瀋瀏瀕瀘瀝瀟瀠瀦瀧瀨瀰瀲瀾灃灄灑灕灘灝灣灤灧灩災為烏烴無煉煒煙煢煥煩煬熒熗熱熾燁燈燉燒燙燜營燦燬燭燴燻燼燾爍爐爛爭爲爺爾牀牆牘牽犖犛犢犧狀狹狽猙猶猻獁獃獄獅獎獨獪獫獰獲獵獷獸獺獻獼玀現琱琺琿瑋瑣瑤瑩瑪璉璣璦環璽璿瓊瓏瓔瓚甌甕產産甦畝畢畫異畵當疇疊痙痠痾瘂瘋瘍瘓瘞瘡瘧瘺瘻療癆癇癉癒癘癟癡癢癤癥癧癩癬癭癮癰癱癲發皁皚皰皸皺盃盜盞盡監盤盧盪眞眥眾睏睜睞瞘瞞瞼矇矚矯硃硤硨硯碩碭碸確碼磚磣磧磯磽礆礎礙礦礪礫礬礱祕祿禍禎禦禪禮禰禱禿秈稅稈稜稟種稱穀穌積穎穡穢穩穫窩窪窮窯窶窺竄竅竇竈竊竪競筆筍筧箇箋箏節範築篋篤篩篳簀簍簑簞簡簣簫簽簾籃籌籜籟籠籤籩籪籬籮籲粵糉糝糞糧糰糲糴糶糹糾紀紂約紅紆紇紈紉紋納紐紓純紕紗紙級紛紜紡紮細紱紲紳紹紺紼紿絀終絃組絆絎結絕絛絝絞絡絢給絨統絲絳絶絹綁綃綆綈綉綏綑經綜綞綠綢綣綫綬維綰綱網綳綴綵綸綹綺綻綽綾綿緄緇緊緋緑緒緔緗緘緙線緝緞締緡緣緦編緩緬緯緱緲練緶緹緻縈縉縊縋縐縑縛縝縞縟縣縧縫縭縮縱縲縴縵縶縷縹總績繃繅繆繒織繕繚繞繡繢繩繪繫繭繮繯繰繳繹繼繽繾纈纊續纍纏纓纔纖纘纜缽罈罌罎罰罵罷羅羆羈羋羣羥羨義羶習翫翹耬耮聖聞聯聰聲聳聵聶職聹聽聾肅脅脈脛脣脩脫脹腎腖腡腦腫腳腸膃膚膠膩膽膾膿臉臍臏臘臚臟臠臥臨臺與興舉舊舘艙艤艦艫艱艷芻苧茲荊莊莖莢莧華菴萇萊萬萵葉葒葤葦葯葷蒐蒓蒔蒞蒼蓀蓆蓋蓮蓯蓴蓽蔔蔘蔞蔣蔥蔦蔭蕁蕆蕎蕒蕓蕕蕘蕢蕩蕪蕭蕷薈薊薌薑薔薟薦薩薺藍藎藝藥藪藴藶藹藺蘄蘆蘇蘊蘋蘚蘞蘢蘭蘺蘿處虛虜號虧虯蛺蛻蜆蝕蝟蝦蝨蝸螄螞螢螻蟄蟈蟎蟣蟬蟯蟲蟶蟻蠅蠆蠍蠐蠑蠔蠟蠣蠱蠶蠻衆衊術衕衚衛衝袞裊裏補裝裡製複褲褳褸褻襇襉襖襝襠襤襪襬襯襲覈見規覓視覘覡覦親覬覯覲覷覺覽覿觀觴觶觸訁訂訃計訊訌討訐訓訕訖託記訛訝訟訣訥訪設許訴訶診註証詁詆詎詐詒詔評詘詛詞詠詡詢詣試詩詫詬詭詮詰話該詳詵詼詿誄誅誆誇誌認誑誒誕誘誚語誠誡誣誤誥誦誨說説誰課誶誹誼調諂諄談諉請諍諏諑諒論諗諛諜諞諡諢諤諦諧諫諭諮諱諳諶諷諸諺諼諾謀謁謂謄謅謊謎謐謔謖謗謙謚講謝謠謡謨謫謬謭謳謹謾譁證譎譏譖識譙譚譜譟譫譭譯議譴護譽譾讀變讎讒讓讕讖讚讜讞豈豎豐豔豬貓貝貞負財貢貧貨販貪貫責貯貰貲貳貴貶買貸貺費貼貽貿賀賁賂賃賄賅資賈賊賑賒賓賕賚賜賞賠賡賢賣賤賦賧質賫賬賭賴賺賻購賽賾贄贅贈贊贋贍贏贐贓贖贗贛贜趕趙趨趲跡踐踰踴蹌蹕蹟蹠蹣蹤蹺躉躊躋躍躑躒躓躕躚躡躥躦躪軀車軋軌軍軒軔軛軟軤軫軲軸軹軺軻軼軾較輅輇載輊輒輓輔輕輛輜輝輞輟輥輦輩輪輯輳輸輻輾輿轂轄轅轆轉轍轎轔轟轡轢轤辦辭辮辯農迴逕這連週進遊運過達違遙遜遞遠遡適遲遷選遺遼邁還邇邊邏邐郟郵鄆鄉鄒鄔鄖鄧鄭鄰鄲鄴鄶鄺酈醃醖醜醞醫醬釀釁釃釅釋釐釒釓釔釕釗釘釙針釣釤釦釧釩釵釷釹釺鈀鈁鈄鈅鈈鈉鈍鈎鈐鈑鈔鈕鈞鈡鈣鈥鈦鈧鈮鈰鈳鈴鈷鈸鈹鈺鈽鈾鈿鉀鉅鉆鉈鉉鉍鉑鉕鉗鉚鉛鉞鉢鉤鉦鉬鉭鉳鉸鉺鉻鉿銀銃銅銑銓銖銘銚銜銠銣銥銦銨銩銪銫銬銱銳銷銹銻銼鋁鋃鋅鋇鋌鋏鋒鋝鋟鋣鋤鋥鋦鋨鋪鋭鋮鋯鋰鋱鋶鋸鋼錁錄錆錇錈錐錒錕錘錙錚錛錟錠錢錦錨錫錮錯録錳錶錸錼鍀鍁鍃鍅鍆鍇鍊鍋鍍鍔鍘鍛鍤鍥鍩鍬鍰鍵鍶鍺鍼鍾鎂鎄鎇鎊鎌鎖鎘鎚鎢鎣鎦鎧鎩鎪鎬鎭鎮鎰鎳鎵鎸鎿鏃鏇鏈鏌鏍鏑鏗鏘鏜鏝鏞鏟鏡鏢鏤鏨鏵鏷鏹鏽鐃鐋鐐鐒鐓鐔鐘鐙鐝鐠鐦鐧鐨鐫鐮鐲鐳鐵鐸鐺鐿鑄鑊鑌鑑鑒鑔鑠鑣鑥鑭鑰鑲鑷鑹鑼鑽鑾鑿钁長門閂閃閆閉開閌閎閏閑閒間閔閘閡閣閤閥閨閩閫閬閭閱閲閶閹閻閼閽閾閿闃闆闇闈闊闋闌闐闔闕闖關闞闡闢闥陘陝陞陣陰陳陸陽隉隊階隕際隨險隱隴隸隻雋雖雙雛雜雞離難雲電霑霧霽靂靄靈靚靜靦靨鞏鞝鞦鞽韁韃韆韉韋韌韓韙韜韝韞韻響頁頂頃項順頇須頊頌頎頏預頑頒頓頗領頜頡頤頦頭頰頷頸頹頻頽顆題額顎顏顓顔願顙顛類顢顥顧顫顬顯顰顱顳顴風颮颯颱颳颶颼飄飆飈飛飠飢飩飪飫飭飯飱飲飴飼飽飾餃餅餈餉養餌餑餒餓餘餚餛餞餡館餬餱餳餵餷餼餾餿饃饅饈饉饊饋饌饑饒饗饜饞饢馬馭馮馱馳馴駁駐駑駒駔駕駘駙駛駝駟駡駢駭駱駿騁騅騍騎騏騖騙騫騭騮騰騶騷騸騾驀驁驂驃驄驅驊驍驏驕驗驚驛驟驢驤驥驪骯髏髒體髕髖髮鬆鬍鬚鬢鬥鬧鬨鬩鬮鬱魎魘魚魯魴魷鮁鮃鮎鮐鮑鮒鮚鮝鮞鮪鮫鮭鮮鯀鯁鯇鯉鯊鯔鯖鯗鯛鯝鯡鯢鯤鯧鯨鯪鯫鯰鯴鯽鯿鰈鰉鰍鰐鰒鰓鰠鰣鰥鰨鰩鰭鰱鰲鰳鰵鰷鰹鰻鰾鱅鱈鱉鱒鱔鱖鱗鱘鱝鱟鱧鱭鱷鱸鱺鳥鳧鳩鳬鳳鳴鳶鴆鴇鴉鴕鴛鴝鴟鴣鴦鴨鴯鴰鴻鴿鵂鵑鵒鵓鵜鵝鵠鵡鵪鵬鵯鵰鵲鶇鶉鶓鶘鶚鶥鶩鶯鶴鶻鶼鶿鷀鷂鷄鷓鷗鷙鷚鷥鷦鷯鷲鷳鷴鷸鷹鷺鸌鸕鸚鸛鸝鸞鹵鹹鹺鹼鹽麗麥麩麪麫麯麵麼黃黌點黨黲黴黷黽黿鼉鼕鼴齊齋齎齏齒齔齙齜齟齠齡齣齦齧齪齬齲齶齷龍龐龔龕龜𡻕"
SIMPLIFIED = "丢并乱亘亚伫布占并来仑侣局俣系侠私伥俩仓个们幸伦伟侧侦伪杰伧伞备家佣偬传伛债伤倾偻仅佥侨仆伪侥偾雇价仪俊侬亿侩俭傧俦侪尽偿优储俪傩傥俨凶兑儿兖内两册胄幂净冻凛凯别删刭则克刹刚剥剐剀创铲划剧刘刽刿剑剂劲动务勋胜劳势劢勋励劝匀匦汇匮区协恤却即厍厕历厌厉厣参叁丛吴呐吕呙员呗念问启哑启唤丧吃乔单哟呛啬吗呜唢哔叹喽呕啧尝唛哗唠啸叽哓呒恶嘘咝哒哝哕嗳哙喷吨当咛吓哜尝噜啮咽呖咙向喾严嘤啭嗫嚣冁呓苏嘱囱囵国围园圆图团坝垭采执坚垩垴埚尧报场块茔垲埘涂冢坞埙尘堑垫坠堕坛坟墙垦坛埙压垒圹垆坛坏垄垅坜坝壮壶寿够梦夹奂奥奁夺奖奋姹妆姗奸娱娄妇娅娲妫媪妈袅妪妩娴娴妫娆婵娇嫱嫒嬷嫔婴婶娘娈孙学孪宫采寝实宁审写宽宠宝将专寻对导尴届尸屉屡层屦属冈峰岘岛峡崃昆岗仑峥岽岚岁嵝崭岖崂峤峄嵘岭屿岳岿峦巅岩巯卺帅师帐带帧帏帼帻帜币帮帱干几库厕厢厩厦荫厨厮庙厂庑废广廪庐厅弑吊弪张强别弹弥弯录汇彦雕佛径从徕复彻恒耻悦怅闷凄恶恼恽恻爱惬悫怆恺忾栗态愠惨惭恸惯悫怄怂虑悭庆戚欲忧惫怜凭愦惮愤悯怃宪忆恳应怿懔蒙怼懑恹惩懒怀悬忏惧慑恋戆戋戗戬战戏户抛挲挟舍扪卷扫抡挣挂采拣扬换挥损摇捣抢掴掼搂挚抠抟掺捞撑挠挢掸拨抚扑揿挞挝捡拥掳择击挡担据挤捣拟摈拧搁掷扩撷摆擞撸扰摅撵拢拦撄搀撺携摄攒挛摊搅揽教败叙敌数敛毙斓斩断旗既升时晋昼晕晖畅暂晔历昙晓向暧旷晒书会胧术东拐栅拐查杆栀枧条枭弃棋枨枣栋栈栖桠杨枫桢业极干杩荣桤构枪杠椠椁桨桩乐枞梁楼标枢样朴树桦桡桥机椭横檩柽档桧检樯台槟柠槛柜橹榈栉椟橼栎橱槠栌枥橥榇蘖栊榉樱栏榉权椤栾榄棂钦叹欧欤欢岁历归殁残殒殇殚僵殓殡歼杀壳壳毁殴毵牦毡氇气氢氩氲泛泛污决没冲况溯泄汹浃泾凉凄泪渌净凌沦渊涞浅涣减涡测浑凑浈涌汤沩准沟温湿沧灭涤荥汇沪滞渗卤浒滚满渔沤汉涟渍涨溆渐浆颍泼洁沩潜润浔溃滗涠涩浇涝涧渑泽泶浍淀浊浓湿泞蒙济涛滥潍滨溅泺滤滢渎泻沈浏濒泸沥潇潆潴泷濑弥潋澜沣滠洒漓滩灏湾滦滟滟灾为乌烃无炼炜烟茕焕烦炀荧炝热炽烨灯炖烧烫焖营灿毁烛烩熏烬焘烁炉烂争为爷尔床墙牍牵荦牦犊牺状狭狈狰犹狲犸呆狱狮奖独狯猃狞获猎犷兽獭献猕猡现雕珐珲玮琐瑶莹玛琏玑瑷环玺璇琼珑璎瓒瓯瓮产产苏亩毕画异画当畴叠痉酸疴痖疯疡痪瘗疮疟瘘瘘疗痨痫瘅愈疠瘪痴痒疖症疬癞癣瘿瘾痈瘫癫发皂皑疱皲皱杯盗盏尽监盘卢荡真眦众困睁睐眍瞒睑蒙瞩矫朱硖砗砚硕砀砜确码砖碜碛矶硗硷础碍矿砺砾矾砻秘禄祸祯御禅礼祢祷秃籼税秆棱禀种称谷稣积颖穑秽稳获窝洼穷窑窭窥窜窍窦灶窃竖竞笔笋笕个笺筝节范筑箧笃筛筚箦篓蓑箪简篑箫签帘篮筹箨籁笼签笾簖篱箩吁粤粽糁粪粮团粝籴粜纟纠纪纣约红纡纥纨纫纹纳纽纾纯纰纱纸级纷纭纺扎细绂绁绅绍绀绋绐绌终弦组绊绗结绝绦绔绞络绚给绒统丝绛绝绢绑绡绠绨绣绥捆经综缍绿绸绻线绶维绾纲网绷缀彩纶绺绮绽绰绫绵绲缁紧绯绿绪绱缃缄缂线缉缎缔缗缘缌编缓缅纬缑缈练缏缇致萦缙缢缒绉缣缚缜缟缛县绦缝缡缩纵缧纤缦絷缕缥总绩绷缫缪缯织缮缭绕绣缋绳绘系茧缰缳缲缴绎继缤缱缬纩续累缠缨才纤缵缆钵坛罂坛罚骂罢罗罴羁芈群羟羡义膻习玩翘耧耢圣闻联聪声耸聩聂职聍听聋肃胁脉胫唇修脱胀肾胨脶脑肿脚肠腽肤胶腻胆脍脓脸脐膑腊胪脏脔卧临台与兴举旧馆舱舣舰舻艰艳刍苎兹荆庄茎荚苋华庵苌莱万莴叶荭荮苇药荤搜莼莳莅苍荪席盖莲苁莼荜卜参蒌蒋葱茑荫荨蒇荞荬芸莸荛蒉荡芜萧蓣荟蓟芗姜蔷莶荐萨荠蓝荩艺药薮蕴苈蔼蔺蕲芦苏蕴苹藓蔹茏兰蓠萝处虚虏号亏虬蛱蜕蚬蚀猬虾虱蜗蛳蚂萤蝼蛰蝈螨虮蝉蛲虫蛏蚁蝇虿蝎蛴蝾蚝蜡蛎蛊蚕蛮众蔑术同胡卫冲衮袅里补装里制复裤裢褛亵裥裥袄裣裆褴袜摆衬袭核见规觅视觇觋觎亲觊觏觐觑觉览觌观觞觯触讠订讣计讯讧讨讦训讪讫托记讹讶讼诀讷访设许诉诃诊注证诂诋讵诈诒诏评诎诅词咏诩询诣试诗诧诟诡诠诘话该详诜诙诖诔诛诓夸志认诳诶诞诱诮语诚诫诬误诰诵诲说说谁课谇诽谊调谄谆谈诿请诤诹诼谅论谂谀谍谝谥诨谔谛谐谏谕咨讳谙谌讽诸谚谖诺谋谒谓誊诌谎谜谧谑谡谤谦谥讲谢谣谣谟谪谬谫讴谨谩哗证谲讥谮识谯谭谱噪谵毁译议谴护誉谫读变雠谗让谰谶赞谠谳岂竖丰艳猪猫贝贞负财贡贫货贩贪贯责贮贳赀贰贵贬买贷贶费贴贻贸贺贲赂赁贿赅资贾贼赈赊宾赇赉赐赏赔赓贤卖贱赋赕质赍账赌赖赚赙购赛赜贽赘赠赞赝赡赢赆赃赎赝赣赃赶赵趋趱迹践逾踊跄跸迹跖蹒踪跷趸踌跻跃踯跞踬蹰跹蹑蹿躜躏躯车轧轨军轩轫轭软轷轸轱轴轵轺轲轶轼较辂辁载轾辄挽辅轻辆辎辉辋辍辊辇辈轮辑辏输辐辗舆毂辖辕辘转辙轿辚轰辔轹轳办辞辫辩农回迳这连周进游运过达违遥逊递远溯适迟迁选遗辽迈还迩边逻逦郏邮郓乡邹邬郧邓郑邻郸邺郐邝郦腌酝丑酝医酱酿衅酾酽释厘钅钆钇钌钊钉钋针钓钐扣钏钒钗钍钕钎钯钫钭钥钚钠钝钩钤钣钞钮钧钟钙钬钛钪铌铈钶铃钴钹铍钰钸铀钿钾巨钻铊铉铋铂钷钳铆铅钺钵钩钲钼钽锫铰铒铬铪银铳铜铣铨铢铭铫衔铑铷铱铟铵铥铕铯铐铞锐销锈锑锉铝锒锌钡铤铗锋锊锓铘锄锃锔锇铺锐铖锆锂铽锍锯钢锞录锖锫锩锥锕锟锤锱铮锛锬锭钱锦锚锡锢错录锰表铼镎锝锨锪钫钔锴炼锅镀锷铡锻锸锲锘锹锾键锶锗针钟镁锿镅镑镰锁镉锤钨蓥镏铠铩锼镐镇镇镒镍镓镌镎镞旋链镆镙镝铿锵镗镘镛铲镜镖镂錾铧镤镪锈铙铴镣铹镦镡钟镫镢镨锎锏镄镌镰镯镭铁铎铛镱铸镬镔鉴鉴镲铄镳镥镧钥镶镊镩锣钻銮凿镢长门闩闪闫闭开闶闳闰闲闲间闵闸阂阁合阀闺闽阃阆闾阅阅阊阉阎阏阍阈阌阒板暗闱阔阕阑阗阖阙闯关阚阐辟闼陉陕升阵阴陈陆阳陧队阶陨际随险隐陇隶只隽虽双雏杂鸡离难云电沾雾霁雳霭灵靓静腼靥巩绱秋鞒缰鞑千鞯韦韧韩韪韬鞲韫韵响页顶顷项顺顸须顼颂颀颃预顽颁顿颇领颌颉颐颏头颊颔颈颓频颓颗题额颚颜颛颜愿颡颠类颟颢顾颤颥显颦颅颞颧风飑飒台刮飓飕飘飙飚飞饣饥饨饪饫饬饭飧饮饴饲饱饰饺饼糍饷养饵饽馁饿余肴馄饯馅馆糊糇饧喂馇饩馏馊馍馒馐馑馓馈馔饥饶飨餍馋馕马驭冯驮驰驯驳驻驽驹驵驾骀驸驶驼驷骂骈骇骆骏骋骓骒骑骐骛骗骞骘骝腾驺骚骟骡蓦骜骖骠骢驱骅骁骣骄验惊驿骤驴骧骥骊肮髅脏体髌髋发松胡须鬓斗闹哄阋阄郁魉魇鱼鲁鲂鱿鲅鲆鲇鲐鲍鲋鲒鲞鲕鲔鲛鲑鲜鲧鲠鲩鲤鲨鲻鲭鲞鲷鲴鲱鲵鲲鲳鲸鲮鲰鲶鲺鲫鳊鲽鳇鳅鳄鳆鳃鳋鲥鳏鳎鳐鳍鲢鳌鳓鳘鲦鲣鳗鳔鳙鳕鳖鳟鳝鳜鳞鲟鲼鲎鳢鲚鳄鲈鲡鸟凫鸠凫凤鸣鸢鸩鸨鸦鸵鸳鸲鸱鸪鸯鸭鸸鸹鸿鸽鸺鹃鹆鹁鹈鹅鹄鹉鹌鹏鹎雕鹊鸫鹑鹋鹕鹗鹛鹜莺鹤鹘鹣鹚鹚鹞鸡鹧鸥鸷鹨鸶鹪鹩鹫鹇鹇鹬鹰鹭鹱鸬鹦鹳鹂鸾卤咸鹾碱盐丽麦麸面面曲面么黄黉点党黪霉黩黾鼋鼍冬鼹齐斋赍齑齿龀龅龇龃龆龄出龈啮龊龉龋腭龌龙庞龚龛龟岁"
# ---- end of what scripts/traditional.py wrote ----

_SIMPLE_FORMS = str.maketrans(TRADITIONAL, SIMPLIFIED)
