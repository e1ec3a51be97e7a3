"""Countries: every ISO 3166-1 territory that CLDR names, with the forms the press of the region uses.

Names in English, Vietnamese, French and Khmer come from CLDR (through babel), identifiers from CLDR and Who's On
First; long forms, demonyms and press spellings are entered below, each with the page or document it was read in.

Run as ``python -m tools.import_countries SOURCES``.
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

from tools.tables import replace, slug

Row = dict[str, str]

#: Alpha-2 codes in CLDR that ISO 3166-1 does not assign to a country: reservations, groupings, private use.
NOT_ISO = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"))

#: Alpha-3 codes that ISO has withdrawn but CLDR still maps.
RETIRED = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})

#: Ids that differ from the slug of the English name.
SLUGS = {"VN": "viet-nam", "CC": "cocos-islands", "HK": "hong-kong", "MM": "myanmar", "MO": "macao"}

#: The country's own language among the four: its name there is official, elsewhere an exonym.
NATIVE = {"VN": "vi", "KH": "km", "FR": "fr"}

CLDR, ALT, WOF = "cldr-territories", "cldr-en-alternatives", "wof-countries"

#: id, title, publisher, licence, date, locator, weak, note
SOURCES = (
    (
        CLDR,
        f"Common Locale Data Repository {get_cldr_version()}: names of territories and their alpha-3 codes",
        "Unicode Consortium",
        "Unicode-3.0",
        "",
        "PyPI babel",
        "",
        "read through babel; zero-width spaces taken out of Khmer names",
    ),
    (
        ALT,
        "Common Locale Data Repository: English short and variant names of territories",
        "Unicode Consortium",
        "Unicode-3.0",
        "",
        "cldr-json, cldr-localenames-full/main/en/territories.json",
        "",
        "the forms marked alt-short and alt-variant",
    ),
    (
        WOF,
        "Who's On First: names and identifiers of the countries Vietnam and Cambodia",
        "Who's On First",
        "CC0-1.0 with CC-BY parts (GeoNames, Wikidata)",
        "2024-03",
        "https://whosonfirst.org",
        "",
        "",
    ),
    (
        "press-2025-02-19-countries",
        "Vietnam - Cambodge : renforcement de la coopération en matière de sécurité publique",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "2025-02-19",
        "VNA, Hanoï, 2025-02-19, in French",
        "",
        "names and adjectives of countries",
    ),
    (
        "press-2025-12-01-countries",
        "Công an An Giang và Công an 5 tỉnh của Campuchia chuẩn bị tổng kết (French edition)",
        "Lao Động",
        "single words cited",
        "2025-12-01",
        "https://fr.laodong.vn/xa-hoi/cong-an-an-giang-va-cong-an-5-tinh-cua-campuchia-chuan-bi-tong-ket-an-ninh-trat-tu-bien-gioi-1618337.ldo",
        "",
        "adjectives of countries",
    ),
    (
        "nq-1654-preamble",
        "Nghị quyết số 1654/NQ-UBTVQH15, tiêu ngữ và căn cứ",
        "Ủy ban Thường vụ Quốc hội",
        "legal text, not subject to copyright",
        "2025-06-16",
        "1654/NQ-UBTVQH15",
        "",
        "the long Vietnamese name of Vietnam",
    ),
    (
        "nd-118-2022",
        "Nghị định số 118/2022/NĐ-CP, Điều 4 khoản 2: names and codes of countries of origin",
        "Chính phủ Việt Nam",
        "legal text, not subject to copyright",
        "2022",
        "118/2022/NĐ-CP, as quoted in public code",
        "yes",
        "read in a quotation, not in the gazette",
    ),
    (
        "vn-immigration-nationalities",
        "List of nationalities of the Vietnamese immigration portal",
        "Cục Quản lý xuất nhập cảnh",
        "facts only",
        "",
        "https://danang.xuatnhapcanh.gov.vn, as copied in public code",
        "yes",
        "read in a copy; only names of the region and of large partners are taken",
    ),
    (
        "vn-nationality-words",
        "Vietnamese words for nationals of countries, from a form of a public code repository",
        "public code",
        "facts only",
        "",
        "seeder 'nationality', beginning with Người Việt Nam, Người Bangladesh, Người Campuchia",
        "yes",
        "single source",
    ),
    (
        "fr-en-nationality-words",
        "French and English words for nationals of fifty countries, from a form of a public code repository",
        "public code",
        "facts only",
        "",
        "seed data 'nationalitiesData', with ISO codes",
        "yes",
        "single source",
    ),
    (
        "vietnam-vn-tripoint",
        "Xác định giao điểm đường biên giới giữa Việt Nam, Campuchia và Lào (French edition)",
        "Vietnam.vn",
        "single words cited",
        "",
        "https://www.vietnam.vn/fr/xac-dinh-giao-diem-duong-bien-gioi-giua-viet-nam-campuchia-va-lao",
        "",
        "long forms in French, adjectives",
    ),
    (
        "frwiki-kh-vn-border",
        "Frontière entre le Cambodge et le Viêt Nam",
        "Wikipedia in French, mirror kampuspedia.com",
        "facts only (text CC BY-SA)",
        "",
        "https://kampuspedia.com/fr/Fronti%C3%A8re_entre_le_Cambodge_et_le_Vi%C3%AAt_Nam",
        "yes",
        "",
    ),
    (
        "laodong-vn-la-declaration",
        "Déclaration conjointe du Vietnam et du Laos",
        "Lao Động",
        "single words cited",
        "",
        "https://fr.laodong.vn/thoi-su/tuyen-bo-chung-viet-nam-lao-1619236.ldo",
        "",
        "",
    ),
    (
        "vna-fr-laos-diaspora",
        "Les Viet kieu au Laos se félicitent du succès des Congrès nationaux des deux pays",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "",
        "https://fr.vietnamplus.vn/les-viet-kieu-au-laos-se-felicitent-du-succes-des-congres-nationaux-des-deux-pays/72397.vnp",
        "",
        "",
    ),
    (
        "vna-fr-laos-delegation",
        "Une délégation du ministère vietnamien des Affaires étrangères au Laos",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "2019-05",
        "https://fr.vietnamplus.vn/une-delegation-du-ministere-vietnamien-des-affaires-etrangeres-au-laos/120870.vnp",
        "",
        "",
    ),
    (
        "vna-fr-border-markers",
        "Bornage frontalier (page of summaries)",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "",
        "https://fr.vietnamplus.vn/tags/bornage-frontalier.vnp",
        "",
        "",
    ),
    (
        "vna-fr-laos-borders",
        "L'amélioration des bornes frontalières permet de consolider les liens Vietnam-Laos",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "",
        "https://fr.vietnamplus.vn/lamelioration-des-bornes-frontalieres-permet-de-consolider-les-liens-vietnam-laos-post65243.vnp",
        "",
        "",
    ),
    (
        "vna-fr-singapore-visit",
        "Le président Nguyen Xuan Phuc entame sa visite d'Etat à Singapour",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "2022-02",
        "https://fr.vietnamplus.vn/le-president-nguyen-xuan-phuc-entame-une-visite-detat-a-singapour/178083.vnp",
        "",
        "",
    ),
    (
        "vov-fr-singapore-visit",
        "Nguyên Xuân Phuc entame sa visite à Singapour",
        "VOV World",
        "single words cited",
        "",
        "https://m.vovworld.vn/en-US/actualites/nguyen-xuan-phuc-entame-sa-visite-a-singapour-1076627.vov",
        "",
        "",
    ),
    (
        "vna-fr-singapore-welcome",
        "Cérémonie d'accueil du président Nguyên Xuân Phuc à Singapour",
        "Vietnam News Agency (VNA)",
        "single words cited",
        "2022-02",
        "https://fr.vietnamplus.vn/ceremonie-daccueil-du-president-nguyen-xuan-phuc-a-singapour/178118.vnp",
        "",
        "",
    ),
    (
        "vov-fr-thai-border",
        "Le Cambodge ferme tous ses postes-frontières avec la Thaïlande",
        "VOV World",
        "single words cited",
        "",
        "https://vovworld.vn/fr-CH/actualites/le-cambodge-ferme-tous-ses-postes-frontieres-avec-la-thailande-1449134.vov",
        "",
        "",
    ),
    (
        "thaivisa-fr-border",
        "La Thaïlande durcit le ton à la frontière",
        "Thaivisa en français",
        "single words cited",
        "",
        "https://thaivisa.fr/la-thailande-durcit-le-ton-a-la-frontiere-clotures-camions-dexcrements-et-expulsions-denfants",
        "",
        "",
    ),
    (
        "echo-touristique-border",
        "La frontière entre la Thaïlande et le Cambodge fermée aux touristes locaux",
        "L'Écho touristique",
        "single words cited",
        "",
        "https://www.lechotouristique.com/article/la-frontiere-entre-la-thailande-et-le-cambodge-fermee-aux-touristes-locaux",
        "",
        "",
    ),
    (
        "citizendium-cambodia",
        "Cambodia",
        "Citizendium",
        "facts only",
        "",
        "https://en.citizendium.org/wiki/Cambodia",
        "yes",
        "",
    ),
    (
        "forum-asia-lao-pdr",
        "Lao PDR",
        "Forum-Asia, Human Rights in ASEAN",
        "single words cited",
        "",
        "https://hrasean.forum-asia.org/members/lao-pdr/",
        "",
        "",
    ),
    (
        "enwiki-laos",
        "Laos",
        "Wikipedia in English, mirror of 2013",
        "facts only (text CC BY-SA)",
        "2013",
        "http://web.archive.org/web/20130124193327/http://wn.com/Laos",
        "yes",
        "its row 'Demonym'",
    ),
    (
        "english4today-nationalities",
        "Nationalities",
        "english4today.com",
        "single words cited",
        "",
        "http://www.english4today.com/englishgrammar/grammar/nouns6.php",
        "",
        "",
    ),
    (
        "vn-abbreviations-code",
        "Abbreviations of Vietnam's long name in texts of public repositories",
        "public code",
        "facts only",
        "",
        "{'CHXHCNVN', 'Cộng hòa Xã hội chủ nghĩa Việt Nam'}; 'Quốc khánh nước CHXHCN Việt Nam'",
        "yes",
        "many texts agree",
    ),
    (
        "thanhnien-1039185",
        "40 năm chiến thắng Chiến tranh bảo vệ biên giới Tây Nam: Vừa hòa bình đã phải cầm lại súng",
        "Thanh Niên",
        "single words cited",
        "2019-01",
        "https://thanhnien.vn/thoi-su/40-nam-chien-thang-chien-tranh-bao-ve-bien-gioi-tay-nam-711979-712019-vua-hoa-binh-da-phai-cam-lai-sung-1039185.html",
        "",
        "writes VN for Việt Nam",
    ),
    (
        "gocnhin-9034",
        "Chiến tranh biên giới tây nam và giải phóng CPC",
        "gocnhin.net, from qdnd.vn",
        "single words cited",
        "2019-01",
        "http://gocnhin.net/cgi-bin/viewitem.pl?9034",
        "yes",
        "writes CPC for Campuchia",
    ),
    (
        "fr-en-demonyms-iso",
        "French and English words for nationals, by ISO code, from a table of a public repository",
        "public code",
        "facts only",
        "",
        "rows such as ['MM', 'Birmanie', 'Myanmar', 'Birman', 'Birmane', 'Burmese']",
        "yes",
        "single source",
    ),
    (
        "vn-nationality-terms",
        "Vietnamese words for nationals of countries, from a list of terms of a public repository",
        "public code",
        "facts only",
        "",
        "'người thái lan|người singapore|người indonesia|người malaysia|người philippines'",
        "yes",
        "single source",
    ),
)

#: code, source, language, kind, names joined by |; a name in [brackets] is weak.
ATTESTED = (
    ("VN", "vn-abbreviations-code", "vi", "abbreviation", "CHXHCN Việt Nam|CHXHCNVN"),
    ("VN", "thanhnien-1039185", "vi", "abbreviation", "[VN]"),
    ("KH", "gocnhin-9034", "vi", "abbreviation", "[CPC]"),
    ("MM", "fr-en-demonyms-iso", "fr", "demonym", "birman|birmane"),
    ("MM", "fr-en-demonyms-iso", "en", "demonym", "Burmese"),
    ("BN", "fr-en-demonyms-iso", "fr", "demonym", "brunéien|brunéienne"),
    ("BN", "fr-en-demonyms-iso", "en", "demonym", "Bruneian"),
    ("MY", "fr-en-demonyms-iso", "fr", "demonym", "malaisienne"),
    ("MY", "fr-en-demonyms-iso", "en", "demonym", "Malaysian"),
    ("ID", "fr-en-demonyms-iso", "fr", "demonym", "indonésien"),
    ("PH", "fr-en-demonyms-iso", "fr", "demonym", "philippin"),
    ("CN", "fr-en-demonyms-iso", "fr", "demonym", "[chinois]"),
    ("KR", "fr-en-demonyms-iso", "fr", "demonym", "sud-coréen"),
    ("KP", "fr-en-demonyms-iso", "fr", "demonym", "nord-coréen|nord-coréenne"),
    ("KP", "fr-en-demonyms-iso", "en", "demonym", "North Korean"),
    ("JP", "fr-en-demonyms-iso", "fr", "demonym", "japonais"),
    ("US", "fr-en-demonyms-iso", "fr", "demonym", "[américain]"),
    ("FR", "fr-en-demonyms-iso", "fr", "demonym", "[français]"),
    ("TW", "fr-en-demonyms-iso", "fr", "demonym", "taïwanais|taïwanaise"),
    ("TW", "fr-en-demonyms-iso", "en", "demonym", "Taiwanese"),
    ("TH", "vn-nationality-terms", "vi", "demonym", "người Thái Lan"),
    ("ID", "vn-nationality-terms", "vi", "demonym", "người Indonesia"),
    ("PH", "vn-nationality-terms", "vi", "demonym", "người Philippines"),
    ("VN", "nq-1654-preamble", "vi", "official", "Cộng hòa Xã hội chủ nghĩa Việt Nam"),
    ("VN", WOF, "en", "official", "Socialist Republic of Vietnam"),
    ("VN", "vietnam-vn-tripoint", "fr", "exonym", "République socialiste du Vietnam"),
    ("VN", "frwiki-kh-vn-border", "fr", "exonym", "République socialiste du Viêt Nam"),
    ("VN", WOF, "en", "demonym", "Vietnamese"),
    ("VN", "press-2025-02-19-countries", "fr", "demonym", "vietnamienne"),
    ("VN", "vna-fr-laos-diaspora", "fr", "demonym", "vietnamiens"),
    ("VN", "vna-fr-border-markers", "fr", "demonym", "vietnamiennes"),
    ("VN", "vna-fr-laos-delegation", "fr", "demonym", "vietnamien"),
    ("VN", "vn-nationality-words", "vi", "demonym", "người Việt Nam"),
    ("KH", WOF, "en", "official", "Kingdom of Cambodia"),
    ("KH", WOF, "fr", "exonym", "Royaume du Cambodge"),
    ("KH", WOF, "km", "official", "ព្រះរាជាណាចក្រកម្ពុជា"),
    (
        "KH",
        WOF,
        "en",
        "historic",
        "Democratic Cambodia|Democratic Kampuchea|Khmer Republic",
    ),
    ("KH", WOF, "fr", "historic", "Kampuchea Démocratique|République Khmère|République du Cambodge"),
    ("KH", "citizendium-cambodia", "en", "alias", "Kampuchea|People's Republic of Kampuchea"),
    ("KH", "nd-118-2022", "vi", "exonym", "Vương quốc Cam-pu-chia"),
    ("KH", "vn-immigration-nationalities", "vi", "transliteration", "Căm-pu-chia"),
    ("KH", WOF, "en", "demonym", "Cambodian"),
    ("KH", "press-2025-12-01-countries", "fr", "demonym", "cambodgiennes"),
    ("KH", "vov-fr-thai-border", "fr", "demonym", "cambodgien|cambodgienne|cambodgiens"),
    ("KH", "echo-touristique-border", "fr", "demonym", "[khmer]"),
    ("KH", "vn-nationality-words", "vi", "demonym", "người Campuchia"),
    ("LA", "nd-118-2022", "vi", "exonym", "Cộng hòa Dân chủ Nhân dân Lào"),
    ("LA", "vn-immigration-nationalities", "vi", "abbreviation", "CHDCND Lào"),
    ("LA", "forum-asia-lao-pdr", "en", "official", "Lao People's Democratic Republic"),
    ("LA", "forum-asia-lao-pdr", "en", "abbreviation", "Lao PDR"),
    ("LA", "vietnam-vn-tripoint", "fr", "exonym", "République démocratique populaire lao"),
    ("LA", "laodong-vn-la-declaration", "fr", "exonym", "République démocratique populaire laotienne"),
    ("LA", "enwiki-laos", "en", "demonym", "Lao|Laotian"),
    ("LA", "vna-fr-laos-diaspora", "fr", "demonym", "laotienne|laotiens"),
    ("LA", "vna-fr-laos-borders", "fr", "demonym", "laotiennes"),
    ("LA", "vietnam-vn-tripoint", "fr", "demonym", "laotien"),
    ("LA", "vn-nationality-words", "vi", "demonym", "người Lào"),
    ("SG", "nd-118-2022", "vi", "exonym", "Cộng hòa Xinh-ga-po"),
    ("SG", "nd-118-2022", "vi", "transliteration", "Xinh-ga-po"),
    ("SG", "vn-immigration-nationalities", "vi", "transliteration", "Xin-ga-po"),
    ("SG", "fr-en-nationality-words", "en", "demonym", "Singaporean"),
    ("SG", "vna-fr-singapore-welcome", "fr", "demonym", "singapourienne"),
    ("SG", "vna-fr-singapore-visit", "fr", "demonym", "singapourien|singapouriennes"),
    ("SG", "vov-fr-singapore-visit", "fr", "demonym", "singapouriens"),
    ("SG", "vn-nationality-words", "vi", "demonym", "người Singapore"),
    ("TH", "nd-118-2022", "vi", "exonym", "Vương quốc Thái Lan"),
    ("TH", "english4today-nationalities", "en", "demonym", "Thai"),
    ("TH", "vov-fr-thai-border", "fr", "demonym", "thaïlandais|thaïlandaise"),
    ("TH", "thaivisa-fr-border", "fr", "demonym", "thaïlandaises"),
    ("MM", "nd-118-2022", "vi", "exonym", "Cộng hòa Liên bang Mi-an-ma"),
    ("MM", "nd-118-2022", "vi", "transliteration", "Mi-an-ma"),
    ("MM", "vn-nationality-words", "vi", "demonym", "người Myanmar"),
    ("MY", "nd-118-2022", "vi", "transliteration", "Ma-lay-xi-a"),
    ("MY", "vn-immigration-nationalities", "vi", "transliteration", "Ma-lai-xi-a"),
    ("MY", "vov-fr-thai-border", "fr", "demonym", "malaisien"),
    ("MY", "vn-nationality-words", "vi", "demonym", "người Malaysia"),
    ("ID", "nd-118-2022", "vi", "exonym", "Cộng hòa In-đô-nê-xi-a"),
    ("ID", "nd-118-2022", "vi", "transliteration", "In-đô-nê-xi-a"),
    ("ID", "fr-en-nationality-words", "en", "demonym", "Indonesian"),
    ("ID", "fr-en-nationality-words", "fr", "demonym", "indonésienne"),
    ("PH", "nd-118-2022", "vi", "exonym", "Cộng hòa Phi-líp-pin"),
    ("PH", "nd-118-2022", "vi", "transliteration", "Phi-líp-pin"),
    ("PH", "fr-en-nationality-words", "en", "demonym", "Filipino"),
    ("PH", "fr-en-nationality-words", "fr", "demonym", "philippine"),
    ("BN", "nd-118-2022", "vi", "exonym", "Bru-nây Đa-rút-xa-lam"),
    ("CN", "nd-118-2022", "vi", "exonym", "Cộng hòa Nhân dân Trung Hoa"),
    ("CN", "english4today-nationalities", "en", "demonym", "Chinese"),
    ("CN", "fr-en-nationality-words", "fr", "demonym", "chinoise"),
    ("CN", "vn-nationality-words", "vi", "demonym", "người Trung Quốc"),
    ("KR", "vn-immigration-nationalities", "vi", "abbreviation", "CH Hàn Quốc"),
    ("KR", "fr-en-nationality-words", "en", "demonym", "South Korean"),
    ("KR", "fr-en-nationality-words", "fr", "demonym", "sud-coréenne"),
    ("KR", "vn-nationality-words", "vi", "demonym", "người Hàn Quốc"),
    ("KP", "vn-immigration-nationalities", "vi", "abbreviation", "CHDCND Triều Tiên"),
    ("JP", "fr-en-nationality-words", "en", "demonym", "Japanese"),
    ("JP", "fr-en-nationality-words", "fr", "demonym", "japonaise"),
    ("JP", "vn-nationality-words", "vi", "demonym", "người Nhật"),
    ("IN", "fr-en-nationality-words", "en", "demonym", "[Indian]"),
    ("IN", "fr-en-nationality-words", "fr", "demonym", "[indienne]"),
    ("AU", "vn-immigration-nationalities", "vi", "transliteration", "Ô-xtrây-li-a"),
    ("AU", "fr-en-nationality-words", "en", "demonym", "Australian"),
    ("AU", "fr-en-nationality-words", "fr", "demonym", "australienne"),
    ("AU", "vn-nationality-words", "vi", "demonym", "người Úc"),
    ("US", "vn-immigration-nationalities", "vi", "alias", "Mỹ"),
    ("US", "fr-en-nationality-words", "en", "demonym", "[American]"),
    ("US", "fr-en-nationality-words", "fr", "demonym", "[américaine]"),
    ("US", "vn-nationality-words", "vi", "demonym", "người Hoa Kỳ"),
    ("FR", "english4today-nationalities", "en", "demonym", "French"),
    ("FR", "fr-en-nationality-words", "fr", "demonym", "française"),
    ("RU", "vn-immigration-nationalities", "vi", "exonym", "Liên bang Nga"),
    ("RU", "fr-en-nationality-words", "en", "demonym", "Russian"),
    ("RU", "fr-en-nationality-words", "fr", "demonym", "russe"),
    ("RU", "vn-nationality-words", "vi", "demonym", "người Nga"),
    ("GB", "vn-immigration-nationalities", "vi", "alias", "Vương quốc Anh"),
    ("GB", "fr-en-nationality-words", "en", "demonym", "British"),
    ("GB", "fr-en-nationality-words", "fr", "demonym", "britannique"),
    ("TW", "vn-nationality-words", "vi", "demonym", "người Đài Loan"),
)

#: English short and variant forms of CLDR that babel leaves out.
ALTERNATIVES = {
    "BA": "Bosnia",
    "CC": "Cocos Islands",
    "CD": "Congo (DRC)",
    "CG": "Congo (Republic)",
    "CI": "Ivory Coast",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "GB": "UK",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PN": "Pitcairn",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey",
    "US": "US",
}


def clean(text: str) -> str:
    """Return a name as the tables write it: NFC, no zero-width spaces, plain apostrophes."""
    return unicodedata.normalize("NFC", text.replace("\u200b", "").replace("’", "'")).strip()


def codes() -> list[str]:
    """Return the alpha-2 codes of ISO 3166-1, sorted."""
    known = map(str, Locale("en").territories)
    return sorted(code for code in known if len(code) == 2 and code.isalpha() and code not in NOT_ISO)


def country_id(code: str) -> str:
    """Return the permanent id of a country."""
    return f"{code.lower()}-country-{SLUGS.get(code) or slug(clean(Locale('en').territories[code]))}"


def cldr_names(code: str) -> Iterator[Row]:
    """Yield the Vietnamese, French and Khmer names, and English short and variant forms."""
    for language in ("vi", "fr", "km"):
        text = clean(Locale(language).territories[code])
        kind = "official" if NATIVE.get(code) == language else "exonym"
        yield {"text": text, "language": language, "kind": kind, "source_id": CLDR}
        if code == "MM":  # CLDR writes both names in one: Myanmar (Burma)
            for part in text.rstrip(")").split(" ("):
                yield {"text": part, "language": language, "kind": "alias", "source_id": CLDR}
    if code == "MM":
        yield {"text": "Burma", "language": "en", "kind": "historic", "source_id": CLDR}
    english = clean(Locale("en").territories[code])
    if "&" in english:
        text = english.replace("&", "and")
        yield {"text": text, "language": "en", "kind": "alias", "source_id": CLDR}
    if code == "US":  # the one alpha-3 code that is written as a name
        yield {"text": "USA", "language": "en", "kind": "abbreviation", "source_id": CLDR}
    if code in ALTERNATIVES:
        kind = "abbreviation" if ALTERNATIVES[code].isupper() else "alias"
        yield {"text": ALTERNATIVES[code], "language": "en", "kind": kind, "source_id": ALT}


def attested_names(code: str) -> Iterator[Row]:
    """Yield the long forms, demonyms and press spellings of a country."""
    for country, source, language, kind, texts in ATTESTED:
        for text in texts.split("|") if country == code else ():
            weak = "yes" if text.startswith("[") else ""
            name = clean(text.strip("[]"))
            yield {"text": name, "language": language, "kind": kind, "weak": weak, "source_id": source}


def identifiers(sources: Path) -> Iterator[Row]:
    """Yield alpha-3 codes from CLDR, and Wikidata and GeoNames ids of Vietnam and Cambodia."""
    known = set(codes())
    aliases = {str(alias): targets for alias, targets in get_global("territory_aliases").items()}
    for alias, targets in aliases.items():
        # Among the aliases are UN M49 numbers, withdrawn alpha-2 codes and unions that split.
        if len(alias) != 3 or not alias.isalpha() or alias in RETIRED or len(targets) != 1:
            continue
        if targets[0] in known:
            identity = country_id(targets[0])
            yield {"id": identity, "scheme": "iso3166-1-alpha-3", "value": alias, "source_id": CLDR}
    for country in ("vn", "kh"):
        path = sources / country / f"wof_{country}_country_region_county_names.csv"
        with path.open(encoding="utf-8", newline="") as handle:
            row = next(r for r in csv.DictReader(handle) if r["placetype"] == "country")
        for scheme, column in (("wikidata", "wd_id"), ("geonames", "gn_id")):
            yield {
                "id": country_id(country.upper()),
                "scheme": scheme,
                "value": row[column],
                "source_id": WOF,
            }


def main(sources: Path) -> None:
    """Replace the rows of countries in the gazetteer."""
    owned = [source[0] for source in SOURCES]
    fields = ("id", "title", "publisher", "licence", "date", "locator", "weak", "note")
    replace("sources", (dict(zip(fields, source, strict=True)) for source in SOURCES), owned=owned)
    entities, versions, names = [], [], []
    for code in codes():
        identity = country_id(code)
        entities.append({"id": identity, "type": "country", "country": code, "source_id": CLDR})
        english = clean(Locale("en").territories[code])
        versions.append({"id": identity, "name": english, "language": "en", "code": code, "source_id": CLDR})
        names += [{"id": identity, **name} for name in (*cldr_names(code), *attested_names(code))]
    replace("entities", entities, owned=owned)
    replace("versions", versions, owned=owned)
    replace("names", names, owned=owned)
    replace("identifiers", identifiers(sources), owned=owned)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
