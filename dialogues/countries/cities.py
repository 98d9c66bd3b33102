"""Cities where delegations meet, with the names that people give them: capitals and some more."""

from collections.abc import Iterator
from functools import lru_cache

# A country's code, then its cities; of each the English name first, then what others call it.
_CITIES = """
AE Abu Dhabi=Abou Dabi=Abu Dabi,Dubai=Doubai
AF Kabul=Kaboul
AL Tirana
AM Yerevan=Erevan=Jerewan
AO Luanda
AR Buenos Aires
AT Vienna=Wina=Vienne=Wien=Viena,Salzburg,Graz
AU Canberra,Sydney,Melbourne,Perth,Brisbane,Darwin,Adelaide,Hobart
AZ Baku=Bakou
BA Sarajevo
BD Dhaka=Dacca=Daka
BE Brussels=Brussel=Bruxelles=Brüssel=Bruselas,Antwerp=Antwerpen,Bruges
BG Sofia=Sofía
BH Manama
BN Bandar Seri Begawan
BO La Paz,Sucre
BR Brasilia=Brasília,Rio de Janeiro,Sao Paulo=São Paulo
BY Minsk
CA Ottawa,Montreal=Montréal,Toronto,Vancouver,Quebec=Québec
CH Bern=Berne=Berna,Geneva=Jenewa=Genève=Genf=Ginebra,Zurich=Zürich,Lausanne,Basel,Lugano
CL Santiago=Santiago de Chile,Valparaiso
CN Beijing=Pékin=Peking=Pekín,Shanghai,Nanning,Guangzhou,Kunming,Xiamen,Shenzhen,Chengdu
CO Bogota=Bogotá,Cartagena
CR San Jose=San José
CU Havana=La Habana=La Havane=Havanna
CY Nicosia=Nikosia
CZ Prague=Praha=Prag=Praga
DE Berlin=Berlín,Bonn,Munich=München=Munchen,Hamburg,Frankfurt,Cologne=Köln
DK Copenhagen=Kopenhagen=Copenhague=København
DZ Algiers=Alger=Aljir=Argel
EC Quito
EE Tallinn
EG Cairo=Kairo=Le Caire=El Cairo,Alexandria=Iskandariyah,Sharm el-Sheikh
ES Madrid,Barcelona,Seville=Sevilla
ET Addis Ababa=Addis Abeba
FI Helsinki
FJ Suva,Nadi
FR Paris=París,Strasbourg,Nice,Lyon
GB London=Londres=Londra,Edinburgh,Belfast,Cardiff,Oxford,Cambridge
GE Tbilisi,Batumi
GH Accra
GR Athens=Athena=Athènes=Athen=Atenas,Thessaloniki
GT Guatemala City
HK Hong Kong
HR Zagreb,Dubrovnik
HU Budapest
ID Jakarta=Yakarta=Djakarta,Bandung,Yogyakarta=Jogjakarta=Yogya,Surabaya,Denpasar,Medan,Makassar
ID Semarang,Bogor,Solo=Surakarta,Malang,Palembang,Manado,Padang,Batam,Mataram,Lombok,Labuan Bajo
ID Nusa Dua,Ubud,Bali,Banda Aceh,Pontianak,Balikpapan,Samarinda,Banjarmasin,Kupang,Ambon,Ternate
ID Jayapura,Manokwari,Sorong,Magelang,Tangerang,Bekasi,Depok,Cirebon,Bandar Lampung,Pekanbaru
ID Jambi,Bengkulu,Kendari,Palu,Gorontalo,Tanjung Pinang,Pangkal Pinang,Serang,Borobudur,Nusantara
ID Banyuwangi,Belitung,Toba,Mandalika,Sanur,Kuta,Jimbaran,Sentul,Puncak,Salatiga,Jombang,Cianjur
IE Dublin=Dublín
IL Jerusalem=Yerusalem,Tel Aviv
IN New Delhi=Delhi=Delhi Baru=Nouvelle-Delhi=Neu-Delhi=Nueva Delhi,Mumbai,Chennai,Bengaluru,Kolkata
IQ Baghdad=Bagdad
IR Tehran=Teheran=Téhéran=Teherán,Isfahan,Mashhad=Masyhad,Shiraz,Qom
IS Reykjavik
IT Rome=Roma=Rom,Milan=Milano=Mailand,Florence=Firenze,Venice=Venezia,Turin,Naples
JM Kingston
JO Amman=Aman
JP Tokyo=Tokio,Osaka,Kyoto=Kioto,Hiroshima,Fukuoka,Nagoya,Sapporo
KE Nairobi
KG Bishkek
KH Phnom Penh,Siem Reap
KP Pyongyang
KR Seoul=Séoul=Seúl,Busan,Jeju,Incheon,Gyeongju,Sejong
KW Kuwait City
KZ Astana=Nur-Sultan,Almaty
LA Vientiane=Viang Chan,Luang Prabang
LB Beirut=Beyrouth
LK Colombo=Kolombo,Kandy
LT Vilnius
LU Luxembourg City
LV Riga
LY Tripoli
MA Rabat,Marrakesh=Marrakech=Marakesh,Casablanca,Fez,Tangier
MM Naypyidaw=Naypyitaw=Nay Pyi Taw,Yangon=Rangoon
MN Ulaanbaatar=Ulan Bator
MV Male=Malé
MX Mexico City=Ciudad de México=Mexiko-Stadt,Cancun=Cancún,Guadalajara
MY Kuala Lumpur,Putrajaya,Penang=Pulau Pinang,Johor Bahru,Kota Kinabalu,Kuching,Langkawi,Melaka
MZ Maputo
NA Windhoek
NC Noumea=Nouméa
NG Abuja,Lagos
NL The Hague=Den Haag=La Haye=La Haya,Amsterdam,Rotterdam,Leiden,Utrecht
NO Oslo,Bergen,Tromsø=Tromso=Tromsoe,Trondheim,Stavanger
NP Kathmandu=Katmandu
NZ Wellington,Auckland,Christchurch,Queenstown
OM Muscat=Maskat=Mascate
PA Panama City
PE Lima,Cusco
PG Port Moresby
PH Manila=Manille,Cebu,Davao,Makati
PK Islamabad,Karachi,Lahore
PL Warsaw=Warsawa=Varsovie=Warschau=Varsovia,Krakow=Kraków=Cracow
PS Ramallah,Gaza
PT Lisbon=Lisboa=Lisabon=Lisbonne=Lissabon,Porto
PY Asuncion=Asunción
QA Doha
RO Bucharest=Bukares=Bucarest=Bukarest
RS Belgrade=Beograd=Belgrad=Belgrado
RU Moscow=Moskow=Moskwa=Moscou=Moskau=Moscú,Saint Petersburg=St. Petersburg=St Petersburg
RU Kazan,Sochi,Vladivostok,Sankt Peterburg
RW Kigali
SA Riyadh=Riyad=Riad,Jeddah=Djeddah,Mecca=Mekkah,Medina=Madinah
SB Honiara
SD Khartoum=Khartum
SE Stockholm=Estocolmo,Gothenburg=Göteborg,Malmo=Malmö,Uppsala,Lund
SG Singapore=Singapura=Singapour=Singapur
SI Ljubljana,Bled
SK Bratislava,Trnava,Kosice
SN Dakar
SR Paramaribo
SY Damascus=Damaskus=Damas
TH Bangkok,Chiang Mai,Phuket,Pattaya,Hua Hin
TJ Dushanbe
TL Dili
TM Ashgabat
TN Tunis,Carthage
TR Ankara,Istanbul,Antalya
TZ Dar es Salaam,Dodoma,Zanzibar,Arusha
UA Kyiv=Kiev=Kiew,Lviv
UG Kampala
US Washington=Washington D.C.=Washington DC,New York=New York City,Los Angeles,San Francisco
US Honolulu,Chicago,Houston,Boston
UY Montevideo
UZ Tashkent,Samarkand
VA Vatican City=Kota Vatikan
VE Caracas=Karakas
VN Hanoi=Ha Noi,Ho Chi Minh City,Da Nang,Hue,Ha Long
VU Port Vila
YE Sanaa=Sana'a,Aden
ZA Pretoria,Cape Town,Johannesburg,Durban
ZM Lusaka
ZW Harare
"""


@lru_cache(maxsize=1)
def cities() -> tuple[tuple[str, str, str], ...]:
    """Each name that a city goes by, its English name, and its country's code."""
    return tuple(_named())


def _named() -> Iterator[tuple[str, str, str]]:
    for line in _CITIES.strip().splitlines():
        code, names = line.split(" ", 1)
        for city in names.split(","):
            english, *others = city.split("=")
            yield from ((name, english, code) for name in (english, *others))
