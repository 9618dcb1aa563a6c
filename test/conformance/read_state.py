#!/usr/bin/env python3
"""Reads a state blob. Written from docs/formats/state.md alone, sharing no code with the kernel; standard library only.

In: JSON on standard input, {"shape": {"B","C","P","O","E","I","K","V","L","S","R","W","D","Q","counters": {ledger: [window]}}, "capacities": {"pending","approvals","evidence","tokens"},
"contract_digest", "session", "key", "ledger_key", "ids": {ledger: id, "delegators": [{ledger: id}]}, "states": [hex], "names": [[domain, text] or ["used", rule, text] or ["token", kind, source, text] or ["echo", class, text] or ["row key", name, …] or ["call", principal, id]]}.
Out: a JSON list; per blob {"fault": n} or its contents, hashes replaced by `domain:text` where a name gives them.
"""
import json
import struct
import sys

MASK = (1 << 64) - 1


def rotl(x, n):
    return ((x << n) | (x >> (64 - n))) & MASK


def xxh64(data, seed):
    p1, p2, p3 = 0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
    p4, p5 = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5

    def lane(acc, word):
        return rotl((acc + word * p2) & MASK, 31) * p1 & MASK

    at = 0
    if len(data) >= 32:
        lanes = [(seed + p1 + p2) & MASK, (seed + p2) & MASK, seed, (seed - p1) & MASK]
        while at + 32 <= len(data):
            lanes = [lane(acc, word) for acc, word in zip(lanes, struct.unpack_from("<4Q", data, at))]
            at += 32
        h = sum(rotl(acc, n) for acc, n in zip(lanes, (1, 7, 12, 18))) & MASK
        for acc in lanes:
            h = ((h ^ lane(0, acc)) * p1 + p4) & MASK
    else:
        h = (seed + p5) & MASK
    h = (h + len(data)) & MASK
    while at + 8 <= len(data):
        h = (rotl(h ^ lane(0, struct.unpack_from("<Q", data, at)[0]), 27) * p1 + p4) & MASK
        at += 8
    if at + 4 <= len(data):
        h = (rotl(h ^ (struct.unpack_from("<I", data, at)[0] * p1 & MASK), 23) * p2 + p3) & MASK
        at += 4
    for byte in data[at:]:
        h = rotl(h ^ (byte * p5 & MASK), 11) * p1 & MASK
    h = (h ^ (h >> 33)) * p2 & MASK
    h = (h ^ (h >> 29)) * p3 & MASK
    return h ^ (h >> 32)


def siphash128(key, data):
    k0, k1 = struct.unpack("<2Q", key)
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D ^ 0xEE, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]

    def rounds(n):
        for _ in range(n):
            v[0] = (v[0] + v[1]) & MASK
            v[1] = rotl(v[1], 13) ^ v[0]
            v[0] = rotl(v[0], 32)
            v[2] = (v[2] + v[3]) & MASK
            v[3] = rotl(v[3], 16) ^ v[2]
            v[0] = (v[0] + v[3]) & MASK
            v[3] = rotl(v[3], 21) ^ v[0]
            v[2] = (v[2] + v[1]) & MASK
            v[1] = rotl(v[1], 17) ^ v[2]
            v[2] = rotl(v[2], 32)

    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) & 255])
    for (word,) in struct.iter_unpack("<Q", padded):
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xEE
    rounds(4)
    first = v[0] ^ v[1] ^ v[2] ^ v[3]
    v[1] ^= 0xDD
    rounds(4)
    return struct.pack("<2Q", first, v[0] ^ v[1] ^ v[2] ^ v[3])


def domain_bytes(key, name):
    """The eight bytes of a domain, and how the name is written."""
    if name[0] == "used":
        return struct.pack("<I", name[1]) + b"used", f"used {name[1]}:{name[2]}"
    if name[0] == "token":
        return struct.pack("<BH", name[1], name[2]) + b"token", f"{name[1]} {name[2]}:{name[3]}"
    if name[0] == "value":
        return struct.pack("<B", name[1]) + b"value\0\0", f"value {name[1]}:{name[2]}"
    if name[0] == "echo":
        return b"echo" + struct.pack("<I", name[1]), f"echo {name[1]}:{name[2]}"
    if name[0] == "call":
        return siphash128(key, b"call\0\0\0\0" + name[1].encode())[:8], f"call {name[1]}:{name[2]}"
    return name[0].encode().ljust(8, b"\0"), f"{name[0]}:{name[1]}"


def hashed(key, name):
    """A name's hash, and how it is written; a `row key` is over the hashes of its parts."""
    if name[0] == "row key":
        parts = [hashed(key, part) for part in name[1:]]
        return siphash128(key, b"row key\0" + b"".join(part for part, _ in parts)), "row key:" + ", ".join(w for _, w in parts)
    domain, written = domain_bytes(key, name)
    return siphash128(key, domain + name[-1].encode()), written


def head(blob, least, digest, bound, ledger):
    """The fault of a header, 0 when there is none."""
    if len(blob) < least:
        return 1
    magic, format_, checksum = struct.unpack_from("<IIQ", blob)
    if magic != 0x53434854:
        return 2
    if format_ != 2:
        return 3
    if blob[16:32] != digest[:16]:
        return 4
    if checksum != xxh64(blob[16:], struct.unpack_from("<Q", digest)[0]):
        return 5
    if blob[32:48] != bound or struct.unpack_from("<I", blob, 76)[0] != ledger:
        return 6
    return 0


SIZES = {"none": 8, "turn": 16, "day": 16, "week": 16, "month": 16, "rolling": 504}


def read_counters(data, windows):
    """Per counter its units; with a window the period and its units, or the buckets that hold any by their number."""
    found, at = [], 0
    for window in windows:
        words = struct.unpack_from(f"<{SIZES[window] // 8}q", data, at)
        at += SIZES[window]
        if window == "none":
            found.append(words[0])
        elif window != "rolling":
            found.append([words[0] - 1, words[1]] if words[0] else None)
        else:
            newest = words[0] - 1
            buckets = {str(i): words[2 + i % 61] for i in range(max(0, newest - 60), newest + 1) if words[2 + i % 61]}
            assert sum(buckets.values()) == words[1], "a sum that is not that of its buckets"
            found.append(buckets)
    return found


def bound_to(name, given, ids=None):
    """The hash of a ledger's id."""
    id_ = (given["ids"] if ids is None else ids).get(name, "")
    return siphash128(bytes.fromhex(given["ledger_key"]), name.encode().ljust(8, b"\0") + id_.encode())


def word_of(word, name, given):
    """The id of which a pending row keeps eight bytes, as far as it is known."""
    if word == bytes(8):
        return None
    known = (ids for ids in (given["ids"], *given["ids"].get("delegators", [])) if name in ids)
    return next((ids[name] for ids in known if word == bound_to(name, given, ids)[:8]), word.hex())


LEDGERS = ("session", "run", "agent", "team", "global")


def read_bundle(blob, given, known):
    """The session's blob, or all of a bundle."""
    magic = struct.unpack_from("<I", blob)[0] if len(blob) >= 24 else 0
    if magic not in (0x42434854, 0x44434854):
        return read(blob, given, known)
    (chain,) = struct.unpack_from("<I", blob, 4) if magic == 0x44434854 else (0,)
    start = 8 if magic == 0x44434854 else 4
    lengths = struct.unpack_from(f"<{5 + 2 * chain}I", blob, start)
    found, at = {"delegators": [{} for _ in range(chain)]} if magic == 0x44434854 else {}, start + 4 * len(lengths)
    places = [(found, number, name, given["ids"]) for number, name in enumerate(LEDGERS)]
    for n in range(chain):
        places += [(found["delegators"][n], LEDGERS.index(name), name, delegator(given, n)) for name in ("agent", "team")]
    for (to, number, name, ids), length in zip(places, lengths):
        if length == 0xFFFFFFFF:
            continue
        part = blob[at : at + length]
        at += length
        if not part:
            to[name] = None
        elif number == 0:
            to[name] = read(part, given, known)
        else:
            to[name] = read_ledger(part, number, name, given, ids)
    return found


def delegator(given, n):
    """The ids of one; the blobs of more than a chain has are new ones."""
    all_ = given["ids"].get("delegators", [])
    return all_[n] if n < len(all_) else {}


def read_ledger(blob, number, name, given, ids):
    digest, windows = bytes.fromhex(given["contract_digest"]), given["shape"]["counters"][name]
    size = 80 + sum(SIZES[w] for w in windows)
    fault = head(blob, size, digest, bound_to(name, given, ids), number) or (7 if len(blob) != size else 0)
    if fault:
        return {"fault": fault}
    latest, flags = struct.unpack_from("<Q", blob, 48)[0], struct.unpack_from("<I", blob, 68)[0]
    return {"latest": latest, "suspended": bool(flags & 4), "counters": read_counters(blob[80:], windows)}


def read(blob, given, known):
    shape, capacities = given["shape"], given["capacities"]
    digest = bytes.fromhex(given["contract_digest"])
    budgets, obligations, origins = shape["B"], shape["O"], shape["E"]
    forgotten = (shape["P"] + 63) // 64 * 8
    marks = (shape["S"] + 1) // 2 * 8
    labels = 16 + 8 * shape["L"] if shape["L"] else 0
    counters = shape["C"]
    key = bytes.fromhex(given["key"])
    bound = siphash128(key, b"session\0" + given["session"].encode())
    fault = head(blob, 80 + counters + forgotten + marks + labels, digest, bound, 0)
    if fault:
        return {"fault": fault}
    latest, sequence, *counts, flags, items, values, attempts = struct.unpack_from("<QI4HHH2H", blob, 48)
    counts += [values, attempts, items]
    sizes = [
        56 + obligations + 8 * budgets + origins + shape["F"] + (16 if shape["I"] else 0) + shape["D"] * (16 + 8 * shape["Q"]) + shape["W"],
        32,
        64 + 16 * shape["K"] + 24 * shape["V"],
        16,
        16,
        16,
        32 + 24 * shape["R"],
    ]
    most = [capacities[name] for name in ("pending", "approvals", "evidence", "tokens", "values", "attempts", "items")]
    length = 80 + counters + forgotten + marks + labels + sum(n * size for n, size in zip(counts, sizes))
    if any(n > m for n, m in zip(counts, most)) or len(blob) != length:
        return {"fault": 7}

    def named(hash_):
        return None if hash_ == bytes(16) else known.get(hash_, hash_.hex())

    def short(start):
        return next((written for hash_, written in known.items() if hash_[:8] == start), start.hex())

    def token(row):
        kind = row[15]
        if kind == 9:
            written = known.get(row[:12] + bytes(3) + row[15:], row.hex())
            return f"{written} for {[i for i in range(24) if int.from_bytes(row[12:15], 'little') >> i & 1]}"
        if kind == 11:
            return known.get(row[:14] + bytes(1) + row[15:], row.hex()) + (" echoed" if row[14] else "")
        return known.get(row, row.hex())

    at = 80
    used = read_counters(blob[at : at + counters], shape["counters"]["session"])
    at += counters
    bits = int.from_bytes(blob[at : at + forgotten], "little")
    at += forgotten
    since = struct.unpack_from(f"<{shape['S']}I", blob, at)
    at += marks
    words = struct.unpack_from(f"<{labels // 8}Q", blob, at)
    at += labels
    given_by = {
        i: None if words[1] >> i & 1 else words[2 + i] for i in range(shape["L"]) if words[0] >> i & 1
    }
    tables = []
    for n, size in zip(counts, sizes):
        tables.append([blob[at + i * size : at + (i + 1) * size] for i in range(n)])
        at += n * size

    def stream(part):
        if not part:
            return {}
        length, end = struct.unpack_from("<HB", part)
        assert part[3:8] == bytes(5) and part[8 + length :] == bytes(512 - length)
        return {"held": part[8 : 8 + length].decode(), "end": end}

    def pending(row):
        time, turn, tool, has_turn, outcome, echoes, _ = struct.unpack_from("<QQIBBBB", row, 32)
        behind = 56 + obligations + 8 * budgets
        return {
            "call": named(row[:16]),
            "action": row[16:32].hex(),
            "time": time,
            "turn": turn if has_turn else None,
            "tool": tool,
            "outcome": outcome,
            "obligations": [i for i in range(8 * obligations) if row[56 + i // 8] >> (i % 8) & 1],
            "reserved": list(struct.unpack_from(f"<{budgets}q", row, 56 + obligations)),
            **stream(row[sizes[0] - shape["W"] :]),
            **({"carries": list(struct.unpack_from("<2Q", row, behind + origins))} if shape["F"] else {}),
            **({name: word_of(row[behind + origins + shape["F"] + at :][:8], name, given) for name, at in (("run", 0), ("team", 8))} if shape["I"] else {}),
            **({"for": reserved_for(row, behind + origins + shape["F"] + (16 if shape["I"] else 0))} if shape["D"] else {}),
            **({"named": struct.unpack_from("<I", row, behind)[0]} if origins else {}),
            "echoes": None if echoes == 255 else [short(row[behind + 8 + 8 * i :][:8]) for i in range(echoes)],
        }

    def reserved_for(row, at):
        size = 16 + 8 * shape["Q"]
        return [
            {
                "agent": word_of(row[here : here + 8], "agent", given),
                "team": word_of(row[here + 8 : here + 16], "team", given),
                "reserved": list(struct.unpack_from(f"<{shape['Q']}q", row, here + 16)),
            }
            for here in range(at, at + shape["D"] * size, size)
        ]

    def approval(row):
        (expires,) = struct.unpack_from("<Q", row, 16)
        return {"approval": named(row[:16]), "expires": None if expires == MASK else expires}

    def value(cell, state):
        if state != 1:
            return ("absent", "", "unknown")[state]
        digits, exponent = struct.unpack_from("<qi", cell)
        is_number = struct.unpack_from("<I", cell, 20)[0] == 1
        return [digits, exponent] if is_number else named(cell[:16])

    def value_row(row):
        seen = {hash_[:8]: text for hash_, text in known.items()}
        return [seen.get(row[:8], row[:8].hex()), struct.unpack_from("<Q", row, 8)[0]]

    def evidence(row):
        rule, tool, status, has_turn, listed, _, number = struct.unpack_from("<IIBBBBI", row)
        time, turn = struct.unpack_from("<QQ", row, 16)
        key_states, value_states = struct.unpack_from("<II", row, 48)
        made = struct.unpack_from("<I", row, 56)[0]
        cells = 64 + 16 * shape["K"]
        return {
            "rule": rule,
            "tool": tool,
            "status": {1: "pending", 2: "ok"}[status],
            "sequence": number,
            "made": made,
            **({"rows": ("absent", "known", "unknown")[listed]} if capacities["items"] else {}),
            "time": time,
            "turn": turn if has_turn else None,
            "call": named(row[32:48]),
            "keys": [
                named(row[64 + 16 * i :][:16]) if (state := key_states >> (2 * i) & 3) == 1 else (None, 1, "unknown")[state]
                for i in range(shape["K"])
            ],
            "values": [value(row[cells + 24 * i :], value_states >> (2 * i) & 3) for i in range(shape["V"])],
        }

    def item(row):
        owner, rule, index, part, state = struct.unpack_from("<IHHBB", row)
        (states,) = struct.unpack_from("<I", row, 12)
        return {
            "row": owner,
            "rule": [rule, index],
            "of": "rows" if part == 255 else part,
            "key": named(row[16:32]) if state == 1 else "unknown",
            "values": [value(row[32 + 24 * i :], states >> (2 * i) & 3) for i in range(shape["R"])],
        }

    def attempt(row):
        tool, state = struct.unpack_from("<II", row, 8)
        words = {hash_[:8]: name for hash_, name in known.items()}
        arguments = None if state & 2 else words.get(row[:8], row[:8].hex())
        return {"tool": tool, "arguments": arguments, "denied": bool(state & 1)}

    return {
        "marks_forgotten": bool(flags & 1),
        "latest": latest,
        "sequence": sequence,
        "budgets": used,
        **({"labels": {str(i): turn for i, turn in given_by.items()}} if labels else {}),
        "forgotten": [i for i in range(shape["P"]) if bits >> i & 1],
        "pending": [pending(row) for row in tables[0]],
        "approvals": [approval(row) for row in tables[1]],
        "evidence": [evidence(row) for row in tables[2]],
        # the last byte of a token's hash gives way to its kind
        "tokens": [token(row) for row in tables[3]],
        **({"values": [value_row(row) for row in tables[4]], "values_full": bool(flags & 2)} if shape["F"] else {}),
        **({"attempts": [attempt(row) for row in tables[5]]} if capacities["attempts"] else {}),
        **({"items": [item(row) for row in tables[6]]} if capacities["items"] else {}),
        **({"since": list(since)} if since else {}),
        **({"suspended": True} if flags & 4 else {}),
    }


def main():
    given = json.load(sys.stdin)
    key = bytes.fromhex(given["key"])
    known = {}
    for name in given["names"]:
        hash_, written = hashed(key, name)
        if name[0] == "token":
            kept = {9: 12, 11: 14}.get(name[1], 15)
            hash_ = hash_[:kept] + bytes(15 - kept) + bytes([name[1]])
        known[hash_] = written
    json.dump([read_bundle(bytes.fromhex(state), given, known) for state in given["states"]], sys.stdout)


if __name__ == "__main__":
    main()
