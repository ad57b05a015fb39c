"""Settings from the environment (or `.env`), prefix `JOLDOSH_`. Read once, in `bot.app`; no
room reads the environment.
"""

import os
import secrets
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

_LEAST_SECRET_CHARACTERS = 16


class Settings(BaseSettings):
    """Every setting has a default but the token: `joldosh demo` needs none of them."""

    model_config = SettingsConfigDict(
        env_prefix="JOLDOSH_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    bot_token: SecretStr | None = Field(None, description="Token of the bot, from BotFather")
    telegram_api: str = Field(
        "https://api.telegram.org", description="Base address of the Bot API server"
    )
    proxy: str | None = Field(None, description="Proxy for calls to the Bot API server")
    webhook_url: str | None = Field(
        None, description="Public base address of this service; set: webhook, unset: polling"
    )
    webhook_secret: SecretStr | None = Field(
        None, description="Secret token of the webhook; made from the secret key when unset"
    )
    listen: str = Field("127.0.0.1:8080", description="Address and port of the web server")
    database_url: SecretStr = Field(
        SecretStr("sqlite:///var/joldosh.db"), description="SQLite or PostgreSQL"
    )
    redis_url: SecretStr | None = Field(
        None, description="Redis for conversation state and locks, needed by several replicas"
    )
    content_dir: Path = Field(Path("content"), description="Folder of the guidance")
    content_remote: str | None = Field(
        None,
        description="Name of the git remote that the guidance is pulled from and pushed to, such as origin",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Key of the hashes that stand for persons; kept in var/secret-key when unset",
    )
    search_by_meaning: bool = Field(
        True, description="Also search by meaning: 100 MB of memory more; false: by words alone"
    )
    cache_dir: Path = Field(
        Path("var/cache"), description="Folder of what can be made again, such as vectors of texts"
    )
    keep_unanswered: bool = Field(
        True,
        description="Keep questions without an answer for staff, masked and without the person",
    )
    admins: Annotated[tuple[int, ...], NoDecode] = Field((), description="Telegram ids of admins")
    desk_chat: int | None = Field(None, description="Forum group of the operators")

    @field_validator("admins", mode="before")
    @classmethod
    def _split_admins(cls, value: object) -> object:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("telegram_api", "webhook_url")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value


def read_settings(**overrides: object) -> Settings:
    """The settings, or `SettingsError` that names each wrong variable without its value."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = [
            f"JOLDOSH_{str(problem['loc'][0]).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        ]
        raise SettingsError("Mend these settings and start again:\n" + "\n".join(wrong)) from None


def secret_key(settings: Settings, folder: Path = Path("var")) -> str:
    """The secret key; made once and kept in a file that only its owner can read when none is
    set.
    """
    if settings.secret_key:
        value = settings.secret_key.get_secret_value()
        if len(value) < _LEAST_SECRET_CHARACTERS:
            raise SettingsError(
                f"JOLDOSH_SECRET_KEY is too short: give at least {_LEAST_SECRET_CHARACTERS} characters, "
                "for example from: openssl rand -hex 32"
            )
        return value
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Exclusive creation: of two processes starting at once, the second reads what the
        # first wrote.
        try:
            with open(path, "x", opener=_private) as file:
                file.write(secrets.token_hex(32))
        except FileExistsError:
            pass
    value = path.read_text().strip()
    if len(value) < _LEAST_SECRET_CHARACTERS:
        raise SettingsError(
            f"{path} is damaged: delete it (persons will choose their language anew)"
        )
    return value


def _private(path: str, flags: int) -> int:

    return os.open(path, flags, 0o600)
