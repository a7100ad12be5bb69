"""Keccak-256, as Ethereum uses it: SHA-3 before its padding was changed, which is why hashlib has none."""

from __future__ import annotations

_MASK = (1 << 64) - 1
_RATE = 136  # bytes absorbed at a time: 1600 bits of state less twice the 256 of the digest
_ROUNDS = 24


def _constants() -> list[int]:
    """Return the round constants: bits of a linear feedback shift register over x^8 + x^6 + x^5 + x^4 + 1."""
    register, constants = 1, []
    for _ in range(_ROUNDS):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


_CONSTANTS = _constants()


def _rotate(lane: int, by: int) -> int:
    return (lane << by | lane >> (64 - by)) & _MASK if by else lane


def _permute(state: list[list[int]]) -> None:
    for constant in _CONSTANTS:
        parity = [column[0] ^ column[1] ^ column[2] ^ column[3] ^ column[4] for column in state]
        for x in range(5):
            mixed = parity[x - 1] ^ _rotate(parity[(x + 1) % 5], 1)
            state[x] = [lane ^ mixed for lane in state[x]]
        x, y, carried = 1, 0, state[1][0]
        for step in range(24):  # rho and pi: every lane but the first moves and turns by the triangular numbers
            x, y = y, (2 * x + 3 * y) % 5
            carried, state[x][y] = state[x][y], _rotate(carried, (step + 1) * (step + 2) // 2 % 64)
        for y in range(5):
            row = [state[x][y] for x in range(5)]
            for x in range(5):
                state[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5] & _MASK)
        state[0][0] ^= constant


def keccak256(data: bytes) -> bytes:
    """Return the 32-byte Keccak-256 digest."""
    state = [[0] * 5 for _ in range(5)]
    padded = bytearray(data + b"\x01" + b"\0" * (-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            word = int.from_bytes(padded[start + 8 * lane : start + 8 * lane + 8], "little")
            state[lane % 5][lane // 5] ^= word
        _permute(state)
    return b"".join(state[lane][0].to_bytes(8, "little") for lane in range(4))
