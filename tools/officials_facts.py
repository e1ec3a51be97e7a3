"""The hand-made facts that the import of officials starts from: sources, organisations, corrections, additions.

A tenure of the candidates list enters only as far as a document that was read carries it. What stands here was
either read in the documents named in ``SOURCES`` or is the form of a name that these documents show.
"""

# ruff: noqa: E501 - these are tables: one row is one line

from __future__ import annotations

from typing import NamedTuple

PRESS = "facts from a press report, cited"
CC0 = "CC0 (Wikidata)"
CODE = "facts from a file of a public code repository, cited"
REFORM = "2025-07-01"  # the provincial police and committees of the merged provinces begin with the provinces


class Source(NamedTuple):
    """A row of sources.csv and the pattern by which the candidates list names it."""

    id: str
    pattern: str
    title: str
    publisher: str
    date: str = ""
    locator: str = ""
    licence: str = PRESS
    weak: str = ""
    note: str = ""


# Order matters only where one pattern is contained in another: the narrower comes first.
SOURCES = (
    Source(
        "wikidata-officials-vn-2022",
        r"every-politician-scrapers/vietnam",
        "Positions held in the Government of Vietnam: Wikidata snapshot",
        "Wikidata, by EveryPolitician scrapers",
        "2022-07-22",
        "https://github.com/every-politician-scrapers/vietnam (906e493)",
        CC0,
        "yes",
        "End dates kept as given; Wikidata mostly gives the last day in office",
    ),
    Source(
        "wikidata-officials-kh-2023",
        r"every-politician-scrapers/cambodia",
        "Positions held in the Government of Cambodia: Wikidata snapshot",
        "Wikidata, by EveryPolitician scrapers",
        "2023-01-12",
        "https://github.com/every-politician-scrapers/cambodia (b08e164)",
        CC0,
        "yes",
        "End dates kept as given",
    ),
    Source(
        "world-leaders-2026",
        r"open-data-archive/world-leaders-current",
        "Current world leaders, from Wikidata",
        "open-data-archive",
        "2026-08-22",
        "https://github.com/open-data-archive/world-leaders-current (b06a144)",
        CC0,
        "yes",
    ),
    Source(
        "vn-leadership-archive-2026",
        r"56857213473",
        "Leadership archives of Vietnamese institutions (General Secretary, President, Prime Minister, Public Security ...)",
        "a public code repository, citing daihoidang.vn, dangcongsan.vn, chinhphu.vn, bocongan.gov.vn",
        "2026-07-18",
        "public code file 56857213473",
        CODE,
        "yes",
        "Secondary: gives the official lists by month",
    ),
    Source(
        "vnexpress-en-4755204",
        r"e\.vnexpress\.net 4755204",
        "New Minister of Public Security",
        "VnExpress International",
        "2024-06-06",
        "e.vnexpress.net 4755204",
    ),
    Source(
        "vnexpress-en-2024-06-06",
        r"e\.vnexpress\.net 2024-06-06",
        "Report on State President Tô Lâm",
        "VnExpress International",
        "2024-06-06",
        "e.vnexpress.net, 2024-06-06",
    ),
    Source(
        "vnexpress-en-3384140",
        r"e\.vnexpress\.net 3384140",
        "The cabinet approved in April 2016",
        "VnExpress International",
        "2016-04-09",
        "e.vnexpress.net 3384140",
    ),
    Source(
        "vnexpress-en-4851134",
        r"e\.vnexpress\.net[^;]*4851134|3384140 and 4851134",
        "The new structure of the Government",
        "VnExpress International",
        "2025-02-18",
        "e.vnexpress.net 4851134",
    ),
    Source(
        "vnexpress-en-2025-02-18",
        r"e\.vnexpress\.net 2025-02-18",
        "The Government's new structure and members",
        "VnExpress International",
        "2025-02-18",
        "e.vnexpress.net, 2025-02-18",
    ),
    Source(
        "vnexpress-4102595",
        r"vnexpress\.net 4102595",
        "Deputy Ministers of Public Security",
        "VnExpress",
        "2020-05-20",
        "vnexpress.net 4102595",
    ),
    Source(
        "vnexpress-4160743",
        r"vnexpress\.net 4160743",
        "Report naming the head of the prison department C10",
        "VnExpress",
        "2020-09-11",
        "vnexpress.net 4160743",
    ),
    Source(
        "vnexpress-4896735",
        r"vnexpress\.net 4896735",
        "Terms of deputy ministers of Public Security extended",
        "VnExpress",
        "2025-06-09",
        "vnexpress.net 4896735",
    ),
    Source(
        "vnexpress-4907569",
        r"vnexpress\.net 4907569",
        "Bộ Công an trao quyết định cho 34 giám đốc công an tỉnh thành",
        "VnExpress",
        "2025-06-28",
        "https://vnexpress.net/bo-cong-an-trao-quyet-dinh-cho-34-giam-doc-cong-an-tinh-thanh-4907569.html",
    ),
    Source(
        "vnexpress-5009091",
        r"vnexpress\.net 5009091|dantri\.com\.vn, vnexpress\.net",
        "The leadership elected by the 14th Party Congress",
        "VnExpress",
        "2026-01-23",
        "vnexpress.net 5009091",
    ),
    Source(
        "usasean-2024-06-17",
        r"usasean\.org 2024-06-17|R:usasean\.org(?! 2023)",
        "Vietnam analytical update",
        "US-ASEAN Business Council",
        "2024-06-17",
        "usasean.org, 2024-06-17",
    ),
    Source(
        "usasean-2023-09-05",
        r"usasean\.org 2023-09-05",
        "Cambodia Analytical Update: Hun Manet's New Cabinet",
        "US-ASEAN Business Council",
        "2023-09-05",
        "https://usasean.org/article/cambodia-analytical-update-hun-manets-new-cabinet",
    ),
    Source(
        "vietnamvn-ja-2019",
        r"vietnam\.vn/ja \(Aug 2019\)",
        "Biographical note on Lương Tam Quang (Japanese edition)",
        "Vietnam.vn",
        "",
        "vietnam.vn/ja",
        weak="yes",
    ),
    Source(
        "vietnamvn-ja-2025-01",
        r"vietnam\.vn/ja \(S",
        "Ceremony in Sóc Trăng (Japanese edition)",
        "Vietnam.vn",
        "2025-01",
        "vietnam.vn/ja",
        weak="yes",
    ),
    Source(
        "vietnamvn-2025-10-25",
        r"vietnam\.vn/id|vietnam\.vn \(thanhnien 2025-10-25",
        "New members of the Government, translated from Thanh Niên",
        "Vietnam.vn",
        "2025-10-25",
        "vietnam.vn, 2025-10-25",
    ),
    Source(
        "vietnamvn-fr-2025-03-01",
        r"vietnam\.vn/fr 2025-03-01",
        "Report on the Ministry of Ethnic and Religious Affairs (French edition)",
        "Vietnam.vn",
        "2025-03-01",
        "vietnam.vn/fr, 2025-03-01",
    ),
    Source(
        "24h-2024-05-22",
        r"24h\.com\.vn",
        "Tô Lâm relieved as Minister of Public Security",
        "24h",
        "2024-05-22",
        "24h.com.vn, 2024-05-22",
    ),
    Source(
        "vietbao-2024-05-22",
        r"vietbao\.vn 2024-05-22",
        "Trần Quốc Tỏ put in charge of the Ministry of Public Security",
        "Việt Báo",
        "2024-05-22",
        "vietbao.vn, 2024-05-22",
    ),
    Source(
        "thanhnien-2024-06-03",
        r"thanhnien\.vn 2024-06-03",
        "Nguyễn Duy Ngọc made Chief of the Party Central Committee's Office",
        "Thanh Niên",
        "2024-06-03",
        "thanhnien.vn, 2024-06-03",
    ),
    Source(
        "thanhnien-2025-06-28-secretaries",
        r"thanhnien\.vn 2025-06-28 list",
        "Secretaries of the merged provinces' party committees",
        "Thanh Niên",
        "2025-06-28",
        "thanhnien.vn, 2025-06-28",
    ),
    Source(
        "thanhnien-2025-06-28-vinh-long",
        r"thanhnien\.vn 2025-06-28;",
        "Đại tá Nguyễn Thanh Hải làm Giám đốc Công an tỉnh Vĩnh Long sau sáp nhập",
        "Thanh Niên",
        "2025-06-28",
        "https://thanhnien.vn/dai-ta-nguyen-thanh-hai-lam-giam-doc-cong-an-tinh-vinh-long-sau-sap-nhap-185250628192228778.htm",
    ),
    Source(
        "thanhnien-2025-06-29-can-tho",
        r"thanhnien\.vn 2025-06-29",
        "Công an TP.Cần Thơ sau sáp nhập có 1 giám đốc, 9 phó giám đốc",
        "Thanh Niên",
        "2025-06-29",
        "https://thanhnien.vn/cong-an-tpcan-tho-sau-sap-nhap-co-1-giam-doc-9-pho-giam-doc-18525062916450248.htm",
    ),
    Source(
        "1thegioi-2022-01",
        r"1thegioi\.vn",
        "Ceremony of 17 January 2022 for deputy ministers of Public Security",
        "Một Thế Giới",
        "2022-01-17",
        "1thegioi.vn, 2022-01",
    ),
    Source(
        "bocongan-t10997",
        r"bocongan\.gov\.vn t10997",
        "Announcement of new deputy ministers of Public Security",
        "Ministry of Public Security of Vietnam",
        "2024-07-17",
        "en.bocongan.gov.vn t10997",
        "official announcement, facts cited",
    ),
    Source(
        "lecourrier-2025-06",
        r"lecourrier\.vn 2025-06",
        "Report naming deputy ministers of Public Security",
        "Le Courrier du Vietnam",
        "2025-06",
        "lecourrier.vn, 2025-06",
    ),
    Source(
        "baonghean-fr-2013",
        r"baonghean\.vn/fr",
        "Report of 2013-07-22 (French edition)",
        "Báo Nghệ An",
        "2013-07-22",
        "baonghean.vn/fr",
    ),
    Source(
        "sggp-en-112057",
        r"en\.sggp\.org\.vn",
        "National Assembly approves deputy prime ministers and ministers",
        "Sài Gòn Giải Phóng",
        "2024-08-26",
        "en.sggp.org.vn post112057",
    ),
    Source(
        "sggp-784128",
        r"sggp\.org\.vn post784128",
        "Acting director of the Hà Nội police",
        "Sài Gòn Giải Phóng",
        "2025-03-01",
        "sggp.org.vn post784128",
    ),
    Source(
        "sggp-2025-12-12",
        r"sggp\.org\.vn 2025-12-12",
        "Report naming the leaders of An Giang",
        "Sài Gòn Giải Phóng",
        "2025-12-12",
        "sggp.org.vn, 2025-12-12",
    ),
    Source(
        "afamily-2025-04-18",
        r"afamily\.vn",
        "Report naming Standing Deputy Prime Minister Nguyễn Hòa Bình",
        "aFamily",
        "2025-04-18",
        "afamily.vn, 2025-04-18",
    ),
    Source(
        "hanoitimes-327060",
        r"hanoitimes\.vn 327060",
        "New Deputy Prime Minister and Minister of Public Security",
        "Hanoi Times",
        "2024-06-06",
        "hanoitimes.vn 327060",
    ),
    Source(
        "vovlive-484055",
        r"vovlive\.vn",
        "Deputy prime ministers and ministers approved",
        "VOV Live",
        "2025-02-18",
        "vovlive.vn 484055",
    ),
    Source(
        "vietnamplus-fr-157507",
        r"fr\.vietnamplus\.vn 157507",
        "Members of the Government relieved of their posts",
        "VietnamPlus",
        "2021-04-07",
        "fr.vietnamplus.vn 157507",
    ),
    Source(
        "vietnamplus-fr-2021-04-07",
        r"fr\.vietnamplus\.vn 2021-04-07",
        "Members of the Government relieved of their posts (misprints a name)",
        "VietnamPlus",
        "2021-04-07",
        "fr.vietnamplus.vn, 2021-04-07",
    ),
    Source(
        "vietnamplus-fr-212216",
        r"fr\.vietnamplus\.vn 212216",
        "Le Dr Hun Manet, Premier ministre du Cambodge",
        "VietnamPlus",
        "2023-08-22",
        "fr.vietnamplus.vn 212216",
    ),
    Source(
        "vietnamplus-en-266711",
        r"en\.vietnamplus\.vn 266711",
        "Cambodian King appoints 7th-tenure Royal Government",
        "VietnamPlus",
        "2023-08-22",
        "https://en.vietnamplus.vn/cambodian-king-appoints-7thtenure-royal-government/266711.vnp",
    ),
    Source(
        "vietnamplus-en-266669",
        r"en\.vietnamplus\.vn 266669",
        "Cambodian new parliament, cabinet apparatuses approved",
        "VietnamPlus",
        "2023-08-22",
        "https://en.vietnamplus.vn/cambodian-new-parliament-cabinet-apparatuses-approved/266669.vnp",
    ),
    Source(
        "talkvietnam-2021-04-08",
        r"talkvietnam\.org",
        "Ministers approved by the National Assembly",
        "Talk Vietnam",
        "2021-04-08",
        "talkvietnam.org, 2021-04-08",
    ),
    Source(
        "thuviennhadat-689379",
        r"thuviennhadat\.vn",
        "Secretaries of the party committees of the merged provinces",
        "Thư viện Nhà đất",
        "2025",
        "thuviennhadat.vn 689379",
        weak="yes",
    ),
    Source(
        "congthuong-315311",
        r"congthuong\.vn tag 315311",
        "Tỉnh An Giang mới công bố các vị trí lãnh đạo chủ chốt sau sáp nhập",
        "Công Thương",
        "2025-06",
        "https://www.congthuong.vn/tag/sap-nhap-an-giang-va-kien-giang-315311.tag",
    ),
    Source(
        "dantri-2025-08-14",
        r"dantri\.com\.vn 2025-08-14",
        "Report naming the leaders of An Giang",
        "Dân trí",
        "2025-08-14",
        "dantri.com.vn, 2025-08-14",
    ),
    Source(
        "tienphong-2025-12-23",
        r"tienphong\.vn",
        "Report naming officials of An Giang and the Ministry of Public Security",
        "Tiền Phong",
        "2025-12-23",
        "tienphong.vn, 2025-12-23",
    ),
    Source(
        "plo-856973",
        r"plo\.vn post856973",
        "Chairmen of the people's committees of the merged provinces",
        "Pháp Luật TP.HCM",
        "2025-06",
        "plo.vn post856973",
    ),
    Source(
        "tothethao-2417032",
        r"tothethao\.com",
        "Leaders of the merged provinces (from VietNamNet 2417032)",
        "Tổ Thể thao",
        "2025-06",
        "tothethao.com",
        weak="yes",
    ),
    Source(
        "vietnamnet-2416367",
        r"vietnamnet\.vn 2416367",
        "Danh sách 34 giám đốc công an các tỉnh, thành phố sau sáp nhập",
        "VietNamNet",
        "2025-06-28",
        "https://vietnamnet.vn/danh-sach-34-giam-doc-cong-an-cac-tinh-thanh-pho-sau-sap-nhap-2416367.html",
    ),
    Source(
        "vietnamnet-2416827",
        r"vietnamnet\.vn 2416827",
        "The police of the special zone Phú Quốc",
        "VietNamNet",
        "2025-06-30",
        "vietnamnet.vn 2416827",
    ),
    Source(
        "laodong-fr-1658267",
        r"fr\.laodong\.vn 1658267",
        "Report naming the director of the An Giang police (French edition)",
        "Lao Động",
        "",
        "fr.laodong.vn 1658267",
    ),
    Source(
        "laodong-en-1638770",
        r"news\.laodong\.vn 1638770",
        "Report naming the director of the Thanh Hóa police",
        "Lao Động",
        "2026-01",
        "news.laodong.vn 1638770",
    ),
    Source(
        "vtcnews-951617",
        r"vtcnews\.vn ar951617",
        "Nguyễn Đức Hải, director of the Đồng Nai police",
        "VTC News",
        "2025-06-28",
        "vtcnews.vn ar951617",
    ),
    Source(
        "baotintuc-2022-01-07",
        r"baotintuc\.vn",
        "Report naming the director of the An Giang police",
        "Báo Tin tức",
        "2022-01-07",
        "baotintuc.vn, 2022-01-07",
    ),
    Source(
        "danviet-2022-10-29",
        r"danviet\.vn",
        "Report naming a deputy director of the Kiên Giang police",
        "Dân Việt",
        "2022-10-29",
        "danviet.vn, 2022-10-29",
    ),
    Source(
        "lepetitjournal-366925",
        r"lepetitjournal\.com 366925",
        "Le nouveau gouvernement du Cambodge",
        "Lepetitjournal.com",
        "2023-08",
        "lepetitjournal.com 366925",
    ),
    Source(
        "lepetitjournal-397262",
        r"lepetitjournal\.com 397262",
        "Changement à la tête des Affaires étrangères du Cambodge",
        "Lepetitjournal.com",
        "2024-11",
        "lepetitjournal.com 397262",
    ),
    Source(
        "phnompenhpost-2023-08-24",
        r"phnompenhpost\.com 2023-08-24",
        "New Minister of Interior takes office",
        "The Phnom Penh Post",
        "2023-08-24",
        "phnompenhpost.com, 2023-08-24",
    ),
    Source(
        "phnompenhpost-army-2018",
        r"hun-manet-promoted|hun-manet-now-four-star",
        "Promotions in the Royal Cambodian Armed Forces",
        "The Phnom Penh Post",
        "2018",
        "phnompenhpost.com, 2018",
    ),
    Source(
        "phnompenhpost-2023",
        r"phnompenhpost\.com",
        "Appointments of 2023 and 2024: governors, police, Senate",
        "The Phnom Penh Post",
        "2023/2024",
        "phnompenhpost.com, several reports",
    ),
    Source(
        "freshnewsasia-330930",
        r"freshnewsasia 330930",
        "Report naming Sar Sokha in Khmer",
        "Fresh News Asia",
        "",
        "freshnewsasia 330930",
    ),
    Source(
        "freshnews-419609",
        r"freshnews\.com\.kh 419609",
        "Report naming the Minister of Health and the Governor of Pursat (Khmer)",
        "Fresh News",
        "2026-03-03",
        "freshnews.com.kh 419609",
    ),
    Source(
        "npn-2025-07-26",
        r"npn\.news",
        "Report naming Sar Sokha in Khmer",
        "NPN News",
        "2025-07-26",
        "npn.news, 2025-07-26",
    ),
    Source(
        "cambodianess-2023",
        r"cambodianess\.com",
        "The new Government of Cambodia",
        "Cambodianess",
        "2023",
        "cambodianess.com",
    ),
    Source(
        "khmerization-2008",
        r"khmerization\.blogspot",
        "Hok Lundy's death and his successor",
        "Khmerization (blog)",
        "2008-11-15",
        "khmerization.blogspot.com, 2008-11-15",
        weak="yes",
    ),
    Source(
        "khmercircle-2018",
        r"khmercircle\.blogspot",
        "Provincial police chief of Mondulkiri",
        "Khmer Circle (blog)",
        "2018-03-09",
        "khmercircle.blogspot.com, 2018-03-09",
        weak="yes",
    ),
    Source(
        "reaksmeyinaction-2023",
        r"reaksmeyinaction",
        "Commander of the Royal Cambodian Army",
        "Reaksmey in Action (blog)",
        "2023-10",
        "reaksmeyinaction blog, 2023-10",
        weak="yes",
        note="Contradicts itself: March and August 2023",
    ),
    Source(
        "troryorng-160385",
        r"troryorng\.com 160385",
        "Installation of the provincial police commissioner of Preah Sihanouk (Khmer)",
        "Troryorng",
        "2023-08-31",
        "troryorng.com 160385",
    ),
    Source(
        "hotnews-197466",
        r"hotnews-asia\.com 197466",
        "Report naming Say Samal in Khmer",
        "Hot News Asia",
        "",
        "hotnews-asia.com 197466",
    ),
    Source(
        "prakas-2025-09-09",
        r"53398262773",
        "Prakas of 9 September 2025 signed by Say Samal",
        "Ministry of Land Management, Urban Planning and Construction of Cambodia",
        "2025-09-09",
        "public code file 53398262773",
        "official act, facts cited",
    ),
    Source(
        "cambojanews-2024-11",
        r"cambojanews\.com",
        "Cambodia's foreign ministers change",
        "CamboJA News",
        "2024-11",
        "cambojanews.com",
    ),
    Source(
        "cambodgemag-2024-11",
        r"cambodgemag\.com",
        "Prak Sokhonn de retour aux Affaires étrangères",
        "Cambodge Mag",
        "2024-11",
        "cambodgemag.com",
    ),
    Source(
        "kamnotra-3546",
        r"kamnotra\.io",
        "The outgoing and the new Council of Ministers",
        "Kamnotra",
        "2023-08",
        "https://kamnotra.io/en/?p=3546",
    ),
    Source(
        "nhk-2024-04-03",
        r"nhk\.or\.jp",
        "Hun Sen elected President of the Senate",
        "NHK World",
        "2024-04-03",
        "www3.nhk.or.jp, 2024-04-03",
    ),
    Source("eacnews-senate", r"eacnews\.asia", "President of the Senate", "EAC News", "2024", "eacnews.asia"),
    Source(
        "pressocm-29155",
        r"pressocm\.gov\.kh",
        "The Senate of the fourth legislature",
        "Press and Quick Reaction Unit, Council of Ministers of Cambodia",
        "",
        "pressocm.gov.kh/en/archives/29155",
        "official text, facts cited",
    ),
    Source(
        "ccfr-16326",
        r"kh\.cc-times\.com 16326",
        "The leaders of the National Assembly (Khmer)",
        "CC-Times",
        "2023-08",
        "kh.cc-times.com 16326",
    ),
    Source(
        "cia-world-leaders-2019",
        r"CIA World Leaders",
        "World Leaders: Vietnam, Cambodia",
        "CIA, scraped by WilliamRADFunk/cia-world-leaders",
        "2019-10",
        "https://github.com/WilliamRADFunk/cia-world-leaders (d52b3b8)",
        "public domain (US Government)",
        "yes",
        "Partly stale when scraped",
    ),
    Source(
        "code-56040792392",
        r"56040792392",
        "A list that romanises the Governor of Preah Sihanouk",
        "a public code repository",
        "",
        "public code file 56040792392",
        CODE,
        "yes",
    ),
    # Read for this table, to replace what the candidates list carries as unchecked knowledge.
    Source(
        "vtcnews-951586",
        "",
        "Thiếu tướng Nguyễn Minh Tuấn giữ chức Giám đốc Công an Phú Thọ sau hợp nhất",
        "VTC News",
        "2025-06-28",
        "https://vtcnews.vn/thieu-tuong-nguyen-minh-tuan-giu-chuc-giam-doc-cong-an-phu-tho-sau-hop-nhat-ar951586.html",
        note="The Minister's decision of 2025-06-22 turns 52 provincial polices into 23 along the new provincial borders; 34 from 2025-07-01",
    ),
    Source(
        "vov2-39750",
        "",
        "Chính thức miễn nhiệm 2 Phó Thủ tướng Phạm Bình Minh và Vũ Đức Đam",
        "VOV2",
        "2023-01-05",
        "https://vov2.vov.vn/doi-song-xa-hoi/chinh-thuc-mien-nhiem-2-pho-thu-tuong-pham-binh-minh-va-vu-duc-dam-39750.vov2",
    ),
    Source(
        "vneconomy-2023-01-05",
        "",
        "Trình Quốc hội miễn nhiệm 2 Phó Thủ tướng Phạm Bình Minh và Vũ Đức Đam",
        "VnEconomy",
        "2023-01-05",
        "https://vneconomy.vn/trinh-quoc-hoi-mien-nhiem-2-pho-thu-tuong-pham-binh-minh-va-vu-duc-dam.htm",
    ),
    Source(
        "thuonggia-53914",
        "",
        "Hai ông Trần Hồng Hà, Trần Lưu Quang trở thành tân Phó Thủ tướng",
        "Thương Gia",
        "2023-01-05",
        "https://thuonggiaonline.vn/hai-ong-tran-hong-ha-tran-luu-quang-tro-thanh-tan-pho-thu-tuong-post53914.html",
    ),
    Source(
        "nguoinghe-302818",
        "",
        "Bộ trưởng Lê Thành Long làm tân phó thủ tướng",
        "Người Nghệ",
        "2024-06-06",
        "https://nguoinghe.vn/bo-truong-le-thanh-long-lam-tan-pho-thu-tuong-a302818.html",
    ),
    Source(
        "vietbao-502878",
        "",
        "Chính phủ có thêm 3 Phó Thủ tướng",
        "Việt Báo",
        "2024-08-26",
        "https://vietbao.vn/chinh-phu-co-them-3-pho-thu-tuong-502878.html",
    ),
    Source(
        "vietbao-503630",
        "",
        "Giới thiệu chữ ký của 3 tân Phó Thủ tướng",
        "Việt Báo",
        "2024-08-30",
        "https://vietbao.vn/gioi-thieu-chu-ky-cua-3-tan-pho-thu-tuong-503630.html",
    ),
    Source(
        "cand-741689",
        "",
        "Chính phủ có ba tân Phó Thủ tướng",
        "Công an Nhân dân",
        "2024-08-26",
        "https://amp.cand.com.vn/su-kien-binh-luan-thoi-su/chinh-phu-co-ba-tan-pho-thu-tuong-i741689",
    ),
    Source(
        "sggp-820268",
        "",
        "Thủ tướng Chính phủ phân công nhiệm vụ các Phó Thủ tướng",
        "Sài Gòn Giải Phóng",
        "2025-10-27",
        "https://www.sggp.org.vn/thu-tuong-chinh-phu-phan-cong-nhiem-vu-cac-pho-thu-tuong-post820268.html",
    ),
    Source(
        "hanoimoi-673792",
        "",
        "Đồng chí Tô Lâm được bầu giữ chức Tổng Bí thư Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam",
        "Hà Nội Mới",
        "2024-08-03",
        "https://hanoimoi.vn/print/673792.html",
    ),
    Source(
        "vtcnews-887122",
        "",
        "Chủ tịch nước Tô Lâm được bầu làm Tổng Bí thư",
        "VTC News",
        "2024-08-03",
        "https://vtcnews.vn/chu-tich-nuoc-to-lam-duoc-bau-lam-tong-bi-thu-ar887122.html",
    ),
    Source(
        "plo-856966",
        "",
        "Thủ tướng chỉ định ông Nguyễn Văn Được làm Chủ tịch UBND TP.HCM mới",
        "Pháp Luật TP.HCM",
        "2025-06-25",
        "https://plo.vn/thu-tuong-chi-dinh-ong-nguyen-van-duoc-lam-chu-tich-ubnd-tphcm-moi-post856966.html",
    ),
    Source(
        "kiripost-chea-serey",
        "",
        "Chea Serey Becomes First Female NBC Governor",
        "Kiripost",
        "2023-07",
        "https://kiripost.com/stories/cambodia-chea-serey-becomes-first-female-nbc-governor",
    ),
    Source(
        "inglegal-2023-10-25",
        "",
        "Meeting with the Ministry of Commerce",
        "ING Law",
        "2023-10-25",
        "https://www.inglegal.com/events/ministry-of-commerce-meeting",
        weak="yes",
    ),
    Source(
        "cogen-2023-10-24",
        "",
        "Meeting with the Ministry of Industry, Science, Technology, and Innovation",
        "CoGen Consulting Group",
        "2023-10-24",
        "https://www.cogencg.com/events/misti-meeting",
        weak="yes",
    ),
    Source(
        "cpp-419540",
        "",
        "Cambodia Hosts 14th National Science Conference",
        "Cambodian People's Party",
        "",
        "https://www.cpp.org.kh/?p=419540",
        weak="yes",
        note="of a 5 June, the year not stated",
    ),
    Source(
        "png-2024-05-15",
        "",
        "Lawrence Wong Sworn In As Singapore's New Premier",
        "Philippines News Gazette",
        "2024-05-15",
        "https://www.philippinesnewsgazette.com/lawrence-wong-sworn-in-as-singapores-new-premier/",
    ),
    Source(
        "mothership-mddi",
        "",
        "MCI to be renamed Ministry of Digital Development & Information",
        "Mothership",
        "2024-05-13",
        "https://mothership.sg/2024/05/mci-rename-mddi/",
    ),
    Source(
        "wikipedia-mps",
        "",
        "Ministry of Public Security (Vietnam)",
        "Wikipedia",
        "",
        "https://en.wikipedia.org/wiki/Ministry_of_Public_Security_(Vietnam)",
        "facts from CC BY-SA text, cited",
        "yes",
    ),
    Source(
        "wikipedia-vna",
        "",
        "Vietnam News Agency",
        "Wikipedia",
        "",
        "https://en.wikipedia.org/wiki/Vietnam_News_Agency",
        "facts from CC BY-SA text, cited",
        "yes",
    ),
    Source(
        "article-2024-11-27",
        "",
        "Kien Giang Provincial Police meets the police of Kep, Kampot and Preah Sihanouk",
        "press article in English",
        "2024-11-27",
        "article of 2024-11-27 on the meeting in Ha Tien City",
        note="The only document found that names Đào Hải Đăng in Kiên Giang",
    ),
    Source(
        "article-2025-02-19",
        "",
        "Vietnam - Cambodge : renforcement de la coopération en matière de sécurité publique",
        "VNA (Vietnam News Agency), in French",
        "2025-02-19",
        "VNA, Hanoï, 2025-02-19",
        note="Its list of further reading is younger than the article",
    ),
    Source(
        "article-2025-12-01",
        "",
        "La police d'An Giang rencontre la police de cinq provinces du Cambodge",
        "press article in French",
        "2025-12-01",
        "article of 2025-12-01 on the meeting in the ward of Hà Tiên",
        note="The only document found that names Đào Hải Đăng in An Giang",
    ),
)

ARTICLES = {"en": "article-2024-11-27", "fr": "article-2025-02-19", "police-fr": "article-2025-12-01"}

# The end of the old Cambodian cabinet: of its deputy prime ministers only Aun Pornmoniroth was retained.
OLD_CABINET_END = "2023-08-22"
RETAINED_DEPUTY_PM = "aun-porn-moniroth"


class Organisation(NamedTuple):
    """An organisation as the candidates list calls it, and what it is. ``parent`` is the slug of another one."""

    country: str
    key: str
    slug: str
    name: str
    language: str
    local_type: str
    parent: str
    en: str
    fr: str
    vi: str = ""


def _table(text: str) -> list[Organisation]:
    return [Organisation(*(cell.strip() for cell in line.split("|"))) for line in text.strip().splitlines()]


# Ministries not listed are made from the title of their minister.
ORGANISATIONS = _table("""
VN|State President's Office|van-phong-chu-tich-nuoc|Văn phòng Chủ tịch nước|vi|office||Office of the State President|
VN|Government of Vietnam|chinh-phu|Chính phủ|vi|government||Government of Vietnam|gouvernement du Vietnam|Chính phủ Việt Nam
VN|Government Office|van-phong-chinh-phu|Văn phòng Chính phủ|vi|office|chinh-phu|Government Office|Bureau du gouvernement
VN|National Assembly|quoc-hoi|Quốc hội|vi|assembly||National Assembly|Assemblée nationale
VN|State Bank of Vietnam|ngan-hang-nha-nuoc|Ngân hàng Nhà nước Việt Nam|vi|ministry|chinh-phu|State Bank of Vietnam|Banque d'État du Vietnam
VN|Vietnam People's Army|quan-doi-nhan-dan|Quân đội nhân dân Việt Nam|vi|armed force|bo-quoc-phong|Vietnam People's Army|Armée populaire du Vietnam
VN|Communist Party of Vietnam|dang-cong-san|Đảng Cộng sản Việt Nam|vi|party committee||Communist Party of Vietnam|Parti communiste du Vietnam
VN|Office of the Party Central Committee|van-phong-trung-uong-dang|Văn phòng Trung ương Đảng|vi|office|dang-cong-san|Office of the Party Central Committee|Bureau du Comité central
VN|Vietnam Fatherland Front|mat-tran-to-quoc|Mặt trận Tổ quốc Việt Nam|vi|front||Vietnam Fatherland Front|Front de la Patrie
VN|Supreme People's Court|toa-an-nhan-dan-toi-cao|Tòa án nhân dân tối cao|vi|court||Supreme People's Court|Cour populaire suprême
VN|CEMA|uy-ban-dan-toc|Ủy ban Dân tộc|vi|ministry|chinh-phu|Committee for Ethnic Minority Affairs|Comité des affaires des ethnies minoritaires
VN|Department of Prison Management (C10)|cuc-canh-sat-quan-ly-trai-giam|Cục Cảnh sát quản lý trại giam|vi|department|bo-cong-an|Department of Prison Management|Département de gestion des prisons
VN|Công an đặc khu Phú Quốc|cong-an-dac-khu-phu-quoc|Công an đặc khu Phú Quốc|vi|police|cong-an-tinh-an-giang-2025|Phú Quốc Special Zone Police|police de la zone spéciale de Phu Quoc
VN|VNA|thong-tan-xa|Thông tấn xã Việt Nam|vi|government||Vietnam News Agency|Agence vietnamienne d'information
KH|Royal Palace|royal-palace|Royal Palace|en|office||Royal Palace|
KH|Royal Government of Cambodia|royal-government|Royal Government of Cambodia|en|government||Royal Government of Cambodia|gouvernement royal du Cambodge|Chính phủ Hoàng gia Campuchia
KH|Senate|senate|Senate|en|assembly||Senate|Sénat|Thượng viện
KH|National Assembly|national-assembly|National Assembly|en|assembly||National Assembly|Assemblée nationale|Quốc hội
KH|NBC|national-bank|National Bank of Cambodia|en|government||National Bank of Cambodia|Banque nationale du Cambodge|Ngân hàng Quốc gia Campuchia
KH|RCAF|royal-cambodian-armed-forces|Royal Cambodian Armed Forces|en|armed force|ministry-of-national-defence|Royal Cambodian Armed Forces|Forces armées royales cambodgiennes|Quân đội Hoàng gia Campuchia
KH|Royal Cambodian Army|royal-cambodian-army|Royal Cambodian Army|en|armed force|royal-cambodian-armed-forces|Royal Cambodian Army|Armée de terre|Lục quân Hoàng gia Campuchia
KH|Royal Gendarmerie|royal-gendarmerie|Royal Gendarmerie of Cambodia|en|police|royal-cambodian-armed-forces|Royal Gendarmerie|Gendarmerie royale|Hiến binh Quốc gia
KH|General Commissariat of National Police|general-commissariat-of-national-police|General Commissariat of National Police|en|police|ministry-of-interior|Cambodian National Police|Commissariat général de la Police nationale|Cảnh sát Quốc gia Campuchia
KH|Office of the Council of Ministers|office-of-the-council-of-ministers|Office of the Council of Ministers|en|ministry|royal-government|Office of the Council of Ministers|Conseil des ministres|Văn phòng Hội đồng Bộ trưởng
KH|State Secretariat of Civil Aviation|state-secretariat-of-civil-aviation|State Secretariat of Civil Aviation|en|ministry|royal-government|State Secretariat of Civil Aviation|
SG|Government of Singapore|government|Government of Singapore|en|government||Government of Singapore|gouvernement de Singapour
SG|MDDI|ministry-of-digital-development-and-information|Ministry of Digital Development and Information|en|ministry|government|Ministry of Digital Development and Information|
|INTERPOL|interpol|INTERPOL|en|international organisation||INTERPOL|INTERPOL
|ASEANAPOL|aseanapol|ASEANAPOL|en|international organisation||ASEANAPOL|ASEANAPOL
""")

# Names of organisations beyond those above: slug, text, language, kind, weak, source.
MORE_ORGANISATION_NAMES = (
    ("bo-cong-an", "MPS", "en", "abbreviation", "yes", "wikipedia-mps"),
    ("bo-cong-an", "BCA", "vi", "abbreviation", "yes", "wikipedia-mps"),
    ("cong-an-thanh-pho-ho-chi-minh", "Công an TP HCM", "vi", "abbreviation", "", "vnexpress-4907569"),
    ("cong-an-thanh-pho-ho-chi-minh-2025", "Công an TP HCM", "vi", "abbreviation", "", "vnexpress-4907569"),
    ("thong-tan-xa", "VNA", "und", "abbreviation", "", "article-2025-02-19"),
    ("thong-tan-xa", "TTXVN", "vi", "abbreviation", "", "vn-leadership-archive-2026"),
    ("thong-tan-xa", "AVI", "fr", "abbreviation", "yes", "wikipedia-vna"),
    ("dang-cong-san", "PCV", "fr", "abbreviation", "yes", "article-2025-02-19"),
    ("ministry-of-digital-development-and-information", "MDDI", "und", "abbreviation", "", "article-2025-02-19"),
    (
        "ministry-of-digital-development-and-information",
        "Ministry of Communications and Information",
        "en",
        "historic",
        "",
        "mothership-mddi",
    ),
)

# Where one office is called by several titles in the candidates list, the first stands for all.
SAME_OFFICE = {
    ("VN", "Minister of Internal Affairs"): "Minister of Home Affairs",
    ("VN", "Minister of Environment and Natural Resources"): "Minister of Natural Resources and Environment",
    ("VN", "Minister of Agriculture"): "Minister of Agriculture and Rural Development",
    ("VN", "Minister of Education"): "Minister of Education and Training",
    ("VN", "Minister of Defence"): "Minister of National Defence",
    ("VN", "Acting President"): "President",
    ("VN", "Acting head, Ministry of Public Security"): "Minister of Public Security",
    ("KH", "Minister of Defence"): "Minister of National Defence",
    ("KH", "Minister of Foreign Affairs"): "Minister of Foreign Affairs and International Cooperation",
    (
        "KH",
        "Minister in Charge of the Office of the Council of Ministers",
    ): "Minister in charge of the Office of the Council of Ministers",
}
# Rows whose organisation the candidates list leaves out, abbreviates or gives one level too high.
ORGANISATION_OF = {
    "Minister in Charge of the Office of the Council of Ministers": "Office of the Council of Ministers",
    "Secretary of State for Civil Aviation": "State Secretariat of Civil Aviation",
    "Minister of the Royal Palace": "Ministry of the Royal Palace",
    "Chief, Office of the Party Central Committee": "Office of the Party Central Committee",
    "Director, Department of Prison Management (C10)": "Department of Prison Management (C10)",
}
MINISTRY_NAMES = {"MOLISA", "MOCST", "MIC", "MFAIC", "MISTI", "MLMUPC", "MOWRAM", ""}

# 52 provincial polices became 23 along the new borders; the other eleven went on.
MERGED_PROVINCES = {
    "Tuyên Quang": ("Tuyên Quang", "Hà Giang"),
    "Lào Cai": ("Lào Cai", "Yên Bái"),
    "Thái Nguyên": ("Thái Nguyên", "Bắc Kạn"),
    "Phú Thọ": ("Phú Thọ", "Vĩnh Phúc", "Hòa Bình"),
    "Bắc Ninh": ("Bắc Ninh", "Bắc Giang"),
    "Hưng Yên": ("Hưng Yên", "Thái Bình"),
    "Hải Phòng": ("Hải Phòng", "Hải Dương"),
    "Ninh Bình": ("Ninh Bình", "Hà Nam", "Nam Định"),
    "Quảng Trị": ("Quảng Trị", "Quảng Bình"),
    "Đà Nẵng": ("Đà Nẵng", "Quảng Nam"),
    "Quảng Ngãi": ("Quảng Ngãi", "Kon Tum"),
    "Gia Lai": ("Gia Lai", "Bình Định"),
    "Khánh Hòa": ("Khánh Hòa", "Ninh Thuận"),
    "Đắk Lắk": ("Đắk Lắk", "Phú Yên"),
    "Lâm Đồng": ("Lâm Đồng", "Đắk Nông", "Bình Thuận"),
    "Đồng Nai": ("Đồng Nai", "Bình Phước"),
    "Hồ Chí Minh": ("Hồ Chí Minh", "Bình Dương", "Bà Rịa - Vũng Tàu"),
    "Tây Ninh": ("Tây Ninh", "Long An"),
    "Cần Thơ": ("Cần Thơ", "Hậu Giang", "Sóc Trăng"),
    "Vĩnh Long": ("Vĩnh Long", "Bến Tre", "Trà Vinh"),
    "Đồng Tháp": ("Đồng Tháp", "Tiền Giang"),
    "Cà Mau": ("Cà Mau", "Bạc Liêu"),
    "An Giang": ("An Giang", "Kiên Giang"),
}
UNCHANGED_PROVINCES = (
    "Hà Nội",
    "Huế",
    "Lai Châu",
    "Điện Biên",
    "Sơn La",
    "Lạng Sơn",
    "Quảng Ninh",
    "Thanh Hóa",
    "Nghệ An",
    "Hà Tĩnh",
    "Cao Bằng",
)
CITIES = {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh"}
CITY_EXONYMS = {"Hà Nội": ("Hanoi", "Hanoï"), "Hồ Chí Minh": ("Ho Chi Minh City", "Hô Chi Minh-Ville")}
# The source that says which provincial polices were merged, where one says it by name.
MERGER_SOURCES = {"Vĩnh Long": "thanhnien-2025-06-28-vinh-long", "Cần Thơ": "thanhnien-2025-06-29-can-tho"}

CAMBODIAN_POLICE = ("Kep", "Kampot", "Preah Sihanouk", "Takeo", "Kandal", "Mondulkiri", "Phnom Penh")

# One man under several spellings: slug of the spelling -> slug of the person.
SAME_PERSON = {
    "prak-sokhonn": "prak-sokhon",
    "hangchuon-naron": "hang-chuon-naron",
    "say-sam-al": "say-samal",
    "hun-many": "hun-mani",
}
# Namesakes: native name -> slug. Slugs ignore tones, so a near-namesake needs one too.
SLUGS = {"Lê Minh Hùng": "le-minh-hung-c10"}
DISTINCTIONS = {
    "vn-person-le-minh-hung-c10": "head of the prison department C10 in 2020; not Lê Minh Hưng, Prime Minister",
    "vn-person-le-minh-hung": "Governor of the State Bank, then Prime Minister; not Lê Minh Hùng of the prison department",
    "vn-person-nguyen-van-son": "Deputy Minister of Public Security around 2020; not Nguyễn Văn Sơn, born 1970, of Tuyên Quang",
    "vn-person-nguyen-thanh-hai": "Senior Colonel, director of the Vĩnh Long police; not Nguyễn Thanh Hải, born 1970, once party secretary of Thái Nguyên",
    "vn-person-nguyen-van-thang": "Senior Colonel, deputy director of the Cần Thơ police",
    "vn-person-nguyen-van-thanh": "Deputy Minister of Public Security in 2020",
    "vn-person-nguyen-thanh-binh": "Senior Colonel, deputy director of the Cần Thơ police",
    "vn-person-nguyen-thanh-tung": "director of the Hà Nội police",
    "vn-person-nguyen-quang-vinh": "Colonel, director of the Cao Bằng police",
    "vn-person-nguyen-duc-hai": "Major General of the police, Quảng Trị, then Đồng Nai",
    "vn-person-tran-hong-ha": "Minister of Natural Resources and Environment, then Deputy Prime Minister",
    "kh-person-sar-ratha": "deputy chief of the national police; perhaps the same man as the commissioner of Preah Sihanouk",
    "kh-person-sar-ratha-preah-sihanouk": "police commissioner of Preah Sihanouk in 2023; perhaps the same man as the deputy chief of the national police",
    "kh-person-sar-sokha": "Deputy Prime Minister, Minister of Interior, son of Sar Kheng; not Sao Sokha or Lao Sokha",
    "kh-person-sao-sokha": "commander of the military police; not Sar Sokha",
    "kh-person-lao-sokha": "police chief of Mondulkiri; not Sar Sokha",
}
# Khmer names and spellings that rest on unchecked knowledge, by person: they stay out.
UNREAD_KHMER = {"neth-savoeun", "tea-seiha", "sar-ratha"}
# Display names that can't be taken from the candidates list as they stand.
DISPLAY = {
    "sar-ratha-preah-sihanouk": ("Sar Ratha", "km-Latn"),
    "hun-mani": ("Hun Mani", "km-Latn"),
    "khoy-rida": ("ខូយ រីដា", "km"),
    "nguyen-minh-quang": ("Nguyen Minh Quang", "vi"),
}
SPELLINGS_NOT_READ = {"Hun Many", "Khoy Rida", "Nguyễn Minh Quang", "Sar Ratha Preah Sihanouk"}
MISPRINTS = {"Ngô Van Chiên": ("fr", "vietnamplus-fr-2021-04-07")}
# Aliases that are not the person's name.
NOT_NAMES = {"Permanent Deputy PM"}

# Rows of the candidates list left out: (person, office) whose substance nobody read.
LEFT_OUT = {
    ("Koeut Rith", "Deputy Prime Minister"): "the title itself is unchecked",
    ("Lê Tiến Châu", "Deputy Prime Minister"): "rests on a test fixture without a date",
}


class Correction(NamedTuple):
    """What replaces cells of one candidate row. ``None`` keeps the cell's own, checked value."""

    source: str | None = None
    start: str | None = None
    end: str | None = None
    attested: str = ""
    note: str = ""
    acting: str = ""
    preferred: str = ""


# (person, office, start as in the candidates list) -> correction
CORRECTIONS = {
    ("Trương Tấn Sang", "President", "2011-07-25"): Correction(preferred="no", note="the successor starts 2016-04-02"),
    ("Đặng Thị Ngọc Thịnh", "President", "2018-09-21"): Correction(
        acting="yes", note="acting according to vn-leadership-archive-2026"
    ),
    ("Vũ Đức Đam", "Deputy Prime Minister", "2013-11-13"): Correction(end="2023-01-05", note="end: vov2-39750"),
    ("Phạm Bình Minh", "Deputy Prime Minister", "2021-09-06"): Correction(end="2023-01-05", note="end: vov2-39750"),
    ("Lê Minh Khái", "Deputy Prime Minister", "2021-04-08"): Correction(
        end="2024-06-06/2024-08-26",
        attested="2024-06-06",
        note="attested: nguoinghe-302818; no longer listed: vietbao-502878",
    ),
    ("Lê Văn Thành", "Deputy Prime Minister", "2021-04-08"): Correction(
        end="2023-01-05/2024-06-06",
        attested="2023-01-05",
        note="attested: thuonggia-53914; no longer listed: nguoinghe-302818",
    ),
    ("Trần Hồng Hà", "Deputy Prime Minister", "2023-01-05"): Correction(
        source="thuonggia-53914",
        start="2023-01-05",
        attested="2024-06-17|2024-08-26",
        note="also usasean-2024-06-17, vietbao-502878",
    ),
    ("Trần Hồng Hà", "Minister of Environment and Natural Resources", "2016-04-09"): Correction(
        attested="2023-01-05", note="attested: thuonggia-53914"
    ),
    ("Trần Lưu Quang", "Deputy Prime Minister", "2023-01-05"): Correction(
        source="thuonggia-53914",
        start="2023-01-05",
        end="2024-06-17/2024-08-26",
        attested="2024-06-17",
        note="also usasean-2024-06-17; no longer listed: vietbao-502878",
    ),
    ("Hồ Đức Phớc", "Minister of Finance", "2021-04-08"): Correction(
        attested="2024-08-26", note="attested: vietbao-502878"
    ),
    ("Bùi Thanh Sơn", "Minister of Foreign Affairs", "2021-04-08"): Correction(
        attested="2024-08-26", note="attested: vietbao-502878"
    ),
    ("Tô Lâm", "General Secretary of the Communist Party", "2024-08-03"): Correction(
        source="hanoimoi-673792",
        start="2024-08-03",
        attested="2026-01-23|2026-07-18",
        note="re-elected 2026-01-23: vnexpress-5009091; also vtcnews-887122, vn-leadership-archive-2026",
    ),
    ("Trần Thanh Mẫn", "Chairman of the National Assembly", "2024-05"): Correction(attested="2026-07-18"),
    ("Phan Văn Giang", "Minister of Defence", "2021-04-08"): Correction(
        attested="2026-07-18", note="attested: vn-leadership-archive-2026"
    ),
    ("Tô Anh Dũng", "Director, Thanh Hoa Police", ""): Correction(attested="2026-01"),
    ("Lương Tam Quang", "Minister of Public Security", "2024-06-06"): Correction(
        attested="2025-02-19|2025-06-28|2026-07-18",
        note="attested: article-2025-02-19, vietnamnet-2416367, vn-leadership-archive-2026",
    ),
    ("Nguyễn Hòa Bình", "Deputy Prime Minister", "2024-08-26"): Correction(
        attested="2025-10-27", note="attested: sggp-820268; also vietbao-502878"
    ),
    ("Nguyễn Hòa Bình", "Chief Justice of the Supreme People’s Court", ""): Correction(
        end="2024-08-26", attested="2024-07-17", note="end: cand-741689 (new Chief Justice)"
    ),
    ("Nguyễn Văn Hận", "Director, An Giang Police", "2025-07-01"): Correction(attested="2025-08-14|2025-12-12"),
    ("Nguyễn Văn Được", "Chairman, HCMC People's Committee", "2025-07-01"): Correction(source="plo-856966"),
    ("Nguyễn Thanh Tùng", "Director, Ha Noi Police", "2025-03-01"): Correction(
        acting="yes", note="put in charge 2025-03-01"
    ),
    ("Đào Hải Đăng", "Deputy Director, Kien Giang Police", ""): Correction(
        source="article-2024-11-27",
        start="",
        end="2024-11-27/2025-07-01",
        attested="2024-11-27",
        note="the police of Kiên Giang ended 2025-07-01: vtcnews-951586",
    ),
    ("Đào Hải Đăng", "Deputy Director, An Giang Police", "2025-07-01"): Correction(
        source="article-2025-12-01",
        start="2025-07-01/2025-12-01",
        attested="2025-12-01",
        note="the police of An Giang with Kiên Giang began 2025-07-01: vtcnews-951586",
    ),
    ("Lê Hoài Trung", "Minister of Foreign Affairs", "2025-10-25"): Correction(note="acting before that date"),
    ("Aun Porn Moniroth", "Deputy Prime Minister", "2018-09-06"): Correction(
        attested="2023-08-22", note="retained in the Government of 2023-08-22: vietnamplus-en-266711"
    ),
    ("Aun Porn Moniroth", "Minister of Economy and Finance", "2013-09-24"): Correction(
        attested="2023-08-22", note="retained in the Government of 2023-08-22: vietnamplus-en-266711"
    ),
    ("Koeut Rith", "Minister of Justice", "2020-04-02"): Correction(
        attested="2023-08-22", end="", note="portfolio kept in the Government of 2023-08-22: cambodianess-2023"
    ),
    ("Hangchuon Naron", "Minister of Education, Youth and Sport", "2013-09-24"): Correction(
        attested="2023-08-22", end="", note="portfolio kept in the Government of 2023-08-22: cambodianess-2023"
    ),
    ("Hang Chuon Naron", "Deputy Prime Minister", "2023-08-22"): Correction(
        source="cpp-419540", start="", note="named with this title in a report of a 5 June, the year not stated"
    ),
    ("Sar Sokha", "Minister of Interior", "2023-08-22"): Correction(
        attested="2025-02-19", note="attested: article-2025-02-19"
    ),
    ("Sar Sokha", "Deputy Prime Minister", "2023-08-22"): Correction(
        attested="2025-02-19", note="attested: article-2025-02-19"
    ),
    ("Say Samal", "Minister of Land Management, Urban Planning and Construction", "2023-08-22"): Correction(
        attested="2025-09-09"
    ),
    ("Say Chhum", "President of the Senate", "2018-04"): Correction(
        end="2024-04-03", note="end: the successor's election, nhk-2024-04-03"
    ),
    ("Chheang Ra", "Minister of Health", "2023-08-22"): Correction(attested="2026-03-03"),
    ("Cham Nimul", "Minister of Commerce", "2023-08-22"): Correction(
        source="inglegal-2023-10-25", start="", attested="2023-10-25", note="newly appointed on 2023-10-25"
    ),
    ("Hem Vanndy", "Minister of Industry, Science, Technology and Innovation", "2023-08-22"): Correction(
        source="cogen-2023-10-24", start="", attested="2023-10-24"
    ),
    ("Chea Serey", "Governor, National Bank of Cambodia", "2023-07"): Correction(
        source="kiripost-chea-serey", start="2023-07-29"
    ),
    ("Chea Chanto", "Governor, National Bank of Cambodia", ""): Correction(
        end="2023-07-29", attested="2019-10", note="end: kiripost-chea-serey"
    ),
    ("Hun Many", "Deputy Prime Minister", "2024-02"): Correction(note="named only as Hun Manet's younger brother"),
    ("Sar Ratha", "Deputy National Police chief", "2023-08-23"): Correction(
        note="perhaps the commissioner of Preah Sihanouk of 2023-08-31"
    ),
    ("Mao Sophan", "Commander, Royal Cambodian Army", "2023"): Correction(
        note="the source contradicts itself: March and August 2023"
    ),
    ("Norodom Sihamoni", "King", "2004-10-14"): Correction(
        attested="2023-08-22", note="attested: vietnamplus-en-266711"
    ),
}


class Addition(NamedTuple):
    """A tenure that the candidates list doesn't have as a row of its own, written in its columns."""

    name: str
    country: str
    office: str
    office_vi: str
    office_fr: str
    org: str
    start: str
    end: str
    attested: str
    source: str
    note: str = ""
    preferred: str = ""
    khmer: str = ""


STANDING = (
    "Standing Deputy Prime Minister",
    "Phó Thủ tướng Thường trực",
    "vice-Premier ministre permanent",
    "Government of Vietnam",
)
ADDITIONS = (
    Addition(
        "Trương Tấn Sang",
        "VN",
        "President",
        "Chủ tịch nước",
        "président de la République",
        "State President's Office",
        "2011-07",
        "2016-03",
        "",
        "vn-leadership-archive-2026",
        "wikidata-officials-vn-2022 gives 2016-07-25 as the end",
    ),
    Addition(
        "Tô Lâm",
        "VN",
        "Minister of Public Security",
        "Bộ trưởng Bộ Công an",
        "ministre de la Sécurité publique",
        "Ministry of Public Security",
        "2016",
        "2024-06-06",
        "",
        "vn-leadership-archive-2026",
        "relieved 2024-05-22 according to 24h-2024-05-22 and vtcnews-887122",
        "no",
    ),
    Addition(
        "Nguyễn Phú Trọng",
        "VN",
        "General Secretary of the Communist Party",
        "Tổng Bí thư Ban Chấp hành Trung ương Đảng",
        "secrétaire général du Parti communiste",
        "Communist Party of Vietnam",
        "2011-01",
        "2024-07",
        "",
        "vn-leadership-archive-2026",
    ),
    Addition(
        "Nguyễn Phú Trọng",
        "VN",
        "Chairman of the National Assembly",
        "Chủ tịch Quốc hội",
        "président de l'Assemblée nationale",
        "National Assembly",
        "2006-06",
        "2011-07",
        "",
        "vn-leadership-archive-2026",
    ),
    Addition(
        "Lê Hồng Anh",
        "VN",
        "Minister of Public Security",
        "Bộ trưởng Bộ Công an",
        "ministre de la Sécurité publique",
        "Ministry of Public Security",
        "2002",
        "2011",
        "",
        "vn-leadership-archive-2026",
    ),
    Addition(
        "Tô Lâm",
        "VN",
        "Deputy Minister of Public Security",
        "Thứ trưởng Bộ Công an",
        "vice-ministre de la Sécurité publique",
        "Ministry of Public Security",
        "2010",
        "2016",
        "",
        "vtcnews-887122",
        "dates by year",
    ),
    Addition(
        "Nguyễn Hòa Bình",
        "VN",
        *STANDING,
        "2024-08-26/2024-08-30",
        "",
        "2025-04-18|2025-10-27",
        "vietbao-503630",
        "given the task after his appointment of 2024-08-26; attested: afamily-2025-04-18, sggp-820268; also article-2025-02-19",
    ),
    Addition("Phạm Bình Minh", "VN", *STANDING, "", "2023-01-05", "2023-01-05", "vneconomy-2023-01-05"),
    Addition(
        "Nguyễn Văn Được",
        "VN",
        "Chairman, HCMC People's Committee",
        "Chủ tịch UBND Thành phố Hồ Chí Minh",
        "président du Comité populaire de Hô Chi Minh-Ville",
        "HCMC People's Committee",
        "2025-02-20",
        "2025-07-01",
        "",
        "plo-856966",
        "of the city before the merger",
    ),
    Addition(
        "Nguyễn Minh Tuấn",
        "VN",
        "Director, Phu Tho Police",
        "Giám đốc Công an tỉnh Phú Thọ",
        "",
        "Công an tỉnh Phú Thọ",
        "2023",
        "2025-07-01",
        "",
        "vtcnews-951586",
    ),
    Addition(
        "Nguyễn Minh Tuấn",
        "VN",
        "Director, Phu Tho Police",
        "Giám đốc Công an tỉnh Phú Thọ",
        "",
        "Công an tỉnh Phú Thọ",
        "2025-07-01",
        "",
        "",
        "vtcnews-951586",
    ),
    Addition(
        "Nguyễn Thanh Hải",
        "VN",
        "Director, Tra Vinh Police",
        "Giám đốc Công an tỉnh Trà Vinh",
        "",
        "Công an tỉnh Trà Vinh",
        "",
        "2025-07-01",
        "2025-06-28",
        "thanhnien-2025-06-28-vinh-long",
    ),
    Addition(
        "Nguyễn Đức Hải",
        "VN",
        "Director, Quang Tri Police",
        "Giám đốc Công an tỉnh Quảng Trị",
        "",
        "Công an tỉnh Quảng Trị",
        "2023-11-24",
        "2023-11-24/2025-07-01",
        "",
        "vtcnews-951617",
    ),
    *(
        Addition(
            name,
            "VN",
            f"Deputy Director, {en} Police",
            f"Phó Giám đốc {org}",
            "",
            org,
            "",
            "2025-07-01",
            "2025-06-29",
            "thanhnien-2025-06-29-can-tho",
        )
        for org, en, names in (
            ("Công an thành phố Cần Thơ", "Can Tho", ("Vũ Thành Thức", "Lê Đức Bảy", "Trần Hoàng Độ", "Đinh Tùng An")),
            ("Công an tỉnh Hậu Giang", "Hau Giang", ("Nguyễn Thanh Tràng", "Nguyễn Văn Thắng", "Nguyễn Thanh Bình")),
            ("Công an tỉnh Sóc Trăng", "Soc Trang", ("Bùi Đức An", "Huỳnh Hoài Hận")),
        )
        for name in names
    ),
    Addition(
        "Sar Ratha Preah Sihanouk",
        "KH",
        "Provincial police chief, Preah Sihanouk",
        "Ủy viên Cảnh sát tỉnh Preah Sihanouk",
        "commissaire de police de Preah Sihanouk",
        "Preah Sihanouk Provincial Police",
        "2023-08-31",
        "",
        "",
        "troryorng-160385",
        "",
        "",
        "ស រដ្ឋា",
    ),
    Addition(
        "Chuon Narin",
        "KH",
        "Provincial police chief, Preah Sihanouk",
        "Ủy viên Cảnh sát tỉnh Preah Sihanouk",
        "commissaire de police de Preah Sihanouk",
        "Preah Sihanouk Provincial Police",
        "",
        "2023-08-24",
        "",
        "phnompenhpost-2023",
        "before his post in Phnom Penh",
    ),
    Addition(
        "Lee Hsien Loong",
        "SG",
        "Senior Minister",
        "",
        "ministre senior",
        "Government of Singapore",
        "2024-05-15",
        "",
        "",
        "png-2024-05-15",
        "also article-2025-02-19",
    ),
)
