"""The few cryptographic operations Siteweek uses, and the only module that names the library.

It decides nothing: no parameters, labels or formats, which belong to the modules that use it.
A seal that doesn't open raises ``BrokenSealError``; what that means is for the caller to say.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import constant_time, hashes, hmac, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

KEY_SIZE: Final = 32
NONCE_SIZE: Final = 12
TAG_SIZE: Final = 16
MAC_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64
SIGNING_PUBLIC_SIZE: Final = 32
MLKEM_SEED_SIZE: Final = 64
# ML-KEM-768's public key (1,184 bytes, FIPS 203) and X25519's (32, RFC 7748), in that order.
KEM_PUBLIC_SIZE: Final = 1216
_MLKEM_PUBLIC_SIZE: Final = 1184
# One suite, never negotiated (RFC 9180; ML-KEM-768 with X25519 against recorded traffic).
_HPKE: Final = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


class BrokenSealError(Exception):
    """A sealed message doesn't open: wrong key, wrong nonce, wrong context or altered bytes."""


def random_bytes(count: int) -> bytes:
    """Return ``count`` bytes from the operating system's generator, the only source used."""
    return os.urandom(count)


def argon2id(
    secret: bytes, salt: bytes, *, memory_kib: int, passes: int, lanes: int, length: int = KEY_SIZE
) -> bytes:
    """Return Argon2id, version 1.3, of ``secret`` (RFC 9106).

    Raises:
        MemoryError: there is not enough free memory for ``memory_kib``.
        ValueError: parameters that Argon2 itself doesn't allow.

    """
    kdf = Argon2id(salt=salt, length=length, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(secret)


def hkdf_sha256(secret: bytes, *, salt: bytes, label: bytes, length: int = KEY_SIZE) -> bytes:
    """Return a key for the one purpose that ``label`` names (RFC 5869, extract and expand).

    ``secret`` must already be hard to guess: a passphrase goes through ``argon2id`` first.
    """
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=label).derive(secret)


def aes256_gcm_seal(key: bytes, nonce: bytes, plaintext: bytes, context: bytes) -> bytes:
    """Return ``plaintext`` encrypted, with its 16-byte tag at the end; ``context`` is bound to it.

    The nonce must never have been used with this key before (NIST SP 800-38D, section 8).
    """
    return AESGCM(_of_size(key, KEY_SIZE)).encrypt(_of_size(nonce, NONCE_SIZE), plaintext, context)


def aes256_gcm_open(key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
    """Return what was sealed with this key, nonce and context.

    Raises:
        BrokenSealError: it was not, or was altered since.

    """
    try:
        return AESGCM(_of_size(key, KEY_SIZE)).decrypt(_of_size(nonce, NONCE_SIZE), sealed, context)
    except InvalidTag:
        raise BrokenSealError from None


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """Return the 32-byte HMAC-SHA-256 of ``message`` (RFC 2104)."""
    mac = hmac.HMAC(key, hashes.SHA256())
    mac.update(message)
    return mac.finalize()


def ed25519_public(seed: bytes) -> bytes:
    """Return the public key of a 32-byte private one (RFC 8032)."""
    return (
        Ed25519PrivateKey.from_private_bytes(_of_size(seed, KEY_SIZE))
        .public_key()
        .public_bytes_raw()
    )


def ed25519_sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature of ``message``. It is the same each time (RFC 8032)."""
    return Ed25519PrivateKey.from_private_bytes(_of_size(seed, KEY_SIZE)).sign(message)


def ed25519_verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Do nothing when ``signature`` was made over ``message`` by the private key of ``public``.

    Raises:
        BrokenSealError: it was not, or one of them has the wrong form.

    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BrokenSealError from None


def kem_public(mlkem_seed: bytes, x25519_private: bytes) -> bytes:
    """Return the public keys of a hybrid ML-KEM-768 and X25519 private key, 1,216 bytes."""
    mlkem = MLKEM768PrivateKey.from_seed_bytes(_of_size(mlkem_seed, MLKEM_SEED_SIZE))
    x25519 = X25519PrivateKey.from_private_bytes(_of_size(x25519_private, KEY_SIZE))
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def sha256(message: bytes) -> bytes:
    """Return the 32-byte SHA-256 of ``message`` (FIPS 180-4)."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(message)
    return digest.finalize()


def equal_in_constant_time(one: bytes, other: bytes) -> bool:
    """Whether both are equal, in a time that doesn't tell where they first differ."""
    return constant_time.bytes_eq(one, other)


def _of_size(value: bytes, size: int) -> bytes:
    # The library also takes 16- and 24-byte keys and longer nonces: a slip would weaken silently.
    if len(value) != size:
        raise ValueError(f"expected {size} bytes")
    return value


def cobblestone256_seal(key: bytes, context: bytes, plain: Iterable[bytes]) -> Iterator[bytes]:
    """Yield one Cobblestone-256 stream, part by part, under a salt drawn anew; see FORMAT.md."""
    sealer = Cobblestone256Encryptor(_of_size(key, KEY_SIZE), context)
    for part in plain:
        yield sealer.update(part)
    yield sealer.finalize()


def cobblestone256_open(key: bytes, context: bytes, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what was sealed. Each part is genuine; that none is missing is known at the end only.

    Raises:
        BrokenSealError: wrong key or context, or altered, cut or lengthened.

    """
    opener = Cobblestone256Decryptor(_of_size(key, KEY_SIZE), context)
    try:
        for part in sealed:
            yield opener.update(part)
        yield opener.finalize()
    except InvalidTag:
        raise BrokenSealError from None


def hmac_sha512(key: bytes, message: bytes) -> bytes:
    """Return the 64-byte HMAC-SHA-512 of ``message`` (RFC 2104)."""
    mac = hmac.HMAC(key, hashes.SHA512())
    mac.update(message)
    return mac.finalize()


def pbkdf2_sha512(secret: bytes, salt: bytes, *, rounds: int, length: int = KEY_SIZE) -> bytes:
    """Return PBKDF2 with HMAC-SHA-512 (RFC 8018). For formats made by others; never a passphrase.

    SQLCipher derives one strong key from another by it, so few rounds do no harm there.
    """
    return PBKDF2HMAC(hashes.SHA512(), length, salt, rounds).derive(secret)


def aes256_cbc_open_unauthenticated(key: bytes, iv: bytes, untrusted: bytes) -> bytes:
    """Return what AES-256-CBC makes of these bytes: whole blocks, no padding, nothing vouched for.

    For salvage alone: a damaged block spoils itself and flips bits in the next, no more. Whoever
    calls this finds another proof for each thing they keep.
    """
    decryptor = Cipher(algorithms.AES256(_of_size(key, KEY_SIZE)), modes.CBC(iv)).decryptor()
    return decryptor.update(untrusted) + decryptor.finalize()


def sha512(message: bytes) -> bytes:
    """Return the 64-byte SHA-512 of ``message`` (FIPS 180-4)."""
    digest = hashes.Hash(hashes.SHA512())
    digest.update(message)
    return digest.finalize()


def hkdf_expand_sha512(secret: bytes, label: bytes, length: int = KEY_SIZE) -> bytes:
    """Return a key for the one purpose that ``label`` names, of a secret drawn at random."""
    return HKDFExpand(hashes.SHA512(), length, label).derive(_of_size(secret, KEY_SIZE))


def is_kem_public(public: bytes) -> bool:
    """Whether these 1,216 bytes are public keys that something can be sealed to."""
    try:
        _kem_public_key(public)
    except ValueError:
        return False
    return True


def hpke_seal(plaintext: bytes, public: bytes, info: bytes) -> bytes:
    """Return ``plaintext`` sealed to the holder of a hybrid key; ``info`` is bound to it.

    Base mode: it proves nothing about who sealed it (RFC 9180, section 9.1.1).

    Raises:
        ValueError: that is no public key.

    """
    return _HPKE.encrypt(plaintext, _kem_public_key(public), info)


def hpke_open(sealed: bytes, private: bytes, info: bytes) -> bytes:
    """Return what was sealed to the holder of these 96 private bytes, for this ``info``.

    Raises:
        BrokenSealError: it was not, or was altered since.

    """
    seed, x25519 = private[:MLKEM_SEED_SIZE], private[MLKEM_SEED_SIZE:]
    key = hpke.MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(_of_size(seed, MLKEM_SEED_SIZE)),
        X25519PrivateKey.from_private_bytes(_of_size(x25519, KEY_SIZE)),
    )
    try:
        return _HPKE.decrypt(sealed, key, info)
    except (InvalidTag, ValueError):
        raise BrokenSealError from None


def _kem_public_key(public: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(public) != KEM_PUBLIC_SIZE:
        raise ValueError("a public key of the hybrid KEM is 1,216 bytes")
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_SIZE]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_SIZE:]),
    )
