"""Tokens of learners and instructors, which the server signs, and codes that take work to another device."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, URLSafeSerializer

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SECRET_VARIABLE = "COURSE_QUIZ_SECRET"  # noqa: S105 - a variable's name
SHORTEST_SECRET = 16
"""Characters that a secret must have."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


class SecretFault(Exception):  # noqa: N818 - a fault of the place, as findings are faults of chapters
    """There is no usable secret: says why and what to do."""


@dataclass(frozen=True)
class Instructor:
    """Who an instructor's token names, and until when (seconds since 1970) it holds."""

    name: str
    until: int


class Tokens:
    """Makes and reads tokens. Whoever knows the secret can make them."""

    def __init__(self, secret: str) -> None:
        digest = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._learners = URLSafeSerializer(secret, salt="learner", signer_kwargs=digest)
        self._instructors = URLSafeSerializer(secret, salt="instructor", signer_kwargs=digest)
        self._codes = hmac.digest(secret.encode(), b"device code", "sha256")

    def learner_token(self, learner: str) -> str:
        """Give a learner's token."""
        return _text(self._learners.dumps(learner))

    def learner(self, token: str) -> str:
        """Give the learner's id in a token, empty for what is no token of ours."""
        value = _loaded(self._learners, token)
        return value if isinstance(value, str) else ""

    def instructor_token(self, instructor: Instructor) -> str:
        """Give an instructor's token."""
        return _text(self._instructors.dumps([instructor.name, instructor.until]))

    def instructor(self, token: str, now: datetime) -> Instructor | None:
        """Give who a token names, `None` if it is not ours or has ended."""
        match _loaded(self._instructors, token):
            case [str(name), int(until)] if now.timestamp() < until:
                return Instructor(name, until)
        return None

    def code_digest(self, code: str) -> str:
        """Give a device code as it is stored: the code itself is not."""
        return hmac.new(self._codes, plain_code(code).encode(), "sha256").hexdigest()


def new_learner() -> str:
    """Give an id that nobody has."""
    return secrets.token_hex(16)


def new_code() -> str:
    """Give a code of 60 bits that is easy to copy, such as `4F7K-9QX2-B3ZT`."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
    return "-".join(signs[at : at + 4] for at in range(0, _CODE_LENGTH, 4))


def plain_code(code: str) -> str:
    """Give a code without what people change when they copy it."""
    return code.strip().upper().translate(_ALIKE)


def secret_of(path: Path | None) -> str:
    """Give the secret: that of the environment, else that in a file, which is made if it is missing.

    Args:
        path: the file, readable for its owner alone; `None` where there is no place for one.

    Raises:
        SecretFault: It is too short, others can read the file, or there is no place for one.
        OSError: The file can be neither read nor made.
    """
    given = os.environ.get(SECRET_VARIABLE, "")
    if given:
        return _long_enough(given, f"the environment's `{SECRET_VARIABLE}`")
    if path is None:
        raise SecretFault(f"there is no secret: set `{SECRET_VARIABLE}`, or name a file with `--secret`")
    if not path.exists():
        _make(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise SecretFault(
            f"others can read the secret in `{path}`: `chmod 600` it, and better make a new one"
        )
    return _long_enough(path.read_text(encoding="utf-8").strip(), f"`{path}`")


def _make(path: Path) -> None:
    """Write a new secret so that it is there whole or not at all; who comes second takes the first one's."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)


def _long_enough(secret: str, where: str) -> str:
    if len(secret) < SHORTEST_SECRET:
        raise SecretFault(f"the secret in {where} is shorter than {SHORTEST_SECRET} characters")
    return secret


def _loaded(serializer: URLSafeSerializer, token: str) -> object:
    try:
        return serializer.loads(token)
    except (BadSignature, ValueError):
        return None


def _text(token: str | bytes) -> str:
    return token if isinstance(token, str) else token.decode()
