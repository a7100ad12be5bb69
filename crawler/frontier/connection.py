"""The asynchronous connection to Redis, from the settings' names that scrapy-redis uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from scrapy_redis.connection import SETTINGS_PARAMS_MAP

from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from redis.asyncio.connection import AbstractConnection
    from scrapy.settings import BaseSettings

TIMEOUT = 5.0  # seconds for a connection or an answer; a script takes milliseconds


class Server:
    """A client, and the identity of the server process behind its newest connection."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.run_id = ""
        url = parameters.pop("url", None)
        options: dict[str, Any] = {
            "socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT, "socket_keepalive": True,
            "health_check_interval": 0, **parameters,
            "decode_responses": False, "retry": Retry(NoBackoff(), 0), "redis_connect_func": self._connected,
        }  # fmt: skip
        self.redis: Redis = Redis.from_url(url, **options) if url else Redis(**options)

    async def _connected(self, connection: AbstractConnection) -> None:
        """Ask every new connection who answers: another run id means that Redis was started again."""
        await connection.on_connect()
        await connection.send_command("INFO", "server")
        text = await connection.read_response()
        if isinstance(text, bytes):
            text = text.decode()
        fields = dict(line.split(":", 1) for line in str(text).splitlines() if ":" in line)
        before, self.run_id = self.run_id, fields.get("run_id", "")
        if before and before != self.run_id:
            # What was about to be sent was written for the server before; its sender must look again.
            raise RedisConnectionError("Redis was started again, or another server answers")

    async def close(self) -> None:
        """Close all connections."""
        await self.redis.aclose()


def parameters_from(settings: BaseSettings) -> dict[str, Any]:
    """The connection's parameters: ``REDIS_URL``, ``REDIS_HOST``, ``REDIS_PORT``, ``REDIS_DB`` and ``REDIS_PARAMS``."""
    parameters: dict[str, Any] = dict(settings.getdict("REDIS_PARAMS"))
    for setting, name in SETTINGS_PARAMS_MAP.items():
        if settings.get(setting):
            parameters[name] = settings.get(setting)
    for ignored in ("encoding", "decode_responses", "redis_cls"):  # the frontier speaks bytes, with its own client
        parameters.pop(ignored, None)
    if not parameters.get("url") and not parameters.get("host"):
        raise ConfigurationError("REDIS_URL is not set: `scrapy servers up` starts a Redis of our own")
    return parameters
