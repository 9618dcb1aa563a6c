#!/usr/bin/env python3
"""Reads a module. Written from docs/formats/module.md alone, sharing no code with the compiler; standard library only.

In: the module on standard input. Out: JSON: sections, manifest, the data's header, tools, rules and obligations as the
records give them, and what the tool table answers for every name of the manifest. Exit 1 with a line: what is wrong.
"""
import json
import struct
import sys
import zlib

BASE = 65536
MASK = (1 << 64) - 1
OUTCOME_PARTS = "deny approval warn with redact label suspend cancel".split()
KINDS = dict(enumerate("allow deny oblige require_prior require_approval require_grounded budget".split(), 1))
KINDS |= {8: "require_scope", 9: "require_that", 10: "loop", 11: "inspect", 12: "flow", 14: "delegation"}
NAMES = {
    44: "rules", 76: "history", 84: "obligations", 128: "classes", 132: "sources", 144: "length", 152: "B", 156: "P", 160: "O", 164: "E",
    168: "pending_row", 172: "evidence_row", 176: "K", 180: "pending", 184: "evidence", 188: "tokens", 192: "approvals", 204: "most", 332: "S", 344: "items", 348: "item_row", 356: "C", 368: "I", 496: "D", 500: "Q", 372: "attempts", 400: "L",
    408: "flow_row", 412: "values", 416: "value_labels", 432: "stream",
}  # fmt: skip


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


def leb(module, at):
    value = shift = 0
    while True:
        need(at < len(module), "a number is cut short")
        byte = module[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def sections_of(module):
    need(module[:8] == b"\0asm\1\0\0\0", "this is no WebAssembly module")
    at, out = 8, []
    while at < len(module):
        start, number = at, module[at]
        size, at = leb(module, at + 1)
        need(at + size <= len(module), "a section ends behind the file")
        name, body = None, module[at : at + size]
        if number == 0:
            length, begin = leb(body, 0)
            name, body = body[begin : begin + length].decode(), body[begin + length :]
        out.append((start, number, name, body))
        at += size
    return out


def contract_data(body):
    """The last segment: the one that the linker added."""
    count, at = leb(body, 0)
    for i in range(count):
        need(body[at : at + 2] == b"\0\x41", "a segment is not at a fixed place")
        prefix = at
        at += 2
        while body[at] >= 128:
            at += 1
        need(body[at + 1] == 0x0B, "a segment's place is no constant")
        size, begin = leb(body, at + 2)
        at = begin + size
        need(at <= len(body), "a segment is cut short")
        if i == count - 1:
            need(body[prefix : prefix + 6] == bytes.fromhex("00418080040b"), "the last segment is not at 65536")
            need(at == len(body), "something follows the last segment")
            return body[begin:at]
    raise Wrong("there is no segment")


def rotl(x, n):
    return ((x << n) | (x >> (64 - n))) & MASK


def table_hash(text):
    k0, k1, k2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
    h, rest = 0, text
    while len(rest) > 16:
        a, b = struct.unpack_from("<2Q", rest)
        h = rotl((h ^ a) * k1 & MASK, 29) ^ (b * k2 & MASK)
        rest = rest[16:]
    a, b = struct.unpack("<2Q", rest.ljust(16, b"\0"))
    r = ((h ^ a ^ k0) * k1 + (b ^ len(text)) * k2) & MASK
    return (r ^ (r >> 32)) & 0xFFFFFFFF


def read(module):
    sections = sections_of(module)
    start, number, name, body = sections[-1]
    need(number == 0 and name == "thc.crc" and len(body) == 4, "the last section is not `thc.crc`")
    need(struct.unpack("<I", body)[0] == zlib.crc32(module[:start]), "the checksum does not fit")
    by_name = {n: b for _, i, n, b in sections if i == 0}
    manifest = json.loads(by_name["thc.manifest"])
    explain = json.loads(by_name["thc.explain"])
    data = contract_data(next(b for _, i, _, b in sections if i == 11))

    def u32(address):
        return struct.unpack_from("<I", data, address - BASE)[0]

    def u16(address):
        return struct.unpack_from("<H", data, address - BASE)[0]

    def text(address, length):
        end = address - BASE + length
        need(address % 16 == 0 and data[end] == 0, "a string is not aligned, or not padded")
        return data[address - BASE : end].decode()

    def find(table, mask, wanted):
        h = table_hash(wanted.encode())
        i = h & mask
        while True:
            entry_hash, address, length, value, first = struct.unpack_from("<4I16s", data, table - BASE + 32 * i)
            if value == 0:
                return 0
            if entry_hash == h and text(address, length) == wanted:
                need(first == wanted.encode()[:16].ljust(16, b"\0"), "an entry's first bytes are not its string's")
                return value
            i = (i + 1) & mask

    need(u32(BASE) == 0x31434854 and u32(BASE + 4) == 1, "the data does not begin as data does")
    need(u32(BASE + 144) == len(data), "the data has another length than it says")
    header = {written: u32(BASE + offset) for offset, written in NAMES.items()}
    tool_records, rule_records, obligations = u32(BASE + 24), u32(BASE + 40), u32(BASE + 80)
    tools = []
    for i in range(len(manifest["tools"])):
        record = tool_records + 64 * i
        tools.append({"name": text(u32(record + 32), u32(record + 36)), "flags": u32(record + 8), "levels": u32(record + 28)})
    rules = []
    for i in range(header["rules"]):
        record = rule_records + 64 * i
        kind, otherwise = data[record - BASE], data[record - BASE + 1]
        numbers = [u32(u32(record + 8) + 4 * k) for k in range(u32(record + 12))]
        rules.append({
            "name": text(u32(record + 20), u32(record + 24)),
            "kind": KINDS[kind],
            "otherwise": [word for i, word in enumerate(OUTCOME_PARTS) if otherwise >> i & 1],
            "obligations": numbers,
            "approval": u32(record + 16) != 0,
        })  # fmt: skip
    inspection = u32(BASE + 424)
    found_by_automaton = []
    for i in range(u32(inspection + 12) if inspection else 0):
        row = u32(inspection + 8) + 32 * i
        length, flags = data[row + 4 - BASE], data[row + 5 - BASE]
        literal = text(u32(row + 8), length)
        state, lower = 0, literal.lower().encode()
        for byte in lower:
            state = step(u32, u16, data, inspection, state, byte)
        ends, number = [], u16(u32(inspection) + 16 * state + 4)
        while number:
            ends.append(number - 1)
            number = u16(u32(inspection + 8) + 32 * (number - 1) + 2)
        need(i in ends, "a pattern does not end where its literal leads")
        found_by_automaton.append([literal, u16(row), flags])
    return {
        "sections": [[i, n] for _, i, n, _ in sections],
        "manifest": manifest,
        "explained": len(explain["rules"]),
        "contract_digest": data[96:128].hex(),
        "header": {**header, "V": (header["evidence_row"] - 64 - 16 * header["K"]) // 24},
        "tools": tools,
        "found": [find(u32(BASE + 16), u32(BASE + 20), name) for name in [*manifest["tools"], "no such tool at all"]],
        "stop_words": find(u32(BASE + 136), u32(BASE + 140), "the"),
        "rules": rules,
        "patterns": found_by_automaton,
        "obligations": [u32(obligations + 16 * i) for i in range(header["obligations"])],
    }


def step(u32, u16, data, inspection, state, byte):
    """The automaton's next state (docs/formats/module.md, "Inspection")."""
    states, root = u32(inspection), u32(inspection + 4)
    while True:
        if state == 0:
            return u16(root + 2 * byte)
        record = states + 16 * state
        for k in range(u16(record + 6)):
            edge = u32(record + 8) + 4 * k
            if data[edge - BASE] == byte:
                return u16(edge + 2)
        state = u16(record)


def main():
    try:
        json.dump(read(sys.stdin.buffer.read()), sys.stdout)
    except (Wrong, struct.error, IndexError, KeyError, StopIteration, ValueError) as e:
        print(f"{e}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
