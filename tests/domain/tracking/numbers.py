"""Parcel numbers from public sources, each with the carrier whose it is.

Origin: `upu` the worked example of UPU S10-12; `tnd` tracking_number_data (MIT, 2026-08), test numbers gathered from
labels and carriers' guides; `paketda` paketda.de, "Prüfziffern-Berechnung für Paketnummern"; `shape` made up after a
carrier's description, where no check digit is documented.
"""

from __future__ import annotations

SAMPLES = [
    ("tnd", "1Z5R89390357567127", "ups"),
    ("tnd", "1Z879E930346834440", "ups"),
    ("tnd", "1Z410E7W0392751591", "ups"),
    ("tnd", "1ZXX3150YW44070023", "ups"),
    ("tnd", "K1506235620", "ups"),
    ("tnd", "986578788855", "fedex"),
    ("tnd", "477179081230", "fedex"),
    ("tnd", "041441760228964", "fedex"),
    ("tnd", "9611020987654312345672", "fedex"),
    ("tnd", "1001921334250001000300779017972697", "fedex"),
    ("tnd", "9622001900000000000000776632517510", "fedex"),
    ("tnd", "9400111206206406260787", "usps"),
    ("tnd", "420787459400111206206406260787", "usps"),
    ("tnd", "4201002334249200190132607600833457", "usps"),
    ("tnd", "92748931507708513018050063", "usps"),
    ("tnd", "9505511069605048600624", "usps"),
    ("tnd", "03071790000523483741", "usps"),
    ("tnd", "71969010756003077385", "usps"),
    ("tnd", "3318810025", "dhl"),
    ("tnd", "8487135506", "dhl"),
    ("tnd", "JJD0099999999", "dhl"),
    ("tnd", "JVGL0999999990", "dhl"),
    ("tnd", "GM2951173225174494", "dhl"),
    ("paketda", "00340433836442636597", "dhl"),
    ("paketda", "JJD1410302937991", "dhl"),
    ("tnd", "09980000020033F", "dpd"),
    ("tnd", "0081827099800000200333502 76C", "dpd"),
    ("paketda", "01015026003653c", "dpd"),
    ("tnd", "JJD0002257639032011", "yodel"),
    ("tnd", "0073938000549297", "canada-post"),
    ("tnd", "C11031500001879", "ontrac"),
    ("tnd", "D10011354453707", "ontrac"),
    ("tnd", "1LS717793482164", "lasership"),
    ("tnd", "TBA010000000000", "amazon"),
    ("tnd", "GFUS01011884214464", "gofo"),
    ("tnd", "LTN74207623N1", "landmark-global"),
    ("tnd", "YT2229521272164446", "yunexpress"),
    ("shape", "4PX3000123456789CN", "4px"),
    ("shape", "LP00123456789012", "cainiao"),
    ("shape", "UG123456785YP", "yanwen"),
    ("shape", "SF1234567890123", "sf-express"),
    ("shape", "3SABCD1234567", "postnl"),
    ("upu", "RR473124829CN", "china-post"),
    ("tnd", "RB123456785GB", "royal-mail"),
    ("tnd", "RB123456785US", "usps"),
    ("tnd", "RB123456785CV", "cape-verde-post"),
]
"""Origin, number, carrier."""

WRONG = [
    "1Z1111111111111111",
    "1A5R89390357567127",
    "K1506235622",
    "9434611206206407667131",
    "9200000000000000000000",
    "4201028200009261290113185417468511",
    "9600000000000000000001",
    "1001901781990001000300617767839438",
    "3318810010",
    "RB123456786US",
    "RB123456785XX",
    "TBA50288727400A",
    "YT123456789012345",
]
"""Numbers that tracking_number_data lists as nobody's of the shape, and no other carrier here counts so many."""
