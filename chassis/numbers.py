"""Check digits of the numbers that people read and spell on the telephone (ISO 7064 MOD 11,10: digits only)."""


def check_digit(digits: str) -> str:
    """The last digit that makes the number valid: every single wrong digit and nearly every swap is noticed."""
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def is_valid(number: str) -> bool:
    """Whether the last digit is the check digit of those before it; dashes do not count."""
    digits = number.replace("-", "")
    return len(digits) > 1 and digits.isascii() and digits.isdigit() and check_digit(digits[:-1]) == digits[-1]
