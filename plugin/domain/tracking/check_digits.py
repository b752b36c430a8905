"""Check digits of parcel numbers: what the last character must be, given the ones before it.

Each says where it is documented. A check that only "holds" proves little by itself: one number in ten passes by chance.
"""

from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_S10_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)
_FEDEX_WEIGHTS: Final = (1, 3, 7)


def s10(serial: str) -> str:
    """The check digit of a postal item's eight digits. Source: UPU standard S10-12, 5.2."""
    total = sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return str({10: 0, 11: 5}.get(rest, rest))


def gs1(digits: str) -> str:
    """Modulo 10 with weights 3 and 1 from the right. Source: GS1 General Specifications, 7.9.

    SSCC, USPS (Publication 199, appendix on IMpb), FedEx Ground (label layout specification) and Canada Post use it.
    """
    return str(-sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits))) % 10)


def ups(characters: str) -> str:
    """The check digit of what follows `1Z`: every second one doubled, letters counting as 2 (A), 3 (B), … 9, 0, 1.

    Source: UPS Guide to Labeling, "UPS tracking number"; OnTrac's numbers follow it, their first letter included.
    """
    values = (int(each) if each.isdigit() else (ord(each) - 3) % 10 for each in characters)
    return str(-sum(value * (1, 2)[place % 2] for place, value in enumerate(values)) % 10)


def fedex(digits: str) -> str:
    """Weights 1, 3, 7 from the right, modulo 11, a rest of 10 being 0. Source: FedEx Express label specification."""
    total = sum(int(digit) * _FEDEX_WEIGHTS[place % 3] for place, digit in enumerate(reversed(digits)))
    return str(total % 11 % 10)


def modulo_7(digits: str) -> str:
    """The rest of a division by seven. Source: IATA Resolution 600a, as DHL Express numbers its waybills."""
    return str(int(digits) % 7)


def identcode(digits: str) -> str:
    """Modulo 10 with weights 4 and 9. Source: Deutsche Post, Identcode and Leitcode (as implemented in BWIPP)."""
    return str(-sum(int(digit) * (4, 9)[place % 2] for place, digit in enumerate(digits)) % 10)


def gls(digits: str) -> str:
    """Weights 3 and 1 from the left, one more than their sum, modulo 10.

    Source: GLS Germany, Uni-Box, technical documentation 2D V01.10 (2012), 3.2.1, as paketda.de and users of GLS's
    service have it; no number with its check digit is published by GLS.
    """
    return str(-(1 + sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(digits))) % 10)


def luhn(digits: str) -> str:
    """Every second digit doubled, its digits added up. Source: ISO/IEC 7812-1, annex B."""
    doubled = (int(digit) * (2, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def modulo_37_36(characters: str) -> str:
    """The check character of digits and letters. Source: ISO/IEC 7064 MOD 37,36; DPD Parcel Label Specification 2.4."""
    rest = 36
    for each in characters:
        rest = (rest + _ALPHABET.index(each)) % 36 or 36
        rest = rest * 2 % 37
    return _ALPHABET[(1 - rest) % 36]
