"""Reads docs/formats/pin.md: a list of tools on standard input, its pin and the digests of its definitions as JSON on standard output.

Written from the page alone. Exit code 1 and a word for a list that is refused.
"""
import hashlib
import json
import re
import sys

HIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")


def refuse(why):
    sys.stderr.write(why + "\n")
    sys.exit(1)


def once(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        refuse("duplicate member")
    return dict(pairs)


def number(text):
    value = float(text)
    if value in (float("inf"), float("-inf")):
        refuse("number out of range")
    return value


def canonical(value):
    """RFC 8785."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(string(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return string(value) if isinstance(value, str) else shortest(value)


def string(text):
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        refuse("half a surrogate pair")
    return json.dumps(text, ensure_ascii=False)


def shortest(value):
    """As ECMAScript writes a double: Python finds the same digits and places the point elsewhere."""
    if value == 0:
        return "0"
    sign, value = ("-", -value) if value < 0 else ("", value)
    mantissa, exponent = ("%r" % value).lower(), 0
    if "e" in mantissa:
        mantissa, power = mantissa.split("e")
        exponent = int(power)
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + exponent - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    n = len(digits)
    if n <= point <= 21:
        return sign + digits + "0" * (point - n)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    tail = digits[0] + ("." + digits[1:] if n > 1 else "")
    return sign + tail + "e" + ("+" if power > 0 else "-") + str(abs(power))


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def main():
    text = sys.stdin.buffer.read().decode("utf-8-sig")
    try:
        value = json.loads(text, object_pairs_hook=once, parse_float=number, parse_int=number, parse_constant=lambda _: refuse("no JSON"))
    except ValueError:
        refuse("no JSON")
    if isinstance(value, dict):
        value = value["result"].get("tools") if isinstance(value.get("result"), dict) else value.get("tools")
    if not isinstance(value, list) or not value:
        refuse("no list of tools")
    digests = {}
    for tool in value:
        name = tool.get("name") if isinstance(tool, dict) else None
        if not isinstance(name, str) or not name or name in digests:
            refuse("a name")
        if HIDDEN.search(name) or re.search("[`\n\r\t]", name) or name.strip() != name:
            refuse("a name")
        digests[name] = sha256(canonical(tool))
    json.dump({"pin": "sha256:" + sha256(canonical(digests)), "definitions": digests}, sys.stdout)


main()
